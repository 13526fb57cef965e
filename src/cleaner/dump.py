"""Read a plain-text dump into blocks: its lines, unwrapped, without the marks of its renderer.

Every renderer writes a page in its own way: nested bullets, indented columns, Markdown, lines
wrapped at some width, one line for every text node. Which of these a dump shows is detected
from the dump as a whole, never assumed; what is joined or left out is said by the offsets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex

from cleaner.article import Block

# Tabs count as so many columns, as in terminals.
_TAB = 8

# Bullets, Markdown headings and quotes, lynx's button mark, alone or one after the other.
# A dash or a letter is a bullet only on an indented line: elsewhere it opens a line of dialogue.
_MARKER = regex.compile(r"(?:(?:[•·▪‣◦●○■□*+→»>]|#{1,6}|\(BUTTON\))(?:\s++|$))++")
_INDENTED_MARKER = regex.compile(r"(?:(?:[•·▪‣◦●○■□*+→»>o-]|#{1,6}|\(BUTTON\))(?:\s++|$))++")

# These can open the rest of a wrapped line as well as a list item.
_WORDS_TOO = ("o", "-")

# Characters that print nothing and part no words: soft hyphen, zero-width space, word joiner, byte
# order mark, direction marks. The joiners U+200C and U+200D stay: Persian and emoji need them.
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]+")

_MARGIN = regex.compile(rf"(?:\s|{_INVISIBLE.pattern})++")

_LINK_MARK = regex.compile(r"(?<![\w\])])\[\d{1,4}\]")
# A page quotes a bracketed number or two; lynx numbers every link.
_LINK_MARKS_OF_LYNX = 4

_MARKDOWN = ("**", "](")
_MARKDOWN_HEADINGS = ("#", "##", "###", "####")
_MARKDOWN_LINK = regex.compile(r"!?\[([^\[\]\n]*+)\]\([^()\n]{0,2000}+\)")
_EMPHASIS = regex.compile(
    r"\*++(?=\S)|(?<=\S)\*++|(?<!\w)_++(?=\S)|(?<=\S)_++(?!\w)|\\([!-/:-@\[-`{-~])"
)

# Scripts that set no space between words (Thai to Khmer, kana, Han and their punctuation): a line
# break inside a paragraph is no space there.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
)
_WIDE = re.compile(f"[{_UNSPACED}]")
_WRAP_IN_UNSPACED = regex.compile(rf"(?<=[{_UNSPACED}])[^\S\r\n]*+[\r\n]\s*+(?=[{_UNSPACED}])")

# Renderers wrap at 70 to 140 columns; characters of double width halve that.
_WRAP_WIDTHS = range(36, 165)
# So many pairs of lines must break where the next word would not have fitted ...
_WRAPS_OF_A_WRAPPED_DUMP = 4
# ... and so many times more than the lines that stand out beyond that width (long addresses do).
_WRAPS_TO_OVERLONG = 5

# In a dump of one text node a line there are no blank lines, indents or bullets to speak of.
_FLAT_SHARE = 0.1
_LONG = 40  # characters: longer than a menu entry, so a line that can be part of a sentence
_CONTINUES = regex.compile(r"[\p{Ll},.;:!?)\]}”’»、，。；：！？）」』]")
_UNFINISHED = regex.compile(r"[\p{L}\p{N},(\[“‘«\-–—]")
_EXPECTS_MORE = regex.compile(r"[\p{Ll},(\[“‘«]")


class _Line(NamedTuple):
    start: int  # of its first visible character, marker included
    text_start: int
    end: int
    indent: int
    marker: str
    gap: int
    content: str


def read(text: str) -> tuple[Block, ...]:
    r"""Read a dump into its blocks, in order; between them lie white space and bare bullets.

    Lines that the renderer wrapped, or split where a link begins and ends, are joined again;
    every other line is a block of its own. Takes time linear in the length of `text`.

    >>> [(block.marker, block.text) for block in read("  • News\n  •\n\n# Ferry returns\n")]
    [('•', 'News'), ('#', 'Ferry returns')]
    """
    lines = _lines(text)
    fold = _folding(text, lines)
    joined = _joined(lines)
    blocks = []
    first = 0
    for last, line in enumerate(lines):
        if last + 1 < len(lines) and joined[last + 1]:
            continue
        head = lines[first]
        words = fold(text[head.text_start : line.end])
        blocks.append(Block(head.start, line.end, words, head.indent, head.marker, head.gap))
        first = last + 1
    return tuple(blocks)


def _lines(text: str) -> list[_Line]:
    """The lines that hold anything but white space, invisible characters and bare bullets."""
    lines = []
    gap = 0
    raw = text.splitlines(keepends=True)
    hidden = _INVISIBLE.search(text) is not None
    for line, offset in zip(raw, accumulate((len(line) for line in raw), initial=0), strict=False):
        content = line.strip()
        if hidden:
            content = _strip_invisible(content)
        if not content:
            gap += 1
            continue
        lead = line.index(content[0]) if not hidden else line.find(content)
        margin = _INVISIBLE.sub("", line[:lead]) if hidden else line[:lead]
        indent = len(margin.expandtabs(_TAB))
        marker = (_INDENTED_MARKER if indent else _MARKER).match(content)
        cut = marker.end() if marker else 0
        if cut == len(content) and content != "(BUTTON)":
            gap += 1
            continue
        start = offset + lead
        mark = " ".join(content[:cut].split()) if cut < len(content) else ""
        text_start = start + (cut if mark else 0)
        lines.append(
            _Line(
                start, text_start, start + len(content), indent, mark, gap, content[cut:] or content
            )
        )
        gap = 0
    return lines


def _strip_invisible(content: str) -> str:
    first = _MARGIN.match(content)
    content = content[first.end() :] if first else content
    last = _MARGIN.match(content[::-1])
    return content[: len(content) - last.end()] if last else content


def _folding(text: str, lines: list[_Line]) -> Callable[[str], str]:
    """The function that folds a slice of this dump: only what its renderer does is undone."""
    substitutions: list[tuple[re.Pattern[str] | regex.Pattern[str], str]] = []
    if _INVISIBLE.search(text):
        substitutions.append((_INVISIBLE, ""))
    if _WIDE.search(text):
        substitutions.append((_WRAP_IN_UNSPACED, ""))
    if "[1" in text and len(_LINK_MARK.findall(text)) >= _LINK_MARKS_OF_LYNX:
        substitutions.append((_LINK_MARK, ""))
    if any(mark in text for mark in _MARKDOWN) or any(
        line.marker in _MARKDOWN_HEADINGS and not line.indent for line in lines
    ):
        substitutions.append((_MARKDOWN_LINK, r"\1"))
        substitutions.append((_EMPHASIS, r"\1"))

    def fold(piece: str) -> str:
        bare = piece
        for pattern, replacement in substitutions:
            bare = pattern.sub(replacement, bare)
        return " ".join(bare.split()) or " ".join(piece.split())

    return fold


def _joined(lines: list[_Line]) -> list[bool]:
    """For every line, whether it goes on with the block of the line before."""
    if width := _wrap_width(lines):
        return [False, *(_wraps(line, after, width) for line, after in pairwise(lines))]
    if _flat(lines):
        return _split_sentences([line.content for line in lines])
    return [False] * len(lines)


def _room_needed(line: _Line, after: _Line) -> tuple[int, int]:
    """The columns that a line takes, and those it would with the first word of the next."""
    taken = line.text_start - line.start + line.indent + len(line.content)
    if after.marker:
        return taken, taken + 1 + len(after.marker)
    if _WIDE.match(after.content):
        return taken, taken + 1
    return taken, taken + 1 + len(after.content.split(None, 1)[0])


def _could_wrap(line: _Line, after: _Line) -> bool:
    hanging = line.indent + line.text_start - line.start
    if after.marker in _WORDS_TOO:
        return not after.gap and after.indent == hanging
    return not after.gap and not after.marker and after.indent in (line.indent, hanging)


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width at which this dump was wrapped, or None: that which explains most line breaks."""
    top = _WRAP_WIDTHS.stop
    breaks = [0] * (top + 1)
    lengths = [0] * (top + 1)
    for line, after in pairwise(lines):
        taken, needed = _room_needed(line, after)
        lengths[min(taken, top)] += 1
        if taken < top and _could_wrap(line, after):
            breaks[taken] += 1
            breaks[min(needed, top)] -= 1
    explained = list(accumulate(breaks))
    fitting = list(accumulate(lengths))
    evidence = {
        w: explained[w] - _WRAPS_TO_OVERLONG * (fitting[-1] - fitting[w]) for w in _WRAP_WIDTHS
    }
    width = max(evidence, key=lambda w: evidence[w])
    return width if evidence[width] >= _WRAPS_OF_A_WRAPPED_DUMP else None


def _wraps(line: _Line, after: _Line, width: int) -> bool:
    if not _could_wrap(line, after):
        return False
    taken, needed = _room_needed(line, after)
    return taken <= width < needed


def _flat(lines: list[_Line]) -> bool:
    # Before the first line there is nothing that a blank line could part it from.
    shaped = sum(bool(line.gap or line.indent or line.marker) for line in lines[1:])
    return shaped <= _FLAT_SHARE * len(lines)


def _split_sentences(contents: list[str]) -> list[bool]:
    """Join the pieces of sentences that stand on lines of their own where a link was."""
    unfinished = [_UNFINISHED.match(content[-1]) is not None for content in contents]
    continues = [_CONTINUES.match(content) is not None for content in contents]
    long = [len(content) >= _LONG for content in contents]
    joined = [False] * len(contents)
    for i in range(1, len(contents)):
        if not unfinished[i - 1]:
            # Punctuation cannot open a line; a word may, after a sentence that has ended.
            joined[i] = continues[i] and not contents[i][0].isalpha() and len(contents[i]) == 1
            continue
        sentence = long[i - 1] or joined[i - 1]
        if continues[i]:
            joined[i] = sentence or long[i]
        elif sentence and i + 1 < len(contents):
            link = unfinished[i] and continues[i + 1] and not long[i]
            joined[i] = link and _EXPECTS_MORE.match(contents[i - 1][-1]) is not None
    return joined
