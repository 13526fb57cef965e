"""The choice among candidates by weighed facts, and what it says of itself."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import byline, ranking, title
from cleaner.ranking import Ranking, probabilities, read, shipped, why

TOY = Ranking(("near", "long"), (2.0, -1.0), (0.0, 3.0), 0.5)
PHRASES = {"near": ("near", "far"), "long": ("long", "short")}
ROWS = st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), max_size=9)


@given(ROWS)
def test_candidates_and_none_share_a_probability_of_one(rows) -> None:
    each = probabilities(rows, TOY)
    assert len(each) == len(rows)
    assert all(0 <= one <= 1 for one in each)
    assert sum(each) <= 1 + 1e-9


@given(ROWS)
def test_what_has_more_for_it_is_likelier(rows) -> None:
    each = probabilities(rows, TOY)
    odds = [2 * near - long for near, long in rows]
    for one, other in zip(range(len(rows)), range(1, len(rows)), strict=False):
        if odds[one] > odds[other]:
            assert each[one] >= each[other]


def test_a_candidate_without_a_case_loses_to_none() -> None:
    assert probabilities([[-9.0, 9.0]], TOY)[0] < 0.001


def test_an_explanation_names_the_facts_that_made_the_difference() -> None:
    assert why([2.0, 1.0], [0.0, 1.0], TOY, PHRASES) == "near"
    assert why([0.0, 1.0], [0.0, 9.0], TOY, PHRASES) == "short"
    assert why([1.0, 3.0], None, TOY, PHRASES) == "near"
    assert why([0.0, 3.0], [0.0, 3.0], TOY, PHRASES) == ""


@pytest.mark.parametrize("field", ["title", "byline"])
def test_each_fact_of_a_field_has_a_weight_and_words(field: str) -> None:
    module = import_module(f"cleaner.{field}.facts")
    weights = shipped(field)
    assert weights.names == module.NAMES == tuple(module.PHRASES)
    assert np.isfinite([*weights.weights, *weights.usual, weights.none]).all()
    assert all(high and low and high != low for high, low in module.PHRASES.values())


@pytest.mark.parametrize("field", ["title", "byline"])
def test_the_weights_say_where_they_come_from(field: str) -> None:
    text = files("cleaner.weights").joinpath(f"{field}.toml").read_text("utf-8")
    assert text.startswith("# ")
    assert "python -m training.fields" in text


def test_a_page_without_blocks_has_no_candidates() -> None:
    nothing = np.zeros((0, 16))
    assert title.look([], nothing) == byline.look([], nothing) == ([], [])
    assert ranking.probabilities([], TOY) == []


FACT = "{ weight = 1.5, usual = -1 }"


def test_a_ranking_is_read_in_the_order_of_its_facts() -> None:
    found = read(f"none = 2\n[facts]\nlong = {FACT}\nlast = {FACT}\n", "a.toml")
    assert (found.names, found.none) == (("long", "last"), 2.0)
    assert (found.weights, found.usual) == ((1.5, 1.5), (-1.0, -1.0))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "none is no number"),
        ("none = 'a'", "none is no number"),
        ("none = true", "none is no number"),
        ("none = inf", "none is no number"),
        ("none = 1", "no facts"),
        ("none = 1\nfacts = 2", "no facts"),
        ("none = 1\n[facts]", "no facts"),
        ("none = 1\n[facts]\nlong = 3", "long has no weight"),
        ("none = 1\n[facts]\nlong = { weight = 1 }", "long has no weight"),
        ("none = 1\n[facts]\nlong = { weight = nan, usual = 1 }", "long has no weight"),
        ("none = 1\n[facts]\nlong = { weight = '1', usual = 1 }", "long has no weight"),
        (f"none = 1\n[facts]\nlong = {FACT}\nlong = {FACT}", "damaged"),
        ("none = ", "damaged"),
        ("\0", "damaged"),
    ],
)
def test_a_tampered_ranking_is_refused_by_its_name(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as told:
        read(text, "weights/title.toml")
    assert str(told.value).startswith("weights/title.toml is damaged")


@given(st.integers(0, 2000), st.characters(codec="ascii"))
def test_a_changed_character_is_refused_or_leaves_numbers(at: int, changed: str) -> None:
    text = files("cleaner.weights").joinpath("byline.toml").read_text("utf-8")
    try:
        found = read(text[:at] + changed + text[at + 1 :], "a.toml")
    except ValueError:
        return
    assert np.isfinite([found.none, *found.weights, *found.usual]).all()
