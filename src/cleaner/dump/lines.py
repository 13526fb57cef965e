"""The lines of a dump: what is set off as margin, marker and gap, and what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

import regex

# Tabs count as so many columns, as in terminals.
_TAB = 8

# Bullets, Markdown headings and quotes, lynx's marks for a button and for a picture without words
# (the name of its file), alone or one after the other.
# A dash or a letter is a bullet only on an indented line: elsewhere it opens a line of dialogue.
# Lists nest a few levels deep; without a bound a line of a million bullets takes all memory.
_PICTURE = re.compile(r"\[[^\[\]\n]{1,120}\.(?i:gif|png|jpe?g|svg|webp)\]")
_SIGN = rf"#{{1,6}}|\(BUTTON\)|{_PICTURE.pattern}(?!$)"
_BULLETS = "•·▪‣◦●○■□*+→»>"
_MARKER = re.compile(rf"(?:(?:[{_BULLETS}]|{_SIGN})(?:\s+|$)){{1,16}}")
_INDENTED_MARKER = re.compile(rf"(?:(?:[{_BULLETS}o-]|{_SIGN})(?:\s+|$)){{1,16}}")

_MARKS = frozenset(f"{_BULLETS}o-#([")  # the first characters of both
_DRAWN = 2  # lines, at least, that a picture opens which is a bullet; another stands for itself
_OPENING_PICTURE = re.compile(rf"(?m)^[^\w\n\[]{{0,40}}({_PICTURE.pattern})")

# These can open the rest of a wrapped line as well as a list item.
WORDS_TOO = ("o", "-")

# Characters that print nothing and part no words: soft hyphen, zero-width space, word joiner, byte
# order mark, direction marks. The joiners U+200C and U+200D stay: Persian and emoji need them.
INVISIBLES = "\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
INVISIBLE = re.compile(f"[{INVISIBLES}]+")

_MARGIN = regex.compile(rf"[\s{INVISIBLES}]++")

# A line has the fields of a block, in its order: start (of the marker), end, text, indent, marker
# and gap. The text is a slice that ends where the line does, not folded yet.
Line = tuple[int, int, str, int, str, int]


def read_lines(text: str, *, hidden: bool) -> list[Line]:
    """The lines that hold anything but white space, invisible characters and bare bullets."""
    found = []
    lines = text.splitlines(keepends=True)
    contents = map(_strip_invisible if hidden else str.strip, lines)
    uneven = hidden or "\t" in text  # a margin may take other columns than it has characters
    drawn = _drawn(text)
    gap = offset = 0
    for line, content in zip(lines, contents, strict=True):
        start = offset
        offset += len(line)
        if not content:
            gap += 1
            continue
        first = content[0]
        indent = 0
        if line[0] != first:
            indent = lead = line.find(first)
            start += lead
            if uneven:
                indent = len(INVISIBLE.sub("", line[:lead]).expandtabs(_TAB))
        end = start + len(content)
        mark, piece = "", content
        if first in _MARKS and (cut := _after_marker(content, indent, drawn)):
            if cut == len(content):
                gap += 1
                continue
            mark, piece = folded(content[:cut]), content[cut:]
        found.append((start, end, piece, indent, mark, gap))
        gap = 0
    return found


def _drawn(text: str) -> Collection[str]:
    """The pictures that open line after line, as bullets do."""
    # Most dumps have none at all; to look for one takes a twentieth of the time of counting them.
    often = Counter(_OPENING_PICTURE.findall(text)) if _PICTURE.search(text) else {}
    return {name for name, number in often.items() if number >= _DRAWN}


def _after_marker(content: str, indent: int, drawn: Collection[str]) -> int:
    """Where the marker of a line ends; 0 where it has none."""
    marker = (_INDENTED_MARKER if indent else _MARKER).match(content)
    # A button may have no text; then its mark is all that stands for it.
    if not marker or content == "(BUTTON)":
        return 0
    end = marker.end()
    if "[" not in marker[0]:
        return end
    bare = end == len(content)
    shown = (one.start() for one in _PICTURE.finditer(marker[0]) if bare or one[0] not in drawn)
    return next(shown, end)


def _strip_invisible(line: str) -> str:
    content = line.strip()
    first = _MARGIN.match(content)
    content = content[first.end() :] if first else content
    last = _MARGIN.match(content[::-1])
    return content[: len(content) - last.end()] if last else content


def hides(text: str) -> bool:
    """Whether a text holds invisible characters; to search for each is faster than for any."""
    return not text.isascii() and any(char in text for char in INVISIBLES)


def folded(piece: str) -> str:
    """A piece of text with each run of white space as one space."""
    if piece.isprintable() and "  " not in piece:  # no white space but single spaces: most are so
        return piece.strip()
    return " ".join(piece.split())
