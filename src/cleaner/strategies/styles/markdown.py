"""html2text: Markdown, a paragraph to a line."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.article import Label
from cleaner.strategies.styles.lines import LISTED, Line, Look, Writer, numbers
from cleaner.strategies.values import Kind, Part, Piece


def html2text(parts: Sequence[Part], look: Look) -> list[Line]:
    """Headings with `#`, lists with `*`, a blank line between blocks and three after a list."""
    out = Writer()
    for part in parts:
        listed = False
        for piece, number in zip(part, numbers(part), strict=True):
            if piece.kind not in LISTED or not listed:
                out.gap(3 if listed else 1)
            listed = piece.kind in LISTED
            out.write(piece, [_line(piece, number, look)])
        out.gap(3 if listed else 1)
    return out.lines


def _line(piece: Piece, number: int, look: Look) -> str:
    text = piece.text
    if number:
        return f"  {number}. {text}"
    match piece.kind:
        case Kind.ITEM:
            return "  " * (1 + piece.depth) + f"* {text}"
        case Kind.TITLE:
            return f"# {text}"
        case Kind.HEADING:
            return "#" * (1 + piece.depth) + f" {text}"
        case Kind.CAPTION if look.emphasis:
            return f"_{text}_"
        case Kind.STRONG if look.emphasis and piece.links:
            return _bold(text, piece.links[:1])
        case Kind.PARAGRAPH if look.emphasis and piece.label is not Label.OTHER:
            return _bold(text, piece.links)
    return text


def _bold(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}**{text[start:end]}**{text[end:]}"
    return text
