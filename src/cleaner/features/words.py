"""The words of a page as numbers: no Python per word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.description import Ints
from cleaner.features.characters import DIGIT, LETTER, UNSPACED, lower

# Hashes of words, pairs and lines fall into so many buckets; the word table has a row for each.
BUCKET_BITS = 16
BUCKETS = 1 << BUCKET_BITS

# A polynomial over the first letters of a word (FNV's prime), mixed by the golden ratio (Knuth).
_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_LETTERS = 12
_INVERSE = np.uint64(pow(int(_PRIME), -1, 1 << 64))
# What a pair and a line add, so that none has the hash of a word (primes of xxHash).
_PAIR_SEED = np.uint64(0x165667B19E3779F9)
_LINE_SEED = np.uint64(0xC2B2AE3D27D4EB4F)
_LINE_WORDS = 6  # a line of so many words is hashed as a whole too: "Most read today"
_LINE_POWERS = np.array([pow(int(_PRIME), k, 1 << 64) for k in range(_LINE_WORDS)], np.uint64)

Hashes = NDArray[np.uint64]


class Words:
    """Runs of letters and digits, or single characters of scripts that set no spaces.

    `begins` and `ends` are places in the page's text, `owners` the block of each word (ascending),
    `per_block` how many words each block has, `hashes` equal for equal words whatever their case.
    """

    def __init__(
        self, codes: NDArray[np.uint32], classes: NDArray[np.uint32], owners: Ints, blocks: int
    ) -> None:
        unspaced = (classes & UNSPACED) != 0
        spaced = ((classes & (LETTER | DIGIT)) != 0) & ~unspaced
        # No word stands at the very end: the text ends in a line break.
        after = np.append(spaced[1:], False)
        before = np.append(False, spaced[:-1])
        self.begins = np.flatnonzero((spaced & ~before) | unspaced)
        self.ends = np.flatnonzero((spaced & ~after) | unspaced) + 1
        self.owners = owners.take(self.begins)
        self.per_block = np.bincount(self.owners, minlength=blocks)
        self.hashes = self._hash(codes)

    def _hash(self, codes: NDArray[np.uint32]) -> Hashes:
        """Differences of one polynomial over the whole text, each freed of its word's place."""
        powers = np.full(len(codes), _PRIME)
        powers[0] = 1
        np.multiply.accumulate(powers, out=powers)
        sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum((lower().take(codes) + np.uint64(1)) * powers, out=sums[1:])
        powers[1:] = _INVERSE
        np.multiply.accumulate(powers, out=powers)
        ends = np.minimum(self.ends, self.begins + _LETTERS)
        hashes: Hashes = (sums.take(ends) - sums.take(self.begins)) * powers.take(self.begins)
        return hashes

    def buckets(self) -> tuple[Ints, Ints, Ints]:
        """Buckets of words, pairs and whole short lines: ids, their blocks, their spans."""
        together = self.owners[1:] == self.owners[:-1]
        pairs = (self.hashes[:-1] * _PRIME + self.hashes[1:])[together] + _PAIR_SEED
        short = np.flatnonzero((self.per_block > 0) & (self.per_block <= _LINE_WORDS))
        first = (np.cumsum(self.per_block) - self.per_block)[short]
        sizes = self.per_block[short]
        places = first[:, None] + np.arange(_LINE_WORDS)
        own = self.hashes[np.minimum(places, len(self.hashes) - 1)]
        own[places >= (first + sizes)[:, None]] = 0
        lines = (own * _LINE_POWERS).sum(axis=1) + _LINE_SEED
        hashes = np.concatenate([self.hashes, pairs, lines])
        owners = np.concatenate([self.owners, self.owners[1:][together], short])
        begins = [self.begins, self.begins[:-1][together], self.begins[first]]
        ends = [self.ends, self.ends[1:][together], self.ends[first + sizes - 1]]
        spans = np.stack([np.concatenate(begins), np.concatenate(ends)], axis=1)
        order = np.argsort(owners, kind="stable")
        ids = ((hashes * _MIX) >> np.uint64(64 - BUCKET_BITS)).astype(np.int64)
        return ids[order], owners[order], spans[order]
