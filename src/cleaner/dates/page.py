"""The dates on a page: where they stand, and what the words around them make of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

import regex

from cleaner.article import Block, Label
from cleaner.dates.stamps import Stamp, scan
from cleaner.description import Floats

# To look a label up in its enum takes longer than to compare it: loops over all blocks use these.
TITLE = Label.TITLE
BODY = Label.BODY
DATE = Label.DATE
DATE_LINE = 300  # characters; what is longer is prose that was mislabelled
LEAD_IN = 60  # characters of a line such as "Last updated on:", whose date stands in the next
ROLE_REACH = 8  # words and signs between "published" and its date: "by Ann Lee in Politics on"
PROSE_WORDS = 8  # words beside a date beyond which a line is a sentence rather than a credit
DATE_LINES = 40  # date lines, at most, in which a day is looked for again
HEAD = 24  # blocks that a headline and what stands under it can fill before the text begins

_IN_URL = ("%Y/%m/%d", "%Y-%m-%d", "%Y%m%d")  # how an address writes a day
_ROLE = regex.compile(r"[pUr]")
_ROLE_AHEAD = regex.compile(r"([pUr])[^xpUr0-9]{0,4}$")  # "Updated on:"
_ROLE_BEHIND = regex.compile(r"[)|,\-]?([pUr])(?!.*:$)")  # "2023-06-03 更新"
_JOINED = "r"
_NOT_BARE = frozenset("x0n4ymAJqGgB")  # kinds that a line does not hold which is only a date
_FIGURES = regex.compile(r"(?<![\d./-])(\d\d?+)([./-])(\d\d?+)\2\d{2,4}+(?![\d./-])")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stamp in its block, the kinds of words before and after it, and the role these give it:
    "p" published, "U" updated, "" unmarked."""

    block: int
    stamp: Stamp
    before: str
    after: str
    role: str

    @property
    def bare(self) -> bool:
        """Whether the block says nothing else."""
        return _NOT_BARE.isdisjoint(self.before + self.after)

    @property
    def wordy(self) -> bool:
        """Whether it stands in a sentence, not at the head of a credit."""
        words = self.before.count("x") + self.after.count("x")
        return "x" in self.before and words > PROSE_WORDS


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks, and where the story stands: its headline and its paragraphs."""

    blocks: Sequence[Block]
    today: datetime.date | None
    language: str | None
    title: int
    body: tuple[int, ...]
    likely: Sequence[float] | Floats = ()  # how likely each block is a date line or byline
    url: str | None = None
    known: dict[int, tuple[Mention, ...]] = field(default_factory=dict)  # what has been read

    @property
    def first(self) -> int:
        """The first paragraph, or else the headline."""
        return self.body[0] if self.body else self.title

    @property
    def last(self) -> int:
        """The last paragraph, or else the end."""
        return self.body[-1] if self.body else len(self.blocks)

    def distance(self, block: int) -> int:
        """Count the blocks from here to the story's start; none between headline and text."""
        if self.title < block < self.first:
            return 0
        return min(abs(block - self.title), abs(block - self.first))

    def within(self, labels: Set[Label], start: int, end: int) -> list[int]:
        """Give the blocks of some labels, short enough for a date line, in a range."""
        start = max(start, 0)
        return [
            at
            for at, block in enumerate(self.blocks[start : max(end, 0)], start)
            if block.label in labels and len(block.text) <= DATE_LINE
        ]

    def mentions(self, block: int) -> tuple[Mention, ...]:
        """Read the dates and times of a block."""
        if block not in self.known:
            self.known[block] = self.read(block)
        return self.known[block]

    def read(self, block: int) -> tuple[Mention, ...]:
        """The same, afresh; when a reader joined the site is no date of the page."""
        stamps, gaps = scan(self.blocks[block].text, self.today, self.language)
        if not stamps:
            return ()
        roles = _roles(gaps)
        if not roles[0] and _NOT_BARE.isdisjoint(gaps[0]) and block > 0:
            roles = (self.role_ahead(block - 1), *roles[1:])
        return tuple(
            Mention(block, stamp, gaps[at], gaps[at + 1], roles[at])
            for at, stamp in enumerate(stamps)
            if roles[at] != _JOINED
        )

    def dates(self, blocks: Iterable[int]) -> list[Mention]:
        """Read the dates, not the bare times, of some blocks."""
        found = (mention for at in blocks for mention in self.mentions(at))
        return [mention for mention in found if mention.stamp.form != "time"]

    def role_ahead(self, block: int) -> str:
        """Give the role that a line such as "Published:" leaves to the next one."""
        text = self.blocks[block].text
        if len(text) > LEAD_IN:
            return ""
        match = _ROLE_AHEAD.search(scan(text, self.today, self.language)[1][-1])
        return match[1] if match else ""

    def settle(self, stamp: Stamp) -> Stamp:
        """Decide the order of its numbers by the page's address or its other dates, where these
        agree."""
        if stamp.form != "numeric" or len(stamp.days) < 2:
            return stamp
        told = [day for day in stamp.days if self.tells(day)]
        if len(told) == 1:
            return replace(stamp, days=(told[0],))
        sign = next((letter for letter in stamp.text if letter in "./-"), "/")
        votes = set(self.orders(sign))
        if len(votes) != 1:
            return stamp
        return replace(stamp, days=stamp.days[:1] if True in votes else stamp.days[1:])

    def tells(self, day: datetime.date) -> bool:
        """Whether the page's address holds a day, or one of its date lines does beyond doubt."""
        if any(f"{day:{form}}" in (self.url or "") for form in _IN_URL):
            return True
        lines = [at for at, block in enumerate(self.blocks) if block.label is DATE]
        found = self.dates(lines[:DATE_LINES])
        return any(m.stamp.form != "relative" and m.stamp.days == (day,) for m in found)

    def orders(self, sign: str) -> Iterator[bool]:
        """Say of each date in figures that is beyond doubt whether its day comes first."""
        for block in self.blocks:
            for first, mark, second in _FIGURES.findall(block.text):
                if mark == sign and (int(first) > 12) != (int(second) > 12):
                    yield int(first) > 12


def read(
    blocks: Sequence[Block],
    today: datetime.date | None,
    language: str | None,
    likely: Sequence[float] | Floats = (),
    url: str | None = None,
) -> Page:
    """Find the story's bounds among labelled blocks.

    The first of the headlines near the text is the one that counts: under it stand dates and
    credits, also where it is printed again before the text.
    """
    titles = [at for at, block in enumerate(blocks) if block.label is TITLE]
    body = [at for at, block in enumerate(blocks) if block.label is BODY]
    body = [at for at in body if not titles or at > titles[0]] or body
    first = body[0] if body else titles[0] if titles else len(blocks)
    near = [at for at in titles if first - HEAD <= at <= first]
    above = [at for at in titles if at < first]
    title = near[0] if near else above[-1] if above else first
    return Page(blocks, today, language, title, tuple(body), likely, url)


def _roles(gaps: tuple[str, ...]) -> tuple[str, ...]:
    """Give each stamp the role that a word before it says, or after it where all stand there."""
    ahead = [_ROLE.findall(gap[-ROLE_REACH:])[-1:] for gap in gaps[:-1]]
    behind = [_ROLE_BEHIND.match(gap) for gap in gaps[1:]]
    if not ahead[0] and behind[-1]:
        return tuple(match[1] if match else "" for match in behind)
    return tuple(role[0] if role else "" for role in ahead)
