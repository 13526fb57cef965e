"""What the words of a block say elsewhere on its page.

A line that shares its rare words with what was taken for the story is of the story's subject; a
teaser of another story is not, however much it reads like prose.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.description import BUCKET_BITS, Floats, Ints, new

# A page, a word's bucket and a block in one number: one sort brings together the blocks of every
# word of every page, each once.
_BLOCK_BITS = 24  # of a sheet, or of as many pages as are labelled together

LITTLE = 1e-3  # what a block without shared words divides by


class Echoes:
    """Which blocks share words, each page by itself.

    `ids` are the words (pairs, short lines, runs) of all blocks in order, `counts` how many each
    of n blocks has, `sizes` how many blocks each page has. A word of one block alone has no echo;
    of the others one in N blocks counts 1 / sqrt(N).
    """

    def __init__(self, ids: Ints, counts: Ints, sizes: Sequence[int]) -> None:
        self.number = n = len(counts)
        pages = np.arange(len(sizes)).repeat(sizes).repeat(counts)
        own = np.arange(n).repeat(counts)
        places = (pages << BUCKET_BITS | ids.astype(np.int64)) << _BLOCK_BITS | own
        places.sort()
        once = places[new(places)]
        words, blocks = once >> _BLOCK_BITS, once & ((1 << _BLOCK_BITS) - 1)
        first = np.flatnonzero(new(words))
        held = np.append(first[1:], len(words)) - first
        shared = held > 1
        kept, held = shared.repeat(held), held[shared]
        self.blocks = blocks[kept]
        self.words = np.arange(len(held)).repeat(held)
        weight = 1 / np.sqrt(held)
        self.weight = (weight / (held - 1)).repeat(held)
        self.shared = np.bincount(self.blocks, weight.repeat(held), n)
        self.all = np.maximum(np.bincount(blocks, minlength=n), 1)

    def heard(self, said: Floats) -> Floats:
        """What the words of each block say in other blocks, of what all say (n, V): (n, 2 V + 1).

        Their mean over the words that stand elsewhere, over all words, and the share of the former.

        >>> page = Echoes(np.array([7, 7, 8]), np.array([1, 1, 1]), [3])
        >>> page.heard(np.array([[1.0], [3.0], [5.0]])).astype(float).round(2).tolist()
        [[3.0, 2.12, 0.71], [1.0, 0.71, 0.71], [0.0, 0.0, 0.0]]
        """
        sums = np.array([self._echoed(column) for column in said.T.astype(np.float64)])
        told = [sums / np.maximum(self.shared, LITTLE), sums / self.all]
        heard: NDArray[np.float64] = np.concatenate([*told, (self.shared / self.all)[None]])
        return heard.T.astype(np.float32)

    def _echoed(self, said: NDArray[np.float64]) -> NDArray[np.float64]:
        own: NDArray[np.float64] = said.take(self.blocks)
        every = np.bincount(self.words, own, minlength=1)
        others = every.take(self.words) - own
        others *= self.weight
        return np.bincount(self.blocks, others, self.number).astype(np.float64, copy=False)
