"""The byline: which block credits the story's authors, and their names.

A credit is read from left to right, by the words of the lexicon `credits`: what opens it ("By",
"Von", "记者"), what ends a name (a role, a place, a date, a button) and what parts two names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from cleaner import credit
from cleaner.article import Block, Evidence, Label

LINE_WORDS: Final = 25  # a line with more words is prose, if no label says otherwise
CREDIT_WORDS: Final = 8  # "By Ana Ruiz, Tom Lee and Kim Oh": so short a line may not be prose
ROLE_WORDS: Final = 6  # more words beside the names of a further line make it prose
ABOVE: Final = 6  # blocks above the headline where a byline may stand
DECK: Final = 4  # body blocks (a deck in its sentences) that may stand above the byline
AFTER: Final = 12  # blocks after the story where its credit may stand
CLOSE: Final = 3  # blocks around the story's ends where a lead word outweighs the label
GLUE: Final = 3  # blocks (a comma, a role, a portrait's text) between the names of one credit
SURE: Final = 0.5  # from this score on a lone name needs no lead word
STOPS: Final = frozenset(".!?:…。")  # end a sentence, so no credit
PROSE: Final = frozenset({Label.BODY, Label.HEADING})
UNSURE: Final = frozenset({Label.OTHER, Label.METADATA, Label.DATE}) | PROSE
NEVER: Final = frozenset({Label.TITLE, Label.RELATED, Label.TICKER, Label.COMMENTS, Label.FOOTER})
APART: Final = frozenset({Label.TITLE, Label.DATE}) | PROSE  # end a credit
DATED: Final = regex.compile(  # "3 May 2024", "03.05.2024", "May 3, 2024"
    r"\b\d{1,4}(?:[./-]\d{1,2}[./-]|\.? \p{L}{3,12}\.? )\d{2,4}\b|\p{L}{3,12}\.? \d\d?, \d{4}"
)
NOTHING: Final = credit.Credit((), False, False)


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


def pick(blocks: Sequence[Block]) -> Byline | None:
    """Find the story's author credit among labelled blocks; None where nobody is credited.

    Blocks labelled `byline` come first, those about the headline before those after the story;
    failing them a line that opens with a lead word ("By Ana Ruiz") near the story's start.

    >>> page = [
    ...     Block(0, 12, "Bridge opens", label=Label.TITLE),
    ...     Block(13, 32, "By Ana Ruiz, Editor", label=Label.BYLINE),
    ... ]
    >>> pick(page).authors
    ('Ana Ruiz',)
    """
    for _, _, index, reason in sorted(_candidates(blocks, *_story(blocks))):
        if found := _gather(blocks, index, reason):
            return found
    return None


def names(text: str) -> tuple[str, ...]:
    """Split a credit into its authors' names, in order; roles, places and dates are left out.

    >>> names("By Ana Ruiz and Tom Lee, Senior Correspondent")
    ('Ana Ruiz', 'Tom Lee')
    """
    return tuple(text[start:end] for start, end in credit.read(text).spans)


def _story(blocks: Sequence[Block]) -> tuple[int, int, int]:
    """Where the headline, the first and the last body block stand."""
    bodies = [i for i, block in enumerate(blocks) if block.label is Label.BODY]
    titles = [i for i, block in enumerate(blocks) if block.label is Label.TITLE]
    if not bodies:
        title = titles[0] if titles else 0
        return title, title + 1, title + 1
    middle = bodies[len(bodies) // 2]
    above = [i for i in titles if i <= middle]
    start = next((i for i in bodies if not above or i > above[0]), bodies[0])
    return max((i for i in above if i < start), default=start), start, bodies[-1]


def _candidates(
    blocks: Sequence[Block], title: int, start: int, end: int
) -> Iterator[tuple[int, float, int, str]]:
    """The blocks that may credit the authors: rank (0 is best), doubt, index and reason."""
    deck = 0
    for index in range(max(0, title - ABOVE), min(len(blocks), end + AFTER + 1)):
        block = blocks[index]
        deck += block.label is Label.BODY and index >= start
        head = index >= title and deck <= DECK and index <= max(start, end)
        if block.label is Label.BYLINE:
            place = 0 if head else 1 if index < title else 4 if index > end else 6
            yield place + _doubt(block), -block.score, index, "labelled byline"
        elif title - CLOSE <= index <= start + CLOSE and _leads(block):
            yield 2, block.label not in UNSURE, index, "opens with a lead word near the headline"
        elif head and block.label is Label.DATE and _beside_date(block.text):
            yield 3, -block.score, index, "a name beside the date"
        elif end <= index <= end + CLOSE and (_leads(block) or credit.signs_off(block.text)):
            yield 5, 0, index, "opens with a lead word at the story's end"


def _doubt(block: Block) -> int:
    """How little a block labelled `byline` looks like one: 0 or 1 ranks in its place, or 3."""
    if credit.read(block.text).led:
        return 0
    return 1 if block.score >= SURE and credit.read(block.text, strict=True).spans else 3


def _leads(block: Block) -> bool:
    """Whether a block of another label is a short line that a lead word makes a credit."""
    words = 1 + block.text.count(" ")
    if block.label in PROSE and (words > CREDIT_WORDS or block.text[-1:] in STOPS):
        return False
    fits = block.label not in NEVER and words < LINE_WORDS
    return fits and credit.may_lead(block.text) and credit.read(block.text, strict=True).led


def _beside_date(text: str) -> bool:
    dated = text.count(" ") < LINE_WORDS // 2 and DATED.search(text)
    return bool(dated and credit.read(text, strict=True).spans)


def _gather(blocks: Sequence[Block], index: int, reason: str) -> Byline | None:
    """Read the credit that begins in a block, and go on while names follow in the next ones."""
    parts: list[tuple[int, str]] = []
    text, waits, glue = "", True, 0
    for at in range(index, len(blocks)):
        block = blocks[at]
        if at > index and (block.label in APART or glue > GLUE):
            break
        sure = block.label is Label.BYLINE
        read = credit.read(block.text, strict=not sure or not waits)
        if at > index and (not sure and not waits or read.led and parts):
            read = NOTHING
        new = [block.text[a:b] for a, b in read.spans]
        again = any(known in name for _, known in parts for name in new)
        prose = block.text.count(" ") > sum(name.count(" ") + 1 for name in new) + ROLE_WORDS
        if parts and (again or prose):
            new = []
        if new and not parts:
            text = block.text[read.spans[0][0] : read.spans[-1][1]]
        parts += [(at, name) for name in new]
        waits = read.waits or (waits and not parts)
        glue = 0 if new or read.waits else glue + 1
        if not parts and not read.waits:
            return None
    if not parts:
        return None
    authors: dict[str, str] = {}
    for at, name in parts:
        if at != parts[0][0] and name.casefold() not in authors:
            text = ", ".join([*authors.values(), name])
        authors.setdefault(name.casefold(), name)
    return Byline(text, tuple(authors.values()), Evidence("byline", parts[0][0], text, reason))
