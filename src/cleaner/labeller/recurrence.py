"""What recurs on a site's other pages as evidence: log-odds added to those of the story.

The network looks at one page. Where it is known on how many other pages of the site a block stands,
that shifts the odds that it is the story's, by weights that `python -m training.templates` has
learned; the shares of the labels within the story, and without, stay as they are. It is weighed, no
rule: a line that the page alone makes sure enough stays in the story on however many pages it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np

from cleaner.description import Bools, Floats, Recurrence
from cleaner.labeller.model import STORY, Judgement

# What is known of a block's line: on one other page, on several; either of a long line, and by how
# sure the page alone is of it.
NAMES = ("once", "often", "long once", "long often", "sure once", "sure often")

# The page's own log-odds count in that up to this: so the shift has a bound, and what a page is
# surer of than it is long stays in the story, on however many pages it is.
_SURE = 5.0

# Probabilities closer than this to 0 and 1 are as good as certain.
_CERTAIN = 1e-7


def facts(known: Recurrence, long: Bools, story: Floats) -> Floats:
    """The facts of the blocks of a page: (n, len(NAMES)).

    `long` says which are long lines, `story` how likely each is to be the story's (n,).

    >>> known = Recurrence(np.array([0, 1, 7]), 9)
    >>> facts(known, np.array([True, True, False]), np.array([0.5, 0.5, 1.0])).tolist()
    [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0, 5.0]]
    """
    once, often = known.on == 1, known.on > 1
    sure = log_odds(story).clip(-_SURE, _SURE)
    rows = np.stack([once, often, once & long, often & long, once * sure, often * sure], 1)
    return rows.astype(np.float64) + 0.0  # no -0.0


def log_odds(probability: Floats) -> Floats:
    """The log-odds of probabilities."""
    within = probability.astype(np.float64).clip(_CERTAIN, 1 - _CERTAIN)
    odds: Floats = np.log(within / (1 - within))
    return odds


def weigh(
    judged: Judgement, long: Bools, sizes: Sequence[int], known: Sequence[Recurrence | None]
) -> tuple[Judgement, Floats]:
    """Weigh anew what the network made of blocks; and by how much the story's odds changed (n,).

    They are the blocks of one page or of several of these sizes, of which some are long lines.
    A page of which nothing is known stays as it is, to the last bit.
    """
    shifts = np.zeros(len(long))
    if all(one is None for one in known):
        return judged, shifts
    scores, odds = judged.scores.copy(), judged.odds.copy()
    end = 0
    for size, one in zip(sizes, known, strict=True):
        own = slice(end, end := end + size)
        if one is not None:
            story = scores[own][:, STORY].sum(1, dtype=np.float64)
            shifts[own] = (facts(one, long[own], story) * _shipped()).sum(1)
            change = _change(story, shifts[own])
            odds[own] += np.log(change)
            scores[own] *= change
    return replace(judged, odds=odds, scores=scores), shifts


def said(known: Recurrence, shifts: Floats, story: Bools) -> list[str]:
    """What to say of each block (n,): on how many pages it is, where that spoke for its label.

    >>> known = Recurrence(np.array([0, 7]), 9)
    >>> said(known, np.array([0.0, -5.0]), np.array([True, False]))
    ['', 'on 7 of 9 other pages of this site']
    """
    counts = (shifts < 0) & ~story
    return [
        f"on {on} of {known.pages} other pages of this site" if own else ""
        for on, own in zip(known.on.tolist(), counts.tolist(), strict=True)
    ]


def _change(story: Floats, shifts: Floats) -> Floats:
    """By what the probabilities of the labels are multiplied: (n, L)."""
    after = 1 / (1 + np.exp(-(log_odds(story) + shifts)))
    within = story.clip(_CERTAIN, 1 - _CERTAIN)
    kept, others = after / within, (1 - after) / (1 - within)
    change: Floats = np.where(STORY, kept[:, None], others[:, None])
    return change


@cache
def _shipped() -> Floats:
    """The weights that the package ships, in the order of `NAMES`."""
    table = tomllib.loads(files("cleaner.weights").joinpath("recurrence.toml").read_text("utf-8"))
    return np.array([float(table["facts"][name]) for name in NAMES])
