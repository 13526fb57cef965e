"""The title of an HTML page: the line that is likest to a headline and to the declared title."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log1p

import numpy as np
import regex

from cleaner.agreement.folding import words
from cleaner.article import NOWHERE, Block, Evidence, Label
from cleaner.description import Floats
from cleaner.structure import Declared, Structure
from cleaner.title.edges import ends_in, trimmed
from cleaner.writing import UNSPACED

_TITLES = 5  # declared titles that are looked at
_LONGEST = 300  # characters of a headline
_WHOLE = 10  # characters: what is shorter may stand in another headline by chance
_STORY_WORDS, _STORY_LETTERS = 25, 200  # a line of more is the story's, or a deck
# So few words, or characters where there are no spaces, may be a section's name.
_FEW_WORDS, _FEW_CHARACTERS = 2, 5
_LIKE = 0.3  # likeness to a declared title from which a line that is no heading may be the headline
_NEAR = 3  # lines into the story where a heading may still be the headline
_FAR = 3.0  # in logarithms of lines: what is far above the story counts in these units

_BODY = Label.BODY  # to look a label up in its enum takes longer than to compare it

# What parts a headline from the name of the site or section, in a declared title.
_PARTED = regex.compile(r"(?<!\s)(?:\s++[|\-–—:»›·•/]++\s++|\s*+[|»›·•]\s*+|\s++::\s++)|:\s++")
_UNSPACED = regex.compile(f"[{UNSPACED}]")
_CALLED = regex.compile(r"(?i)title|headline|heading")

# What each observation speaks for or against a line, in log-odds: a softmax over the lines of each
# page, fitted to the titles of the training pages, a site counting by the root of its pages.
_WEIGHTS = {
    "like the declared title": 1.8,
    "the declared title": 0.9,
    "the declared title without the site's name": 1.1,
    "holds the declared title": 1.0,
    "part of the declared title": 1.6,
    "a top heading": 1.1,
    "a second heading": 1.0,
    "a link": -1.2,
    "above the story": 1.0,
    "far above the story": -0.7,
    "the only top heading": 0.8,
    "the first top heading": 0.9,
    "in an element called title or headline": 1.4,
    "the site's name": -0.3,
    "inside the story": -0.8,
}


def headline(
    blocks: Sequence[Block],
    structure: Structure,
    declared: Declared,
    shown: Callable[[], Evidence | None],
) -> Evidence | None:
    """Find the headline among the blocks of an HTML page; None where there is neither that nor a
    declared title.

    `shown` gives what the labels alone tell: it is asked where no line is a heading or like a
    declared title. A title that the page declares and does not show is the last resort.

    >>> page = [Block(0, 5, "Home"), Block(6, 21, "Ferry returns", marker="#")]
    >>> structure = Structure(("body", "h1"), ("", ""), (-1, 0), (2, 2), outer=(0, 1), inner=(0, 1))
    >>> headline(page, structure, Declared(titles=("Ferry returns - Courier",)), lambda: None).text
    'Ferry returns'
    """
    page = _Page(blocks, structure, declared)
    odds = array("d")
    places = array("l")
    for k, said in page.candidates():  # one after the other: a hostile page has a million headings
        odds.append(_odds(page.observed(k, said)))
        places.append(k)
    if odds:
        return _evidence(page, places, np.array(odds))
    told = shown()
    if told or not declared.titles:
        return told
    return Evidence("title", NOWHERE, page.bare[0], "declared, and not shown")


def _evidence(page: _Page, places: Sequence[int], odds: Floats) -> Evidence:
    """The likeliest of the lines at some places, by their log-odds, and the second."""
    first, *others = np.argsort(-odds, kind="stable")[:2].tolist()
    best = places[first]
    text = page.blocks[best].text
    observed = page.observed(best, _said(text))
    most = sorted(observed, key=lambda what: -_WEIGHTS[what] * observed[what])
    reason = "; ".join(what for what in most[:2] if _WEIGHTS[what] > 0)
    share = 1 / np.exp(odds - odds[first]).sum()
    runner_up = page.blocks[places[others[0]]].text if others else None
    return Evidence("title", best, page.freed(text), reason, round(float(share), 3), runner_up)


def _odds(observed: dict[str, float]) -> float:
    return sum(_WEIGHTS[what] * value for what, value in observed.items())


def settled(blocks: tuple[Block, ...], headline: Evidence | None) -> tuple[Block, ...]:
    """The blocks with the headline labelled as such: the story does not tell it again."""
    if headline is None or headline.block == NOWHERE:
        return blocks
    k = headline.block
    why = f"the page's headline: {headline.reason}"
    return (*blocks[:k], blocks[k]._replace(label=Label.TITLE, why=why), *blocks[k + 1 :])


@dataclass(frozen=True, slots=True)
class _Said:
    """A text by its words: folded, and as a set."""

    folded: str
    words: frozenset[str]


class _Page:
    """What candidates of one page are measured by."""

    def __init__(self, blocks: Sequence[Block], structure: Structure, declared: Declared) -> None:
        self.blocks, self.structure = blocks, structure
        titles = declared.titles[:_TITLES]
        self.titles = [_said(title) for title in titles]
        is_name = _names(blocks, declared.sites)
        self.bare = [_bare(title, is_name) for title in titles]
        told = {title for title in (*titles, *self.bare) if len(title) > _WHOLE}
        self.told = sorted(told, key=len, reverse=True)
        self.telling = frozenset().union(*(_said(title).words for title in self.bare))
        self.parts = {_fold(part) for title in titles for part in _parts(title)}
        self.sites = {_fold(site) for site in declared.sites}
        self.story = next((k for k, block in enumerate(blocks) if _is_prose(block)), len(blocks))
        last = (k for k in reversed(range(len(blocks))) if blocks[k].label is _BODY)
        self.end = next(last, len(blocks) - 1) + 1  # what stands below is no headline of the story
        tops = (k for k, block in enumerate(blocks) if block.marker == "#")
        self.tops = [k for k in tops if _fold(blocks[k].text) not in self.sites]

    def candidates(self) -> Iterator[tuple[int, _Said]]:
        """The blocks that may be the headline, each with its words."""
        for k, block in enumerate(islice(self.blocks, self.end)):
            if len(block.text) <= _LONGEST and (found := words(block.text)):
                heading = block.marker.startswith("#") and k < self.story + _NEAR
                # Most lines share no word with a declared title: those are passed over at once.
                if heading or not self.telling.isdisjoint(found):
                    said = _of(found)
                    if heading or self._like(said) >= _LIKE:
                        yield k, said

    def observed(self, k: int, said: _Said) -> dict[str, float]:
        """What speaks for and against a block of these words, and how much of it there is."""
        block = self.blocks[k]
        names = self.structure.names
        called = f"{names[self.structure.outer[k]]} {names[self.structure.inner[k]]}"
        linked = self.structure.linked[k] if self.structure.linked else 0
        folds = [title.folded for title in self.titles]
        observed = {
            "like the declared title": self._like(said),
            "the declared title": said.folded in folds,
            "the declared title without the site's name": said.folded in self.parts,
            "holds the declared title": any(f in said.folded for f in folds if len(f) > _WHOLE),
            "part of the declared title": _tells(said) and any(said.folded in f for f in folds),
            "a top heading": block.marker == "#",
            "a second heading": block.marker == "##",
            "a link": linked > len(block.text) / 2,
            "above the story": k <= self.story,
            "far above the story": log1p(max(self.story - k, 0)) / _FAR,
            "the only top heading": self.tops == [k],
            "the first top heading": self.tops[:1] == [k],
            "in an element called title or headline": bool(_CALLED.search(called)),
            "the site's name": said.folded in self.sites,
            "inside the story": k > self.story + _NEAR,
        }
        return {what: float(value) for what, value in observed.items() if value}

    def freed(self, text: str) -> str:
        """A headline without what is glued to it and that no declared title has: what stands
        before a declared title ("Housing crisis Rents rise again"), or a date at its ends."""
        if self._declared(text):
            return text
        for title in self.told:
            if ends_in(text, title):
                return title
        core = trimmed(text)
        return core if self._declared(core) else text

    def _declared(self, text: str) -> bool:
        """Whether a declared title holds a text."""
        folded = _fold(text)
        return any(folded in title.folded for title in self.titles)

    def _like(self, said: _Said) -> float:
        """The highest likeness of words to a declared title, 0 to 1."""
        likenesses = (
            2 * len(said.words & title.words) / (len(said.words) + len(title.words))
            for title in self.titles
            if title.words
        )
        return max(likenesses, default=0.0)


def _is_prose(block: Block) -> bool:
    return len(block.text) > _STORY_LETTERS or block.text.count(" ") >= _STORY_WORDS


def _parts(title: str) -> Iterator[str]:
    """What is left of a declared title without a shorter part at either end."""
    for sign in _PARTED.finditer(title):
        for part in (title[: sign.start()], title[sign.end() :]):
            if 2 * len(part) > len(title):
                yield part


def _names(blocks: Sequence[Block], sites: Sequence[str]) -> Callable[[str, str], bool]:
    """Tells whether a part of a title, beside the rest, is the name of the site or of a section:
    what the page declares as such or has in a notice of copyright, and what is shorter than the
    rest and a line of its own."""
    texts = [block.text.casefold() for block in blocks]
    lines, owners = set(texts), {site.casefold() for site in sites}
    notices = "\n".join(text for text in texts if "©" in text)

    def is_name(part: str, rest: str) -> bool:
        name = part.casefold()
        owner = name in owners or bool(name and name in notices)
        return owner or (name in lines and len(part) < len(rest))

    return is_name


def _bare(title: str, is_name: Callable[[str, str], bool]) -> str:
    """A declared title without the names of site and sections at its ends."""
    if len(title) > _LONGEST:
        return title
    while sides := [(title[: m.start()], title[m.end() :]) for m in _PARTED.finditer(title)]:
        begun, ended = sides[0], sides[-1]
        if is_name(ended[1], ended[0]):
            title = ended[0]
        elif is_name(*begun):
            title = begun[1]
        else:
            break
    return title


def _said(text: str) -> _Said:
    return _of(words(text) if len(text) <= _LONGEST else [])


def _of(found: list[str]) -> _Said:
    return _Said(" ".join(found), frozenset(found))


def _tells(said: _Said) -> bool:
    """Whether a part of a declared title is long enough to be the headline."""
    if len(said.words) > _FEW_WORDS:
        return True
    return len(said.folded) > _FEW_CHARACTERS and bool(_UNSPACED.search(said.folded))


def _fold(text: str) -> str:
    return _said(text).folded
