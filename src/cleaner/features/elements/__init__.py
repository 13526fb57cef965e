"""Describe the places of blocks in the HTML of their page, which no text dump has."""

from __future__ import annotations

import numpy as np

from cleaner.description import Bag, Bools, Floats
from cleaner.features.elements import around, likeness, prose
from cleaner.features.elements.names import names
from cleaner.features.elements.tree import Tree
from cleaner.features.pages import Pages
from cleaner.structure import Declared, Structure

__all__ = ["NAMES", "PHRASES", "elements"]

# Name, and how a reason speaks of a high and of a low value.
_COLUMNS = around.PHRASES | prose.PHRASES | likeness.PHRASES
NAMES = tuple(_COLUMNS)
PHRASES = tuple(_COLUMNS.values())


def elements(
    page: Pages, structure: Structure, declared: Declared, long: Bools
) -> tuple[Floats, Bag]:
    """The features of the n blocks of one page, and the names of the elements around.

    `long` are the long lines. The features are (n, NAMES), in numbers of about 0 to 1.
    """
    tree = Tree(structure)
    lengths = (page.lasts - page.starts + 1).astype(np.float64)
    linked = around.share(structure.linked, lengths)
    columns = (
        around.around(tree, lengths)
        | prose.prose(tree, page.units, long, linked)
        | likeness.likeness(page, tree, declared, linked)
    )
    return np.array([columns[name] for name in NAMES], np.float32).T, names(tree)
