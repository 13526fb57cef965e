"""Dump styles: how labelled parts are written as lines by the programs that dump pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cleaner.strategies.chance import Chance, maybe, pick
from cleaner.strategies.styles import browser, flat, markdown, terminal
from cleaner.strategies.styles.lines import Line, Look, glued
from cleaner.strategies.values import Part

__all__ = ["STYLES", "Look", "look", "render"]

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

# lynx wraps at 80 columns, and wider where it is told to.
_WIDTHS = (80, 100, 132)
_INDENTS = (0, 2, 4, 6)


def look(chance: Chance, style: str) -> Look:
    """Draw what dumps of one style differ in. Raises ValueError for an unknown style."""
    if style not in STYLES:
        raise ValueError(f"no dump style {style!r}: choose from {', '.join(STYLES)}")
    lynx, titled = style == "lynx", style in ("bs4", "wet")
    return Look(
        style=style,
        tight=maybe(chance),
        glued=style != "bs4" and chance.integer(0, 2) == 2,
        emphasis=style == "html2text" and maybe(chance),
        numbered=lynx and maybe(chance),
        width=pick(chance, _WIDTHS) if lynx else 0,
        indent=pick(chance, _INDENTS) if style == "inscriptis" else 0,
        hidden=style == "clipboard" and chance.integer(0, 2) == 2,
        page_title=titled or (lynx and chance.integer(0, 2) == 2),
        residue=lynx and chance.integer(0, 2) == 2,
    )


def render(parts: Sequence[Part], look: Look) -> tuple[str, tuple[str, ...]]:
    """Write the parts of a page: its dump, and a label for each line, "" for a blank one."""
    lines = _WRITERS[look.style]([glued(part, look) for part in parts], look)
    while lines and not lines[-1].text:
        lines.pop()
    return "\n".join(line.text for line in lines), tuple(line.label for line in lines)
