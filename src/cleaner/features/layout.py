"""How the renderer set a block: marks, indents and gaps."""

from __future__ import annotations

import numpy as np

from cleaner.description import Bools, Ints
from cleaner.features.page import Numbers, Page

_GAP = 3  # more blank lines than this tell no more


def layout(page: Page) -> dict[str, Numbers]:
    """Marks, indents and gaps of each block and of its page, keyed by feature name."""
    n = len(page)
    indent = np.array(page.indents, np.float64)
    gap = np.array(page.gaps, np.float64)
    gap[0] = 0  # blank lines before a page are none of its
    gap = np.minimum(gap, _GAP) / _GAP
    marks = {mark: number for number, mark in enumerate(dict.fromkeys(page.markers))}
    mark = np.fromiter(map(marks.__getitem__, page.markers), np.int64, n)
    level = np.array([m.count("#") if m[:1] == "#" else 0 for m in marks])[mark]
    quoted = np.array([m[:1] == ">" for m in marks])[mark]
    bullet = np.array([m != "" for m in marks])[mark] & ~quoted & (level == 0)
    ranked = np.sort(indent[page.long] if page.long.any() else indent)
    usual = float(ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2  # the median
    setting = np.unique(indent * len(marks) + mark, return_inverse=True)[1]
    return {
        "bullet": bullet * 1.0,
        "heading 1": (level == 1) * 1.0,
        "heading": (level > 1) * 1.0,
        "quoted": quoted * 1.0,
        "indent": np.log1p(indent),
        "indented beyond prose": np.log1p(np.maximum(indent - usual, 0)),
        "indented short of prose": np.log1p(np.maximum(usual - indent, 0)),
        "gap before": gap,
        "gap after": np.append(gap[1:], 0),
        "set as above": np.append(False, setting[1:] == setting[:-1]) * 1.0,
        "set as prose": _share_of_prose(setting, page),
        "bullet run": np.log1p(run_length(bullet)),
        "page bullets": np.full(n, bullet.mean()),
        "page flat": np.full(n, (gap == 0).mean()),
    }


def _share_of_prose(setting: Ints, page: Page) -> Numbers:
    """How much of the page's prose is set as each block is."""
    prose = np.bincount(setting, weights=page.units * page.long)
    share: Numbers = prose[setting] / max(float(prose.sum()), 1.0)
    return share


def run_length(flags: Bools) -> Numbers:
    """For each True, the length of the run of True that it stands in; 0 for each False.

    >>> run_length(np.array([True, True, False, True])).tolist()
    [2.0, 2.0, 0.0, 1.0]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    sizes = edges[1::2] - edges[::2]
    lengths = np.zeros(len(flags))
    lengths[flags] = np.repeat(sizes, sizes)
    return lengths
