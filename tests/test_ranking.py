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

# Two facts by themselves: one unit, worth nothing.
TOY = Ranking(
    ("near", "long"),
    usual=np.array([0.0, 3.0]),
    spread=np.array([1.0, 1.0]),
    weights=np.array([2.0, -1.0]),
    units=np.zeros((2, 1)),
    bias=np.zeros(1),
    sums=np.zeros(1),
    constant=-3.5,
)
# What is near counts where it is long, and only there.
BOTH = TOY._replace(
    usual=np.zeros(2),
    weights=np.zeros(2),
    units=np.array([[1.0], [1.0]]),
    bias=np.array([-1.0]),
    sums=np.array([3.0]),
    constant=0.0,
)
PHRASES = {"near": ("near", "far"), "long": ("long", "short")}
ROWS = st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), max_size=9)
UNCUT = st.lists(st.tuples(st.floats(-6, 6), st.floats(-3, 9)), max_size=9)


@given(ROWS)
def test_candidates_and_none_share_a_probability_of_one(rows) -> None:
    each = probabilities(rows, TOY)
    assert len(each) == len(rows)
    assert all(0 <= one <= 1 for one in each)
    assert sum(each) <= 1 + 1e-9


@given(UNCUT)
def test_what_has_more_for_it_is_likelier(rows) -> None:
    each = probabilities(rows, TOY)
    odds = [2 * near - long for near, long in rows]
    for one, other in zip(range(len(rows)), range(1, len(rows)), strict=False):
        if odds[one] > odds[other] + 1e-9:
            assert each[one] >= each[other]


def test_a_candidate_without_a_case_loses_to_none() -> None:
    assert probabilities([[-9.0, 9.0]], TOY)[0] < 0.001


def test_a_fact_may_count_beside_another_alone() -> None:
    near, long, both, neither = probabilities([[1, 0], [0, 1], [1, 1], [0, 0]], BOTH)
    assert near == long == neither < both
    assert why([1, 1], [1, 0], BOTH, PHRASES) == "long"
    assert why([1, 0], [0, 0], BOTH, PHRASES) == ""


@given(st.floats(6, 1e6))
def test_a_fact_far_from_what_was_seen_says_no_more_than_one_at_the_edge(far: float) -> None:
    assert probabilities([[far, 0.0]], TOY) == probabilities([[6.0, 0.0]], TOY)


@given(ROWS.filter(len))
def test_a_candidate_is_as_likely_wherever_it_stands(rows) -> None:
    assert probabilities(rows[::-1], TOY) == pytest.approx(probabilities(rows, TOY)[::-1])


def test_an_explanation_names_the_facts_that_made_the_difference() -> None:
    assert why([2.0, 1.0], [0.0, 1.0], TOY, PHRASES) == "near"
    assert why([0.0, 1.0], [0.0, 9.0], TOY, PHRASES) == "short"
    assert why([1.0, 3.0], None, TOY, PHRASES) == "near"
    assert why([0.0, 3.0], [0.0, 3.0], TOY, PHRASES) == ""


def _numbers(ranking: Ranking) -> np.ndarray:
    return np.concatenate([np.ravel(part) for part in ranking[1:]])


@pytest.mark.parametrize("field", ["title", "byline"])
def test_each_fact_of_a_field_has_a_weight_and_words(field: str) -> None:
    module = import_module(f"cleaner.{field}.facts")
    weights = shipped(field)
    assert weights.names == module.NAMES == tuple(module.PHRASES)
    assert _numbers(weights).size == (3 + 48) * len(weights.names) + 2 * 48 + 1
    assert np.isfinite(_numbers(weights)).all()
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


FACT = "{ usual = -1, spread = 2, weight = 1.5, units = [1, 2] }"
HEAD = "constant = 2\nbias = [3, 4]\nsums = [5, 6]"


def test_a_ranking_is_read_in_the_order_of_its_facts() -> None:
    found = read(f"{HEAD}\n[facts]\nlong = {FACT}\nlast = {FACT}\n", "a.toml")
    assert (found.names, found.constant) == (("long", "last"), 2.0)
    assert found.usual.tolist() == [-1, -1]
    assert found.spread.tolist() == [2, 2]
    assert found.weights.tolist() == [1.5, 1.5]
    assert found.units.tolist() == [[1, 2], [1, 2]]
    assert (found.bias.tolist(), found.sums.tolist()) == ([3, 4], [5, 6])


def _without(part: str, instead: str = "") -> str:
    return f"{HEAD}\n[facts]\nlong = {FACT}".replace(part, instead)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "constant is no number"),
        ("constant = 'a'", "constant is no number"),
        ("constant = true", "constant is no number"),
        ("constant = inf", "constant is no number"),
        ("constant = 1", "bias and sums"),
        ("constant = 1\nbias = [1]\nsums = [1, 2]", "bias and sums"),
        ("constant = 1\nbias = []\nsums = []", "bias and sums"),
        ("constant = 1\nbias = [nan]\nsums = [1]", "bias and sums"),
        (HEAD, "no facts"),
        (f"{HEAD}\nfacts = 2", "no facts"),
        (f"{HEAD}\n[facts]", "no facts"),
        (f"{HEAD}\n[facts]\nlong = 3", "long has no usual value, spread and weight"),
        (_without("weight = 1.5, "), "long has no usual value, spread and weight"),
        (_without("usual = -1", "usual = nan"), "long has no usual value, spread and weight"),
        (_without("spread = 2", "spread = 0"), "long has no usual value, spread and weight"),
        (_without("weight = 1.5", "weight = '1'"), "long has no usual value, spread and weight"),
        (_without(", units = [1, 2]"), "long has no number for each unit"),
        (_without("[1, 2]", "[1]"), "long has no number for each unit"),
        (_without("[1, 2]", "[1, true]"), "long has no number for each unit"),
        (f"{HEAD}\n[facts]\nlong = {FACT}\nlong = {FACT}", "damaged"),
        ("constant = ", "damaged"),
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
    assert np.isfinite(_numbers(found)).all()
