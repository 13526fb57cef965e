"""What recurs on a site's other pages as evidence: log-odds added to those of the story.

The network looks at one page. Where it is known on how many other pages of the site a block stands,
that shifts the odds that it is the story's, by weights that `python -m training.templates` has
learned; the shares of the labels within the story, and without, stay as they are. It is weighed, no
rule: a line that the page alone makes sure enough stays in the story on however many pages it is.

What does not recur is the page's own, and its story is among that. A page of a site that buries its
stories may look like all furniture, line by line: then the likeliest of its own long lines are
raised, and those of a page that shows its story are left as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from cleaner.description import Bools, Floats, Recurrence
from cleaner.labeller.model import Judgement, shifted, story_odds
from cleaner.weights import tables

# What is known of a block's line: on one other page of the site, on several; either of a long line,
# and by the log-odds that the page alone gives it; and of a line that stands alone, beside other
# lines on each page, as furniture seldom does and the intro of a series or a note does. Of a line
# that is on no other page: that several have lines with its first words ("Published: 3 May in
# Harbour"), also of a long line and by its log-odds; or, where none has, that the page alone finds
# no story among what is its own. Tried and
# worth nothing beside these: the share of pages by itself, what recurs above and below, how many
# pages do not have the line; and of lines that are on no other page, how much of what is long on
# other pages stands where they do, between lines that recur, what the page alone says of each, and
# whether it is long.
NAMES = (
    *("once", "often", "long once", "long often", "odds once", "odds often"),
    *("alone once", "alone often", "alone sure"),
    *("begun", "long begun", "odds begun", "unfound"),
)

# Log-odds of the page alone count up to these: of a line that is on one other page, which may be
# chance, less than of one on several.
_SURE, _SUREST = 5.0, 10.0
# What stands alone on up to so many of the pages counts as such; on all of them it is furniture.
_HALF = 0.5
# By how much the page may fall short of even odds: up to this it counts, as few fall shorter. Lines
# that are less likely by more than the second are something else than the likeliest one.
_SHORT, _BEHIND = 2.0, 3.0


def facts(known: Recurrence, long: Bools, story: Floats) -> Floats:
    """The facts of the blocks of a page: (n, len(NAMES)).

    `long` says which are long lines, `story` the log-odds that each is the story's (n,).

    >>> known = Recurrence(np.array([1, 6, 6]), 8, np.array([1, 0, 6]), np.array([1, 6, 6]))
    >>> found = facts(known, np.array([True, True, False]), np.array([2.0, 7.0, 7.0]))
    >>> [dict(zip(NAMES, row, strict=True))["alone sure"] for row in found.tolist()]
    [0.0, 3.5, 0.0]
    """
    once, often = known.on == 1, known.on > 1
    odds, surer = story.clip(-_SURE, _SURE), story.clip(-_SURE, _SUREST)
    alone = 1 - known.company / known.on.clip(1)
    others = 1 - known.on / known.pages
    seldom = often * alone * (others / (1 - _HALF)).clip(0, 1)
    columns = [once, often, once & long, often & long, once * odds, often * surer]
    columns += [once * alone, seldom, seldom * surer.clip(0)]
    begun = _begun(known)
    columns += [begun, begun & long, begun * surer, _unfound(known, long, story)]
    return np.stack(columns, 1).astype(np.float64)


def _begun(known: Recurrence) -> Bools:
    """Which lines are on no other page, but begin as lines of several do (n,)."""
    begun: Bools = (known.on == 0) & (known.begun > 1)
    return begun


def _own(known: Recurrence) -> Bools:
    """Which lines are the page's own: they neither recur nor begin as lines of several pages do."""
    own: Bools = (known.on == 0) & ~_begun(known)
    return own


def _unfound(known: Recurrence, long: Bools, story: Floats) -> Floats:
    """How far from the story a page alone leaves even the likeliest of what is its own (n,): more
    where it is known what the site repeats, as most of the page is; nothing for short lines.

    >>> known = Recurrence(on := np.array([9, 0, 0, 9]), 9, on, on)
    >>> _unfound(known, np.ones(4, np.bool_), np.array([3.0, -1.5, -3.0, -9.0])).tolist()
    [0.0, 0.75, 0.375, 0.0]
    """
    own = _own(known)
    best = story.max(where=own, initial=-np.inf)
    short = (-best).clip(0, _SHORT)
    near = (1 - (best - story) / _BEHIND).clip(0, 1)
    found: Floats = (known.on > 1).mean() * short * near * (own & long)
    return found


def weigh(
    judged: Judgement, long: Bools, sizes: Sequence[int], known: Sequence[Recurrence | None]
) -> tuple[Judgement, Floats]:
    """Weigh anew what the network made of blocks; and by how much the story's odds changed (n,).

    They are the blocks of one page or of several of these sizes, of which some are long lines.
    A page of which nothing is known stays as it is, to the last bit.
    """
    shifts = np.zeros(len(long))
    if all(one is None for one in known):
        return judged, shifts
    end = 0
    for size, one in zip(sizes, known, strict=True):
        own = slice(end, end := end + size)
        if one is not None:
            told = (facts(one, long[own], story_odds(judged.odds[own])) * _shipped()).sum(1)
            # What recurs is no more the story's for that, what is the page's own no less.
            shifts[own] = np.where(_own(one), told.clip(min=0), told.clip(max=0))
    return shifted(judged, shifts), shifts


def said(known: Recurrence, shifts: Floats, story: Bools) -> list[str]:
    """What to say of each block (n,): on how many pages it is, where that spoke for its label.

    >>> on, begun = np.array([7, 0, 0]), np.array([7, 0, 8])
    >>> known = Recurrence(on, 9, on, begun)
    >>> for each in said(known, np.array([-5.0, 2.0, -1.0]), np.array([False, True, False])):
    ...     print(each)
    on 7 of 9 other pages of this site
    on none of 9 other pages of this site
    a line begins so on 8 of 9 other pages of this site
    """
    counts = np.where(story, shifts > 0, shifts < 0)
    begun = _begun(known)
    numbers = np.where(begun, known.begun, known.on)
    of_site = f"of {known.pages} other pages of this site"
    columns = (each.tolist() for each in (counts, begun, numbers))
    return [
        f"{'a line begins so ' if first else ''}on {number or 'none'} {of_site}" if own else ""
        for own, first, number in zip(*columns, strict=True)
    ]


@cache
def _shipped() -> Floats:
    """The weights that the package ships, in the order of `NAMES`."""
    return read(*tables.shipped("recurrence"))


def read(text: str, name: str) -> Floats:
    """Read the weights of facts from TOML, in the order of `NAMES`; `name` is what errors call it.

    Raises ValueError where it is not what `training/` writes: numbers are all that it may hold.

    >>> read("facts = 3", "weights/recurrence.toml")
    Traceback (most recent call last):
    ...
    ValueError: weights/recurrence.toml is damaged (it has no facts); install the package again
    """
    held = tables.facts(tables.parsed(text, name), name)
    if set(held) != set(NAMES):
        odd = ", ".join(sorted(set(held) ^ set(NAMES)))
        raise tables.damaged(name, f"missing or unknown: {odd}")
    for fact, value in held.items():
        if not tables.is_number(value):
            raise tables.damaged(name, f"{fact} is no number")
    return np.array([float(held[fact]) for fact in NAMES])
