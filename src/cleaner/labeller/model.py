"""The model: from the numbers of all blocks to their labels, as one decision.

A block is described by its features and by its words' log-odds for each label. A hidden layer sees
the block and, in windows that widen with distance, the blocks around it; a linear-chain model over
the labels (a CRF, decoded with Viterbi's algorithm) then finds the likeliest sequence as a whole.
Lafferty, McCallum and Pereira (2001): Conditional Random Fields. All numbers come from `weights`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Label
from cleaner.description import Floats, Ints
from cleaner.weights import WORD_STEP, Weights

LABELS = tuple(Label)

# Where the hidden layer looks, as offsets from a block (first, last + 1): itself, its neighbours,
# and the mean of ever wider stretches.
CONTEXTS = ((0, 1), (-1, 0), (1, 2), (-2, -1), (2, 3), (-8, -2), (3, 9), (-30, -8), (9, 31))
REACH = max(max(-first, last) for first, last in CONTEXTS)

# Standardised features are cut here: what a page has never been seen to do should not shout.
_OUTLIER = 6.0

# So many blocks are looked at together: memory stays bounded whatever the page.
CHUNK = 1024

# Rows of a matrix product taken together; OpenBLAS keeps to one thread up to 2^18 multiplications.
_ROWS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the model makes of n blocks: hidden units, log-odds given the neighbours' labels, the
    same as probabilities, and the chosen labels."""

    hidden: Floats
    odds: Floats
    scores: Floats
    path: Ints


def judge(facts: Floats, model: Weights) -> Judgement:
    """Decide over standardised facts (n, D)."""
    hidden = _hidden(facts, model)
    emissions = product(hidden, model.emission) + model.emission_bias
    path = decode(emissions, model)
    odds = emissions + _from_neighbours(path, model)
    raised = np.exp(odds - odds.max(1, keepdims=True))
    return Judgement(hidden, odds, raised / raised.sum(1, keepdims=True), path)


def with_words(values: Floats, ids: Ints, owners: Ints, table: NDArray[np.int8]) -> Floats:
    """The features with, for each label, the mean and the highest log-odds of a block's words."""
    n, labels = len(values), table.shape[1]
    mean = np.zeros((n, labels), np.float32)
    highest = np.zeros((n, labels), np.float32)
    if len(ids):
        counts = np.bincount(owners, minlength=n)
        worded = np.flatnonzero(counts)
        first = (np.cumsum(counts) - counts)[worded]
        odds = table[ids].astype(np.float32) * np.float32(WORD_STEP)
        mean[worded] = np.add.reduceat(odds, first, axis=0) / counts[worded, None]
        highest[worded] = np.maximum.reduceat(odds, first, axis=0)
    return np.concatenate([values, mean, highest], axis=1)


def standardised(facts: Floats, mean: Floats, deviation: Floats) -> Floats:
    """Facts in deviations from their mean over the corpus, outliers cut."""
    cut: Floats = np.clip((facts - mean) / deviation, -_OUTLIER, _OUTLIER)
    return cut


def _hidden(facts: Floats, model: Weights) -> Floats:
    parts = [product(seen, context_matrix(model)) for _, seen in surroundings(facts)]
    active: Floats = np.maximum(np.concatenate(parts) + model.context_bias, 0)
    return active


@lru_cache(maxsize=1)
def context_matrix(model: Weights) -> Floats:
    """The weights from what each context shows to the hidden units: (C * D, H)."""
    return model.context.astype(np.float32).reshape(-1, model.context.shape[2])


def surroundings(facts: Floats) -> Iterator[tuple[int, Floats]]:
    """What each block and the blocks around it show, in chunks: (first block, (blocks, C * D)).

    A context beyond the ends of the page shows nothing: 0.
    """
    n, features = facts.shape
    margin = np.zeros((REACH, features), np.float32)
    padded = np.concatenate([margin, facts, margin])
    for first in range(0, n, CHUNK):
        near = padded[first : first + CHUNK + 2 * REACH]
        size = len(near) - 2 * REACH
        sums = np.zeros((len(near) + 1, features))
        np.cumsum(near, axis=0, out=sums[1:])
        seen = np.empty((size, len(CONTEXTS), features), np.float32)
        for k, (begin, end) in enumerate(CONTEXTS):
            after, before = sums[REACH + end :][:size], sums[REACH + begin :][:size]
            np.divide(after - before, end - begin, out=seen[:, k], casting="same_kind")
        yield first, seen.reshape(size, -1)


def product(rows: Floats, matrix: Floats) -> Floats:
    """The matrix product, a few rows at a time: too little for BLAS to start threads.

    So it is the same on any number of cores, and processes side by side do not fight for them.
    """
    n, inner = rows.shape
    padded = np.zeros((-(-n // _ROWS), _ROWS, inner), np.float32)
    padded.reshape(-1, inner)[:n] = rows
    out: Floats = (padded @ matrix).reshape(-1, matrix.shape[1])[:n]
    return out


def decode(emissions: Floats, model: Weights) -> Ints:
    """The likeliest sequence of labels as a whole (Viterbi)."""
    n, labels = emissions.shape
    back = np.empty((n, labels), np.uint8)
    columns = np.arange(labels)
    onward = np.ascontiguousarray(model.transition.T)
    best = model.start + emissions[0]
    for i in range(1, n):
        reached = onward + best
        back[i] = came = reached.argmax(1)
        best = reached[columns, came] + emissions[i]
    path = np.empty(n, np.int64)
    path[-1] = k = int((best + model.end).argmax())
    for i in range(n - 1, 0, -1):
        path[i - 1] = k = back[i, k]
    return path


def _from_neighbours(path: Ints, model: Weights) -> Floats:
    """What the labels chosen before and after each block say for each of its own."""
    before = np.concatenate([model.start[None], model.transition[path[:-1]]])
    after = np.concatenate([model.transition.T[path[1:]], model.end[None]])
    both: Floats = before + after
    return both


def page_facts(facts: Floats, words: Ints) -> Floats:
    """What tells an article from a menu page: the mean fact of its blocks, and of its words.

    `words` is how many ids (words and pairs) each block has.
    """
    share = words / max(int(words.sum()), 1)
    return np.concatenate([facts.mean(0), share @ facts, [np.log1p(len(facts))]])


def article_probability(facts: Floats, model: Weights) -> float:
    """The probability that a page of these facts is an article (logistic regression)."""
    return round(float(1 / (1 + np.exp(-(facts @ model.page[:-1] + model.page[-1])))), 3)
