"""Dump styles: how labelled parts are written as lines by the programs that dump pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cleaner.strategies.chance import Chance, maybe, pick
from cleaner.strategies.styles import browser, flat, markdown, terminal
from cleaner.strategies.styles.lines import Line, Look, glued
from cleaner.strategies.values import Part

__all__ = ["FLAT", "STYLES", "Look", "look", "render"]

_WRITERS: dict[str, Callable[[Sequence[Part], Look], list[Line]]] = {
    "resiliparse": browser.resiliparse,
    "inscriptis": browser.inscriptis,
    "html2text": markdown.html2text,
    "lynx": terminal.lynx,
    "bs4": flat.bs4,
    "wet": flat.wet,
    "clipboard": browser.clipboard,
}
STYLES = tuple(_WRITERS)
FLAT = frozenset({"bs4", "wet"})  # without blank lines, indents or bullets

# lynx wraps at 80 columns, and wider where it is told to.
_WIDTHS = (80, 100, 132)
_INDENTS = (0, 2, 4, 6)


def look(chance: Chance, style: str) -> Look:
    """Draw what dumps of one style differ in. Raises ValueError for an unknown style.

    Each style draws all of it, though it heeds a part: so a page may shrink to another style.
    """
    if style not in STYLES:
        raise ValueError(f"no dump style {style!r}: choose from {', '.join(STYLES)}")
    tight, glued, emphasis = maybe(chance), chance.integer(0, 2) == 2, maybe(chance)
    numbered, width, indent = maybe(chance), pick(chance, _WIDTHS), pick(chance, _INDENTS)
    hidden, titled, residue = (chance.integer(0, 2) == 2 for _ in range(3))
    lynx = style == "lynx"
    return Look(
        style=style,
        tight=tight,
        glued=glued and style != "bs4",
        emphasis=emphasis and style == "html2text",
        numbered=numbered and lynx,
        width=width if lynx else 0,
        indent=indent if style == "inscriptis" else 0,
        hidden=hidden and style == "clipboard",
        page_title=style in FLAT or (titled and lynx),
        residue=residue and lynx,
    )


def render(parts: Sequence[Part], look: Look) -> tuple[str, tuple[str, ...]]:
    """Write the parts of a page: its dump, and a label for each line, "" for a blank one."""
    lines = _WRITERS[look.style]([glued(part, look) for part in parts], look)
    while lines and not lines[-1].text:
        lines.pop()
    return "\n".join(line.text for line in lines), tuple(line.label for line in lines)
