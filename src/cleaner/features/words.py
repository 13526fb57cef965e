"""The words of a page as numbers: no Python per word."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cleaner.description import BUCKET_BITS, Ints, new
from cleaner.features.characters import DIGIT, LETTER, SPELLED, UNSPACED, folded

# A polynomial over the letters of a word (FNV's prime), mixed by the golden ratio (Knuth).
_PRIME = np.uint64(0x100000001B3)
_INVERSE = np.uint64(pow(int(_PRIME), -1, 1 << 64))
_MIX = np.uint64(0x9E3779B97F4A7C15)
_LETTERS = 12  # a word's ending after so many letters tells no more
# What a pair, a line and a run add, so that none has the hash of a word (primes of xxHash).
_PAIR_SEED = np.uint64(0x165667B19E3779F9)
_LINE_SEED = np.uint64(0xC2B2AE3D27D4EB4F)
_RUN_SEED = np.uint64(0x85EBCA77C2B2AE63)
_LINE_WORDS = 6  # a line of so many words is hashed as a whole too: "Most read today"
_LINE_POWERS = np.array([pow(int(_PRIME), k, 1 << 64) for k in range(_LINE_WORDS)], np.uint64)

# Where no spaces part the words, what stands between spaces and signs is hashed too, its first so
# many letters: "责任编辑", "ดูเพิ่มเติม" are no words of one character.
_RUN_LETTERS = 16

# Where words are spelled and no spaces part them, as in Thai, each letter begins a "word" of so
# many: most words are as long or longer, and one letter tells nothing.
_SPELLED_LETTERS = 4

_KNOWN_POWERS = 1 << 16  # pages of more characters are rare

Hashes = NDArray[np.uint64]
Number = TypeVar("Number", np.int64, np.uint64)


class Words:
    """Runs of letters and digits; of scripts that set no spaces single characters, or where words
    are spelled the few letters from each on.

    `begins` and `ends` are places in the page's text, `owners` the block of each word (ascending),
    `per_block` how many words each block has, `first` which is its first, `hashes` equal for equal
    words whatever their case.
    """

    def __init__(self, codes: Ints, classes: NDArray[np.uint32], owners: Ints, blocks: int) -> None:
        unspaced = (classes & UNSPACED) != 0
        spaced = ((classes & (LETTER | DIGIT)) != 0) & ~unspaced
        # A word begins where the character before is none of it, and ends likewise. None stands at
        # the very end: the text ends in a line break.
        begins, ends = spaced.copy(), spaced.copy()
        begins[1:] &= ~spaced[:-1]
        ends[:-1] &= ~spaced[1:]
        self.begins = np.flatnonzero(begins | unspaced)
        self.ends = np.flatnonzero(ends | unspaced) + 1
        spelled = np.flatnonzero(classes[self.begins] & SPELLED)
        if len(spelled):
            others = np.flatnonzero(~(spaced | unspaced))
            stops = others[np.searchsorted(others, self.begins[spelled])]
            self.ends[spelled] = np.minimum(self.begins[spelled] + _SPELLED_LETTERS, stops)
        self.owners = owners.take(self.begins)
        self.per_block = np.bincount(self.owners, minlength=blocks)
        self.first = np.cumsum(self.per_block) - self.per_block
        # One polynomial over the whole text: the difference of two of its sums is that of a piece,
        # once it is freed of its place.
        self._sums = np.zeros(len(codes) + 1, np.uint64)
        letters = folded().take(codes)
        letters *= _powers(_PRIME, len(codes))
        np.cumsum(letters, out=self._sums[1:])
        self._freeing = _powers(_INVERSE, len(codes))
        self.hashes = self.hash(self.begins, np.minimum(self.ends, self.begins + _LETTERS))
        self.follow = self.owners[1:] == self.owners[:-1]  # whether a word's next is its block's
        pairs = self.hashes[:-1] * _PRIME + self.hashes[1:]
        self.pairs = pairs[self.follow] + _PAIR_SEED
        self.runs = _runs(spaced | unspaced, unspaced)
        self.run_owners = owners.take(self.runs[0])
        self.runs_per_block = np.bincount(self.run_owners, minlength=blocks)

    def hash(self, begins: Ints, ends: Ints) -> Hashes:
        """Hashes of pieces of the text, equal for equal pieces whatever their case."""
        hashes: Hashes = self._sums.take(ends) - self._sums.take(begins)
        return hashes * self._freeing.take(begins)

    def buckets(self) -> tuple[Ints, Ints]:
        """Buckets of words, pairs, whole short lines and runs, and how many each block has.

        A block's words come first, then its pairs, then its line, then its runs.
        """
        n = self.per_block
        short = np.flatnonzero((n > 0) & (n <= _LINE_WORDS))
        counts = n + np.maximum(n - 1, 0)
        counts[short] += 1
        ends = counts.copy()  # of words, pairs and line, among a block's own
        counts += self.runs_per_block
        before = np.cumsum(counts) - counts
        places = np.arange(len(self.hashes)) + (before - self.first).take(self.owners)
        hashes = np.empty(int(counts.sum()), np.uint64)
        hashes[places] = self.hashes
        follow = np.flatnonzero(self.follow)
        hashes[places[follow] + n.take(self.owners[follow])] = self.pairs
        hashes[(before + ends - 1)[short]] = self._lines(short)
        first_run = np.cumsum(self.runs_per_block) - self.runs_per_block
        nth = np.arange(len(self.run_owners)) + (before + ends - first_run).take(self.run_owners)
        hashes[nth] = self.hash(*self.runs) + _RUN_SEED
        return bucketed(hashes), counts

    def _lines(self, short: Ints) -> Hashes:
        """The hashes of short lines, of the hashes of their words."""
        nth = np.arange(_LINE_WORDS)
        places = np.minimum(self.first[short][:, None] + nth, len(self.hashes) - 1)
        own = self.hashes[places] * (nth < self.per_block[short][:, None])
        lines: Hashes = (own * _LINE_POWERS).sum(axis=1) + _LINE_SEED
        return lines

    def span(self, block: int, place: int) -> tuple[int, int]:
        """Where in the text a block's word, pair, line or run stands, by its place among them."""
        first, n = int(self.first[block]), int(self.per_block[block])
        run = place - (2 * n - 1) - (n <= _LINE_WORDS)
        if n and run >= 0:
            nth = int(np.searchsorted(self.run_owners, block)) + run
            return int(self.runs[0][nth]), int(self.runs[1][nth])
        if place < n:
            one = last = first + place
        elif place < 2 * n - 1:
            one, last = first + place - n, first + place - n + 1
        else:
            one, last = first, first + n - 1
        return int(self.begins[one]), int(self.ends[last])


def bucketed(hashes: Hashes, bits: int = BUCKET_BITS) -> Ints:
    """The buckets of hashes, numbers of so many bits: equal ones meet in one, and few others."""
    buckets: Ints = ((hashes * _MIX) >> np.uint64(64 - bits)).astype(np.int64)
    return buckets


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """The numbers in order, each once.

    `np.unique` hashes them first, which takes five times as long as to sort them.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ranked = np.sort(numbers)
    return ranked[new(ranked)]


def _runs(letters: NDArray[np.bool_], unspaced: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Where runs of letters and digits begin that hold some of a script without spaces, and where
    they end or are cut."""
    if not unspaced.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    edges = np.flatnonzero(np.diff(letters, prepend=False, append=False))
    begins, ends = edges[::2], edges[1::2]
    held = np.concatenate([[0], np.cumsum(unspaced)])
    kept = held.take(ends) > held.take(begins)
    return begins[kept], np.minimum(ends, begins + _RUN_LETTERS)[kept]


def _powers(prime: np.uint64, length: int) -> Hashes:
    """The powers 0 to length - 1 of a number."""
    return _known(prime)[:length] if length <= _KNOWN_POWERS else _raised(prime, length)


@cache
def _known(prime: np.uint64) -> Hashes:
    return _raised(prime, _KNOWN_POWERS)


def _raised(prime: np.uint64, length: int) -> Hashes:
    powers = np.full(length, prime)
    powers[0] = 1
    raised: Hashes = np.multiply.accumulate(powers)
    return raised
