"""The model: from the numbers of all blocks to their labels, as one decision.

A block is described by its features and by its words' log-odds for each label. A hidden layer sees
the block and, in windows that widen with distance, the blocks around it; a linear-chain model over
the labels (a CRF, decoded with Viterbi's algorithm) then finds the likeliest sequence as a whole.
Lafferty, McCallum and Pereira (2001): Conditional Random Fields. All numbers come from `weights`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Label
from cleaner.description import Floats, Ints
from cleaner.weights import WORD_STEP, Weights

LABELS = tuple(Label)
_PROSE = [LABELS.index(Label.BODY), LABELS.index(Label.HEADING)]

# Where the hidden layer looks, as offsets from a block (first, last + 1): itself, its neighbours,
# and the mean of ever wider stretches.
CONTEXTS = ((0, 1), (-1, 0), (1, 2), (-2, -1), (2, 3), (-8, -2), (3, 9), (-30, -8), (9, 31))
REACH = max(max(-first, last) for first, last in CONTEXTS)

# Standardised features are cut here: what a page has never been seen to do should not shout.
_OUTLIER = 6.0

# So many blocks are looked at together: memory stays bounded whatever the page.
CHUNK = 4096


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
    emissions = hidden @ model.emission + model.emission_bias
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
    """The hidden layer, computed in chunks that overlap by as far as a context reaches."""
    depth, features, units = model.context.shape
    matrix = model.context.astype(np.float32).transpose(1, 0, 2).reshape(features, depth * units)
    parts = []
    for first in range(0, len(facts), CHUNK):
        begin, last = max(0, first - REACH), min(len(facts), first + CHUNK)
        near = facts[begin : last + REACH]
        seen = (near @ matrix).reshape(len(near), depth, units)
        total = model.context_bias + sum(window(seen[:, k], *CONTEXTS[k]) for k in range(depth))
        parts.append(np.maximum(total, 0)[first - begin : last - begin])
    return np.concatenate(parts)


def window(rows: Floats, first: int, last: int) -> Floats:
    """For each row, the mean over the rows `first` to before `last` away; 0 beyond the ends."""
    n = len(rows)
    at = np.arange(n)
    sums = np.concatenate(
        [np.zeros((1, rows.shape[1]), np.float64), np.cumsum(rows, 0, np.float64)]
    )
    spread = sums[np.clip(at + last, 0, n)] - sums[np.clip(at + first, 0, n)]
    return np.asarray(spread / (last - first), np.float32)


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


def page_facts(values: Floats, path: Ints, scores: Floats) -> Floats:
    """What tells an article from a menu page: how much story there is, how sure, how alone."""
    letters = np.expm1(values[:, 1])
    story = np.isin(path, _PROSE)
    own = letters[story]
    total = max(float(letters.sum()), 1.0)
    sure = scores[:, _PROSE].sum(1)
    return np.array(
        [
            np.log1p(own.sum()),
            np.log1p(own.max(initial=0)),
            np.log1p(story.sum()),
            own.sum() / total,
            float((sure[story] * own).sum() / max(float(own.sum()), 1.0)),
            float((sure * letters).sum()) / total,
            float(LABELS.index(Label.TITLE) in path),
            np.log1p(len(path)),
        ],
        np.float32,
    )


def article_probability(facts: Floats, model: Weights) -> float:
    """The probability that a page of these facts is an article (logistic regression)."""
    return round(float(1 / (1 + np.exp(-(facts @ model.page[:-1] + model.page[-1])))), 3)
