"""Which columns of a table are read, which are carried through, and what stands in a cell."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cleaner.arrow.answer import SCHEMA

# What tables of pages call them: crawls, their text extracts, and the corpora made of those.
PAGE_NAMES = ("text", "html", "source", "content", "raw_content", "page", "dump")
URL_NAME = "url"
_BLOCKS = "blocks"

_TEXT = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
_BYTES = (
    *(pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view),
    pa.types.is_fixed_size_binary,
)
_DAYS = (pa.types.is_date, pa.types.is_timestamp)

_DATE_LENGTH = len("2021-05-04")


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the columns that are read and of those carried through; the answer's schema.

    `today` is a day, the place of the column of days, or None.
    """

    page: int
    url: int | None
    today: datetime.date | int | None
    carried: list[int]
    blocks: bool
    schema: pa.Schema


def choose(
    schema: pa.Schema,
    *,
    column: str | None,
    url: str | None,
    today: datetime.date | str | None,
    blocks: bool,
) -> Columns:
    """Choose the columns of a table; raises ValueError, which names them, where it cannot."""
    page = _page_place(schema, column)
    carried = [place for place in range(len(schema)) if place != page]
    fields = [field for field in SCHEMA if blocks or field.name != _BLOCKS]
    kept = [schema.field(place) for place in carried]
    _check_names([field.name for field in kept], {field.name for field in fields})
    return Columns(
        page=page,
        url=_url_place(schema, url),
        today=_day_place(schema, today),
        carried=carried,
        blocks=blocks,
        schema=pa.schema([*kept, *fields], schema.metadata),
    )


def page(cell: pa.Scalar) -> str | bytes | None:
    """Give the page in a cell; bytes where a string is no UTF-8, None where there is none."""
    if not cell.is_valid:
        return None
    if isinstance(cell, pa.DictionaryScalar | pa.ExtensionScalar):
        return page(cell.value)
    try:
        held: str | bytes = cell.as_py()
    except UnicodeDecodeError:
        held = cell.as_buffer().to_pybytes()  # Arrow trusts its writers
    return held


def text(cell: pa.Scalar) -> str | None:
    """Give the text in a cell, None where there is none that can be read."""
    held = page(cell)
    return held.decode("utf-8", "replace") if isinstance(held, bytes) else held


def day(cell: pa.Scalar) -> datetime.date | None:
    """Give the day in a cell: of a date, of a timestamp in its own zone, of ISO 8601.

    Raises ValueError where a text is no date.
    """
    if not cell.is_valid:
        return None
    if pa.types.is_timestamp(cell.type):
        # Nanoseconds are more than Python's times can hold.
        moment: datetime.datetime = cell.cast(pa.timestamp("s", cell.type.tz), safe=False).as_py()
        return moment.date()
    if pa.types.is_date(cell.type):
        date: datetime.date = cell.as_py()
        return date
    written = text(cell) or ""
    try:
        return datetime.date.fromisoformat(written[:_DATE_LENGTH])
    except ValueError:
        raise ValueError(f"today is {written!r} here, not a date like 2021-05-04") from None


def _page_place(schema: pa.Schema, column: str | None) -> int:
    if column is not None:
        place = _place(schema, column)
        # A column of nothing but nulls has a type of its own: Ray and pandas make such.
        if not _is(schema.field(place).type, *_TEXT, *_BYTES, pa.types.is_null):
            wrong = schema.field(place).type
            raise ValueError(f"column {column!r} is {wrong}; pages are strings or binary")
        return place
    found = [name for name in dict.fromkeys(schema.names) if name in PAGE_NAMES]
    if not found:
        raise ValueError(
            f"no column is called {', '.join(PAGE_NAMES)}; say with column= which of "
            f"{_listed(schema.names)} holds the pages"
        )
    if len(found) > 1:
        raise ValueError(f"{_listed(found)} may all hold the pages; say with column= which does")
    return _page_place(schema, found[0])


def _url_place(schema: pa.Schema, url: str | None) -> int | None:
    if url is None:
        place = schema.get_field_index(URL_NAME)
        return place if place >= 0 and _is(schema.field(place).type, *_TEXT) else None
    place = _place(schema, url)
    if not _is(schema.field(place).type, *_TEXT, pa.types.is_null):
        raise ValueError(f"column {url!r} is {schema.field(place).type}; addresses are strings")
    return place


def _day_place(schema: pa.Schema, today: datetime.date | str | None) -> datetime.date | int | None:
    match today:
        case None:
            return None
        case datetime.datetime():
            return today.date()
        case datetime.date():
            return today
    place = _place(schema, today)
    if not _is(schema.field(place).type, *_DAYS, *_TEXT, pa.types.is_null):
        wrong = schema.field(place).type
        raise ValueError(f"column {today!r} is {wrong}; days are dates, timestamps or strings")
    return place


def _place(schema: pa.Schema, name: str) -> int:
    places = schema.get_all_field_indices(name)
    if len(places) != 1:
        many = "no column" if not places else f"{len(places)} columns"
        raise ValueError(f"{many} called {name!r} among {_listed(schema.names)}")
    return int(places[0])


def _check_names(carried: list[str], answered: set[str]) -> None:
    twice = [name for name in dict.fromkeys(carried) if carried.count(name) > 1]
    if twice:
        raise ValueError(f"several columns are called {_listed(twice)}; rename or drop some")
    taken = [name for name in carried if name in answered]
    if taken:
        raise ValueError(
            f"{_listed(taken)} would stand beside what the pages give under that name; "
            "rename or drop before cleaning"
        )


def _is(kind: pa.DataType, *kinds: Any) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if isinstance(kind, pa.BaseExtensionType):
        kind = kind.storage_type
    return any(one(kind) for one in kinds)


def _listed(names: list[str]) -> str:
    return ", ".join(map(repr, names)) or "no columns at all"
