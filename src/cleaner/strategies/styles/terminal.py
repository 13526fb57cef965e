"""lynx: a page on a terminal, wrapped at its width, links numbered."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from cleaner.article import Label
from cleaner.strategies.styles.lines import APART, LISTED, Line, Look, Writer, numbers
from cleaner.strategies.values import Kind, Part, Piece

_MARGIN = 3
_BULLETS = "*+o"
_LIST_MARGIN, _NEST = 5, 5
_REFERENCE = "{:>4}. https://news.example/{}"


def lynx(parts: Sequence[Part], look: Look) -> list[Line]:
    """A margin of three columns, bullets, buttons and image texts in brackets."""
    out = Writer()
    links = count(1)
    for part in parts:
        out.gap()
        for piece, number in zip(part, numbers(part), strict=True):
            if piece.kind in APART and piece is not part[0]:
                out.gap()
            out.write(piece, _lines(piece, number, look, links))
            if piece.kind in APART:
                out.gap()
    shown = next(links) - 1
    cruft = any(not piece.label.kept for part in parts for piece in part)
    if shown and cruft:
        _references(out, shown)
    return out.lines


def _references(out: Writer, shown: int) -> None:
    out.gap()
    heading = Piece(Label.OTHER, "References")
    out.write(heading, [heading.text])
    out.gap()
    out.write(heading, (_REFERENCE.format(at, at) for at in range(1, shown + 1)))


def _lines(piece: Piece, number: int, look: Look, links: count[int]) -> list[str]:
    text = piece.text
    if look.numbered:
        for start in reversed([start for start, _ in piece.links]):
            text = f"{text[:start]}\0{text[start:]}"
        while "\0" in text:
            text = text.replace("\0", f"[{next(links)}]", 1)
    margin, hanging = " " * _MARGIN, " " * _MARGIN
    if piece.kind in LISTED:
        margin = " " * (_LIST_MARGIN + _NEST * piece.depth)
        mark = f"{number}. " if number else f"{_BULLETS[piece.depth]} "
        margin, hanging = margin + mark, " " * (len(margin) + len(mark))
    elif piece.kind is Kind.BUTTON:
        text = f"(BUTTON) {text}"
    elif piece.kind is Kind.IMAGE:
        text = f"[{text}]"
    elif piece.kind is Kind.HEADING:
        margin, hanging = "", ""
    elif piece.kind is Kind.TITLE and look.tight:
        margin = " " * max(_MARGIN, (look.width - len(text)) // 2)
    return wrapped(text, look.width, margin, hanging)


def wrapped(text: str, width: int, margin: str, hanging: str) -> list[str]:
    """The lines of a text that is broken at a width: at spaces, and inside what has none.

    Every character counts as one column, as lynx has it, of whatever script.

    >>> wrapped("The ferry sails again", 14, "   ", "   ")
    ['   The ferry', '   sails again']
    """
    lines, line, room = [], margin, width - len(margin)
    for word in text.split(" "):
        started = line.strip() and len(line) > len(margin)
        taken = len(word) + (1 if started else 0)
        if taken > room and started and len(word) <= width - len(hanging):
            lines.append(line)
            line, room, started = hanging, width - len(hanging), False
            taken = len(word)
        if taken <= room:
            line, room = line + (" " if started else "") + word, room - taken
            margin = hanging
            continue
        if started and room > 1:
            line, room = line + " ", room - 1
        for char in word:
            if not room:
                lines.append(line.rstrip())
                line, room = hanging, width - len(hanging)
            line, room = line + char, room - 1
        margin = hanging
    return [*lines, line]
