"""Rows of a table (JSON lines, Parquet) as pages: which column holds the page, its id, its url."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cleaner.records.file import MAX_PAGE, TOO_LONG, page
from cleaner.records.record import Cause, Failure, Record

ID, URL = "id", "url"

# Where `--column` is not given, the one of these that the table has.
USUAL = ("text", "html", "content", "raw_content", "page")


def choose(names: Iterable[str], column: str | None) -> str:
    """Give the column of pages: `column`, or the one of `USUAL` that is there.

    Raises ValueError where it is not there, or where several could be meant.

    >>> choose(["id", "html", "domain"], None)
    'html'
    """
    there = list(names)
    if column is not None:
        if column in there:
            return column
        raise ValueError(f"no column {column!r} among {_listed(there)}; name one with --column")
    found = [name for name in USUAL if name in there]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(f"pages may be in any of {_listed(found)}; name one with --column")
    raise ValueError(f"no column of pages among {_listed(there)}; name one with --column")


def record(row: Mapping[str, Any], column: str, id: str) -> Record | Failure:
    """Give the page of a row; `id` names it where the row has no id of its own."""
    name, given = id, row.get(ID)
    if isinstance(given, str | int) and not isinstance(given, bool) and given != "":
        name = str(given)
    value = row.get(URL)
    url = value if isinstance(value, str) else None
    data = row.get(column)
    if isinstance(data, str | bytes):
        if len(data) > MAX_PAGE:
            return Failure(name, TOO_LONG, Cause.CONTENT, url)
        answer = page(name, data) if isinstance(data, bytes) else Record(name, data)
        if isinstance(answer, Failure):
            return Failure(name, answer.reason, answer.cause, url)
        return Record(name, answer.data, url)
    what = "empty (null)" if data is None else f"no text ({type(data).__name__})"
    return Failure(name, f"column {column!r} is {what}", Cause.CONTENT, url)


def _listed(names: Iterable[str]) -> str:
    shown = ", ".join(map(repr, names))
    return shown if len(shown) <= 200 else shown[:200] + "…"
