"""What no page should be, and yet comes in: arbitrary text, damaged dumps, and doubtful labels."""

from __future__ import annotations

import random
from bisect import bisect_right
from itertools import accumulate

import numpy as np
from hypothesis import strategies as st

from cleaner import dump
from cleaner.article import Block, Label
from cleaner.description import ORDER, Floats
from cleaner.strategies import Sample, dumps


def texts() -> st.SearchStrategy[str]:
    """The dumps of generated pages, without their truth."""
    return dumps().map(str)


def anything() -> st.SearchStrategy[str]:
    """Arbitrary text, lines of arbitrary text, and dumps with something arbitrary in them."""
    line = st.text(max_size=60)
    lines = st.lists(line, max_size=30).map("\n".join)
    mixed = st.builds(
        lambda dump, noise, at: dump[:at] + noise + dump[at:], texts(), lines, st.integers(0, 2000)
    )
    return st.one_of(st.text(), lines, mixed)


def doubted(page: Sample, sure: tuple[float, float], seed: int = 0) -> tuple[list[Block], Floats]:
    """A generated page as a labeller in doubt gives it: blocks, and probabilities (n, L).

    The true label of a block has a share of `sure`, drawn for each, and one other most of the rest;
    the block is called what is likelier. The same for the same seed.
    """
    chance = random.Random(f"{seed} {page.language} {page.style}")
    starts = list(accumulate((len(line) + 1 for line in page.text.split("\n")), initial=0))
    blocks, chances = [], []
    for block in dump.read(page.text):
        row = np.full(len(Label), 0.002)
        share = chance.uniform(*sure)
        row[ORDER[Label(page.labels[bisect_right(starts, block.start) - 1])]] += share
        row[ORDER[chance.choice(list(Label))]] += 1 - share
        row /= row.sum()
        best = max(Label, key=lambda label: row[ORDER[label]])
        blocks.append(block._replace(label=best, score=float(row[ORDER[best]])))
        chances.append(row)
    return blocks, np.array(chances)
