"""Articles as rows of a table: the columns of Parquet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def columns() -> dict[str, pa.DataType]:
    """Give the columns of an article: the fields of `to_dict()` but `source`, and their types.

    `date` is a day. `published` and `updated` are ISO 8601 strings: a column of moments has a zone
    or has none, and pages do both. Offsets count characters, and a column of text holds 2 GiB at
    most, so 32 bits are enough for them. Raises ImportError without pyarrow.
    """
    import pyarrow as pa

    numbers, text, share = pa.int32(), pa.string(), pa.float64()
    block = {"start": numbers, "end": numbers, "text": text, "indent": numbers, "marker": text}
    block |= {"gap": numbers, "label": text, "score": share, "reason": text}
    evidence = {"field": text, "block": numbers, "text": text, "reason": text}
    evidence |= {"confidence": share, "runner_up": text}
    return {
        "title": text,
        "byline": text,
        "authors": pa.list_(text),
        "date": pa.date32(),
        "published": text,
        "updated": text,
        "date_text": text,
        "body": text,
        "is_article": pa.bool_(),
        "confidence": share,
        "blocks": pa.list_(pa.struct(block)),
        "captions": pa.list_(text),
        "tags": pa.list_(text),
        "language": text,
        "evidence": pa.list_(pa.struct(evidence)),
    }


def schema() -> pa.Schema:
    """Give the columns of a batch: `id`, `url`, and those of an article."""
    import pyarrow as pa

    always = ("id", "body", "is_article", "confidence")
    every = {"id": pa.string(), "url": pa.string(), **columns()}
    return pa.schema([pa.field(name, kind, name not in always) for name, kind in every.items()])


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
