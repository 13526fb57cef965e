"""The blocks of a page, or of several pages in a row, as arrays of code points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Block
from cleaner.description import Bools, Ints
from cleaner.features.characters import (
    CLOSING,
    LIMIT,
    SPELLED,
    TERMINAL,
    UNSPACED,
    class_combinations,
    classes,
)
from cleaner.features.words import Words

# A paragraph of the story is seldom shorter.
_LONG = 20

# How much of a word a character is, of scripts that set no spaces: of Han and kana some two make
# one word, of those that spell their words, as Thai does, some five. Of sixteenths the sums over a
# page are exact, whatever stands before it.
_OF_A_WORD, _OF_A_SPELLED_WORD = 1 / 2, 3 / 16

# Characters of so many blocks are counted together: too few for BLAS to start threads.
_TOGETHER = 32

Numbers = NDArray[np.floating]


class Pages:
    """Code points and their classes, where blocks start and end, how long they are.

    The blocks of all pages are numbered in a row: `page` is the page of each, `firsts` the first
    block of each page and `sizes` how many it has (one at least). `units` is the length of each
    block in words; of a script that sets no spaces a character is a part of one. `long` are the
    blocks of a paragraph's length. `indents`, `markers` and `gaps` are those of the blocks.
    """

    def __init__(self, blocks: Sequence[Block], sizes: Sequence[int]) -> None:
        _, _, texts, self.indents, self.markers, self.gaps, *_ = zip(*blocks, strict=True)
        self.sizes = np.array(sizes, np.int64)
        self.firsts = np.cumsum(self.sizes) - self.sizes
        self.index = np.arange(len(texts))
        self.page = self.spread(np.arange(len(sizes)))
        self.text = "\n".join(texts) + "\n"
        codes = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), np.uint32)
        self.codes = np.minimum(codes, LIMIT - 1, dtype=np.int64)
        self.classes = classes().take(self.codes)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        ends = np.cumsum(lengths + 1) - 1
        self.starts = ends - lengths
        self.lasts = ends - 1
        owners = self.index.repeat(lengths + 1)
        self._counts = self._count(owners)
        self.words = Words(self.codes, self.classes, owners, len(texts))
        self.unspaced = self.count(UNSPACED)
        self.units = self.words.per_block - self.unspaced * (1 - _OF_A_WORD)
        self.units -= self.count(SPELLED) * (_OF_A_WORD - _OF_A_SPELLED_WORD)
        self.long: Bools = self.units >= _LONG
        self.ends_sentence = self.ends_in(TERMINAL)

    def __len__(self) -> int:
        return len(self.starts)

    def _count(self, owners: Ints) -> Numbers:
        """How many characters of each class each block holds: (classes, blocks)."""
        of_code, combinations = class_combinations()
        places = owners * len(combinations)
        places += of_code.take(self.codes)
        padded = len(self) + -len(self) % _TOGETHER
        found = np.bincount(places, minlength=padded * len(combinations))
        counts = found.reshape(-1, _TOGETHER, len(combinations)) @ combinations
        return np.ascontiguousarray(counts.reshape(padded, -1)[: len(self)].T)

    def count(self, kind: int) -> Numbers:
        """How many characters of a class each block holds."""
        counts: Numbers = self._counts[kind.bit_length() - 1]
        return counts

    def ends_in(self, kind: int) -> Bools:
        """Whether the last character, or the one before a closing quote, is of a class."""
        last = self.classes[self.lasts]
        before = self.classes[np.maximum(self.lasts - 1, self.starts)]
        ends: Bools = ((last & kind) != 0) | (((last & CLOSING) != 0) & ((before & kind) != 0))
        return ends

    def twice(self, *kinds: Ints) -> Numbers:
        """How many places of each kind in the text each block holds, 0 to 1 (two or more)."""
        n = len(self)
        places = np.concatenate([kind + k * len(self.text) for k, kind in enumerate(kinds)])
        starts = np.concatenate([self.starts + k * len(self.text) for k in range(len(kinds))])
        owners = np.searchsorted(starts, places, "right") - 1
        counts = np.bincount(owners, minlength=n * len(kinds)).reshape(-1, n)
        return np.minimum(counts, 2) / 2

    def total(self, values: Numbers | Bools) -> Numbers:
        """The sum over each page of what its blocks have."""
        total: Numbers = np.add.reduceat(values, self.firsts, dtype=np.float64)
        return total

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """Give each block what its page has."""
        given: NDArray[Any] = values.repeat(self.sizes)
        return given

    def quote(self, block: int, place: int) -> str:
        """A block's word, pair or line as it stands in the text, by its place in the buckets."""
        begin, end = self.words.span(block, place)
        return self.text[begin:end]
