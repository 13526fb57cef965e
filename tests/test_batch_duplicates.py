from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.batch.duplicates import SIMILAR, Duplicate, Index, signature

pytest.importorskip("datasketch")

WORDS = ["the", "ferry", "sails", "from", "port", "hale", "again", "after", "two", "years"]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = Index(tmp_path / "stories.sqlite")
    yield index
    index.close()


def story(seed: int, length: int = 400) -> list[str]:
    chance = random.Random(seed)
    return [f"{chance.choice(WORDS)}{chance.randrange(300)}" for _ in range(length)]


def edited(words: list[str], changes: int) -> list[str]:
    """The story with so many words changed, evenly spread."""
    step = len(words) // changes
    return [f"new{n}" if n % step == 0 else word for n, word in enumerate(words)]


def test_white_space_case_and_punctuation_do_not_count(index: Index) -> None:
    index.add(0, "a", signature("Ferry returns.\n\nIt sails at noon."))
    assert index.add(1, "b", signature("FERRY returns: it sails\nat noon")) == Duplicate("a", 1.0)


def test_near_copies_are_found_and_other_stories_are_not(index: Index) -> None:
    for number in range(40):
        words = story(number)
        assert index.add(2 * number, f"{number}", signature(" ".join(words))) is None
        # Each change touches four sequences of four words: four of them leave .92 of the union.
        near = index.add(2 * number + 1, "near", signature(" ".join(edited(words, 4))))
        assert near is not None
        assert near.of == f"{number}"
        assert SIMILAR <= near.similarity < 1.0
        assert index.add(999, "far", signature(" ".join(edited(words, 80)))) is None
        index.forget(999)


def test_a_script_without_spaces_is_taken_by_its_characters(index: Index) -> None:
    text = (
        "港の事務所は月曜日に渡し船が再び運航すると発表した。嵐で桟橋が壊れてから二年になる。" * 4
    )
    index.add(0, "a", signature(text))
    assert index.add(1, "b", signature(text + "また")) is not None
    assert (
        index.add(2, "c", signature("島の人々は喜んでいるが料金については意見が分かれている。" * 4))
        is None
    )


def test_a_duplicate_of_a_duplicate_is_one_of_the_first(index: Index) -> None:
    marks = [index.add(n, f"{n}", signature("ferry " * 30)) for n in range(3)]
    assert marks == [None, Duplicate("0", 1.0), Duplicate("0", 1.0)]


def test_what_is_forgotten_is_new_again(index: Index) -> None:
    index.add(0, "a", signature("one story"))
    index.add(1, "b", signature("another one"))
    index.forget(1)
    assert index.add(1, "b", signature("another one")) is None
    assert index.add(2, "c", signature("one story")) == Duplicate("a", 1.0)


def test_an_empty_body_has_no_signature() -> None:
    assert signature(" … \n") == b""
