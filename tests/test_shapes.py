from __future__ import annotations

import doctest

import pytest

from evaluation import shapes


def test_the_examples_hold() -> None:
    results = doctest.testmod(shapes)
    assert results.attempted >= 3
    assert results.failed == 0


@pytest.mark.parametrize(
    ("size", "named"),
    [
        (1, "0000 to 0049"),
        (49, "0000 to 0049"),
        (50, "0050 to 0099"),
        (1599, "0800 to 1599"),
        (1600, "1600 and more"),
    ],
)
def test_a_class_ends_where_the_next_begins(size: int, named: str) -> None:
    assert shapes.words({"body": " ".join(["gull"] * size)}) == named


def test_a_story_that_is_the_whole_dump_is_of_the_last_class() -> None:
    assert shapes.share({"body": ["Ferry"]}, "Ferry") == "80 to 100"
    assert shapes.share({"body": ["Ferry", "Ferry"]}, "Ferry") == "80 to 100"


@pytest.mark.parametrize("gold", [{}, {"body": []}, {"body": None}])
def test_a_page_without_a_story_has_no_shape(gold: dict[str, object]) -> None:
    assert shapes.words(gold) is None
    assert shapes.share(gold, "Menu") is None
    assert shapes.short(gold) is None


def test_classes_sort_as_they_follow() -> None:
    sizes = [1, 60, 150, 300, 500, 900, 2000]
    named = [shapes.words({"body": "gull " * size}) for size in sizes]
    assert named == sorted(filter(None, named))
