"""The title: which slice of the page is the story's headline."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain, pairwise
from math import log
from typing import Final

from cleaner import ranking
from cleaner.article import Block, Evidence, Label
from cleaner.description import ORDER, Floats, as_labelled
from cleaner.title.candidates import TOP_CHARS, WORD, Candidate, candidates, fold
from cleaner.title.facts import NAMES, PHRASES, facts
from cleaner.title.known import page

RUN: Final = 6  # blocks within which another body block must follow where the story goes on
DOUBTFUL: Final = 0.15  # a headline that is less likely is none
# A headline that the labeller hardly calls a title, no part of the page-title line, and with words
# that the story does not say, is none.
LABELLED: Final = log(0.02)
SAID: Final = 0.3  # from here on its words are the story's (the fact `told`)
WHOLE: Final = 3  # words, at least, of a headline that no label vouches for
FULL: Final = 5  # and of a first line without parts
BODY: Final = Label.BODY
_TITLE, _FIRST, _NAMED, _PART, _TOLD = map(NAMES.index, ("title", "first", "named", "part", "told"))

__all__ = ["look", "pick"]


def pick(
    blocks: Sequence[Block], chances: Floats | None = None, url: str | None = None
) -> Evidence | None:
    """Find the story's headline among labelled blocks; None where there is none.

    `chances` are the probabilities of all labels for each block (n, L); without them the blocks'
    own labels and scores must do. Lines that may be a headline, and the parts of lines ("Headline -
    Section | Site"), are weighed against each other by what speaks for each: its label, its place
    above the story, whether it stands again in the page-title line, whether the story says its
    words, and so do those of the page's address. The text is a slice of the block's.

    >>> page = [
    ...     Block(0, 24, "Bridge opens today | Post", label=Label.METADATA, score=0.9),
    ...     Block(25, 43, "Bridge opens today", label=Label.TITLE, score=0.9),
    ... ]
    >>> pick(page).block
    1
    """
    found, rows = look(blocks, as_labelled(blocks) if chances is None else chances, url)
    if not found:
        return None
    weights = ranking.shipped("title")
    each = ranking.probabilities(rows, weights)
    words = [fold(one.text) for one in found]
    together: dict[str, float] = {}  # what stands twice counts once
    for said, chance in zip(words, each, strict=True):
        together[said] = together.get(said, 0.0) + chance
    first, *others = sorted(together, key=lambda said: -together[said])
    same = [i for i, said in enumerate(words) if said == first]
    top = blocks[_first_line(blocks) or 0].text[:TOP_CHARS]
    enough = FULL if fold(top) == first else WHOLE
    if together[first] < DOUBTFUL or not any(_vouched(rows[i], first, enough) for i in same):
        return None
    # Where the headline stands by itself, that line is it, rather than the page-title line.
    best = max(same, key=lambda i: (rows[i][_PART] == 0, each[i]))
    rivals = [i for i, said in enumerate(words) if others and said == others[0]]
    other = max(rivals, key=each.__getitem__, default=None)
    reason = ranking.why(rows[best], None if other is None else rows[other], weights, PHRASES)
    return Evidence(
        "title",
        found[best].block,
        found[best].text,
        reason or "nothing else may be one",
        round(together[first], 3),
        None if other is None else found[other].text,
    )


def _vouched(row: Sequence[float], words: str, enough: int) -> bool:
    """Whether a label, the page-title line or the story vouches for a headline: so that none is
    invented."""
    said = row[_FIRST] or row[_NAMED] or row[_TOLD] >= SAID
    return row[_TITLE] >= LABELLED or (bool(said) and words.count(" ") + 1 >= enough)


def look(
    blocks: Sequence[Block], chances: Floats, url: str | None = None
) -> tuple[list[Candidate], list[list[float]]]:
    """The candidates of a page and their facts: what is chosen from, and learned from."""
    if not blocks:
        return [], []
    top = _first_line(blocks)
    start, main = _bounds(blocks)
    titles, bodies = (chances[:, ORDER[label]] for label in (Label.TITLE, Label.BODY))
    found = candidates(blocks, titles, bodies, top, start)
    return found, facts(page(blocks, chances, top, (start, main), url), found)


def _bounds(blocks: Sequence[Block]) -> tuple[int, int]:
    """Where the story starts, and where its longest stretch does."""
    bodies = array("q", (i for i, block in enumerate(blocks) if block.label is BODY))
    if not bodies:
        return len(blocks), len(blocks)
    start = next((a for a, b in pairwise(bodies) if b - a <= RUN), bodies[0])
    longest, main, begun, size = 0, start, bodies[0], 0
    for before, index in pairwise(chain(bodies[:1], bodies)):
        if index - before > RUN:
            begun, size = index, 0
        size += len(blocks[index].text)
        if size > longest:
            longest, main = size, begun
    return start, main


def _first_line(blocks: Sequence[Block]) -> int | None:
    """The first block with words, where a page-title line stands if there is one."""
    return next((i for i, block in enumerate(blocks) if WORD.search(block.text)), None)
