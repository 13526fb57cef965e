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

_LONGEST = 5  # the blocks of a story that are looked at by themselves
_STORY = [LABELS.index(Label.BODY), LABELS.index(Label.HEADING)]

# So many blocks are looked at together: memory stays bounded whatever the page.
CHUNK = 4096

# OpenBLAS keeps to one thread up to so many multiplications in a product.
_SINGLE_THREADED = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the model makes of n blocks.

    `units` are those of the embedding and of each layer (n, E), `odds` and `scores` the log-odds
    and probabilities of the labels (n, L), `chosen` and `rival` the likeliest label of each block
    and the next (n,). `around` is what each context of the last layer but the block itself adds to
    the margin between these two (n, contexts - 1).
    """

    units: tuple[Floats, ...]
    odds: Floats
    scores: Floats
    chosen: Ints
    rival: Ints
    around: Floats


def judge(facts: Floats, model: Weights) -> Judgement:
    """Decide over standardised facts (n, D)."""
    units = [_active(product(facts, model.embedding) + model.embedding_bias)]
    for layer in range(len(model.layers) - 1):
        seen = surroundings(units[-1], units[0])
        parts = [product(part, model.layers[layer]).sum(0) for part in seen]
        units.append(_active(np.concatenate(parts) + model.layer_biases[layer]))
    decided = [_decide(seen, model) for seen in surroundings(units[-1], units[0])]
    last, odds, chosen, rival, around = map(np.concatenate, zip(*decided, strict=True))
    raised = np.exp(odds - odds.max(1, keepdims=True))
    scores = raised / raised.sum(1, keepdims=True)
    return Judgement((*units, last), odds, scores, chosen, rival, around)


def _decide(seen: Floats, model: Weights) -> tuple[Floats, Floats, Ints, Ints, Floats]:
    """The units of the last layer, and as in Judgement odds, chosen, rival and around."""
    parts = product(seen, model.layers[-1])
    units = _active(parts.sum(0) + model.layer_biases[-1])
    odds = product(units, model.emission) + model.emission_bias
    chosen, rival = highest(odds.copy(), 2)[0].T
    around = (parts[1:PAGE] * slope(units, chosen, rival, model)).sum(2)
    return units, odds, chosen, rival, around.T


def highest(values: Floats, number: int) -> tuple[Ints, Floats]:
    """Columns and values of the highest few of each row, the highest first; `values` is used up."""
    rows = np.arange(len(values))
    columns, found = [], []
    for _ in range(number):
        columns.append(values.argmax(1))
        found.append(values[rows, columns[-1]])
        values[rows, columns[-1]] = -np.inf
    return np.stack(columns, 1), np.stack(found, 1)


def slope(units: Floats, chosen: Ints, rival: Ints, model: Weights) -> Floats:
    """How the margin between two labels grows with what goes into each unit of the last layer."""
    change: Floats = (model.emission[:, chosen] - model.emission[:, rival]).T * (units > 0)
    return change


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


def surroundings(units: Floats, own: Floats) -> Iterator[Floats]:
    """What a layer sees of each block, in chunks of blocks: (SEEN, blocks, E).

    A context beyond the ends of the page shows nothing: 0.
    """
    n, size = units.shape
    margin = np.zeros((REACH, size), np.float32)
    padded = np.concatenate([margin, units, margin])
    page = units.mean(0)
    for begin in range(0, n, CHUNK):
        near = padded[begin : begin + CHUNK + 2 * REACH]
        blocks = len(near) - 2 * REACH
        sums = np.zeros((len(near) + 1, size))
        np.cumsum(near, axis=0, out=sums[1:])
        seen = np.empty((SEEN, blocks, size), np.float32)
        for k, (first, last) in enumerate(CONTEXTS):
            if last - first == 1:
                seen[k] = near[REACH + first :][:blocks]
            else:
                between = sums[REACH + last :][:blocks] - sums[REACH + first :][:blocks]
                np.multiply(between, 1 / (last - first), out=seen[k], casting="same_kind")
        seen[PAGE] = page
        seen[OWN] = own[begin : begin + blocks]
        yield seen


def product(rows: Floats, matrix: Floats) -> Floats:
    """The product of rows (..., n, I) and a matrix (..., I, O), a few rows at a time: too little
    for BLAS to start threads.

    So it is the same on any number of cores, and processes side by side do not fight for them.
    """
    *stack, n, inner = rows.shape
    outer = matrix.shape[-1]
    together = max(1, _SINGLE_THREADED // (inner * outer))
    whole = n - n % together
    out = np.empty((*stack, n, outer), np.float32)
    if whole:
        pieces = rows[..., :whole, :].reshape(*stack, -1, together, inner)
        parts = np.matmul(pieces, matrix[..., None, :, :])
        out[..., :whole, :] = parts.reshape(*stack, whole, outer)
    np.matmul(rows[..., whole:, :], matrix, out=out[..., whole:, :])
    return out


def page_facts(facts: Floats, judged: Judgement, words: Ints) -> Floats:
    """What tells an article from a menu page: the surest block of each label, how much was taken
    for the story, and the mean fact of the blocks and of their words.

    `words` is how many ids (words and pairs) each block has.
    """
    share = words / max(int(words.sum()), 1)
    held = judged.scores[:, _STORY].sum(1)
    story = np.sort(held * words)
    sizes = [story.sum(), story[-_LONGEST:].sum(), story[-1], held.sum(), len(words)]
    shares = [held.mean(), held @ share]
    return np.concatenate(
        [judged.scores.max(0), np.log1p(sizes), shares, facts.mean(0), share @ facts]
    )


def article_probability(facts: Floats, model: Weights) -> float:
    """The probability that a page of these facts is an article (logistic regression)."""
    return round(float(1 / (1 + np.exp(-(facts @ model.page[:-1] + model.page[-1])))), 3)
