"""The byline: which line credits the story's authors, and their names."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cleaner import credit, ranking
from cleaner.article import Block, Evidence, Label
from cleaner.byline.candidates import Candidate, Story, candidates, notices, owners
from cleaner.byline.facts import PHRASES, facts
from cleaner.description import ORDER, Floats, as_labelled

__all__ = ["Byline", "look", "names", "pick"]

DOUBTFUL: Final = 0.46  # a credit that is less likely is none: a wrong name is worse than none
TIED: Final = 0.5  # of a name's chance that a credit of several lines must have, to end in it
ABOVE: Final = 60  # blocks between a headline and its story
GUESSED: Final = 6  # blocks above the story where the headline is, if it is not known
# To look a label up in its enum takes longer than to compare it: loops over all blocks use these.
BODY: Final = Label.BODY


@dataclass(frozen=True, slots=True)
class Byline:
    """The author credit of a story.

    `text` is the credit as printed, without "By" and the like; `authors` are its names in page
    order. Both are slices of the block that `evidence` names; where the names are spread over
    several blocks, each is a slice of one, and `text` is the names joined by ", ".
    """

    text: str
    authors: tuple[str, ...]
    evidence: Evidence


def pick(
    blocks: Sequence[Block], chances: Floats | None = None, headline: int | None = None
) -> Byline | None:
    """Find the story's author credit among labelled blocks; None where nobody is credited.

    `chances` are the probabilities of all labels for each block (n, L); without them the blocks'
    own labels and scores must do. `headline` is the block of the title. Lines that may be a credit
    are read, each in the ways it can be, and weighed against each other by what speaks for each:
    its label, its place about the headline and the story, a lead word ("By Ana Ruiz"), a full name.

    >>> page = [
    ...     Block(0, 12, "Bridge opens", label=Label.TITLE, score=0.9),
    ...     Block(13, 32, "By Ana Ruiz, Editor", label=Label.BYLINE, score=0.9),
    ... ]
    >>> pick(page).authors
    ('Ana Ruiz',)
    """
    found, rows = look(blocks, as_labelled(blocks) if chances is None else chances, headline)
    if not found:
        return None
    weights = ranking.shipped("byline")
    each = ranking.probabilities(rows, weights)
    keys = [tuple(name.casefold() for name in one.names) for one in found]
    together = _together(keys, each)
    order = sorted(range(len(found)), key=lambda i: (-together[keys[i]], -each[i]))
    first = order[0]
    whole = _whole(found, each, first)
    best = found[whole]
    # Other readings of its lines speak for a credit too; each once, in one order.
    parts = [i for i, one in enumerate(found) if _reads_alike(one, best)]
    chance = sum(together[key] for key in dict.fromkeys(keys[i] for i in [first, *parts]))
    if chance < DOUBTFUL:
        return None
    others = (i for i in order if found[i].block != best.block and keys[i] != keys[whole])
    other = next(others, None)
    reason = ranking.why(rows[first], None if other is None else rows[other], weights, PHRASES)
    runner_up = None if other is None else found[other].text
    said = reason or "nothing else may be one"
    evidence = Evidence("byline", best.block, best.text, said, round(chance, 3), runner_up)
    return Byline(best.text, best.names, evidence)


def _together(
    keys: Sequence[tuple[str, ...]], each: Sequence[float]
) -> dict[tuple[str, ...], float]:
    """How likely each credit is: one that stands twice counts once, as both together."""
    together: dict[tuple[str, ...], float] = {}
    for key, chance in zip(keys, each, strict=True):
        together[key] = together.get(key, 0.0) + chance
    return together


def _whole(found: Sequence[Candidate], each: Sequence[float], first: int) -> int:
    """The credit to which a candidate is tied by an open "and", a comma or a bullet, or itself: one
    that begins with it, or goes on to it and is nearly as likely."""
    at, enough = found[first].lines[0], TIED * each[first]
    tied = (
        i
        for i, one in enumerate(found)
        if one.tied and (one.lines[0] == at or (at in one.lines and each[i] >= enough))
    )
    return max(tied, key=lambda i: len(found[i].lines), default=first)


def _reads_alike(one: Candidate, best: Candidate) -> bool:
    """Whether a candidate is another reading of a credit's lines, of more or fewer of its names."""
    own, names = set(one.names), set(best.names)
    return not set(one.lines).isdisjoint(best.lines) and (own <= names or own >= names)


def look(
    blocks: Sequence[Block], chances: Floats, headline: int | None = None
) -> tuple[list[Candidate], list[list[float]]]:
    """The candidates of a page and their facts: what is chosen from, and learned from."""
    if not blocks:
        return [], []
    story = _story(blocks, headline)
    bylines, dates = (chances[:, ORDER[k]].astype(float) for k in (Label.BYLINE, Label.DATE))
    told = notices(blocks, story)
    owned = owners(blocks, told)
    found = candidates(blocks, bylines, dates, story, told, owned)
    return found, facts(blocks, chances, story, found, owned)


def names(text: str) -> tuple[str, ...]:
    """Split a credit into its authors' names, in order; roles, places and dates are left out.

    >>> names("By Ana Ruiz and Tom Lee, Senior Correspondent")
    ('Ana Ruiz', 'Tom Lee')
    """
    return tuple(text[start:end] for start, end in credit.read(text).spans)


def _story(blocks: Sequence[Block], headline: int | None) -> Story:
    """Where the story stands: below its headline, if that is one line of it."""
    bodies = array("q", (i for i, block in enumerate(blocks) if block.label is BODY))
    titles = (i for i, block in enumerate(blocks) if block.label is Label.TITLE)
    if headline is None or blocks[headline].label is not Label.TITLE:
        # The title may be read off the page-title line, far above the headline itself.
        headline = next((i for i in titles if headline is None or i > headline), headline)
    if not bodies:
        at = headline or 0
        return Story(at, at + 1, at + 1)
    below = array("q", (i for i in bodies if headline is not None and i > headline))
    if headline is not None and 2 * len(below) >= len(bodies) and below[0] - headline <= ABOVE:
        return Story(headline, below[0], bodies[-1])
    return Story(max(0, bodies[0] - GUESSED), bodies[0], bodies[-1])
