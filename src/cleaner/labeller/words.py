"""What the words of each block speak for: the mean and the highest of their log-odds.

A page has thousands of words with sixteen log-odds each. Whole words of the processor take them
several at a time, and no step goes from block to block.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.description import Bag, Floats, Ints
from cleaner.weights import WORD_STEP, Odds

# Steps of log-odds are added up four at once, as four numbers of 16 bits in one of 64. For that
# -128 to 127 become 0 to 255, by their highest bit; of so many the sum stays within its bits.
_ZERO = np.uint8(128)
_TOGETHER = 4
_PIECE = 256


def with_words(values: Floats, ids: Ints, counts: Ints, odds: Odds) -> Floats:
    """The features with, for each label, the mean and the highest log-odds of a block's words.

    `ids` are the buckets of all blocks' words in order, `counts` how many each block has.
    """
    n, shown = values.shape
    labels = odds.table.shape[1]
    facts = np.zeros((n, shown + 2 * labels), np.float32)
    facts[:, :shown] = values
    worded = np.flatnonzero(counts)
    if len(worded):
        counts = counts[worded]
        steps = odds.table.take(odds.rows(ids), axis=0)
        begins, sizes = np.cumsum(counts) - counts, counts
        pieces = -(-counts // _PIECE)  # a block of very many words is cut in pieces
        if pieces.max() > 1:
            nth = _counted(pieces)
            begins = begins.repeat(pieces) + nth * _PIECE
            sizes = np.minimum(counts.repeat(pieces) - nth * _PIECE, _PIECE)
        sums = _joined(np.add, _sums(steps, begins, sizes), pieces)
        highest = _joined(np.maximum, _highest(steps, begins, sizes), pieces)
        facts[worded, shown : shown + labels] = sums / (counts[:, None] / np.float32(WORD_STEP))
        facts[worded, shown + labels :] = highest * np.float32(WORD_STEP)
    return facts


def with_names(known: Floats, names: Bag, odds: Odds) -> Floats:
    """What is known of n blocks and, for each label, the mean and highest log-odds of the names of
    the elements around."""
    nothing = np.zeros((len(names.counts), 0), np.float32)
    told = with_words(nothing, names.ids, names.counts, odds)
    return np.concatenate([known, told.take(names.of, axis=0)], axis=1)


def _counted(numbers: Ints) -> Ints:
    """0, 1, 2 ... for each of some numbers, up to it."""
    counted: Ints = np.arange(int(numbers.sum())) - (np.cumsum(numbers) - numbers).repeat(numbers)
    return counted


def _joined(join: np.ufunc, rows: NDArray[Any], numbers: Ints) -> NDArray[Any]:
    """One row for each so many; most are alone."""
    if len(rows) == len(numbers):
        return rows
    joined = rows.take(np.cumsum(numbers) - numbers, axis=0)
    several = numbers > 1
    cut = numbers[several]
    joined[several] = join.reduceat(rows[several.repeat(numbers)], np.cumsum(cut) - cut, axis=0)
    return joined


def _sums(steps: NDArray[np.int8], begins: Ints, sizes: Ints) -> NDArray[np.float32]:
    """The sums of pieces of rows, which follow each other without a gap."""
    labels = steps.shape[1]
    positive = np.zeros((len(steps), labels + -labels % _TOGETHER), np.uint16)
    positive[:, :labels] = steps.view(np.uint8) ^ _ZERO
    together = np.add.reduceat(positive.view(np.uint64), begins, axis=0)
    sums = together.view(np.uint16)[:, :labels].astype(np.float32)
    sums -= (sizes * int(_ZERO))[:, None]
    return sums


def _highest(steps: NDArray[np.int8], begins: Ints, sizes: Ints) -> NDArray[np.int8]:
    """The highest of pieces of rows: that of two runs of 1, 2, 4, 8 ... rows that cover it."""
    n, labels = steps.shape
    level = np.log2(sizes).astype(np.int64)
    runs = np.empty((int(level.max()) + 1, n, labels), np.int8)
    runs[0] = steps
    for k in range(1, len(runs)):
        half = 1 << (k - 1)
        whole = n + 1 - 2 * half
        np.maximum(runs[k - 1, :whole], runs[k - 1, half:][:whole], out=runs[k, :whole])
    every = runs.reshape(-1, labels)
    first = begins + level * n
    last = first + sizes - (1 << level)
    highest: NDArray[np.int8] = np.maximum(every.take(first, axis=0), every.take(last, axis=0))
    return highest
