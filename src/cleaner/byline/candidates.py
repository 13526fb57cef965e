"""What may credit the story's authors: the lines that may, and the names that each gives.

How one line is read stands in `cleaner.credit`; here lines are singled out, and names that are
spread over several lines are gathered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
import regex

from cleaner import credit
from cleaner.article import Block, Label
from cleaner.credit.given import is_person
from cleaner.credit.names import FULL
from cleaner.credit.tokens import first_words
from cleaner.description import Floats

LINE_WORDS: Final = 40  # a line with more words is prose
TAKEN: Final = 5  # lines read: those that are likeliest a byline,
DATE_SHARE: Final = 0.5  # or, so much less, a date, which may hold a name too
POSSIBLE: Final = 0.02  # a line that is less likely either is none
FREELY: Final = 0.1  # from this probability of a byline on, a line is read freely too
DATELIKE: Final = 0.2  # from this probability on a date line near the story is read
CLOSE: Final = 6  # blocks around headline and start where a lead word or a date counts
BEFORE: Final = 4  # blocks before its end,
AFTER: Final = 8  # and after it, where its credit may stand
FURTHER: Final = 40  # blocks, at most, that a credit spreads over
GLUE: Final = 3  # blocks (a comma, a role, a portrait's text) between the names of one credit
UNDER: Final = 4  # blocks below the headline where a line that is a name may credit it
NOTICE: Final = 200  # characters of a notice of copyright,
NOTICES: Final = 2_000  # and of all that tells whose the site is
GROWING: Final = 4  # lines of a credit after each of which it may end
BARE_CHARS: Final = 40  # of a line that is nothing but a name,
BARE_WORDS: Final = 5  # and its words, at most
ROLE_WORDS: Final = 6  # more words beside the names of a further line make it prose
# To look a label up in its enum takes longer than to compare it: loops over all blocks use these.
BYLINE: Final = Label.BYLINE
PROSE: Final = frozenset({Label.BODY, Label.HEADING})
OTHERS: Final = frozenset({Label.RELATED, Label.COMMENTS, Label.TICKER})  # credit other stories,
SURE: Final = 0.5  # from this probability on
APART: Final = frozenset({Label.TITLE, Label.DATE}) | PROSE  # end a credit
DATED: Final = regex.compile(  # "3 May 2024", "03.05.2024", "May 3, 2024", "3 May, 17:46"
    r"\b\d{1,4}(?:[./-]\d{1,2}[./-]|\.? (?:de )?\p{L}{3,12}\.?(?: del?)? )"
    r"(?:(?:19|20)\d\d|\d{2,4}\b)"
    r"|\p{L}{3,12}\.? \d\d?, \d{4}|\b\d\d? \p{L}{3,12},? \d\d?:\d\d|\d{4}年\d\d?月"
)
COPYRIGHT: Final = ("©", "opyright", "(c)", "(C)")  # one of these stands in each notice of it
# "© 2025 Ana Ruiz. All rights reserved.", "Copyright (c) 2012- Ana Ruiz"
HOLDER: Final = regex.compile(
    r"(?:©|\((?i:c)\)|\b(?i:copyright)\b)[\s\p{N}©()\[\],.cC–-]{0,40}+(?:by )?"
    r"(?P<name>\p{Lu}[\p{L}\p{M}'’. -]{2,40}?)"
    r"(?=[.,]? *(?:\p{N}|[|•]|$)|\. | [–-] |,? (?i:all rights))"
)
YEAR: Final = regex.compile(r"\b(?:19|20)\d\d\b")  # without one it may be a picture's

Names = list[tuple[int, str]]  # the block of each name, and the name


class Story(NamedTuple):
    """The blocks of the headline, and of the story's first and last paragraph."""

    headline: int
    start: int
    end: int


class Candidate(NamedTuple):
    """A credit that may be the authors': its text and names as printed, and how it was read."""

    block: int
    text: str
    names: tuple[str, ...]
    led: bool = False  # a lead word opens it,
    clear: bool = False  # and beyond doubt
    full: bool = False  # it holds what looks like a full name
    strict: bool = False  # only full names were taken
    role: bool = False  # a role stands beside a name
    signs_off: bool = False  # it names the reporters at a story's end
    agency: bool = False  # an agency or a desk is among its names
    lines: tuple[int, ...] = ()  # the blocks in which its names stand
    cut: bool = False  # it is only the first of its line's names,
    beside: bool = False  # a person's, and no other of them is one's
    tied: bool = False  # an open "and" or comma, or the same bullet, ties its lines
    holder: bool = False  # a notice of copyright says that the page is this person's


def candidates(
    blocks: Sequence[Block],
    bylines: Floats,
    dates: Floats,
    story: Story,
    told: Sequence[int],
    owned: str,
) -> list[Candidate]:
    """The credits that may be the authors', in page order.

    `bylines` and `dates` are the probabilities of these labels (n,), `told` are the `notices` of
    the page, and `owned` is what `owners` says.
    """
    lines = sorted(_lines(blocks, bylines, dates, story, owned))
    freely = ((bylines >= FREELY) | (dates >= DATELIKE)).tolist()
    found = [one for i in lines for one in _readings(blocks, i, bool(bylines[i] >= FREELY), freely)]
    return [*found, *_holders(blocks, told)]


def _lines(
    blocks: Sequence[Block], bylines: Floats, dates: Floats, story: Story, owned: str
) -> Iterator[int]:
    worth = bylines + DATE_SHARE * dates
    possible = np.flatnonzero(worth >= POSSIBLE)
    order = possible[np.argsort(-worth[possible], kind="stable")]
    likeliest = list(islice((i for i in map(int, order) if _short(blocks[i])), TAKEN))
    yield from likeliest
    head = range(max(0, story.headline - CLOSE), min(len(blocks), story.start + CLOSE))
    tail = range(max(0, story.end - BEFORE), min(len(blocks), story.end + AFTER))
    for i in {*head, *tail}.difference(likeliest):
        text = blocks[i].text
        own = blocks[i].label not in OTHERS or blocks[i].score < SURE
        under = story.headline < i <= story.headline + UNDER
        if _short(blocks[i]) and (
            dates[i] >= DATELIKE or (own and (_credits(text) or (under and _is_name(text))))
        ):
            yield i
    for i in set(range(1, min(story.headline - CLOSE, len(blocks)))).difference(likeliest):
        if blocks[i].text.lower() in owned and _is_name(blocks[i].text):
            yield i


def notices(blocks: Sequence[Block], story: Story) -> list[int]:
    """The blocks below the story that say whose the page is: its notices of copyright."""
    below = range(story.end + 1, len(blocks))
    return [
        i
        for i in below
        if len(blocks[i].text) < NOTICE and any(sign in blocks[i].text for sign in COPYRIGHT)
    ]


def owners(blocks: Sequence[Block], told: Sequence[int]) -> str:
    """What names the site and whose it is, in lower case: the page-title line and the `notices`."""
    first = [0] if blocks and len(blocks[0].text) < NOTICE else []
    return "\n".join(blocks[i].text for i in (*first, *told))[:NOTICES].lower()


def _holders(blocks: Sequence[Block], told: Sequence[int]) -> Iterator[Candidate]:
    """The persons whose the page is, as its notices have it."""
    for i in told[:TAKEN]:
        found = YEAR.search(blocks[i].text) and HOLDER.search(blocks[i].text)
        if found and _is_name(name := found["name"]) and is_person(name):
            yield Candidate(i, name, (name,), full=True, strict=True, lines=(i,), holder=True)


def _is_name(text: str) -> bool:
    """Whether a line is nothing but what may be a person's full name."""
    if not FULL <= text.count(" ") + 1 <= BARE_WORDS or len(text) > BARE_CHARS:
        return False
    return credit.read(text, strict=True).spans == ((0, len(text)),)


def _credits(text: str) -> bool:
    """Whether a line may credit somebody by its words alone."""
    return credit.may_lead(text) or credit.signs_off(text) or is_person(text)


def _short(block: Block) -> bool:
    return block.text.count(" ") < LINE_WORDS


def _readings(
    blocks: Sequence[Block], index: int, likely: bool, freely: Sequence[bool]
) -> list[Candidate]:
    """The ways to read the credit that begins in a block: strictly or also freely, by itself, as
    its first name alone, or with the names that follow in the next blocks. Freely it is read if it
    is likely one, or else if it may be one and holds no full name."""
    found: dict[tuple[str, ...], Candidate] = {}
    text = blocks[index].text
    full = bool(credit.read(text, strict=True).spans)
    again = likely or (not full and (freely[index] or credit.may_lead(text)))
    for strict in (True, False)[: 1 + again]:
        read = credit.read(text, strict=strict)
        if (read.spans or read.waits) and (strict or freely[index] or read.led):
            about = Candidate(
                index, "", (), read.led, read.clear, full, strict, read.role,
                credit.signs_off(text), read.agency,
            )  # fmt: skip
            for one in _gathered(blocks, index, read, about, freely):
                found.setdefault(one.names, one)
    return list(found.values())


def _gathered(
    blocks: Sequence[Block],
    index: int,
    read: credit.Credit,
    about: Candidate,
    freely: Sequence[bool],
) -> Iterator[Candidate]:
    names: Names = [(index, blocks[index].text[a:b]) for a, b in read.spans]
    text = blocks[index].text[read.spans[0][0] : read.spans[-1][1]] if names else ""
    if names:
        yield _joined(names, text, about)
    if len(names) > 1:
        first, *others = (is_person(name) for _, name in names)
        about_first = about._replace(cut=True, beside=first and not any(others))
        yield _joined(names[:1], names[0][1], about_first)
    waits, glue, tied = read.waits, 0, True
    bullet = blocks[index].marker
    for at, block in enumerate(blocks[index + 1 : index + 1 + FURTHER], index + 1):
        if glue > GLUE or (block.label in APART and not (waits and _brief(block))):
            break
        if not waits and not freely[at] and not _ties(block):
            glue += 1
            continue
        open_, (spans, waits) = waits, _further(block, [name for _, name in names], waits)
        new = [(at, block.text[a:b]) for a, b in spans]
        if new and not names:
            text = block.text[spans[0][0] : spans[-1][1]]
            about = about._replace(full=bool(credit.read(block.text, strict=True).spans))
        if names and new and names[-1][0] - index < GROWING:
            yield _joined(names, text, about._replace(tied=tied and names[-1][0] != names[0][0]))
        names += new
        tied = tied and (not new or open_ or (bool(bullet) and block.marker == bullet))
        glue = 0 if new or waits else glue + 1
    if names:
        yield _joined(names, text, about._replace(tied=tied and names[-1][0] != names[0][0]))


def _brief(block: Block) -> bool:
    return block.text.count(" ") < BARE_WORDS


def _ties(block: Block) -> bool:
    """Whether a line is nothing but an "and" between two names."""
    return block.text.lower() in first_words("conjunction")


def _joined(names: Names, text: str, about: Candidate) -> Candidate:
    lines = tuple(dict.fromkeys(at for at, _ in names))
    authors: dict[str, str] = {}
    for at, name in names:
        if at != lines[0] and name.casefold() not in authors:
            text = ", ".join([*authors.values(), name])  # spread over several blocks
        authors.setdefault(name.casefold(), name)
    return about._replace(block=lines[0], text=text, names=tuple(authors.values()), lines=lines)


def _further(
    block: Block, known: Sequence[str], waits: bool
) -> tuple[Sequence[tuple[int, int]], bool]:
    """The names by which a block goes on with a credit, and whether still more must follow."""
    sure = block.label is BYLINE
    read = credit.read(block.text, strict=not (waits and (sure or not known)))
    names_in = [block.text[a:b] for a, b in read.spans]
    prose = block.text.count(" ") > sum(name.count(" ") + 1 for name in names_in) + ROLE_WORDS
    again = any(name in later for name in known for later in names_in)
    # "Transport Correspondent" signs a story; below a name it is what that person does.
    if known and read.role and names_in == [block.text]:
        return (), False
    if (read.led and known) or (known and (prose or again)):
        return (), False
    return read.spans, read.waits or (waits and not known and not read.spans)
