"""The values that the pipeline passes on: labels, blocks, evidence and the article."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, NamedTuple


class Label(StrEnum):
    """What a block is; the same words in fixtures, reports and the changelog.

    The first five are kept, the rest is cruft, each kind by name.

    >>> Label("ticker")
    <Label.TICKER: 'ticker'>
    >>> [str(label) for label in Label if label.kept]
    ['title', 'byline', 'date', 'body', 'heading']
    """

    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    TAGS = "tags"
    METADATA = "metadata"
    NAVIGATION = "navigation"
    TICKER = "ticker"
    RELATED = "related"
    PROMO = "promo"
    SHARE = "share"
    COMMENTS = "comments"
    FOOTER = "footer"
    OTHER = "other"

    @property
    def kept(self) -> bool:
        """Whether a block of this label is part of the article."""
        return self in _KEPT


_KEPT = frozenset({Label.TITLE, Label.BYLINE, Label.DATE, Label.BODY, Label.HEADING})


class Reason:
    """A reason that is worked out when it is read: most callers never ask.

    `reasons` gives those of all blocks of a page, `index` is the block's. It equals its words.

    >>> str(Reason(lambda: ["ends in a colon"], 0))
    'ends in a colon'
    """

    __slots__ = ("_index", "_reasons")

    def __init__(self, reasons: Callable[[], Sequence[str]], index: int) -> None:
        self._reasons, self._index = reasons, index

    def __str__(self) -> str:
        return self._reasons()[self._index]

    def __repr__(self) -> str:
        return repr(str(self))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, Reason | str) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)  # what leaves the process leaves the page behind


class Block(NamedTuple):
    """A run of consecutive source lines that form one paragraph, heading or list item.

    `start` and `end` are character offsets into `Article.source`; `text` is that slice
    with white space folded and the marks of its renderer (bullets, `#`, emphasis, link
    numbers, invisible characters) left out. `indent` counts columns, `gap` the blank
    lines before. `score` is the probability (0..1) of `label`, `why` what decided: `reason`
    gives it in words.
    """

    start: int
    end: int
    text: str
    indent: int = 0
    marker: str = ""
    gap: int = 0
    label: Label = Label.OTHER
    score: float = 0.0
    why: Reason | str = ""

    @property
    def reason(self) -> str:
        """What decided, in words."""
        return str(self.why)


# The block of what a page declares about itself and does not show.
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field comes from: the text as printed, its block (an index into
    `Article.blocks`, NOWHERE for what HTML declares alone) and the rule that chose it, in words.

    `confidence` is the probability (0..1) that the field is right, None where nobody can tell;
    `runner_up` is what would have been taken instead, as printed, None where there was nothing.
    """

    field: str
    block: int
    text: str
    reason: str
    confidence: float | None = None
    runner_up: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The clean article of a page dump, and what every block of the dump was taken for.

    >>> Article(source="").to_dict()["body"]
    ''
    """

    source: str
    title: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    published: datetime.datetime | None = None
    updated: datetime.datetime | None = None
    date_text: str | None = None
    body: str = ""
    is_article: bool = False
    confidence: float = 0.0
    blocks: tuple[Block, ...] = ()
    captions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the article as JSON-ready values: dates in ISO 8601, tuples as lists."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: Any) -> Any:
    match value:
        case Block():
            *plain, _ = value._asdict().items()
            return {name: _plain(item) for name, item in plain} | {"reason": value.reason}
        case tuple():
            return [_plain(item) for item in value]
        case Evidence():
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case datetime.date():
            return value.isoformat()
        case Label():
            return str(value)
        case _:
            return value
