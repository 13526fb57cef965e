"""How like the blocks are to what the page declares: its title and its description."""

from __future__ import annotations

import numpy as np

from cleaner.article import Block
from cleaner.description import Floats, Ints
from cleaner.features.elements.tree import Tree
from cleaner.features.pages import Pages
from cleaner.features.words import Words, distinct
from cleaner.structure import Declared

_TOLD = 6  # declared titles and descriptions that are looked at
_LIKE = 0.4  # likeness from which a block may be the headline
_HEADING, _LINK = 0.2, -0.1  # what a heading and a link add to it
_SHORT = 30  # characters: a description of fewer is none
_FEW = 3  # word pairs

PHRASES = {
    "title words": ("its words are the declared title's", "its words are not the title's"),
    "words of title": ("the declared title's words", "not the declared title's words"),
    "like title": ("like the declared title", "unlike the declared title"),
    "below title": ("below the line like the title", "not below the line like the title"),
    "far below title": ("far below the line like the title", "close below the title"),
    "far above title": ("far above the line like the title", "close above the title"),
    "up to title": ("apart from the line like the title", "near the line like the title"),
    "title found": ("the page shows its title", "the page does not show its title"),
    "in description": ("it stands in the page's description", "not in the page's description"),
    "description in it": ("it holds the page's description", "without the page's description"),
}


def likeness(page: Pages, tree: Tree, declared: Declared, linked: Floats) -> dict[str, Floats]:
    """How like n blocks are to what is declared, and where the headline is, by feature name."""
    n, words = len(page), page.words
    titles = [title for title in declared.titles[:_TOLD] if title]
    descriptions = [text for text in declared.descriptions[:_TOLD] if len(text) >= _SHORT]
    said = [*titles, *descriptions]
    told = Pages([Block(0, 0, text) for text in said], [1] * len(said)).words if said else None
    theirs, ours = _shared_words(words, told, len(titles), n)
    like = 2 * theirs * ours / np.maximum(theirs + ours, 1e-9)
    tags = tree.structure.tags
    heading = np.array([tags[k] in ("h1", "h2", "h3") for k in tree.structure.outer])
    best = int((like + _HEADING * heading + _LINK * (linked > 0.5)).argmax())
    nothing = np.zeros(n)
    columns = {
        "title words": theirs,
        "words of title": ours,
        "like title": like,
        **dict.fromkeys(("below title", "far below title", "far above title"), nothing),
        **dict.fromkeys(("up to title", "title found"), nothing),
    }
    if like[best] > _LIKE:
        below = np.arange(n) - best
        own = tree.outer[best]
        both = tree.met(own)[tree.outer]
        columns |= {
            "below title": (below > 0) * 1.0,
            "far below title": np.log1p(np.maximum(below, 0)),
            "far above title": np.log1p(np.maximum(-below, 0)),
            "up to title": np.log1p(tree.depths[own] - both),
            "title found": np.ones(n),
        }
    return columns | _description(words, told, len(titles), n)


def _shared_words(words: Words, told: Words | None, titles: int, n: int) -> tuple[Floats, Floats]:
    """For each block the share of its words that stand in a title, and of a title's in it.

    So many of the texts that are told are titles, the first of them.
    """
    theirs, ours = np.zeros(n), np.zeros(n)
    own = np.maximum(words.per_block, 1)
    if told is None:
        return theirs, ours
    for title in range(titles):
        hashes = distinct(told.hashes[told.owners == title])
        if not len(hashes):
            continue
        place = np.minimum(np.searchsorted(hashes, words.hashes), len(hashes) - 1)
        inside = hashes[place] == words.hashes
        owners = words.owners[inside]
        theirs = np.maximum(theirs, np.bincount(owners, minlength=n) / own)
        once = distinct(owners * len(hashes) + place[inside]) // len(hashes)
        ours = np.maximum(ours, np.bincount(once, minlength=n) / len(hashes))
    return theirs, ours


def _description(words: Words, told: Words | None, titles: int, n: int) -> dict[str, Floats]:
    """For each block the share of its word pairs in what is told after so many titles, the
    descriptions, and of those in it."""
    hits: Floats = np.zeros(n)
    owners: Ints = words.owners[:-1][words.follow]
    pairs = distinct(told.pairs[told.owners[:-1][told.follow] >= titles]) if told else ()
    if len(pairs) and len(words.pairs):
        hits = np.bincount(owners[np.isin(words.pairs, pairs)], minlength=n) * 1.0
    return {
        "in description": hits / np.maximum(np.bincount(owners, minlength=n), _FEW),
        "description in it": np.minimum(hits / max(len(pairs), 1), 1),
    }
