"""The choice among candidates, as it is learnt and as it is served."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cleaner import ranking
from cleaner.ranking import Ranking, probabilities
from training import fields as learning

pytest.importorskip("torch")

from training import choice


def _pages(number: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Pages of four candidates; the right one has most of the first fact, the second is noise."""
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(number):
        rows = chance.normal(size=(4, 2))
        made.append((rows, rows[:, 0] == rows[:, 0].max()))
    return made


def _right(ranking: Ranking, pages: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """On how many pages what is likeliest, none among it, is right."""
    hits = 0
    for rows, truth in pages:
        each = probabilities(rows.tolist(), ranking)
        best = int(np.argmax(each))
        hits += not truth.any() if 1 - sum(each) > each[best] else truth[best]
    return hits / len(pages)


def test_a_choice_learns_which_fact_counts() -> None:
    fitted = choice.fit(("most", "noise"), _pages(1000, 1))
    more, less, other, another = ranking.log_odds([[1, 0], [-1, 0], [0, 1], [0, -1]], fitted)
    assert more - less > 4 * abs(other - another)
    assert abs(fitted.usual).max() < 0.2
    assert _right(fitted, _pages(200, 2)) > 0.95


def test_a_choice_learns_that_none_may_be_right() -> None:
    pages = [(rows, truth & (rows[:, 0] > 1)) for rows, truth in _pages(2000, 3)]
    assert _right(choice.fit(("most", "noise"), pages[:1800]), pages[1800:]) > 0.9


def test_a_choice_learns_what_two_facts_are_worth_together() -> None:
    """The right candidate is the one of which both facts have the same sign."""
    chance = np.random.default_rng(5)
    pages = []
    for _ in range(2000):
        signs = np.array([[1, 1], [1, -1], [-1, 1]]) * chance.choice([-1, 1], (3, 1))
        rows = signs * chance.uniform(0.5, 1.5, (3, 2))
        pages.append((rows, np.array([True, False, False])))
    assert _right(choice.fit(("a", "b"), pages[:1800]), pages[1800:]) > 0.9


def test_two_fits_give_the_same_numbers() -> None:
    one, other = (choice.fit(("most", "noise"), _pages(100, 6)) for _ in range(2))
    assert learning.written(one) == learning.written(other)


def test_the_weights_of_a_field_are_written_as_they_are_read(tmp_path: Path) -> None:
    made = [
        learning.Page(rows, truth, f"{n % 7}.example")
        for n, (rows, truth) in enumerate(_pages(1000, 4))
    ]
    path = tmp_path / "toy.toml"
    learning.write(path, "toy", ("most", "noise"), made)
    text = path.read_text("utf-8")
    assert "1000 pages of 7 sites" in text
    found = ranking.read(text, "toy.toml")
    assert found.names == ("most", "noise")
    assert learning.written(found) == text[text.index("constant") :]
    assert _right(found, _pages(200, 2)) > 0.95
