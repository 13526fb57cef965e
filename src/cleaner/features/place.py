"""Where a block stands among the others, and what it shares with them."""

from __future__ import annotations

import numpy as np

from cleaner.features.layout import run_length
from cleaner.features.page import Numbers, Page

# A headline or menu entry is seldom longer.
_SHORT = 10

# Prose around a block counts in a triangle of so many blocks to each side.
_REACH = 8
_KERNEL = 1 - np.abs(np.arange(-_REACH, _REACH + 1)) / (_REACH + 1)

# Words shorter than this stand on every page and tell nothing of it.
_TELLING = 4


def place(page: Page) -> dict[str, Numbers]:
    """Distances to prose and to the ends of the page, runs, repetition, keyed by feature name."""
    columns = {**_among_prose(page), **_runs(page), **_on_page(page), **_repetition(page)}
    return {name: np.asarray(column, np.float64) for name, column in columns.items()}


def _among_prose(page: Page) -> dict[str, Numbers]:
    n, long = len(page), page.long
    index = np.arange(n)
    above = np.maximum.accumulate(np.where(long, index, -1))
    below = np.minimum.accumulate(np.where(long, index, n)[::-1])[::-1]
    prose = np.where(page.ends_sentence | long, page.units, 0)
    mass = np.convolve(prose, _KERNEL)[_REACH:][:n]
    peak = int(np.argmax(mass))
    return {
        "above prose": _distance(below - index),
        "below prose": _distance(index - above),
        "before all prose": (above < 0) * 1.0,
        "after all prose": (below >= n) * 1.0,
        "prose mass": mass / max(float(mass[peak]), 1.0),
        "above main prose": _distance(peak - index),
        "below main prose": _distance(index - peak),
    }


def _distance(blocks: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Numbers:
    """A distance in blocks as a logarithm, 0 behind."""
    return np.log1p(np.maximum(blocks, 0)) / 2


def _runs(page: Page) -> dict[str, Numbers]:
    short = (page.units < _SHORT) & ~page.ends_sentence
    return {
        "short run": np.log1p(run_length(short)) / 2,
        "long run": np.log1p(run_length(page.units >= _SHORT)) / 2,
    }


def _on_page(page: Page) -> dict[str, Numbers]:
    n = len(page)
    index = np.arange(n)
    return {
        "place": index / n,
        "near top": 1 / (1 + index / 4),
        "near end": 1 / (1 + (n - 1 - index) / 4),
        "page blocks": np.full(n, np.log1p(n) / 4),
        "page prose": np.full(n, page.long.mean()),
    }


def _repetition(page: Page) -> dict[str, Numbers]:
    n, words, owners = len(page), page.words, page.words.owners
    seen: dict[str, int] = {}
    lines = [block.text.casefold() for block in page.blocks]
    number = np.array([seen.setdefault(line, len(seen)) for line in lines])
    highest = np.maximum.accumulate(number)
    earlier = np.append(False, number[1:] <= highest[:-1])
    _, word = np.unique(words.hashes, return_inverse=True)
    telling = (words.ends - words.begins >= _TELLING) | (page.unspaced[owners] > 0)
    first = np.zeros(len(word) + 1, np.bool_)
    first[word[(owners == 0) & telling]] = True
    in_first = first[word]
    in_prose = np.bincount(word, weights=page.long[owners], minlength=1)[word]
    shared = telling & (in_prose > page.long[owners])
    tells = np.maximum(np.bincount(owners, weights=telling, minlength=n), 1)
    return {
        "repeated": np.log1p(np.bincount(number)[number] - 1.0),
        "repeats above": earlier * 1.0,
        "like first line": np.bincount(owners, weights=in_first & telling, minlength=n) / tells,
        "prose vocabulary": np.bincount(owners, weights=shared, minlength=n) / tells,
    }
