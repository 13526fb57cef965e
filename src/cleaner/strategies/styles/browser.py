"""Styles that set a page as a browser does: resiliparse, inscriptis, text copied from a window."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from cleaner.article import Label
from cleaner.strategies.styles.lines import APART, LISTED, Line, Look, Writer, numbers, without
from cleaner.strategies.values import Kind, Part

_BULLETS = "*+o-"  # of inscriptis, by depth
_COLUMNS = {Label.BYLINE: 4, Label.DATE: 4, Label.CAPTION: 4, Label.SHARE: 6, Label.RELATED: 8}
_LONG_WORD = re.compile(r"[^\W\d_]{12,}")


def resiliparse(parts: Sequence[Part], look: Look) -> list[Line]:
    """Bullets, blank lines around paragraphs and lists, image texts; nothing is wrapped."""
    out = Writer()
    before: Kind | None = None
    for part in parts:
        if not look.tight:
            out.gap()
        for piece, number in zip(part, numbers(part), strict=True):
            kind = Kind.ITEM if piece.kind in LISTED else piece.kind
            if (
                kind in APART
                or before in APART
                or (kind is not before and Kind.ITEM in (kind, before))
            ):
                out.gap()
            margin = "  " * (1 + piece.depth)
            mark = f"{margin}{number}. " if number else f"{margin}• " if kind is Kind.ITEM else ""
            out.write(piece, [mark + piece.text])
            before = kind
    return out.lines


def inscriptis(parts: Sequence[Part], look: Look) -> list[Line]:
    """Columns of indents, as the boxes of the page stand in each other."""
    out = Writer()
    for part in parts:
        margin = " " * (look.indent + _COLUMNS.get(part[0].label, 0))
        if not look.tight:
            out.gap()
        for piece, number in zip(part, numbers(part), strict=True):
            if piece.kind in APART:
                out.gap()
            inner = margin + "    " * piece.depth if piece.kind in LISTED else margin
            bullet = f"{_BULLETS[piece.depth]} " if piece.kind is Kind.ITEM else ""
            mark = f"  {number}. " if number else f"  {bullet}" if bullet else ""
            out.write(piece, [inner + mark + piece.text])
            if piece.kind in APART:
                out.gap()
    return out.lines


def clipboard(parts: Sequence[Part], look: Look) -> list[Line]:
    """Text marked in a browser's window and copied: no bullets, some lists on one line."""
    out = Writer()
    label: Label | None = None
    for part in without(parts, Kind.IMAGE):
        paragraph = len(part) == 1 and part[0].label is label is Label.BODY
        if not (paragraph and look.tight):
            out.gap()
        for listed, pieces in groupby(part, lambda piece: piece.kind is Kind.ITEM):
            run = list(pieces)
            texts = [_hidden(p.text) if look.hidden and p.kind in APART else p.text for p in run]
            if listed and look.glued and run[0].label is not Label.RELATED:
                out.write(run[0], ["\t".join(texts)])
            else:
                for piece, text in zip(run, texts, strict=True):
                    out.write(piece, [text])
        label = part[-1].label if part else label
    return out.lines


def _hyphened(word: re.Match[str]) -> str:
    text = word[0]  # of a script without case, none is hyphened
    return f"{text[:6]}\u00ad{text[6:]}" if text.islower() or text.istitle() else text


def _hidden(text: str) -> str:
    """A text with what browsers hide: soft hyphens in long words, no-break spaces after numbers."""
    hyphened = _LONG_WORD.sub(_hyphened, text)
    return re.sub(r"(?<=\d) (?=\w)", "\u00a0", hyphened)
