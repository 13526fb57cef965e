"""JSON lines: an object a line, one of its fields holds the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import BinaryIO

from cleaner.records import columns
from cleaner.records.file import MAX_PAGE
from cleaner.records.record import Cause, Failure, Record, known

# A line holds a page, escaped, and what else the table has.
_MAX_LINE = 4 * MAX_PAGE
_TOO_LONG = f"longer than {_MAX_LINE // 1_000_000} MB"


def rows(
    stream: BinaryIO, name: str, column: str | None
) -> Iterator[tuple[str, Callable[[], Record | Failure]]]:
    """Give each line that is not blank: its id, and what reads it.

    The id is the field `id`, else `name#NUMBER`, counted in lines from 1. Raises what the stream
    raises.
    """
    number = 0
    while line := stream.readline(_MAX_LINE + 1):
        number += 1
        own = f"{name}#{number}"
        if len(line) > _MAX_LINE:
            _pass_over_line(stream, line)
            answer: Record | Failure = Failure(own, _TOO_LONG, Cause.CONTENT)
        elif not line.strip():
            continue
        else:
            answer = _record(line, column, own)
        yield answer.id, known(answer)


def _record(line: bytes, column: str | None, id: str) -> Record | Failure:
    try:
        values = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return Failure(id, f"broken JSON ({error})", Cause.CONTENT)
    if not isinstance(values, dict):
        return Failure(id, "no JSON object", Cause.CONTENT)
    try:
        chosen = columns.choose(values, column)
    except ValueError as error:
        return Failure(id, str(error), Cause.CONTENT)
    return columns.record(values, chosen, id)


def _pass_over_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_MAX_LINE)
