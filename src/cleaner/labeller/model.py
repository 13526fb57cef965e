"""The model: from the numbers of all blocks to the probabilities of their labels.

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
from cleaner.description import Bag, Bools, Description, Floats, Ints
from cleaner.weights import WORD_STEP, Weights

LABELS = tuple(Label)
STORY = np.isin(LABELS, (Label.BODY, Label.HEADING))  # which of them the story is made of

# Where a layer looks, as offsets from a block (first, last + 1): itself, its neighbours, and the
# mean of ever wider stretches. After these it sees the nearest long lines above and below (a story
# goes on behind what stands between its paragraphs), and what the embedding makes of the block.
CONTEXTS = ((0, 1), (-1, 0), (1, 2), (-8, -1), (2, 9), (-30, -8), (9, 31))
REACH = max(max(-first, last) for first, last in CONTEXTS)
ABOVE, BELOW, OWN = range(len(CONTEXTS), len(CONTEXTS) + 3)
SEEN = OWN + 1

# What a layer sees of the whole page, the same for all its blocks: their mean, and as many means
# more in which each block counts by how much of something it has (attention).
HEADS = 4
POOLED = 1 + HEADS

# Standardised features are cut here: what a page has never been seen to do should not shout.
_OUTLIER = 6.0

_LONGEST = 5  # the blocks of a story that are looked at by themselves

# So many blocks are looked at together: memory stays bounded whatever the page.
CHUNK = 4096

# OpenBLAS keeps to one thread up to so many multiplications in a product.
_SINGLE_THREADED = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the model makes of n blocks.

    `units` are those of the embedding and of each layer (n, E), `odds` and `scores` the log-odds
    and probabilities of the labels (n, L).
    """

    units: tuple[Floats, ...]
    odds: Floats
    scores: Floats


def judge(facts: Floats, long: Bools, model: Weights) -> Judgement:
    """Judge standardised facts (n, D) of blocks of which some are long (n,)."""
    units = [_active(product(facts, model.embedding) + model.embedding_bias)]
    nearest = nearest_long(long)
    for layer, attention, pooled, bias in zip(
        model.layers, model.attention, model.pooled, model.layer_biases, strict=True
    ):
        page = pool(units[-1], attention) @ pooled.reshape(-1, pooled.shape[-1]) + bias
        matrix = layer.reshape(-1, layer.shape[-1])
        seen = surroundings(units[-1], units[0], nearest)
        parts = [product(part.reshape(len(part), -1), matrix) for part in seen]
        units.append(_active(np.concatenate(parts) + page))
    odds = product(units[-1], model.emission) + model.emission_bias
    raised = np.exp(odds - odds.max(1, keepdims=True))
    return Judgement(tuple(units), odds, raised / raised.sum(1, keepdims=True))


def nearest_long(long: Bools) -> tuple[Ints, Ints]:
    """For each block the nearest long one above and below it, -1 where there is none.

    >>> [places.tolist() for places in nearest_long(np.array([True, False, True]))]
    [[-1, 0, 0], [2, 2, -1]]
    """
    n = len(long)
    index = np.arange(n)
    above = np.maximum.accumulate(np.where(long, index, -1))
    below = np.minimum.accumulate(np.where(long, index, n)[::-1])[::-1]
    below = np.where(below < n, below, -1)
    return np.append(-1, above[:-1]), np.append(below[1:], -1)


def facts(described: Description, model: Weights) -> Floats:
    """The standardised facts of described blocks: features, words, and names where it is HTML."""
    known = with_words(described.values, described.ids, described.counts, model.words)
    if described.names is not None:
        known = with_names(known, described.names, model.names)
    return standardised(known, model.mean, model.deviation)


def with_names(known: Floats, names: Bag, table: NDArray[np.int8]) -> Floats:
    """What is known of n blocks and, for each label, the mean and highest log-odds of the names of
    the elements around."""
    nothing = np.zeros((len(names.counts), 0), np.float32)
    odds = with_words(nothing, names.ids, names.counts, table)
    return np.concatenate([known, odds.take(names.of, axis=0)], axis=1)


def with_words(values: Floats, ids: Ints, counts: Ints, table: NDArray[np.int8]) -> Floats:
    """The features with, for each label, the mean and the highest log-odds of a block's words.

    `ids` are those of all blocks in order, `counts` how many each block has.
    """
    n, labels = len(values), table.shape[1]
    mean = np.zeros((n, labels), np.float32)
    highest = np.zeros((n, labels), np.float32)
    if len(ids):
        worded = np.flatnonzero(counts)
        first = (np.cumsum(counts) - counts)[worded]
        steps = table.take(ids, axis=0)
        sums = np.add.reduceat(steps.astype(np.float32), first, axis=0)
        mean[worded] = sums / (counts[worded, None] / np.float32(WORD_STEP))
        highest[worded] = np.maximum.reduceat(steps, first, axis=0) * np.float32(WORD_STEP)
    return np.concatenate([values, mean, highest], axis=1)


def standardised(facts: Floats, mean: Floats, deviation: Floats) -> Floats:
    """Facts in deviations from their mean over the corpus, outliers cut."""
    cut: Floats = np.clip((facts - mean) / deviation, -_OUTLIER, _OUTLIER)
    return cut


def _active(rows: Floats) -> Floats:
    active: Floats = np.maximum(rows, 0)
    return active


def pool(units: Floats, attention: Floats) -> Floats:
    """What a layer sees of the whole page: (POOLED * E,)."""
    sought = product(units, attention)
    shares = np.exp(sought - sought.max(0))
    shares /= shares.sum(0)
    few = max(1, _SINGLE_THREADED // attention.size)
    parts = range(0, len(units), few)
    means = sum(shares[i : i + few].T @ units[i : i + few] for i in parts)
    return np.concatenate([units.mean(0), *means])


def surroundings(units: Floats, own: Floats, nearest: tuple[Ints, Ints]) -> Iterator[Floats]:
    """What a layer sees of each block, in chunks of blocks: (blocks, SEEN, E).

    A context beyond the ends of the page shows nothing: 0.
    """
    n, size = units.shape
    margin = np.zeros((REACH, size), np.float32)
    padded = np.concatenate([margin, units, margin])
    for begin in range(0, n, CHUNK):
        near = padded[begin : begin + CHUNK + 2 * REACH]
        blocks = len(near) - 2 * REACH
        sums = np.zeros((len(near) + 1, size))
        np.cumsum(near, axis=0, out=sums[1:])
        seen = np.empty((blocks, SEEN, size), np.float32)
        for k, (first, last) in enumerate(CONTEXTS):
            if last - first == 1:
                seen[:, k] = near[REACH + first :][:blocks]
            else:
                between = sums[REACH + last :][:blocks] - sums[REACH + first :][:blocks]
                np.multiply(between, 1 / (last - first), out=seen[:, k], casting="same_kind")
        for k, places in zip((ABOVE, BELOW), nearest, strict=True):
            # No long block is block -1 of the page: the margin's last, which shows nothing.
            seen[:, k] = padded.take(places[begin : begin + blocks] + REACH, axis=0)
        seen[:, OWN] = own[begin : begin + blocks]
        yield seen


def product(rows: Floats, matrix: Floats) -> Floats:
    """The product of rows (n, I) and a matrix (I, O), a few rows at a time: too little for BLAS to
    start threads.

    So it is the same on any number of cores, and processes side by side do not fight for them.
    """
    n, inner = rows.shape
    outer = matrix.shape[1]
    together = max(1, _SINGLE_THREADED // (inner * outer))
    whole = n - n % together
    out = np.empty((n, outer), np.float32)
    if whole:
        pieces = rows[:whole].reshape(-1, together, inner)
        np.matmul(pieces, matrix, out=out[:whole].reshape(-1, together, outer))
    np.matmul(rows[whole:], matrix, out=out[whole:])
    return out


def page_facts(facts: Floats, judged: Judgement, words: Ints) -> Floats:
    """What tells an article from a menu page: the surest block of each label, how much was taken
    for the story, and the mean fact of the blocks and of their words.

    `words` is how many ids (words and pairs) each block has.
    """
    share = words / max(int(words.sum()), 1)
    held = judged.scores[:, STORY].sum(1)
    story = np.sort(held * words)
    sizes = [story.sum(), story[-_LONGEST:].sum(), story[-1], held.sum(), len(words)]
    shares = [held.mean(), held @ share]
    return np.concatenate(
        [judged.scores.max(0), np.log1p(sizes), shares, facts.mean(0), share @ facts]
    )


def article_probability(facts: Floats, model: Weights) -> float:
    """The probability that a page of these facts is an article (logistic regression)."""
    return round(float(1 / (1 + np.exp(-(facts @ model.page[:-1] + model.page[-1])))), 3)
