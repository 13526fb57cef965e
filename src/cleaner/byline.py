"""The byline: which block credits the story's authors, and their names.

How one line is read stands in `cleaner.credit`; here blocks are ranked by label, place and what
they read as, and names that are spread over several blocks are gathered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import regex

from cleaner import credit
from cleaner.article import Block, Evidence, Label

# To look a label up in its enum takes longer than to compare it: loops over all blocks use these.
TITLE: Final = Label.TITLE
BYLINE: Final = Label.BYLINE
DATE: Final = Label.DATE
BODY: Final = Label.BODY
LINE_WORDS: Final = 25  # a line with more words is prose, if no label says otherwise
CREDIT_WORDS: Final = 8  # "By Ana Ruiz, Tom Lee and Kim Oh": so short a line may not be prose
ROLE_WORDS: Final = 6  # more words beside the names of a further line make it prose
ABOVE: Final = 10  # blocks above the headline where a byline may stand
DECK: Final = 4  # body blocks (a deck in its sentences) that may stand above the byline
AFTER: Final = 12  # blocks after the story where its credit may stand
CLOSE: Final = 3  # blocks around the story's ends where a lead word outweighs the label
FURTHER: Final = 40  # blocks, at most, that a credit spreads over
GLUE: Final = 3  # blocks (a comma, a role, a portrait's text) between the names of one credit
# Ranks, best first: the place of a block labelled `byline`, plus what it reads as; and, among
# them, the blocks of other labels that a lead word or a date vouches for.
HEAD, OVER, BELOW, WITHIN = 0, 10, 20, 30
LED, FULL, DOUBTFUL, LONE = 0, 1, 3, 5
NEAR_HEAD, BESIDE_DATE, NEAR_END = HEAD + 2, HEAD + 4, BELOW + 2
SURE: Final = 0.5  # from this score on a lone name needs no lead word
STOPS: Final = frozenset(".!?:…。")  # end a sentence, so no credit
PROSE: Final = frozenset({Label.BODY, Label.HEADING})
UNSURE: Final = frozenset({Label.OTHER, Label.METADATA, Label.DATE}) | PROSE
NEVER: Final = frozenset({Label.TITLE, Label.RELATED, Label.TICKER, Label.COMMENTS, Label.FOOTER})
APART: Final = frozenset({Label.TITLE, Label.DATE}) | PROSE  # end a credit
DATED: Final = regex.compile(  # "3 May 2024", "03.05.2024", "May 3, 2024", "3 May, 17:46"
    r"\b\d{1,4}(?:[./-]\d{1,2}[./-]|\.? \p{L}{3,12}\.? )\d{2,4}\b|\p{L}{3,12}\.? \d\d?, \d{4}"
    r"|\b\d\d? \p{L}{3,12},? \d\d?:\d\d"
)


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


class Story(NamedTuple):
    """Where the headline, the first and the last body block stand, and where a byline belongs:
    from the headline to the end of a deck in its sentences."""

    title: int
    start: int
    end: int
    head: range


Candidate = tuple[int, float, int, str]  # rank (0 is best), doubt, index and reason


def pick(blocks: Sequence[Block]) -> Byline | None:
    """Find the story's author credit among labelled blocks; None where nobody is credited.

    Of the blocks labelled `byline`, those about the headline come before those after the story, a
    credit with a lead word ("By Ana Ruiz") before a lone name. A lead word close to the headline
    counts under other labels too; last come the reporters named at the story's end.

    >>> page = [
    ...     Block(0, 12, "Bridge opens", label=Label.TITLE),
    ...     Block(13, 32, "By Ana Ruiz, Editor", label=Label.BYLINE),
    ... ]
    >>> pick(page).authors
    ('Ana Ruiz',)
    """
    for _, _, index, reason in _candidates(blocks):
        if found := _gather(blocks, index, reason):
            return found
    return None


def names(text: str) -> tuple[str, ...]:
    """Split a credit into its authors' names, in order; roles, places and dates are left out.

    >>> names("By Ana Ruiz and Tom Lee, Senior Correspondent")
    ('Ana Ruiz', 'Tom Lee')
    """
    return tuple(text[start:end] for start, end in credit.read(text).spans)


def _candidates(blocks: Sequence[Block]) -> Iterator[Candidate]:
    """The blocks that may credit the authors, the likeliest first."""
    story = _story(blocks)
    labelled = sorted(_labelled(blocks, story))
    sure = sum(rank < NEAR_HEAD for rank, *_ in labelled)
    yield from labelled[:sure]
    # Blocks of other labels come after these: mostly they need not be read at all.
    yield from sorted([*labelled[sure:], *_unlabelled(blocks, story)])


def _story(blocks: Sequence[Block]) -> Story:
    bodies = [i for i, block in enumerate(blocks) if block.label is BODY]
    titles = [i for i, block in enumerate(blocks) if block.label is TITLE]
    if not bodies:
        title = titles[0] if titles else 0
        return Story(title, title + 1, title + 1, range(title, title + 2))
    middle = bodies[len(bodies) // 2]
    above = [i for i in titles if i <= middle]
    start = next((i for i in bodies if not above or i > above[0]), bodies[0])
    nearest = max((i for i in above if i < start), default=start)
    title = min((i for i in above if nearest - ABOVE < i < start), default=max(0, start - CLOSE))
    deck = [i for i in bodies if i >= start][DECK:]
    return Story(title, start, bodies[-1], range(title, deck[0] if deck else bodies[-1] + 1))


def _labelled(blocks: Sequence[Block], story: Story) -> Iterator[Candidate]:
    """The blocks labelled `byline`, about the story, that may be one."""
    first, last = max(0, story.title - ABOVE), story.end + AFTER
    for index, block in enumerate(blocks[first : last + 1], first):
        if block.label is BYLINE:
            head = index in story.head
            over, below = index < story.title, index > story.end
            place = HEAD if head else OVER if over else BELOW if below else WITHIN
            if (rank := _rank(block, head)) is not None:
                doubt = 0 if rank == LED else -block.score
                yield place + rank, doubt, index, "labelled byline"


def _unlabelled(blocks: Sequence[Block], story: Story) -> Iterator[Candidate]:
    """The blocks of other labels that a lead word or a date makes a byline."""
    first, last = max(0, story.title - CLOSE), story.end + CLOSE
    for index, block in enumerate(blocks[first : last + 1], first):
        if block.label is BYLINE:
            continue
        if index <= story.start + CLOSE and _leads(block):
            doubt = float(block.label not in UNSURE)
            yield NEAR_HEAD, doubt, index, "opens with a lead word near the headline"
        elif block.label is DATE and index in story.head and _beside_date(block.text):
            yield BESIDE_DATE, -block.score, index, "a name beside the date"
        elif index >= story.end and (_leads(block) or credit.signs_off(block.text)):
            yield NEAR_END, 0, index, "opens with a lead word at the story's end"


def _rank(block: Block, head: bool) -> int | None:
    """How far a block labelled `byline` is from a sure credit; None where it is none."""
    read = credit.read(block.text)
    if read.led:
        return LED
    sure = block.score >= SURE or read.role
    full = bool(credit.read(block.text, strict=True).spans)
    if full:
        return FULL if sure else DOUBTFUL if head else None
    return LONE if sure else None


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
    first = blocks[index]
    read = credit.read(first.text, strict=first.label is not Label.BYLINE)
    if not read.spans and not read.waits:
        return None
    parts = [(index, first.text[a:b]) for a, b in read.spans]
    text = first.text[read.spans[0][0] : read.spans[-1][1]] if parts else ""
    waits, glue = read.waits, 0
    for at, block in enumerate(blocks[index + 1 : index + 1 + FURTHER], index + 1):
        if block.label in APART or glue > GLUE:
            break
        spans, waits = _further(block, [name for _, name in parts], waits)
        new = [(at, block.text[a:b]) for a, b in spans]
        if new and not parts:
            text = block.text[spans[0][0] : spans[-1][1]]
        parts += new
        glue = 0 if new or waits else glue + 1
    return _byline(parts, text, reason) if parts else None


def _further(
    block: Block, known: Sequence[str], waits: bool
) -> tuple[Sequence[tuple[int, int]], bool]:
    """The names by which a block goes on with a credit, and whether still more must follow."""
    sure = block.label is Label.BYLINE
    read = credit.read(block.text, strict=not (sure and waits))
    names_in = [block.text[a:b] for a, b in read.spans]
    prose = block.text.count(" ") > sum(name.count(" ") + 1 for name in names_in) + ROLE_WORDS
    again = any(name in later for name in known for later in names_in)
    # "Transport Correspondent" signs a story; below a name it is what that person does.
    if known and read.role and names_in == [block.text]:
        return (), False
    if not (sure or waits) or (read.led and known) or (known and (prose or again)):
        return (), False
    return read.spans, read.waits or (waits and not known and not read.spans)


def _byline(parts: Sequence[tuple[int, str]], text: str, reason: str) -> Byline:
    authors: dict[str, str] = {}
    for at, name in parts:
        if at != parts[0][0] and name.casefold() not in authors:
            text = ", ".join([*authors.values(), name])  # spread over several blocks
        authors.setdefault(name.casefold(), name)
    return Byline(text, tuple(authors.values()), Evidence("byline", parts[0][0], text, reason))
