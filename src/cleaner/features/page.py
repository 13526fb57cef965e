"""The blocks of a page as arrays of code points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Block
from cleaner.description import Bools, Ints
from cleaner.features.characters import (
    CLOSING,
    LIMIT,
    TERMINAL,
    UNSPACED,
    class_combinations,
    classes,
)
from cleaner.features.words import Words

# A paragraph of the story is seldom shorter.
_LONG = 20

Numbers = NDArray[np.floating]


class Page:
    """Code points and their classes, where blocks start and end, how long they are.

    `units` is the length of each block in words; a character of a script that sets no spaces is
    about half a word. `long` are the blocks of a paragraph's length. `indents`, `markers` and
    `gaps` are those of the blocks.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        _, _, texts, self.indents, self.markers, self.gaps, *_ = zip(*blocks, strict=True)
        self.text = "\n".join(texts) + "\n"
        codes = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), np.uint32)
        self.codes = np.minimum(codes, LIMIT - 1)
        self.classes = classes().take(self.codes)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self.starts = np.cumsum(lengths + 1) - lengths - 1
        self.lasts = self.starts + lengths - 1
        owners = np.repeat(np.arange(len(texts)), lengths + 1)
        self._counts = self._count(owners)
        self.words = Words(self.codes, self.classes, owners, len(texts))
        self.unspaced = self.count(UNSPACED)
        self.units = self.words.per_block - self.unspaced / 2
        self.long: Bools = self.units >= _LONG
        self.ends_sentence = self.ends_in(TERMINAL)

    def __len__(self) -> int:
        return len(self.starts)

    def _count(self, owners: Ints) -> Numbers:
        """How many characters of each class each block holds: (blocks, classes)."""
        of_code, combinations = class_combinations()
        places = owners * len(combinations) + of_code.take(self.codes)
        found = np.bincount(places, minlength=len(self) * len(combinations))
        counts: Numbers = found.reshape(len(self), -1) @ combinations
        return counts

    def count(self, kind: int) -> Numbers:
        """How many characters of a class each block holds."""
        return self._counts[:, kind.bit_length() - 1]

    def starts_with(self, kind: int) -> Bools:
        """Whether the first character of each block is of a class."""
        starts: Bools = (self.classes[self.starts] & kind) != 0
        return starts

    def ends_in(self, kind: int) -> Bools:
        """Whether the last character, or the one before a closing quote, is of a class."""
        last = self.classes[self.lasts]
        before = self.classes[np.maximum(self.lasts - 1, self.starts)]
        ends: Bools = ((last & kind) != 0) | (((last & CLOSING) != 0) & ((before & kind) != 0))
        return ends

    def twice(self, places: Sequence[int] | Ints) -> Numbers:
        """How many of these places in the text each block holds, 0 to 1 (two or more)."""
        owners = np.searchsorted(self.starts, np.asarray(places, np.int64), "right") - 1
        return np.minimum(np.bincount(owners, minlength=len(self)), 2) / 2

    def quote(self, block: int, place: int) -> str:
        """A block's word, pair or line as it stands in the text, by its place in the buckets."""
        begin, end = self.words.span(block, place)
        return self.text[begin:end]
