"""What may be the headline: the lines that may be one, and the parts of lines.

A page-title line ("Headline - Section | Site") is the first line with words of many dumps. Other
lines have parts too: a trail that ends in the headline, a headline with something glued to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
import regex

from cleaner import credit
from cleaner.article import Block
from cleaner.credit.given import is_person
from cleaner.description import Floats
from cleaner.title.edges import after_date, ends_in, trimmed
from cleaner.writing import UNSPACED

TAKEN: Final = 5  # lines looked at: those that the labeller calls a title most
ABOVE: Final = 2  # lines right above the story, which are looked at whatever they are called,
OVER: Final = 10  # and so are these, if they stand again on the page
AGAIN: Final = 64  # lines that are a part of the page-title line; on a page of a site, a few
DOUBTFUL: Final = 0.002  # a line that is less likely a title is none
TOLD: Final = 0.6  # a line that is likelier than this a sentence of the story is no headline
PARTS: Final = 5  # a line of more parts is a menu or a trail
LINE_CHARS: Final = 400  # a headline or a page-title line is no longer
TOP_CHARS: Final = 1 << 14  # of the first line that are looked at
REMEMBERED: Final = 256  # texts; a page's candidates are looked at several times
GLUED_WORDS: Final = 4  # words, at least, of a part that is looked for in other lines
SEPARATOR: Final = regex.compile(
    r"\s(?:[-–—|·•»›:>~]|::|/)\s|\s?[｜|〉]\s?|(?<=\p{Lo})[：_–—-](?=\w)"
)
_SIGN: Final = re.compile(r"[-–—|·•»›:>~/｜〉：_]")  # without one nothing is a separator
WORD: Final = regex.compile(rf"[{UNSPACED}]|[\p{{L}}\p{{M}}\p{{N}}]++")

# Words of Latin, Greek and Cyrillic letters without combining marks are found in a fraction of the
# time: here are the letters and numbers, folded, and what else a text of them may hold.
_GREEK_AND_CYRILLIC: Final = (
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03f5\u0400-\u0481\u048a-\u052f"
)
PLAIN: Final = f"[0-9a-z²³¹¼½¾ªµºÀ-ÖØ-öø-\u024f\u1e00-\u1eff{_GREEK_AND_CYRILLIC}]"
_NOT_PLAIN: Final = re.compile(
    rf"[^\0-\u024f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf{_GREEK_AND_CYRILLIC}]"
)
_PLAIN_WORD: Final = re.compile(f"{PLAIN}+")


class Candidate(NamedTuple):
    """A slice of a block's text that may be the headline; `first` is the part of the block's text
    with which it begins."""

    block: int
    text: str
    first: int = 0
    trimmed: bool = False  # its line has besides only a date, a number, marks or a credit


def is_plain(text: str) -> bool:
    """Whether all letters of a text are Latin, Greek or Cyrillic, and none has a combining mark.

    >>> is_plain("Fährt die Fähre “Ida”?"), is_plain("渡轮恢复通航")
    (True, False)
    """
    return text.isascii() or not _NOT_PLAIN.search(text)


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """A text without case, spaces and signs.

    >>> fold("“Ferry returns!”")
    'ferry returns'
    """
    folded = text.casefold()
    return " ".join((_PLAIN_WORD if is_plain(folded) else WORD).findall(folded))


def candidates(
    blocks: Sequence[Block],
    titles: Floats,
    bodies: Floats,
    top: int | None,
    start: int,
) -> list[Candidate]:
    """The slices that may be the headline, line by line.

    `titles` and `bodies` are the probabilities of these labels (n,), `top` is the page-title line,
    `start` the first block of the story.
    """
    possible = np.flatnonzero(titles >= np.float64(DOUBTFUL))
    likeliest = np.argsort(-titles[possible], kind="stable")[:TAKEN]
    lines = set(possible[likeliest].tolist())
    lines.update(range(max(0, start - ABOVE), start))
    lines.update(() if top is None else (top,))
    lines.update(_again(blocks, top, start))
    fitting = [i for i in sorted(lines) if len(blocks[i].text) <= LINE_CHARS and bodies[i] < TOLD]
    sliced = (one for i in fitting for one in _slices(i, blocks[i].text))
    found = [one for one in sliced if not (after_date(one.text) and _alone(one.text, blocks))]
    glued = list(_glued(blocks, found, top))
    longer = {(one.block, blocks[one.block].text) for one in glued if _signed(blocks, one, top)}
    every = {(one.block, one.text): one for one in [*glued, *found]}
    return [one for key, one in every.items() if key not in longer]


def _alone(text: str, blocks: Sequence[Block]) -> bool:
    """Whether no other line says the same: then the date that opens a headline is none of it."""
    return sum(text in block.text for block in blocks) <= 1


def _signed(blocks: Sequence[Block], one: Candidate, top: int | None) -> bool:
    """Whether a part of the page-title line begins another line, which goes on with a person's
    name: a credit is glued to the headline."""
    if one.block == top or one.first:
        return False
    rest = blocks[one.block].text[len(one.text) :].lstrip()
    spans = credit.read(rest, strict=True).spans
    return bool(spans) and spans[0][0] == 0 and is_person(rest[: spans[0][1]])


def _again(blocks: Sequence[Block], top: int | None, start: int) -> Iterator[int]:
    """The lines above the story that stand again on the page, and those that are a part of the
    page-title line, wherever they stand."""
    above = range(max(0, start - OVER), start)
    over = {blocks[i].text for i in above}
    often = Counter(block.text for block in blocks if block.text in over)
    yield from (i for i in above if often[blocks[i].text] > 1)
    first = "" if top is None else blocks[top].text[:LINE_CHARS]
    named = {part for part in SEPARATOR.split(first) if part.count(" ") + 1 >= GLUED_WORDS}
    if named:
        yield from islice((i for i, block in enumerate(blocks) if block.text in named), AGAIN)


def _slices(index: int, text: str) -> Iterator[Candidate]:
    """A line and its parts: its beginnings, its ends, and what stands between two signs."""
    core = trimmed(text)
    if core != text and WORD.search(core):
        yield Candidate(index, core, int(not text.startswith(core)), trimmed=True)
    marks = [mark.span() for mark in SEPARATOR.finditer(text)] if _SIGN.search(text) else []
    parts = len(marks) + 1
    if parts > PARTS or not WORD.search(text):
        return
    yield Candidate(index, text)
    if parts == 1:
        return
    begin = after_date(text)
    starts, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(text)]
    for first in range(parts):
        for last in range(first, parts):
            outer = (first == 0) + (last == parts - 1)
            inner = text[starts[first] : ends[last]].strip()
            # The core is a candidate already, of which more is known.
            if inner != core and outer < 2 and (outer or first == last) and WORD.search(inner):
                yield Candidate(index, inner, first)
            if starts[first] < begin < ends[last] and last < parts - 1:
                yield Candidate(index, text[begin : ends[last]].rstrip(), first, trimmed=True)


def _glued(
    blocks: Sequence[Block], found: Sequence[Candidate], top: int | None
) -> Iterator[Candidate]:
    """The ends of a line that are a part of another: a headline with a kicker or button glued."""
    parts = {
        one.text
        for one in found
        if (one.block == top or len(one.text) < len(blocks[one.block].text))
        and one.text.count(" ") + 1 >= GLUED_WORDS
    }
    for index in sorted({one.block for one in found}):
        text = blocks[index].text
        for part in sorted(parts):
            if text.startswith(part) and not text[len(part) : len(part) + 1].isalnum():
                yield Candidate(index, part)
            elif ends_in(text, part):
                yield Candidate(index, part, 1)
