"""What the styles share: labelled lines, blank lines between them, and how a style looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from cleaner.strategies.values import Kind, Part, Piece

LISTED = frozenset({Kind.ITEM, Kind.NUMBERED})
APART = frozenset({Kind.PARAGRAPH, Kind.TITLE, Kind.HEADING, Kind.CAPTION})


class Line(NamedTuple):
    """A line of a dump and its label; a blank line has none."""

    label: str
    text: str


BLANK = Line("", "")


@dataclass(frozen=True, slots=True)
class Look:
    """In what dumps of one style differ from page to page.

    `tight`: fewer blank lines; `glued`: buttons on one line, in some styles lists too;
    `emphasis`: bold and italic marked; `numbered`: links numbered; `hidden`: soft hyphens and
    no-break spaces; `page_title`: a line of headline and site first; `residue`: what the program
    says of itself.
    """

    style: str
    tight: bool = False
    glued: bool = False
    emphasis: bool = False
    numbered: bool = False
    width: int = 0
    indent: int = 0
    hidden: bool = False
    page_title: bool = False
    residue: bool = False


class Writer:
    """Lines written one after the other, with no more blank lines between them than asked for."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def gap(self, size: int = 1) -> None:
        """See to so many blank lines before what comes next; none at the top."""
        blank = 0
        for line in reversed(self.lines):
            if line.text:
                break
            blank += 1
        if self.lines:
            self.lines += [BLANK] * (size - blank)

    def write(self, piece: Piece, texts: Iterable[str]) -> None:
        """Write the lines of a piece."""
        self.lines += [Line(str(piece.label), text) for text in texts]


def glued(part: Part, look: Look) -> Part:
    """A part whose buttons stand beside each other, as pages set them, and run into one line."""
    if not look.glued:
        return part
    space = " " if look.style == "inscriptis" else ""
    pieces: list[Piece] = []
    for kind, run in groupby(part, lambda piece: piece.kind):
        if kind is Kind.BUTTON:
            first, *more = run
            text = space.join(piece.text for piece in (first, *more))
            pieces.append(first._replace(text=text, kind=Kind.LINE))
        else:
            pieces += run
    return tuple(pieces)


def numbers(part: Part) -> list[int]:
    """The number of each numbered piece of a part in its list, from 1; 0 for the others."""
    found, count = [], 0
    for piece in part:
        count = count + 1 if piece.kind is Kind.NUMBERED else 0
        found.append(count)
    return found


def without(parts: Sequence[Part], *kinds: Kind) -> list[Part]:
    """The parts without pieces that a style does not show."""
    return [tuple(piece for piece in part if piece.kind not in kinds) for part in parts]
