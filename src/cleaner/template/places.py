"""Where the lines of a page stand again: on which other pages of its site."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.article import Block
from cleaner.description import Bools, Ints, Recurrence
from cleaner.template.lines import LINE, digest, joined, keys

# Other pages that have to be known: of two pages that share a line none says that it is furniture.
_WITNESSES = 2

# A story that was edited, or has an address more, stands on few pages, and they share most of its
# long lines. What is on more pages than that is furniture. (A share of a half takes sister pages of
# little text for it, and costs a quarter of what templates are worth.)
_VERSIONS = 0.25
_SAME_STORY = 0.8
_LONG = 60  # bytes in UTF-8: ten words, or twenty characters of Chinese


class Places:
    """The lines of the pages of a site, and on which of the pages each stands."""

    def __init__(self, pages: Sequence[bytes]) -> None:
        numbers = [_numbers(page) for page in pages]
        self._digests = np.array([digest(page) for page in pages], np.uint64)
        self._lines, places = np.unique(np.concatenate(numbers), return_inverse=True)
        self._on = np.zeros((len(self._lines), len(pages)), np.bool_)
        self._on[places, np.arange(len(pages)).repeat(list(map(len, numbers)))] = True

    def seen(self, blocks: Sequence[Block]) -> Recurrence | None:
        """Say on how many other pages each block of a page stands; None where too few are known."""
        if not blocks or len(self._digests) < _WITNESSES:
            return None
        own = keys(blocks)
        numbers = _numbers(b"".join(own))
        places = np.minimum(np.searchsorted(self._lines, numbers), len(self._lines) - 1)
        on = self._on[places] & (self._lines[places] == numbers)[:, None]
        on = on[:, self._digests != digest(joined(own))]
        on = on[
            :,
            ~_same_story(
                on, np.array([len(block.text.encode("utf-8", "surrogatepass")) for block in blocks])
            ),
        ]
        pages = on.shape[1]
        return Recurrence(on.sum(1), pages) if pages >= _WITNESSES else None


def _same_story(on: Bools, sizes: Ints) -> Bools:
    """Which pages hold most of what is long and rare of a page: `on` is (lines, pages)."""
    rare = on.sum(1) <= max(1.0, _VERSIONS * on.shape[1])
    story = sizes * (rare & (sizes >= _LONG))
    shared = (on * story[:, None]).sum(0)
    same: Bools = (shared > _SAME_STORY * story.sum()) & (shared > 0)
    return same


def _numbers(page: bytes) -> Ints:
    """Hashes as numbers, in the same order."""
    padded = np.zeros((len(page) // LINE, 8), np.uint8)
    padded[:, -LINE:] = np.frombuffer(page, np.uint8).reshape(-1, LINE)
    return padded.view(">u8").astype(np.uint64).ravel()
