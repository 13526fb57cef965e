"""What recurs on a site as evidence: it shifts the odds of the story and rules nothing out."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import dump, features, labeller
from cleaner.description import Recurrence
from cleaner.labeller import recurrence, sheets
from cleaner.labeller.model import LABELS, STORY, Judgement
from cleaner.strategies import samples

LONG, SHORT = np.array([True]), np.array([False])


def judged(odds: list[list[float]]) -> Judgement:
    array = np.array(odds, np.float32)
    raised = np.exp(array - array.max(1, keepdims=True))
    return Judgement((), np.zeros((len(odds), 0)), array, raised / raised.sum(1, keepdims=True))


ODDS = st.lists(
    st.lists(st.floats(-8, 8, width=32), min_size=len(LABELS), max_size=len(LABELS)),
    min_size=1,
    max_size=6,
)


@given(ODDS)
def test_a_page_of_which_nothing_is_known_stays_as_it_is(odds: list[list[float]]) -> None:
    before = judged(odds)
    after, shifts = recurrence.weigh(before, np.ones(len(odds), np.bool_), [len(odds)], [None])
    assert after is before
    assert not shifts.any()


@given(ODDS, st.data())
def test_only_the_odds_of_the_story_change_and_they_fall_only_where_lines_recur(
    odds: list[list[float]], data: st.DataObject
) -> None:
    n = len(odds)
    on = np.array(data.draw(st.lists(st.integers(0, 9), min_size=n, max_size=n)))
    company = np.array([data.draw(st.integers(0, most)) for most in on.tolist()])
    begun = np.array([data.draw(st.integers(least, 9)) for least in on.tolist()])
    known = Recurrence(on, 9, company, begun)
    before = judged(odds)
    after, shifts = recurrence.weigh(before, np.ones(n, np.bool_), [n], [known])
    recurs = (on > 0) | (begun > 1)
    assert (shifts[recurs] <= 0).all()
    assert (shifts[~recurs] >= 0).all()
    assert np.allclose(after.scores.sum(1), 1, atol=1e-5)
    for own in (STORY, ~STORY):
        shares = [
            one.scores[:, own] / one.scores[:, own].sum(1)[:, None] for one in (before, after)
        ]
        assert np.allclose(*shares, atol=1e-4)
    assert np.allclose(after.scores[shifts == 0], before.scores[shifts == 0], atol=1e-6)


def test_pages_side_by_side_are_weighed_as_each_alone() -> None:
    odds = [[float(i * k % 7) for k in range(len(LABELS))] for i in range(5)]
    known = Recurrence(on := np.array([3, 0]), 4, np.array([2, 0]), on)
    long = np.array([True, False, True, True, False])
    together, _ = recurrence.weigh(judged(odds), long, [2, 2, 1], [known, None, None])
    alone, _ = recurrence.weigh(judged(odds[:2]), long[:2], [2], [known])
    assert np.array_equal(together.scores[:2], alone.scores)
    assert np.array_equal(together.scores[2:], judged(odds).scores[2:])


def shift(
    on: int,
    pages: int,
    odds: float,
    long: np.ndarray = LONG,
    company: int = 0,
    begun: int | None = None,
) -> float:
    first = np.array([on if begun is None else begun])
    known = Recurrence(np.array([on]), pages, np.array([company]), first)
    # The odds of all labels of which the story's, of two, have these together.
    given = np.where(STORY, odds - np.log(STORY.sum()), -np.log((~STORY).sum()))
    return float(recurrence.weigh(judged([given.tolist()]), long, [1], [known])[1][0])


@pytest.mark.parametrize("long", [LONG, SHORT])
@pytest.mark.parametrize("odds", [-2.0, 0.0, 2.0, 4.0, 8.0])
def test_a_line_on_most_pages_is_taken_for_furniture(odds: float, long: np.ndarray) -> None:
    assert odds + shift(9, 10, odds, long) < 0


@pytest.mark.parametrize("alone", [True, False])
def test_more_pages_speak_no_more_for_the_story(alone: bool) -> None:
    for odds in (-3.0, 0.0, 3.0, 6.0, 9.0):
        shifts = [shift(on, 10, odds, company=0 if alone else on) for on in (0, 1, 2, 5, 10)]
        assert shifts[0] == 0
        assert all(one >= other for one, other in pairwise(shifts[2:]))
        assert all(one <= 0 for one in shifts)


def test_the_same_company_on_more_pages_speaks_no_more_for_the_story() -> None:
    for on in (1, 2, 5, 10):
        for odds in (-3.0, 0.0, 3.0, 9.0):
            shifts = [shift(on, 10, odds, company=company) for company in range(on + 1)]
            assert all(one >= other for one, other in pairwise(shifts))


def test_what_a_page_is_very_sure_of_stays_where_it_stands_alone_on_few_pages() -> None:
    """The intro of a series stays; what comes with its neighbours is a block of furniture."""
    assert 8.0 + shift(3, 20, 8.0) > 2
    assert 4.0 + shift(3, 20, 4.0, company=3) < -2


def test_a_line_that_begins_as_lines_of_other_pages_do_must_be_surer_to_be_the_storys() -> None:
    """ "Published: 3 May in Harbour" is furniture; a series that opens alike is no less a story."""
    assert 0.5 + shift(0, 10, 0.5, begun=9) < 0
    assert shift(0, 10, 1.0, begun=1) == 0
    assert shift(0, 10, 6.0, begun=9) == 0


def raised(own: list[float], lines: int = 8, on: int = 9, long: bool = True) -> list[float]:
    """The shifts of lines that are a page's own, beside some that other pages have too."""
    others = np.array([on] * lines + [0] * len(own))
    known = Recurrence(others, 9, others, others)
    given = [
        np.where(STORY, odds - np.log(STORY.sum()), -np.log((~STORY).sum())).tolist()
        for odds in [-8.0] * lines + own
    ]
    size = len(given)
    _, shifts = recurrence.weigh(judged(given), np.full(size, long), [size], [known])
    return [float(shift) for shift in shifts[lines:]]


def test_of_a_page_that_seems_all_furniture_the_likeliest_of_its_own_lines_are_the_story() -> None:
    first, second, other = raised([-1.0, -2.0, -6.0])
    assert -1.0 + first > 1
    assert -2.0 + second > 0
    assert other == 0


def test_a_page_that_shows_its_story_keeps_its_own_judgement_of_what_is_its_own() -> None:
    assert raised([0.5, -0.5, -4.0]) == [0, 0, 0]


def test_short_lines_are_not_raised_nor_those_of_a_page_of_which_nothing_recurs() -> None:
    assert raised([-1.0], long=False) == [0]
    assert raised([-1.0], lines=0) == [0]
    assert raised([-1.0], on=1) == [0]  # on one other page: that may be chance


def test_the_more_of_a_page_recurs_the_more_its_own_lines_are_raised() -> None:
    shifts = [raised([-1.0, -1.0], lines=lines)[0] for lines in (0, 1, 2, 8)]
    assert shifts == sorted(set(shifts))


def test_what_is_known_of_a_long_page_is_cut_as_its_blocks_are() -> None:
    text = "\n\n".join(sample.text for sample in samples(3, languages=["en"], styles=["lynx"]))
    blocks = dump.read(text)
    on = np.arange(len(blocks)) % 3
    known = Recurrence(on, 5, on // 2, on)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "MOST_BLOCKS", 40)
        whole = labeller.label(blocks, features.describe, known=known)
        parts = [
            labeller.label(blocks[at : at + 40], features.describe, known=known.part(at, at + 40))
            for at in range(0, len(blocks), 40)
        ]
    assert whole.blocks == tuple(block for part in parts for block in part.blocks)
    assert any("other pages of this site" in block.reason for block in whole.blocks)


FACTS = {name: number / 4 for number, name in enumerate(recurrence.NAMES)}


def written(facts: dict[str, object]) -> str:
    return "[facts]\n" + "".join(f'"{name}" = {value}\n' for name, value in facts.items())


def test_weights_are_read_by_their_names_in_whatever_order() -> None:
    backwards = dict(reversed(FACTS.items()))
    assert recurrence.read(written(backwards), "a.toml").tolist() == list(FACTS.values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no facts"),
        ("facts = 2", "no facts"),
        ("[facts]", "no facts"),
        (written({**FACTS, "twice": 1}), "missing or unknown: twice"),
        (written(dict(list(FACTS.items())[1:])), "missing or unknown: once"),
        (written({**FACTS, "once": "nan"}), "once is no number"),
        (written({**FACTS, "once": "-inf"}), "once is no number"),
        (written({**FACTS, "once": "true"}), "once is no number"),
        (written({**FACTS, "once": "'1'"}), "once is no number"),
        (written(FACTS) + '"once" = 1', "damaged"),
        ("[facts", "damaged"),
        ("\0", "damaged"),
    ],
)
def test_tampered_weights_are_refused_by_their_name(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as told:
        recurrence.read(text, "weights/recurrence.toml")
    assert str(told.value).startswith("weights/recurrence.toml is damaged")
    assert str(told.value).endswith("install the package again")


@given(st.integers(0, 600), st.characters(codec="ascii"))
def test_a_changed_character_is_refused_or_leaves_numbers(at: int, changed: str) -> None:
    text = files("cleaner.weights").joinpath("recurrence.toml").read_text("utf-8")
    try:
        found = recurrence.read(text[:at] + changed + text[at + 1 :], "a.toml")
    except ValueError:
        return
    assert np.isfinite(found).all()
