"""Work that is shared by processes, where what it looks at is too much to send to each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_work: list[Callable[[Any], Any]] = []  # of a process that was started for it, the last


def side_by_side(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> list[Result]:
    """What `work` makes of each item, in order, in so many processes at a time.

    These are forked: what `work` refers to they have already, and only items and results are sent.
    With one process, or one item, all is done in this one.

    >>> side_by_side(lambda number: number * number, [2, 3], processes=2)
    [4, 9]
    """
    if min(processes, len(items)) < 2:
        return [work(item) for item in items]
    with get_context("fork").Pool(min(processes, len(items)), _work.append, (work,)) as pool:
        return pool.map(_do, items, chunksize=1)


def _do(item: Any) -> Any:
    return _work[-1](item)
