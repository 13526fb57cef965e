"""Describe blocks in numbers: what a reader sees of a line before reading it.

The one feature template of the project, imported by training and by serving. Everything is
counted over the whole page at once, as arrays of code points: no Python per word, little per block.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

import numpy as np

from cleaner.article import Block
from cleaner.description import BUCKETS, Description
from cleaner.features.elements import NAMES as ELEMENT_NAMES
from cleaner.features.elements import PHRASES as ELEMENT_PHRASES
from cleaner.features.elements import elements
from cleaner.features.layout import layout
from cleaner.features.pages import Pages
from cleaner.features.place import place
from cleaner.features.shape import shape
from cleaner.structure import Declared, Structure

__all__ = ["BUCKETS", "ELEMENT_NAMES", "NAMES", "PHRASES", "describe", "describe_elements"]

# Nothing is told by the exact size of what is far away or very large.
_CEILING = 8.0

# Name, and how a reason speaks of a high and of a low value.
_COLUMNS = {
    "words": ("many words", "few words"),
    "letters": ("many letters", "few letters"),
    "over 3 words": ("more than 3 words", "3 words at most"),
    "over 6 words": ("more than 6 words", "6 words at most"),
    "over 10 words": ("more than 10 words", "10 words at most"),
    "over 20 words": ("more than 20 words", "20 words at most"),
    "over 40 words": ("more than 40 words", "40 words at most"),
    "word length": ("long words", "short words"),
    "capitals": ("many capital letters", "few capital letters"),
    "capitalised": ("most words capitalised", "few words capitalised"),
    "all capitals": ("all capitals", "not all capitals"),
    "digits": ("digits", "few digits"),
    "punctuation": ("much punctuation", "little punctuation"),
    "commas": ("commas", "no commas"),
    "sentences": ("several sentences", "one sentence at most"),
    "ends sentence": ("ends in a full stop", "no full stop"),
    "ends colon": ("ends in a colon", "no colon at the end"),
    "ends ellipsis": ("ends in an ellipsis", "no ellipsis"),
    "ends closing": ("ends in a closing quote or bracket", "no closing quote or bracket"),
    "ends arrow": ("ends in an arrow", "no arrow"),
    "starts lower": ("begins with a small letter", "does not begin with a small letter"),
    "starts quote": ("begins with a quote", "does not begin with a quote"),
    "starts dash": ("begins with a dash", "does not begin with a dash"),
    "starts digit": ("begins with a digit", "does not begin with a digit"),
    "starts symbol": ("begins with a symbol", "does not begin with a symbol"),
    "separators": ("separators such as | or ›", "no separators"),
    "at sign": ("an @ sign", "no @ sign"),
    "address": ("a web address", "no web address"),
    "copyright": ("a © sign", "no © sign"),
    "question": ("a question mark", "no question mark"),
    "quotes": ("quotation marks", "no quotation marks"),
    "brackets": ("brackets", "no brackets"),
    "code": ("signs of code", "no signs of code"),
    "year": ("a year", "no year"),
    "clock": ("a time of day", "no time of day"),
    "numeric date": ("a date in numbers", "no date in numbers"),
    "no letters": ("no letters", "letters"),
    "unspaced": ("a script without spaces", "a script with spaces"),
    "bullet": ("a bullet", "no bullet"),
    "heading 1": ("a top heading mark", "no top heading mark"),
    "heading": ("a heading mark", "no heading mark"),
    "quoted": ("a quote mark", "no quote mark"),
    "indent": ("indented", "not indented"),
    "indented beyond prose": ("indented beyond the prose", "not indented beyond the prose"),
    "indented short of prose": ("indented less than the prose", "indented as much as the prose"),
    "gap before": ("blank lines before", "no blank line before"),
    "gap after": ("blank lines after", "no blank line after"),
    "repeated": ("stands on the page again", "stands on the page once"),
    "repeats above": ("stands above already", "stands here first"),
    "pairs above": ("word pairs that stand above too", "no word pairs that stand above"),
    "pairs below": ("word pairs that stand below too", "no word pairs that stand below"),
    "opening repeated": ("begins like other lines", "begins like no other line"),
    "closing repeated": ("ends like other lines", "ends like no other line"),
    "like first line": ("shares words with the first line", "shares no words with the first line"),
    "prose vocabulary": ("shares words with the long lines", "shares no words with the long lines"),
    "above prose": ("far above the next long line", "close above a long line"),
    "below prose": ("far below the last long line", "close below a long line"),
    "before all prose": ("no long line above", "below long lines"),
    "after all prose": ("no long line below", "above long lines"),
    "short run": ("one of many short lines", "not among short lines"),
    "long run": ("one of many long lines", "not among long lines"),
    "set as above": ("set like the line above", "set unlike the line above"),
    "set as prose": ("set like the prose", "set unlike the prose"),
    "bullet run": ("one of many bullets", "not among bullets"),
    "prose mass": ("dense prose around", "little prose around"),
    "above main prose": ("far above the densest prose", "not above the densest prose"),
    "below main prose": ("far below the densest prose", "not below the densest prose"),
    "prose read": ("most of the prose above", "little of the prose above"),
    "place": ("far down the page", "high up the page"),
    "near top": ("near the top", "not near the top"),
    "near end": ("near the end", "not near the end"),
    "page blocks": ("a long page", "a short page"),
    "page bullets": ("a page of many bullets", "a page of few bullets"),
    "page flat": ("a page of few blank lines", "a page of many blank lines"),
    "page prose": ("a page of long lines", "a page of short lines"),
}
NAMES = tuple(_COLUMNS)
PHRASES = tuple(_COLUMNS.values())

# The column that tells a long line, of which a story is made for the most part.
LONG = NAMES.index("over 10 words")


def describe(blocks: Sequence[Block], sizes: Sequence[int] | None = None) -> Description:
    """Describe the blocks of a page, in numbers of about 0 to 1 (sizes as logarithms).

    Pages in a row are described in one go, each as if it were alone: `sizes` is how many blocks
    each has, one at least.

    >>> from cleaner.article import Block
    >>> float(describe([Block(0, 5, "Home.")]).values[0, NAMES.index("ends sentence")])
    1.0
    """
    if not blocks:
        return _nothing()
    return _described(Pages(blocks, [len(blocks)] if sizes is None else sizes))


def describe_elements(
    blocks: Sequence[Block],
    sizes: Sequence[int] | None = None,
    *,
    page: Sequence[Block],
    structure: Structure,
    declared: Declared,
) -> Description:
    """Describe blocks of one HTML page that stand in a row, and the elements that they stand in.

    `structure` is that of all blocks of the `page`. The columns of `ELEMENT_NAMES` follow those of
    `NAMES`. `sizes` is of no use here: pages of HTML are described one by one.
    """
    if not blocks:
        return _nothing()
    if len(blocks) < len(page):
        first = bisect_left(page, blocks[0].start, key=attrgetter("start"))
        structure = structure.part(first, first + len(blocks))
    pages = Pages(blocks, [len(blocks)])
    described = _described(pages)
    values, names = elements(pages, structure, declared, described.long)
    return replace(
        described,
        values=np.concatenate([described.values, np.minimum(values, _CEILING)], axis=1),
        phrases=(*PHRASES, *ELEMENT_PHRASES),
        names=names,
    )


def _described(pages: Pages) -> Description:
    columns = shape(pages) | layout(pages) | place(pages)
    ordered = np.concatenate([columns[name] for name in NAMES], dtype=np.float32)
    values = np.minimum(ordered, _CEILING).reshape(len(NAMES), -1).T
    long = values[:, LONG] > 0
    return Description(values, long, *pages.words.buckets(), PHRASES, pages.quote)


def _nothing() -> Description:
    nothing = np.zeros(0, np.int64)
    values = np.zeros((0, len(NAMES)), np.float32)
    return Description(values, nothing > 0, nothing, nothing, PHRASES, _none)


def _none(block: int, place: int) -> str:
    raise IndexError(f"no bucket {place} of block {block}: the page has no blocks")
