"""The elements around a block: their kinds, how they are set, where one ends and another begins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.description import Floats
from cleaner.features.elements.tree import Tree

# Elements whose kind tells what stands in them.
_KINDS = (
    *("nav", "aside", "header", "footer", "figure", "figcaption", "form", "article", "main"),
    *("section", "table", "ul", "ol", "blockquote", "a", "button", "time", "h1", "h2", "h3"),
)
# Elements that a block itself may be.
_OWN = ("p", "li", "td", "div", "h1", "h2", "h3", "h4", "dd", "pre", "span", "a")
_WHICH = {tag: k for k, tag in enumerate(_OWN)}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")

PHRASES = (
    {f"within {tag}": (f"within a {tag}", f"not within a {tag}") for tag in _KINDS}
    | {f"is {tag}": (f"a {tag} of its own", f"no {tag}") for tag in _OWN}
    | {
        "linked": ("a link", "not a link"),
        "bold": ("bold", "not bold"),
        "hidden": ("hidden from readers", "not hidden"),
        "depth": ("deep in the page's elements", "not deep in the page's elements"),
        "closed before": ("elements end before it", "no element ends before it"),
        "opened before": ("elements begin with it", "no element begins with it"),
        "brother above": ("in one element with the line above", "apart from the line above"),
        "brother below": ("in one element with the line below", "apart from the line below"),
        "closed after": ("elements end after it", "no element ends after it"),
        "below linked heading": ("below a heading that is a link", "not below a linked heading"),
    }
)


def around(tree: Tree, lengths: Floats) -> dict[str, Floats]:
    """The elements around n blocks of so many characters, keyed by feature name."""
    structure, n = tree.structure, len(lengths)
    of_kind: dict[str, list[int]] = {tag: [] for tag in _KINDS}
    for k, tag in enumerate(structure.tags):
        if tag in of_kind:
            of_kind[tag].append(k)
    nowhere = np.zeros(n)
    columns: dict[str, Floats] = {}
    for tag, chosen in of_kind.items():
        within = np.minimum(tree.covered(chosen)[tree.inner], 2) if chosen else nowhere
        columns[f"within {tag}"] = within
    own = [structure.tags[k] for k in structure.outer]
    which = np.array([_WHICH.get(tag, -1) for tag in own])
    for k, tag in enumerate(_OWN):
        columns[f"is {tag}"] = (which == k) * 1.0
    linked = share(structure.linked, lengths)
    hidden = tree.covered(np.flatnonzero(structure.hidden).tolist())
    depth = tree.depths[tree.outer]
    shared = tree.met_next(tree.outer)
    before, after = np.append(0, shared), np.append(shared, 0)
    brothers = tree.parents[tree.outer[1:]] == tree.parents[tree.outer[:-1]]
    heading = np.array([tag in _HEADINGS for tag in own]) & (linked > 0.5)
    return columns | {
        "linked": linked,
        "bold": share(structure.bold, lengths),
        "hidden": np.minimum(hidden[tree.inner], 1) * 1.0,
        "depth": np.log1p(depth),
        "closed before": np.log1p(np.append(0, depth[:-1]) - before),
        "opened before": np.log1p(depth - before),
        "brother above": np.append(False, brothers) * 1.0,
        "brother below": np.append(brothers, False) * 1.0,
        "closed after": np.log1p(depth - after),
        "below linked heading": np.append(False, heading[:-1]) * 1.0,
    }


def share(characters: Sequence[int], lengths: Floats) -> Floats:
    """Which share of each block's characters these are: at most 1."""
    shares: Floats = np.minimum(np.array(characters) / np.maximum(lengths, 1), 1)
    return shares
