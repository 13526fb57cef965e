"""A line of a batch back into an article, as far as the line tells."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

from cleaner.article import Article, Block, Evidence, Label

# A page of blank lines, or of a column far out, is shown no emptier than this.
_MOST_BLANK = 200


def record(line: bytes) -> dict[str, Any]:
    """Give what a line of a batch holds.

    Raises ValueError, saying what is wrong, where it is no line of a batch.

    >>> record(b'{"id": "a.txt", "confidence": 1, "is_article": true, "blocks": []}')["id"]
    'a.txt'
    """
    try:
        values = json.loads(line)
    except ValueError as error:
        raise ValueError("not JSON") from error
    except RecursionError as error:
        raise ValueError("JSON nested too deep") from error
    if not isinstance(values, dict) or not isinstance(values.get("blocks"), list):
        raise ValueError("no page of a batch: it has no blocks")
    return values


def article(values: Mapping[str, Any]) -> Article:
    r"""Give the article of a record, with a source put together of its blocks.

    A batch keeps no source, so a line of this one is a block, behind the blank lines, the indent
    and the marker that the dump had. Raises ValueError where a field is not what a batch writes.

    >>> line = {"id": "a", "blocks": [{"start": 9, "end": 14, "text": "Ferry", "gap": 1,
    ...     "marker": "*", "indent": 2, "label": "title", "score": 0.9, "reason": "short"}]}
    >>> restored = article(line)
    >>> restored.source, restored.blocks[0].start
    ('\n  * Ferry\n', 3)
    """
    try:
        source, blocks = _blocks(values["blocks"])
        return Article(
            source=source,
            title=_text(values, "title"),
            byline=_text(values, "byline"),
            authors=tuple(map(str, values.get("authors") or ())),
            date=_day(values.get("date")),
            published=_time(values.get("published")),
            updated=_time(values.get("updated")),
            date_text=_text(values, "date_text"),
            body=_text(values, "body") or "",
            is_article=bool(values.get("is_article")),
            confidence=share(values.get("confidence") or 0),
            blocks=blocks,
            language=_text(values, "language"),
            evidence=tuple(map(_evidence, values.get("evidence") or ())),
        )
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"no page of a batch ({error!r})") from error


def _blocks(found: list[Mapping[str, Any]]) -> tuple[str, tuple[Block, ...]]:
    lines: list[str] = []
    blocks = []
    length = 0
    for one in found:
        text, marker = str(one["text"]), str(one.get("marker") or "")
        gap, indent = int(one.get("gap") or 0), int(one.get("indent") or 0)
        before = "\n" * min(gap, _MOST_BLANK) + " " * min(indent, _MOST_BLANK)
        shown = f"{marker} {text}" if marker else text
        start = length + len(before)
        block = Block(
            start,
            start + len(shown),
            text,
            indent,
            marker,
            gap,
            Label(one["label"]),
            share(one["score"]),
            str(one.get("reason") or ""),
        )
        lines.append(f"{before}{shown}\n")
        blocks.append(block)
        length += len(lines[-1])
    return "".join(lines), tuple(blocks)


def _evidence(found: Mapping[str, Any]) -> Evidence:
    confidence, second = found.get("confidence"), found.get("runner_up")
    return Evidence(
        str(found["field"]),
        int(found["block"]),
        str(found["text"]),
        str(found["reason"]),
        None if confidence is None else share(confidence),
        None if second is None else str(second),
    )


def share(value: Any) -> float:
    """Give a number from 0 to 1; raises ValueError where it is none.

    >>> share(1)
    1.0
    """
    number = float(value)
    if not 0 <= number <= 1:
        raise ValueError(f"no page of a batch: {number} is no share")
    return number


def _text(values: Mapping[str, Any], name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value)


def _day(value: Any) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


def _time(value: Any) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(value) if value else None
