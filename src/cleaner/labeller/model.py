"""The model: from the numbers of all blocks to their labels, as one decision.

A block is described by its features and by its words' log-odds for each label. An embedding makes
a few units of them; layers then look at the units of the block, of the blocks around it in windows
that widen with distance, and of the whole page: each layer sees what the one before made of those
blocks, so that what stands far away decides with what stands near. All numbers come from `weights`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Label
from cleaner.description import Floats, Ints
from cleaner.weights import WORD_STEP, Weights

LABELS = tuple(Label)

# Where a layer looks, as offsets from a block (first, last + 1): itself, its neighbours, and the
# mean of ever wider stretches. After these it sees the mean of the page, and the embedding.
CONTEXTS = ((0, 1), (-1, 0), (1, 2), (-2, -1), (2, 3), (-8, -2), (3, 9), (-30, -8), (9, 31))
REACH = max(max(-first, last) for first, last in CONTEXTS)
PAGE, OWN = len(CONTEXTS), len(CONTEXTS) + 1
SEEN = len(CONTEXTS) + 2

# Standardised features are cut here: what a page has never been seen to do should not shout.
_OUTLIER = 6.0

_STORY = [LABELS.index(Label.BODY), LABELS.index(Label.HEADING)]

# So many blocks are looked at together: memory stays bounded whatever the page.
CHUNK = 1024

# OpenBLAS keeps to one thread up to so many multiplications in a product.
_SINGLE_THREADED = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the model makes of n blocks.

    `units` are those of the embedding and of each layer (n, E), `odds` and `scores` the log-odds
    and probabilities of the labels (n, L), `chosen` the likeliest label of each block (n,).
    """

    units: tuple[Floats, ...]
    odds: Floats
    scores: Floats
    chosen: Ints


def judge(facts: Floats, model: Weights) -> Judgement:
    """Decide over standardised facts (n, D)."""
    units = [_active(product(facts, model.embedding), model.embedding_bias)]
    for matrix, bias in zip(model.layers, model.layer_biases, strict=True):
        parts = [product(seen, matrix) for _, seen in surroundings(units[-1], units[0])]
        units.append(_active(np.concatenate(parts), bias))
    odds = product(units[-1], model.emission) + model.emission_bias
    raised = np.exp(odds - odds.max(1, keepdims=True))
    scores = raised / raised.sum(1, keepdims=True)
    return Judgement(tuple(units), odds, scores, odds.argmax(1))


def with_words(values: Floats, ids: Ints, owners: Ints, table: NDArray[np.int8]) -> Floats:
    """The features with, for each label, the mean and the highest log-odds of a block's words."""
    n, labels = len(values), table.shape[1]
    mean = np.zeros((n, labels), np.float32)
    highest = np.zeros((n, labels), np.float32)
    if len(ids):
        counts = np.bincount(owners, minlength=n)
        worded = np.flatnonzero(counts)
        first = (np.cumsum(counts) - counts)[worded]
        steps = table[ids]
        sums = np.add.reduceat(steps, first, axis=0, dtype=np.float32)
        mean[worded] = sums / (counts[worded, None] / np.float32(WORD_STEP))
        highest[worded] = np.maximum.reduceat(steps, first, axis=0) * np.float32(WORD_STEP)
    return np.concatenate([values, mean, highest], axis=1)


def standardised(facts: Floats, mean: Floats, deviation: Floats) -> Floats:
    """Facts in deviations from their mean over the corpus, outliers cut."""
    cut: Floats = np.clip((facts - mean) / deviation, -_OUTLIER, _OUTLIER)
    return cut


def _active(rows: Floats, bias: Floats) -> Floats:
    active: Floats = np.maximum(rows + bias, 0)
    return active


def surroundings(units: Floats, own: Floats) -> Iterator[tuple[int, Floats]]:
    """What a layer sees of each block, in chunks: (first block, (blocks, SEEN * E)).

    A context beyond the ends of the page shows nothing: 0.
    """
    n, size = units.shape
    margin = np.zeros((REACH, size), np.float32)
    padded = np.concatenate([margin, units, margin])
    page = units.mean(0)
    for first in range(0, n, CHUNK):
        near = padded[first : first + CHUNK + 2 * REACH]
        blocks = len(near) - 2 * REACH
        sums = np.zeros((len(near) + 1, size))
        np.cumsum(near, axis=0, out=sums[1:])
        seen = np.empty((blocks, SEEN, size), np.float32)
        for k, (begin, end) in enumerate(CONTEXTS):
            if end - begin == 1:
                seen[:, k] = near[REACH + begin :][:blocks]
            else:
                after, before = sums[REACH + end :][:blocks], sums[REACH + begin :][:blocks]
                np.divide(after - before, end - begin, out=seen[:, k], casting="same_kind")
        seen[:, PAGE] = page
        seen[:, OWN] = own[first : first + blocks]
        yield first, seen.reshape(blocks, -1)


def product(rows: Floats, matrix: Floats) -> Floats:
    """The matrix product, a few rows at a time: too little for BLAS to start threads.

    So it is the same on any number of cores, and processes side by side do not fight for them.
    """
    (n, inner), outer = rows.shape, matrix.shape[1]
    together = max(1, _SINGLE_THREADED // (inner * outer))
    padded = np.zeros((-(-n // together), together, inner), np.float32)
    padded.reshape(-1, inner)[:n] = rows
    out: Floats = (padded @ matrix).reshape(-1, outer)[:n]
    return out


def page_facts(judged: Judgement, words: Ints) -> Floats:
    """What tells an article from a menu page: how much of it was taken for what, and what the
    last layer makes of the page and of its story.

    `words` is how many ids (words and pairs) each block has.
    """
    total = max(int(words.sum()), 1)
    held = judged.scores[:, _STORY].sum(1) * words
    story = float(held.sum())
    units = judged.units[-1]
    sizes = [np.log1p(story), story / total, np.log1p(len(words))]
    return np.concatenate(
        [words @ judged.scores / total, units.mean(0), held @ units / max(story, 1.0), sizes]
    )


def article_probability(facts: Floats, model: Weights) -> float:
    """The probability that a page of these facts is an article (logistic regression)."""
    return round(float(1 / (1 + np.exp(-(facts @ model.page[:-1] + model.page[-1])))), 3)
