"""How the renderer set a block: marks, indents and gaps."""

from __future__ import annotations

import numpy as np

from cleaner.description import Bools
from cleaner.features.page import Numbers, Page

_GAP = 3  # more blank lines than this tell no more


def layout(page: Page) -> dict[str, Numbers]:
    """Marks, indents and gaps of each block and of its page, keyed by feature name."""
    n = len(page)
    indent = np.array([block.indent for block in page.blocks], np.float64)
    gap = np.array([block.gap for block in page.blocks], np.float64)
    gap[0] = 0  # blank lines before a page are none of its
    gap = np.minimum(gap, _GAP) / _GAP
    markers = [block.marker for block in page.blocks]
    level = np.array([mark.count("#") if mark[:1] == "#" else 0 for mark in markers])
    quoted = np.array([mark[:1] == ">" for mark in markers])
    bullet = np.array([mark != "" for mark in markers]) & ~quoted & (level == 0)
    usual = float(np.median(indent[page.long] if page.long.any() else indent))
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
        "bullet run": np.log1p(run_length(bullet)),
        "page bullets": np.full(n, bullet.mean()),
        "page flat": np.full(n, (gap == 0).mean()),
    }


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
