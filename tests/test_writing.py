"""Which characters part words, end sentences and go on with them."""

from __future__ import annotations

import pytest
import regex

from cleaner import writing


@pytest.mark.parametrize("letter", "漢かカกກកက")
def test_scripts_without_spaces_are_told(letter: str) -> None:
    assert regex.match(f"[{writing.UNSPACED}]", letter)
    assert bool(regex.match(f"[{writing.SPELLED}]", letter)) == (letter in "กກកက")


@pytest.mark.parametrize("letter", "aжα한אب9 ")
def test_scripts_with_spaces_are_others(letter: str) -> None:
    assert not regex.match(f"[{writing.UNSPACED}]", letter)


@pytest.mark.parametrize(
    "sentence",
    ["It rained.", "“It rained!”", "雨が降った。」", "هل نزل المطر؟", "बारिश हुई।", "(It rained.)"],
)
def test_a_sentence_ends_with_a_stop_and_what_closes_it(sentence: str) -> None:
    assert regex.search(f"[{writing.STOPS}][{writing.CLOSING}]*+$", sentence)


@pytest.mark.parametrize("opening", ["and then", "élan", ", she said", "» и ушла", "、雨"])
def test_a_line_may_go_on_with_the_one_before(opening: str) -> None:
    assert regex.match(f"[{writing.CONTINUING}]", opening)


@pytest.mark.parametrize("opening", ["And then", "“And then", "9 people", "雨", "مطر"])
def test_capitals_quotes_and_letters_without_case_go_on_with_nothing(opening: str) -> None:
    assert not regex.match(f"[{writing.CONTINUING}]", opening)
