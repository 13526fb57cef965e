"""Where a block stands among the others of its page, and what it shares with them."""

from __future__ import annotations

import numpy as np

from cleaner.description import Bools, Ints
from cleaner.features.layout import run_length
from cleaner.features.pages import Numbers, Pages
from cleaner.features.words import Hashes, bucketed

# A headline or menu entry is seldom longer.
_SHORT = 10

# Prose around a block counts in a triangle of so many blocks to each side.
_REACH = 8
_KERNEL = 1 - np.abs(np.arange(-_REACH, _REACH + 1)) / (_REACH + 1)

# Words shorter than this stand on every page and tell nothing of it.
_TELLING = 4

# What stands on a page again is looked up by so many bits of a hash: of a page's 2,000 words three
# in a hundred share a place with another, and all places stay near the processor.
_PLACE_BITS = 16

# Equal lines of two pages must not meet, nor a line and a word: to the hashes of a page, and of a
# kind, its number is added so many times (a prime of xxHash).
_SEED = np.uint64(0x9E3779B185EBCA87)


def place(pages: Pages) -> dict[str, Numbers | Bools]:
    """Distances to prose and to the ends of the page, runs, repetition, keyed by feature name."""
    return {
        **_among_prose(pages),
        **_runs(pages),
        **_on_page(pages),
        **_repetition(pages),
        **_vocabulary(pages),
    }


def _among_prose(pages: Pages) -> dict[str, Numbers | Bools]:
    index, long = pages.index, pages.long
    first, after = pages.spread(pages.firsts), pages.spread(pages.firsts + pages.sizes)
    # Without a long line above or below, the nearest is taken to stand just beyond the page.
    above = np.maximum.accumulate(np.where(long, index, first - 1))
    below = np.minimum.accumulate(np.where(long, index, after)[::-1])[::-1]
    prose = np.where(pages.ends_sentence | long, pages.units, 0)
    mass = _mass(prose, pages)
    densest = np.maximum.reduceat(mass, pages.firsts)
    peaks = np.flatnonzero(mass == pages.spread(densest))
    peak = pages.spread(peaks[np.searchsorted(peaks, pages.firsts)])
    read = np.cumsum(prose)
    total = pages.total(prose)
    begun = np.cumsum(total) - total
    return {
        "above prose": _distance(below - index),
        "below prose": _distance(index - above),
        "before all prose": above < first,
        "after all prose": below >= after,
        "prose mass": mass / pages.spread(np.maximum(densest, 1.0)),
        "above main prose": _distance(peak - index),
        "below main prose": _distance(index - peak),
        "prose read": (read - pages.spread(begun)) / pages.spread(np.maximum(total, 1.0)),
    }


def _mass(prose: Numbers, pages: Pages) -> Numbers:
    """How much prose stands around each block of its page."""
    parts = np.split(prose, pages.firsts[1:])
    return np.concatenate([np.convolve(part, _KERNEL)[_REACH:][: len(part)] for part in parts])


def _distance(blocks: Ints) -> Numbers:
    """A distance in blocks as a logarithm, 0 behind."""
    return np.log1p(np.maximum(blocks, 0)) / 2


def _runs(pages: Pages) -> dict[str, Numbers | Bools]:
    short = pages.units < _SHORT
    return {
        "short run": np.log1p(run_length(short & ~pages.ends_sentence, pages.firsts)) / 2,
        "long run": np.log1p(run_length(~short, pages.firsts)) / 2,
    }


def _on_page(pages: Pages) -> dict[str, Numbers | Bools]:
    index = pages.index - pages.spread(pages.firsts)
    size = pages.spread(pages.sizes)
    return {
        "place": index / size,
        "near top": 1 / (1 + index / 4),
        "near end": 1 / (1 + (size - 1 - index) / 4),
        "page blocks": pages.spread(np.log1p(pages.sizes) / 4),
        "page prose": pages.spread(pages.total(pages.long) / pages.sizes),
    }


def _repetition(pages: Pages) -> dict[str, Numbers | Bools]:
    """What of a block stands on the page again: the whole line, its pairs of words, its ends."""
    n, words, index = len(pages), pages.words, pages.index
    lines = words.hash(pages.starts, pages.lasts + 1)
    first_line, _ = _first_and_last(_keys(lines, index, pages), index)
    owners = words.owners[1:][words.follow]
    first, last = _first_and_last(_keys(words.pairs, owners, pages), owners)
    number = np.maximum(words.per_block - 1, 1)
    worded = np.flatnonzero(words.per_block)
    begin = words.first[worded]
    end = begin + words.per_block[worded] - 1
    page = pages.page[worded]
    same, opens, closes = _others(
        (lines, pages.page), (words.hashes[begin], page), (words.hashes[end], page)
    )
    opening, closing = np.zeros((2, n))
    opening[worded], closing[worded] = opens, closes
    return {
        "repeated": np.log1p(same),
        "repeats above": first_line < index,
        "pairs above": np.bincount(owners[first < owners], minlength=n) / number,
        "pairs below": np.bincount(owners[last > owners], minlength=n) / number,
        "opening repeated": np.log1p(opening) / 2,
        "closing repeated": np.log1p(closing) / 2,
    }


def _vocabulary(pages: Pages) -> dict[str, Numbers | Bools]:
    """Which of a block's words stand in the first line, and which in other long lines."""
    n, words, owners = len(pages), pages.words, pages.words.owners
    telling = (words.ends - words.begins >= _TELLING) | (pages.unspaced > 0)[owners]
    keys = _keys(words.hashes, owners, pages)
    in_first = np.empty(len(pages.sizes) << _PLACE_BITS, np.bool_)
    in_first[keys] = False
    opens = np.zeros(n, np.bool_)
    opens[pages.firsts] = True
    in_first[keys[opens[owners] & telling]] = True
    first, last = _first_and_last(keys, owners, pages.long[owners])
    elsewhere = (last >= 0) & ((first < owners) | (last > owners))
    tells = np.maximum(np.bincount(owners[telling], minlength=n), 1)
    headed = owners[telling & in_first.take(keys)]
    shared = owners[telling & elsewhere]
    return {
        "like first line": np.bincount(headed, minlength=n) / tells,
        "prose vocabulary": np.bincount(shared, minlength=n) / tells,
    }


def _keys(hashes: Hashes, owners: Ints, pages: Pages) -> Ints:
    """The buckets of hashes, those of each page apart."""
    keys: Ints = bucketed(hashes, _PLACE_BITS)
    keys += pages.page[owners] << _PLACE_BITS
    return keys


def _first_and_last(keys: Ints, owners: Ints, counted: Bools | None = None) -> tuple[Ints, Ints]:
    """For each of some keys the first and the last block that owns an equal one, or of the blocks
    that are counted the first and the last, -1 for none.

    To look copies up is faster than to sort. `owners` ascend: of what is written to one place the
    last stays.
    """
    first, last = np.empty((2, int(keys.max(initial=0)) + 1), np.int32)
    if counted is None:
        held, holders = keys, owners
    else:
        first[keys] = last[keys] = -1
        held, holders = keys[counted], owners[counted]
    first[held[::-1]] = holders[::-1]
    last[held] = holders
    return first.take(keys), last.take(keys)


def _others(*kinds: tuple[Hashes, Ints]) -> list[Numbers]:
    """How many others of its kind and page each of some values equals; a kind is given by its
    values and their pages."""
    pages = 1 + max(int(page.max(initial=0)) for _, page in kinds)
    seeds = [(page + k * pages).astype(np.uint64) * _SEED for k, (_, page) in enumerate(kinds)]
    values = np.concatenate([own for own, _ in kinds]) + np.concatenate(seeds)
    order = np.argsort(values)
    ranked = values[order]
    group = np.zeros(len(values), np.int64)
    np.cumsum(ranked[1:] != ranked[:-1], out=group[1:])
    others = np.empty(len(values))
    others[order] = np.bincount(group)[group] - 1.0
    return np.split(others, np.cumsum([len(own) for own, _ in kinds[:-1]]))
