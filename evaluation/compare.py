"""The difference of two saved runs, page by page and per group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evaluation import report
from evaluation.runs import Result


@dataclass(frozen=True, slots=True)
class Change:
    """How much a figure of one page rose (or fell) from one run to another."""

    result: Result
    before: float
    after: float

    @property
    def rise(self) -> float:
        """The difference, negative where the figure fell."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two runs: `table` holds mean differences per group.

    `changes` are the pages whose figure differs, the most fallen first; `same` counts the
    others, `alone` the pages that stand in one of the runs only.
    """

    table: report.Table
    changes: tuple[Change, ...]
    same: int
    alone: int


def difference(
    before: Sequence[Result], after: Sequence[Result], by: Sequence[str], figure: str
) -> Difference:
    """Compare two runs over the pages that both hold; groups and texts are the second's."""
    old = {result.key: result.figures for result in before}
    both = [result for result in after if result.key in old]
    rises = [replace(result, figures=_rises(old[result.key], result.figures)) for result in both]
    scored = [
        Change(result, old[result.key][figure], result.figures[figure])
        for result in both
        if figure in result.figures and figure in old[result.key]
    ]
    changes = sorted((change for change in scored if change.rise), key=lambda one: one.rise)
    return Difference(
        table=report.table(rises, by),
        changes=tuple(changes),
        same=len(scored) - len(changes),
        alone=len(before) + len(after) - 2 * len(both),
    )


def _rises(old: dict[str, float], new: dict[str, float]) -> dict[str, float]:
    return {name: new[name] - old[name] for name in new if name in old}


def render(found: Difference, heading: str, figure: str, count: int) -> str:
    """Write a difference as text, with the `count` most fallen and most risen pages."""
    fallen = [change for change in found.changes if change.rise < 0]
    risen = [change for change in reversed(found.changes) if change.rise > 0]
    counts = (
        f"{figure}: {len(risen)} better, {len(fallen)} worse, {found.same} the same; "
        f"{found.alone} in one run only"
    )
    lines = [*map(_line, fallen[:count]), *map(_line, risen[:count])]
    return "\n".join([report.render(found.table, heading, signed=True), "", counts, *lines])


def _line(change: Change) -> str:
    where = change.result
    return (
        f"{change.rise:+.3f}  {change.before:.3f} -> {change.after:.3f}  "
        f"{where.dataset or '-'} {where.id} {where.renderer or ''}"
    ).rstrip()
