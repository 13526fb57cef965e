"""What came out differently in two runs, whether or not a gold says which is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation import figures, report
from evaluation.runs import Result

FIELDS = ("is_article", "title", "byline", "date", "body")
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Output:
    """A field of a dump that differs in two runs; of a body the first paragraph that does."""

    field: str
    result: Result
    was: str
    now: str


def changes(before: Sequence[Result], after: Sequence[Result]) -> list[Output]:
    """Give every field that differs, in the order of the second run, over dumps that both hold."""
    old = {result.key: result for result in before}
    return [
        change
        for result in after
        if result.key in old
        for change in _changes(old[result.key], result)
    ]


def _changes(was: Result, now: Result) -> Iterator[Output]:
    for field in FIELDS:
        one, other = getattr(was, field), getattr(now, field)
        if field == "body" and one != other:
            lost = figures.first_missing(one, other)
            yield Output(field, now, lost, figures.first_missing(other, one))
        elif _shown(one) != _shown(other):
            yield Output(field, now, _shown(one), _shown(other))


def _shown(value: object) -> str:
    # A saved run has lists where a fresh one has tuples.
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def render(found: Sequence[Output], dumps: int, count: int) -> str:
    """Write how many of `dumps` differ in each field, and `count` of the changes of each."""
    numbers = Counter(change.field for change in found)
    lines = [f"{'what came out':{report.LABEL_WIDTH}}{'differs':>9}{'share':>9}"]
    for field in FIELDS:
        share = numbers[field] / max(dumps, 1)
        lines.append(f"{field:{report.LABEL_WIDTH}}{numbers[field]:9d}{share:9.3f}")
    for field in FIELDS:
        of_field = [change for change in found if change.field == field]
        lines += [line for change in of_field[:count] for line in _lines(change)]
    return "\n".join(lines)


def _lines(change: Output) -> list[str]:
    where = change.result
    name = f"{where.dataset or NOTHING} {where.id} {where.renderer or ''}".rstrip()
    return [
        f"{change.field}: {name}",
        f"    was: {report.shorten(change.was) or NOTHING}",
        f"    now: {report.shorten(change.now) or NOTHING}",
    ]
