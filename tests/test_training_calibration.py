"""How sure a network may be is learnt from what it says of sites that it has not seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cleaner import ranking
from cleaner.labeller.calibration import NAMES
from cleaner.labeller.model import LABELS
from cleaner.weights import Weights, save, shipped
from training import unseen
from training.encode import Example
from training.labelled import fixtures


@pytest.fixture(scope="module")
def calibration() -> Any:
    pytest.importorskip("torch", reason="PyTorch is not installed: pip install -e '.[training]'")
    from training import calibration

    return calibration


@pytest.fixture(scope="module")
def articles() -> list[Example]:
    return [example for example in fixtures() if example.article]


def pages_of(calibration: Any, sureness: float, number: int = 400) -> list[Any]:
    """Pages of a network whose log-odds are so many times what they should be."""
    chance = np.random.default_rng(4)
    pages = []
    for site in range(number):
        true = chance.normal(0, 2, 30)
        story = chance.random(30) < 1 / (1 + np.exp(-true))
        facts = np.stack([sureness * true, np.full(30, 3.0), np.full(30, 2.0)], 1)
        pages.append(calibration.Page(facts, story, ~story, np.full(30, 20.0), str(site)))
    return pages


def slope(weights: ranking.Ranking) -> float:
    """By how much the log-odds of a block rise with those that a network gives it."""
    low, high = ranking.log_odds([[-2.0, 3.0, 2.0], [2.0, 3.0, 2.0]], weights).tolist()
    return (high - low) / 4


def test_the_surer_a_network_is_than_it_is_right_the_less_it_is_believed(calibration: Any) -> None:
    honest, boastful = (
        slope(calibration.fit(pages_of(calibration, sureness))) for sureness in (1.0, 3.0)
    )
    assert honest / boastful == pytest.approx(3, rel=0.2)
    assert boastful > 0.2


def test_two_fits_to_the_same_pages_are_the_same(calibration: Any) -> None:
    pages = pages_of(calibration, 2.0, 64)
    one, other = (calibration.fit(pages) for _ in range(2))
    assert one.names == NAMES
    assert [np.array(each).tolist() for each in one[1:]] == [
        np.array(each).tolist() for each in other[1:]
    ]


def test_a_page_is_judged_by_the_network_that_has_not_seen_its_site(
    calibration: Any, articles: list[Example]
) -> None:
    sure = shipped()
    bias = sure.emission_bias.copy()
    bias[LABELS.index("body")] += 200
    all_body = replace(sure, emission_bias=bias)
    own = unseen.half(articles[0].domain)
    networks = [all_body if number == own else sure for number in range(unseen.HALVES)]
    for one, page in zip(articles, calibration.look(articles, networks), strict=True):
        believed = (page.facts[:, 0] > 13).all()
        assert believed == (unseen.half(one.domain) == own)
        assert page.domain == one.domain
        assert not (page.story & page.cruft).any()


def test_pages_that_are_no_article_tell_nothing_of_a_story(calibration: Any) -> None:
    others = [example for example in fixtures() if not example.article]
    assert others
    assert not list(calibration.look(others, [shipped()] * unseen.HALVES))


def test_networks_that_were_learnt_before_are_taken_up(tmp_path: Path) -> None:
    kept: list[Weights] = []
    for number in range(unseen.HALVES):
        one = replace(shipped("html"), emission_bias=shipped("html").emission_bias + number)
        with (tmp_path / f"unseen-html-{number}.npz").open("wb") as file:
            save(file, one, {})
        kept.append(one)
    found = unseen.html_networks([], [], [], tmp_path)
    assert [one.checksum() for one in found] == [one.checksum() for one in kept]
