"""Articles as Arrow columns: the schema, and the arrays that fill it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import pyarrow as pa

from cleaner import table
from cleaner.article import Article

# The fields of an article but `source`, and what was wrong with a page that gave none.
SCHEMA = pa.schema({**table.columns(), "error": pa.string()})
_ERROR = "error"


def beside(
    carried: pa.RecordBatch, found: Sequence[Article | str], schema: pa.Schema
) -> pa.RecordBatch:
    """Give rows with what was found for each: an article, or why there is none.

    `schema` has the fields of `carried`, then those of `SCHEMA` that are wanted.
    """
    wanted = list(schema)[carried.num_columns :]
    try:
        columns = [_column(field.type, _values(field.name, found)) for field in wanted]
    except (pa.ArrowException, OverflowError) as error:
        # Single pages alone can be so large: smaller ones share an answer.
        failed = [f"too much for an Arrow column ({error}); clean it by itself"] * len(found)
        columns = [_column(field.type, _values(field.name, failed)) for field in wanted]
    return pa.RecordBatch.from_arrays([*carried.columns, *columns], schema=schema)


def _values(name: str, found: Sequence[Article | str]) -> list[Any]:
    if name == _ERROR:
        return [one if isinstance(one, str) else None for one in found]
    return [None if isinstance(one, str) else getattr(one, name) for one in found]


def _column(kind: pa.DataType, values: Sequence[Any]) -> pa.Array:
    if pa.types.is_list(kind):
        return _lists(kind, values)
    if pa.types.is_struct(kind):
        parts = [_column(part.type, [getattr(one, part.name) for one in values]) for part in kind]
        return pa.StructArray.from_arrays(parts, fields=list(kind))
    if pa.types.is_string(kind):
        return _strings(values)
    return pa.array(values, kind)


def _lists(kind: pa.ListType, values: Sequence[Sequence[Any] | None]) -> pa.ListArray:
    ends = accumulate((len(one or ()) for one in values), initial=0)
    return pa.ListArray.from_arrays(
        pa.array(list(ends), pa.int32()),
        _column(kind.value_type, [item for one in values for item in one or ()]),
        type=kind,
        mask=pa.array([one is None for one in values], pa.bool_()),
    )


def _strings(values: Sequence[str | datetime.datetime | None]) -> pa.StringArray:
    texts = [one.isoformat() if isinstance(one, datetime.datetime) else one for one in values]
    try:
        array = pa.array(texts, pa.string())
    except UnicodeEncodeError:
        array = pa.array([one and _scalar_values(one) for one in texts], pa.string())
    if isinstance(array, pa.ChunkedArray):
        raise OverflowError("more than 2 GiB of text")
    return array


def _scalar_values(text: str) -> str:
    """The text with U+FFFD for lone surrogates: HTML can name them, UTF-8 cannot."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
