"""Where the lines of a page stand again: on which other pages of its site, and beside what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Block
from cleaner.description import Bools, Ints, Recurrence
from cleaner.template.lines import HASH, LINE, digest, joined, keys

# Other pages that have to be known: of two pages that share a line none says that it is furniture.
_WITNESSES = 2

# A story that was edited, or has an address more, stands on few pages, and they share most of its
# long lines. What is on more pages than that is furniture. (A share of a half takes sister pages of
# little text for it, and costs a quarter of what templates are worth.)
_VERSIONS = 0.25
_SAME_STORY = 0.8
_LONG = 60  # bytes in UTF-8: ten words, or twenty characters of Chinese

# Odd, so that no two lines make the same pair with a third; of the golden section (Knuth).
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]


class Places:
    """The lines of the pages of a site and the pairs of neighbours among them, and on which of the
    pages each stands."""

    def __init__(self, pages: Sequence[bytes]) -> None:
        numbers, first = zip(*map(_numbers, pages), strict=True)
        self._digests = np.array([digest(page) for page in pages], np.uint64)
        self._lines, self._first = _Index(numbers), _Index(first)
        self._pairs = _Index(list(map(_pairs, numbers)))

    def seen(self, blocks: Sequence[Block]) -> Recurrence | None:
        """Say on how many other pages each block of a page stands, and beside the same line; None
        where too few pages are known."""
        if not blocks or len(self._digests) < _WITNESSES:
            return None
        own = keys(blocks)
        numbers, first = _numbers(b"".join(own))
        others = np.flatnonzero(self._digests != digest(joined(own)))
        on = self._lines.on(numbers)[:, others]
        sizes = np.array([len(block.text.encode("utf-8", "surrogatepass")) for block in blocks])
        told = ~_same_story(on, sizes)
        on = on[:, told]
        if on.shape[1] < _WITNESSES:
            return None
        others = others[told]
        pairs = self._pairs.on(_pairs(numbers))[:, others]
        begun = self._first.on(first)[:, others]
        company = pairs[:-1] | pairs[1:]
        return Recurrence(on.sum(1), on.shape[1], company.sum(1), begun.sum(1))


class _Index:
    """Which pages hold each of the numbers that stand on them."""

    def __init__(self, pages: Sequence[Hashes]) -> None:
        self._held, places = np.unique(np.concatenate(pages), return_inverse=True)
        self._on = np.zeros((len(self._held), len(pages)), np.bool_)
        self._on[places, np.arange(len(pages)).repeat(list(map(len, pages)))] = True

    def on(self, numbers: Hashes) -> Bools:
        """Say which pages hold each of these numbers: (numbers, pages)."""
        places = np.minimum(np.searchsorted(self._held, numbers), len(self._held) - 1)
        found: Bools = self._on[places] & (self._held[places] == numbers)[:, None]
        return found


def _pairs(numbers: Hashes) -> Hashes:
    """A number for each two lines that follow each other, and for the ends of the page (n + 1,)."""
    edged = np.pad(numbers, 1)
    return edged[:-1] * _FACTOR + edged[1:]


def _same_story(on: Bools, sizes: Ints) -> Bools:
    """Which pages hold most of what is long and rare of a page: `on` is (lines, pages)."""
    rare = on.sum(1) <= max(1.0, _VERSIONS * on.shape[1])
    story = sizes * (rare & (sizes >= _LONG))
    shared = (on * story[:, None]).sum(0)
    same: Bools = (shared > _SAME_STORY * story.sum()) & (shared > 0)
    return same


def _numbers(page: bytes) -> tuple[Hashes, Hashes]:
    """Hashes as numbers, in the same order: those of the lines, and of their first words."""
    padded = np.zeros((2 * len(page) // LINE, 8), np.uint8)
    padded[:, -HASH:] = np.frombuffer(page, np.uint8).reshape(-1, HASH)
    numbers = padded.view(">u8").astype(np.uint64).reshape(-1, 2)
    return np.ascontiguousarray(numbers[:, 0]), np.ascontiguousarray(numbers[:, 1])
