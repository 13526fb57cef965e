"""The title: which block is the story's headline, freed of the site's name where it must be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import regex

from cleaner.article import Block, Evidence, Label

RUN: Final = 6  # blocks within which another body block must follow where the story starts
REACH: Final = 10  # blocks above the nearest title within which a surer one is preferred
WHOLE: Final = 3  # words, at least, of a headline that no label vouches for
FULL: Final = 5  # words of a first line that is a page-title line though it names no site
SITE_WORDS: Final = 5  # words, at most, of a site's name or a section
SITE_CHARS: Final = 40
SITE_SIGNS: Final = 8  # a further part with no more characters is a section ("新聞", "News")
PARTS: Final = 5  # a line of more parts is a menu or a trail
NAMED: Final = 4  # letters from which a word of a name has a capital ("Bank of Letters")
LINE_CHARS: Final = 400  # a page-title line is no longer
ROOM: Final = 2  # a line with the words of a part has so many times its characters at most
# To look a label up in its enum takes longer than to compare it: loops over all blocks use these.
BODY: Final = Label.BODY
TITLE: Final = Label.TITLE
OUTER: Final = frozenset({Label.TITLE, Label.METADATA, Label.NAVIGATION, Label.OTHER})
APART: Final = frozenset({Label.RELATED, Label.TICKER, Label.COMMENTS, Label.FOOTER, Label.BODY})

_SEPARATOR: Final = regex.compile(
    r"\s(?:[-–—|·•»›:>]|::|/)\s|\s?[｜|]\s?|(?<=\p{Lo})[：_–—-](?=\w)"
)
_WORD: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]{1,2}|[\p{L}\p{M}\p{N}]++")


def pick(blocks: Sequence[Block]) -> Evidence | None:
    """Find the story's headline among labelled blocks; None where there is none.

    It is the block labelled `title` nearest above the story's start, the surest and first of its
    like. Where only the page's title line ("Headline - Section | Site") holds it, the site's
    name is cut off. The text is a slice of the block's.

    >>> page = [
    ...     Block(0, 24, "Bridge opens today | Post", label=Label.METADATA),
    ...     Block(25, 43, "Bridge opens today", label=Label.TITLE, score=0.9),
    ... ]
    >>> pick(page).block
    1
    """
    page = _page_line(blocks)
    lines = _lines(blocks, page) if page is not None else {}
    titles = [i for i, b in enumerate(blocks) if b.label is TITLE and _WORD.search(b.text)]
    if page is not None and (index := _standing(blocks[page].text, lines, titles)) is not None:
        return Evidence("title", index, blocks[index].text, "also in the page-title line")
    index = _nearest(blocks, titles) if titles else page
    if index is None:
        return None
    text = blocks[index].text
    if index != page:
        return Evidence("title", index, text, "title nearest above the story")
    end = _without_site(text, lines)
    if not titles and (end == len(text) or not _wordy(text[:end])):
        return None
    reason = "title on the first line" if end == len(text) else "page-title line without its site"
    return Evidence("title", index, text[:end], reason)


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _page_line(blocks: Sequence[Block]) -> int | None:
    """The page's title line: the first block with words, if it may be one."""
    for index, block in enumerate(blocks):
        if _WORD.search(block.text):
            fits = block.label in OUTER and len(block.text) <= LINE_CHARS
            parts = 1 + len(_SEPARATOR.findall(block.text)) if fits else 0
            parted = parts > 1 or len(_WORD.findall(block.text)) >= FULL
            return index if parted and 0 < parts <= PARTS and block.text[0] not in "#[" else None
    return None


def _lines(blocks: Sequence[Block], page: int) -> dict[str, int]:
    """The lines of the page that may be a part of its title line, folded, and where each first
    stands: above all as a title."""
    lines: dict[str, int] = {}
    text = blocks[page].text
    parts = [text, *(text[mark.end() :] for mark in _SEPARATOR.finditer(text))]
    openings = _openings(parts, blocks)
    for index, block in enumerate(blocks):
        if block.text[:1] in openings and len(block.text) <= ROOM * len(text) and index != page:
            folded = _fold(block.text)
            first = blocks[lines.setdefault(folded, index)]
            if block.label is TITLE and first.label is not TITLE:
                lines[folded] = index
    lines.pop("", None)
    return lines


def _openings(parts: Sequence[str], blocks: Sequence[Block]) -> set[str]:
    """The first characters with which a block may be one of some parts, to fold no others."""
    wanted = {_fold(part)[:1] for part in parts}
    firsts = {block.text[:1] for block in blocks}
    return {char for char in firsts if not char.isalnum() or char.casefold()[:1] in wanted}


def _standing(text: str, lines: dict[str, int], titles: Sequence[int]) -> int | None:
    """The line that is a part of the page-title line: its longest head, or else its tail."""
    marks = list(_SEPARATOR.finditer(text))
    heads = [text, *(text[: mark.start()] for mark in reversed(marks))]
    tails = [text[mark.end() :] for mark in marks]
    for part in [*heads, *tails]:
        index = lines.get(_fold(part))
        headline = index in titles or (not titles and part in heads and _wordy(part))
        if index is not None and headline:
            return index
    return None


def _wordy(text: str) -> bool:
    """Whether a text has enough words for a headline, rather than a menu's or a site's name."""
    return len(_WORD.findall(text)) >= WHOLE


def _nearest(blocks: Sequence[Block], titles: Sequence[int]) -> int:
    """Of the titles above the story, the surest of the last few; the first that reads so."""
    bodies = [i for i, block in enumerate(blocks) if block.label is BODY]
    runs = (a for a, b in pairwise(bodies) if b - a <= RUN)
    start = next(runs, bodies[0] if bodies else len(blocks))
    above = [i for i in titles if i < start] or titles[:1]
    above = [i for i in above if _wordy(blocks[i].text)] or above
    best = max((i for i in above if i >= above[-1] - REACH), key=lambda i: (blocks[i].score, i))
    same = _fold(blocks[best].text)
    return next(i for i in above if _fold(blocks[i].text) == same)


def _without_site(text: str, lines: dict[str, int]) -> int:
    """Where the headline of a page-title line ends: before the trailing parts that look like
    a site or a section, since they stand elsewhere as a line or are a few capitalised words."""
    end, cuts = len(text), 0
    for mark in reversed(list(_SEPARATOR.finditer(text))):
        part, head = text[mark.end() : end], text[: mark.start()]
        words = part.split()
        if not words or len(words) > SITE_WORDS or len(part) > SITE_CHARS:
            break
        known = _fold(part) in lines
        barred = cuts == 0 or mark.group().strip() in "|｜" or len(part) <= SITE_SIGNS
        named = barred and mark.group().strip() != ":" and not any(map(_common, words))
        if not known and not (named and len(_fold(head)) > len(_fold(part))):
            break
        end, cuts = mark.start(), cuts + 1
    return end


def _common(word: str) -> bool:
    """Whether a word is of the kind that a name writes with a capital, and has none."""
    return len(word) >= NAMED and word.islower() and "." not in word
