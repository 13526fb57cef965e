"""Where a block stands among the others, and what it shares with them."""

from __future__ import annotations

import numpy as np

from cleaner.description import Ints
from cleaner.features.layout import run_length
from cleaner.features.page import Numbers, Page
from cleaner.features.words import BUCKETS, Hashes, bucketed

# A headline or menu entry is seldom longer.
_SHORT = 10

# Prose around a block counts in a triangle of so many blocks to each side.
_REACH = 8
_KERNEL = 1 - np.abs(np.arange(-_REACH, _REACH + 1)) / (_REACH + 1)

# Words shorter than this stand on every page and tell nothing of it.
_TELLING = 4


def place(page: Page) -> dict[str, Numbers]:
    """Distances to prose and to the ends of the page, runs, repetition, keyed by feature name."""
    return {
        **_among_prose(page),
        **_runs(page),
        **_on_page(page),
        **_repetition(page),
        **_vocabulary(page),
    }


def _among_prose(page: Page) -> dict[str, Numbers]:
    n, long = len(page), page.long
    index = np.arange(n)
    above = np.maximum.accumulate(np.where(long, index, -1))
    below = np.minimum.accumulate(np.where(long, index, n)[::-1])[::-1]
    prose = np.where(page.ends_sentence | long, page.units, 0)
    mass = np.convolve(prose, _KERNEL)[_REACH:][:n]
    peak = int(np.argmax(mass))
    read = np.cumsum(prose)
    return {
        "above prose": _distance(below - index),
        "below prose": _distance(index - above),
        "before all prose": (above < 0) * 1.0,
        "after all prose": (below >= n) * 1.0,
        "prose mass": mass / max(float(mass[peak]), 1.0),
        "above main prose": _distance(peak - index),
        "below main prose": _distance(index - peak),
        "prose read": read / max(float(read[-1]), 1.0),
    }


def _distance(blocks: Ints) -> Numbers:
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
    """What of a block stands on the page again: the whole line, its pairs of words, its ends."""
    n, words = len(page), page.words
    owners = words.owners[1:][words.follow]
    buckets = bucketed(words.pairs)
    first, last = _first_and_last(buckets, owners)
    above, below = first.take(buckets) < owners, last.take(buckets) > owners
    pairs = np.maximum(np.bincount(owners, minlength=n), 1)
    lines = words.hash(page.starts, page.lasts + 1)
    line_buckets = bucketed(lines)
    first_line, _ = _first_and_last(line_buckets, np.arange(n))
    worded = np.flatnonzero(words.per_block)
    begin = words.first[worded]
    opening, closing = np.zeros(n), np.zeros(n)
    opening[worded] = _others(words.hashes[begin])
    closing[worded] = _others(words.hashes[begin + words.per_block[worded] - 1])
    return {
        "repeated": np.log1p(_others(lines)),
        "repeats above": first_line[line_buckets] < np.arange(n),
        "pairs above": np.bincount(owners, weights=above, minlength=n) / pairs,
        "pairs below": np.bincount(owners, weights=below, minlength=n) / pairs,
        "opening repeated": np.log1p(opening) / 2,
        "closing repeated": np.log1p(closing) / 2,
    }


def _vocabulary(page: Page) -> dict[str, Numbers]:
    """Which of a block's words stand in the first line, and which in other long lines."""
    n, words, owners = len(page), page.words, page.words.owners
    buckets = bucketed(words.hashes)
    telling = (words.ends - words.begins >= _TELLING) | (page.unspaced[owners] > 0)
    in_first = np.zeros(BUCKETS, np.bool_)
    in_first[buckets[(owners == 0) & telling]] = True
    long = page.long[owners]
    first, last = _first_and_last(buckets[long], owners[long])
    latest = last.take(buckets)
    elsewhere = (first.take(buckets) < owners) | (latest > owners)
    shared = telling & elsewhere & (latest >= 0)
    tells = np.maximum(np.bincount(owners, weights=telling, minlength=n), 1)
    headed = telling & in_first[buckets]
    return {
        "like first line": np.bincount(owners, weights=headed, minlength=n) / tells,
        "prose vocabulary": np.bincount(owners, weights=shared, minlength=n) / tells,
    }


def _first_and_last(buckets: Ints, owners: Ints) -> tuple[Ints, Ints]:
    """The first and the last block that owns something in each bucket, -1 for none: to look copies
    up is faster than to sort, and of a page's 2,000 words three in a hundred share a bucket.

    `owners` ascend: of what is written to one place the last stays.
    """
    first, last = np.full((2, BUCKETS), -1, np.int32)
    first[buckets[::-1]] = owners[::-1]
    last[buckets] = owners
    return first, last


def _others(values: Hashes | Ints) -> Numbers:
    """How many others each of some values equals."""
    order = np.argsort(values)
    ranked = values[order]
    group = np.cumsum(np.append(False, ranked[1:] != ranked[:-1]))
    others = np.empty(len(values))
    others[order] = np.bincount(group)[group] - 1.0
    return others
