"""How the renderer set a block: marks, indents and gaps."""

from __future__ import annotations

import numpy as np

from cleaner.description import Bools, Ints
from cleaner.features.pages import Numbers, Pages

_GAP = 3  # more blank lines than this tell no more


def layout(pages: Pages) -> dict[str, Numbers | Bools]:
    """Marks, indents and gaps of each block and of its page, keyed by feature name."""
    n = len(pages)
    indent = np.array(pages.indents, np.int64)
    gap = np.minimum(np.array(pages.gaps, np.int64), _GAP) / _GAP
    gap[pages.firsts] = 0  # blank lines before a page are none of its
    gap_after = np.zeros(n)
    gap_after[:-1] = gap[1:]
    marks = {mark: number for number, mark in enumerate(dict.fromkeys(pages.markers))}
    mark = np.fromiter(map(marks.__getitem__, pages.markers), np.int64, n)
    level = np.array([m.count("#") if m[:1] == "#" else 0 for m in marks])[mark]
    quoted = np.array([m[:1] == ">" for m in marks])[mark]
    bullet = np.array([m != "" for m in marks])[mark] & ~quoted & (level == 0)
    # An indent of one page is none of another's.
    margin = pages.page * (int(indent.max()) + 1) + indent
    setting = np.unique(margin * len(marks) + mark, return_inverse=True)[1]
    as_above = np.zeros(n, np.bool_)
    as_above[1:] = setting[1:] == setting[:-1]
    beyond = indent - pages.spread(_usual(margin, indent, pages))
    return {
        "bullet": bullet,
        "heading 1": level == 1,
        "heading": level > 1,
        "quoted": quoted,
        "indent": np.log1p(indent),
        "indented beyond prose": np.log1p(np.maximum(beyond, 0)),
        "indented short of prose": np.log1p(np.maximum(-beyond, 0)),
        "gap before": gap,
        "gap after": gap_after,
        "set as above": as_above,
        "set as prose": _share_of_prose(setting, pages),
        "bullet run": np.log1p(run_length(bullet, pages.firsts)),
        "page bullets": pages.spread(pages.total(bullet) / pages.sizes),
        "page flat": pages.spread(pages.total(gap == 0) / pages.sizes),
    }


def _usual(margin: Ints, indent: Ints, pages: Pages) -> Numbers:
    """The median indent of each page's long blocks, or else of all its blocks.

    `margin` orders the blocks by page and indent.
    """
    counted = pages.long | pages.spread(pages.total(pages.long) == 0)
    ranked = np.flatnonzero(counted)
    ranked = ranked[np.argsort(margin[ranked])]
    number = pages.total(counted).astype(np.int64)
    first = np.cumsum(number) - number
    lower, upper = ranked[first + (number - 1) // 2], ranked[first + number // 2]
    median: Numbers = (indent[lower] + indent[upper]) / 2
    return median


def _share_of_prose(setting: Ints, pages: Pages) -> Numbers:
    """How much of the page's prose is set as each block is."""
    amount = pages.units * pages.long
    prose = np.bincount(setting, weights=amount)
    share: Numbers = prose[setting] / pages.spread(np.maximum(pages.total(amount), 1.0))
    return share


def run_length(flags: Bools, firsts: Ints) -> Numbers:
    """For each True, the length of the run of True that it stands in; 0 for each False.

    `firsts` are where pages begin: no run goes on into the next page.

    >>> run_length(np.array([True, True, False, True]), np.array([0, 1])).tolist()
    [1.0, 1.0, 0.0, 1.0]
    """
    begins = flags.copy()
    begins[1:] &= ~flags[:-1]
    begins[firsts] = flags[firsts]
    run = np.cumsum(begins)
    lengths = np.bincount(run, weights=flags).astype(np.float64)[run]
    lengths *= flags
    return lengths
