"""Styles of one text node or block a line: BeautifulSoup's get_text and WET files."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from cleaner.article import Label
from cleaner.strategies.styles.lines import Line, Look, numbers, without
from cleaner.strategies.values import Kind, Part, Piece

_GLUED = frozenset({Kind.ITEM, Kind.BUTTON})


def bs4(parts: Sequence[Part], _: Look) -> list[Line]:
    """Every text node on its own line: an inline link splits its paragraph."""
    return [
        Line(str(piece.label), node)
        for part in without(parts, Kind.IMAGE)
        for piece in part
        for node in _nodes(piece)
    ]


def _nodes(piece: Piece) -> list[str]:
    bounds = [0, *(at for span in piece.links for at in span), len(piece.text)]
    pieces = (piece.text[a:b].strip() for a, b in pairwise(bounds))
    return [node for node in pieces if node]


def wet(parts: Sequence[Part], look: Look) -> list[Line]:
    """Each block on a line, no blank lines; in many pages a menu is glued into one word."""
    lines = []
    for part in without(parts, Kind.IMAGE):
        numbered = dict(zip(map(id, part), numbers(part), strict=True))
        for (label, glued), group in groupby(part, lambda p: (p.label, p.kind in _GLUED)):
            run = list(group)
            if glued and look.glued and label is not Label.RELATED:
                lines.append(Line(str(label), "".join(piece.text for piece in run)))
                continue
            for piece in run:
                number = numbered[id(piece)]
                lines.append(Line(str(label), f"{number}{piece.text}" if number else piece.text))
    return lines
