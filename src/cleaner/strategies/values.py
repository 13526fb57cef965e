"""The values of a generated page: pieces of text with a label, credits, days and the sample."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from cleaner.article import Label
from cleaner.fixture import Fixture, render


class Kind(StrEnum):
    """What a piece is in its page, so that each style can write it in its own way."""

    LINE = "line"
    ITEM = "item"
    NUMBERED = "numbered"
    PARAGRAPH = "paragraph"
    STRONG = "strong"
    TITLE = "title"
    HEADING = "heading"
    IMAGE = "image"
    CAPTION = "caption"
    BUTTON = "button"


class Piece(NamedTuple):
    """A piece of a page: a paragraph, a headline, an entry of a menu.

    `depth` counts lists around an entry and levels below the first of a heading. `links` are the
    slices of the text that are links: text nodes of their own.
    """

    label: Label
    text: str
    kind: Kind = Kind.LINE
    depth: int = 0
    links: tuple[tuple[int, int], ...] = ()


Part = tuple[Piece, ...]  # pieces that stand together: a menu, a share bar, a paragraph

# The kinds of cruft that pages are given, and where they stand: above the headline, between it and
# the last paragraph, below that.
CRUFT = tuple(label for label in Label if not label.kept)
WHERE = ("before", "between", "after")


@dataclass(frozen=True, slots=True)
class Credit:
    """A byline as it stands on the page, as `Article.byline` gives it, and its authors' names."""

    text: str
    byline: str
    authors: tuple[str, ...]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Day:
    """A date line as it stands on the page, as `Article.date_text` gives it, and its day."""

    text: str
    date_text: str
    date: datetime.date

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, repr=False)
class Sample:
    r"""The dump of a generated page and its truth.

    `labels` runs beside `text.split("\n")`, "" for a blank line. `body` is the deck, paragraphs and
    headings of the story, `paragraphs` all of that but the deck, with their labels; `plain` is the
    dump of the same page without its cruft. A field that the page does not show is None or empty.

    >>> sample = Sample("Ferry returns\n\nIt sails.", ("title", "", "body"), "Ferry returns")
    >>> print(sample)
    Ferry returns
    <BLANKLINE>
    It sails.
    """

    text: str
    labels: tuple[str, ...]
    title: str
    byline: str | None = None
    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    date_text: str | None = None
    body: tuple[str, ...] = ()
    language: str = "en"
    style: str = "lynx"
    plain: str = ""
    plain_labels: tuple[str, ...] = ()
    paragraphs: tuple[Piece, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        """The sample as the text of a fixture file, which `cleaner.fixture` reads."""
        header = {
            "style": self.style,
            "language": self.language,
            "title": self.title,
            "authors": "; ".join(self.authors),
            "date": self.date.isoformat() if self.date else "",
            "date_text": self.date_text or "",
        }
        return render(Fixture(self.text, self.labels, header))

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        """Hypothesis prints failing examples with this; it would list all fields otherwise."""
        printer.text(f"\n{self!r}\n")


Names = str | Iterable[str]  # one, or some


def named(names: Names, known: Iterable[str], what: str) -> list[str]:
    """The names that are asked for, as they are asked for; ValueError for one that is unknown,
    TypeError for what is no name.

    >>> named("el", ["de", "el"], "language"), named((), ["de", "el"], "language")
    (['el'], [])
    """
    if isinstance(names, bytes) or not isinstance(names, Iterable):
        raise TypeError(f"{what}: {names!r} is no name, and no names")
    wanted = [names] if isinstance(names, str) else list(map(str, names))
    every = list(map(str, known))
    if unknown := [name for name in wanted if name not in every]:
        raise not_among(unknown, every, what)
    return wanted


def not_among(unknown: Iterable[object], known: Iterable[str], what: str) -> ValueError:
    """The error that tells what there is not, and what there is."""
    return ValueError(f"{what}: {', '.join(map(repr, unknown))} is not among {', '.join(known)}")


def links(text: str, names: Iterable[str], most: int) -> tuple[tuple[int, int], ...]:
    """The slices of a text that hold one of some names, each once and `most` of them, in order."""
    found = [(text.find(name), len(name)) for name in names if name in text]
    spans = sorted((at, at + size) for at, size in found)
    apart = [b for a, b in zip([(0, 0), *spans], spans, strict=False) if b[0] >= a[1]]
    return tuple(apart[:most])
