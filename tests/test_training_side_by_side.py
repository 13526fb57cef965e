"""Work that processes share."""

from __future__ import annotations

import os

import numpy as np
import pytest

from training.side_by_side import side_by_side


@pytest.mark.parametrize("processes", [1, 2, 3, 9])
def test_results_come_in_the_order_of_items(processes: int) -> None:
    held = np.arange(6) * 10  # is not sent to the processes, which have it
    assert side_by_side(lambda at: int(held[at]), range(6), processes) == held.tolist()


def test_several_items_are_worked_on_in_processes_of_their_own() -> None:
    assert os.getpid() not in side_by_side(lambda _: os.getpid(), range(3), 2)


@pytest.mark.parametrize(("items", "processes"), [(1, 4), (3, 1)])
def test_one_item_or_one_process_needs_no_other(items: int, processes: int) -> None:
    assert side_by_side(lambda _: os.getpid(), range(items), processes) == [os.getpid()] * items


def test_nothing_is_made_of_nothing() -> None:
    assert side_by_side(str, [], 2) == []


def test_what_goes_wrong_in_a_process_is_told() -> None:
    def broken(item: int) -> int:
        raise ValueError(f"{item} is odd")

    with pytest.raises(ValueError, match="1 is odd"):
        side_by_side(broken, [1, 1], 2)


def test_work_that_shares_its_own_work_does_its_own() -> None:
    def outer(item: int) -> list[int]:
        return side_by_side(lambda other: item * other, [2, 3], 1)

    assert side_by_side(outer, [1, 10], 2) == [[2, 3], [20, 30]]
