"""How likely a block is the story's, set right by what networks say of sites they have not seen."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import dump, features, labeller, ranking
from cleaner.labeller.calibration import NAMES, calibrate, facts
from cleaner.labeller.model import LABELS, STORY, Judgement, story_odds

BODY, RELATED = LABELS.index("body"), LABELS.index("related")
PLAINLY, HARDLY = 6.0, -2.0  # log-odds of an article

ODDS = st.lists(
    st.lists(st.floats(-12, 12), min_size=len(LABELS), max_size=len(LABELS)),
    min_size=1,
    max_size=6,
)
ARTICLES = st.floats(-10, 30)


def judged(rows: list[list[float]]) -> Judgement:
    """What a network made of blocks that gave them these log-odds."""
    odds = np.array(rows, np.float32).reshape(len(rows), len(LABELS))
    raised = np.exp(odds - odds.max(1, keepdims=True))
    return Judgement((), np.zeros((len(rows), 0)), odds, raised / raised.sum(1, keepdims=True))


def told(story: float, article: float, words: int = 40) -> float:
    """What becomes of the log-odds that a block is the story's."""
    row = np.full((1, len(LABELS)), -99.0)
    row[0, [BODY, RELATED]] = story, 0
    found = calibrate(judged(row.tolist()), np.array([words]), [1], [article])
    return float(story_odds(found.odds)[0])


@given(ODDS, ARTICLES)
def test_the_labels_of_a_block_share_a_probability_of_one(
    rows: list[list[float]], article: float
) -> None:
    n = len(rows)
    found = calibrate(judged(rows), np.arange(n), [n], [article])
    assert found.scores.dtype == found.odds.dtype == np.float32
    assert found.scores.min() >= 0
    assert found.scores.sum(1) == pytest.approx(np.ones(n), abs=1e-5)


@given(ODDS, ARTICLES)
def test_within_the_story_and_without_labels_keep_their_shares(
    rows: list[list[float]], article: float
) -> None:
    before = judged(rows)
    after = calibrate(before, np.arange(len(rows)), [len(rows)], [article])
    for own in (STORY, ~STORY):
        was, now = (each.odds[:, own] for each in (before, after))
        assert now - now[:, :1] == pytest.approx(was - was[:, :1], abs=1e-4)


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=9), st.integers(1, 300), ARTICLES)
def test_on_a_page_the_likelier_of_two_blocks_of_a_size_stays_the_likelier(
    odds: list[float], words: int, article: float
) -> None:
    found = [told(story, article, words) for story in sorted(odds)]
    assert all(one <= other + 1e-4 for one, other in pairwise(found))


@given(ODDS, ODDS, ARTICLES, ARTICLES)
def test_pages_are_calibrated_together_as_each_by_itself(
    one: list[list[float]], other: list[list[float]], first: float, second: float
) -> None:
    sizes = [len(one), len(other)]
    words = np.arange(sum(sizes))
    both = calibrate(judged([*one, *other]), words, sizes, [first, second])
    alone = [
        calibrate(judged(one), words[: sizes[0]], sizes[:1], [first]),
        calibrate(judged(other), words[sizes[0] :], sizes[1:], [second]),
    ]
    assert both.scores.tolist() == [row for each in alone for row in each.scores.tolist()]


def test_less_is_taken_for_granted_on_a_page_that_is_plainly_an_article() -> None:
    for story in (-2.0, -1.0, 0.0, 1.0, 2.0):
        assert told(story, PLAINLY) < story < told(story, HARDLY)


def test_what_is_beyond_doubt_stays_so() -> None:
    for article in (PLAINLY, HARDLY):
        assert told(12.0, article) > 4
        assert told(-12.0, article) < -4


def test_no_page_is_calibrated_to_nothing() -> None:
    assert calibrate(judged([]), np.zeros(0, np.int64), [], []).scores.shape == (0, len(LABELS))


def test_the_facts_are_those_that_the_weights_are_for() -> None:
    assert ranking.shipped("calibration").names == NAMES
    assert facts(np.array([0.5]), np.array([1]), 0.0).shape == (1, len(NAMES))


def test_a_damaged_file_is_named() -> None:
    text = files("cleaner.weights").joinpath("calibration.toml").read_text("utf-8")
    with pytest.raises(ValueError, match=r"calibration\.toml is damaged \(constant is no number\)"):
        ranking.read(text.replace("constant = ", "constant = nan # ", 1), "calibration.toml")


def test_scores_and_chances_are_the_calibrated_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = dump.read("Ferry returns\n\nThe ferry sails again after eleven weeks in the yard.\n")
    before = labeller.label(blocks, features.describe)
    monkeypatch.setattr(labeller, "calibrate", lambda judged, *_: judged)
    after = labeller.label(blocks, features.describe)
    assert before.probability == after.probability
    assert (before.chances != after.chances).any()
    chosen = [LABELS.index(block.label) for block in before.blocks]
    likely = before.chances[np.arange(len(chosen)), chosen].tolist()
    assert [block.score for block in before.blocks] == [round(one, 3) for one in likely]
