"""Articles as rows of a table: the columns of Parquet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def schema() -> pa.Schema:
    """Give the columns of an article: `id`, `url`, and the fields of `to_dict()` but `source`.

    `date` is a day. `published` and `updated` are ISO 8601 strings: a column of moments has a zone
    or has none, and pages do both. Raises ImportError without pyarrow.
    """
    import pyarrow as pa

    block = pa.struct(
        [
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("text", pa.string()),
            ("indent", pa.int32()),
            ("marker", pa.string()),
            ("gap", pa.int32()),
            ("label", pa.string()),
            ("score", pa.float64()),
            ("reason", pa.string()),
        ]
    )
    evidence = pa.struct(
        [
            ("field", pa.string()),
            ("block", pa.int32()),
            ("text", pa.string()),
            ("reason", pa.string()),
        ]
    )
    return pa.schema(
        [
            pa.field("id", pa.string(), nullable=False),
            ("url", pa.string()),
            ("title", pa.string()),
            ("byline", pa.string()),
            ("authors", pa.list_(pa.string())),
            ("date", pa.date32()),
            ("published", pa.string()),
            ("updated", pa.string()),
            ("date_text", pa.string()),
            pa.field("body", pa.string(), nullable=False),
            pa.field("is_article", pa.bool_(), nullable=False),
            pa.field("confidence", pa.float64(), nullable=False),
            ("blocks", pa.list_(block)),
            ("captions", pa.list_(pa.string())),
            ("tags", pa.list_(pa.string())),
            ("language", pa.string()),
            ("evidence", pa.list_(evidence)),
        ]
    )


def row(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the row of a line of a batch: `id`, perhaps `url`, and the fields of `to_dict()`.

    >>> row({"id": "a", "date": "2021-05-04"})
    {'id': 'a', 'date': datetime.date(2021, 5, 4)}
    """
    made = {name: _valid(value) for name, value in values.items()}
    if values.get("date"):
        made["date"] = datetime.date.fromisoformat(values["date"])
    return made


def _valid(value: Any) -> Any:
    """The same without lone surrogates, which no column of text can hold: they are written out."""
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode("utf-8")
        case list():
            return [_valid(item) for item in value]
        case dict():
            return {name: _valid(item) for name, item in value.items()}
        case _:
            return value
