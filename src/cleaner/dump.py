"""Read a plain-text dump into blocks: its lines, unwrapped, without the marks of its renderer.

Every renderer writes a page in its own way: nested bullets, indented columns, Markdown, lines
wrapped at some width, one line for every text node. Which of these a dump shows is detected
from the dump as a whole, never assumed; what is joined or left out is said by the offsets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex

from cleaner.article import Block

# Tabs count as so many columns, as in terminals.
_TAB = 8

# Bullets, Markdown headings and quotes, lynx's button mark, alone or one after the other.
# A dash or a letter is a bullet only on an indented line: elsewhere it opens a line of dialogue.
# Lists nest a few levels deep; without a bound a line of a million bullets takes all memory.
_MARKER = regex.compile(r"(?:(?:[•·▪‣◦●○■□*+→»>]|#{1,6}|\(BUTTON\))(?:\s++|$)){1,16}+")
_INDENTED_MARKER = regex.compile(r"(?:(?:[•·▪‣◦●○■□*+→»>o-]|#{1,6}|\(BUTTON\))(?:\s++|$)){1,16}+")

_MARKS = frozenset("•·▪‣◦●○■□*+→»>o-#(")  # the first characters of both

# These can open the rest of a wrapped line as well as a list item.
_WORDS_TOO = ("o", "-")

# Characters that print nothing and part no words: soft hyphen, zero-width space, word joiner, byte
# order mark, direction marks. The joiners U+200C and U+200D stay: Persian and emoji need them.
_INVISIBLES = "\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_INVISIBLE = re.compile(f"[{_INVISIBLES}]+")

_MARGIN = regex.compile(rf"[\s{_INVISIBLES}]++")

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
_FIRST_UNSPACED = _UNSPACED[0]
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
    hidden = _hides(text)
    lines = _lines(text, hidden=hidden)
    fold = _folding(text, lines, hidden=hidden)
    joined = _joined(lines)
    blocks = []
    head: _Line | None = None
    for line, goes_on in zip(lines, [*joined[1:], False], strict=False):
        head = head or line
        if not goes_on:
            words = fold(text[head.text_start : line.end])
            blocks.append(Block(head.start, line.end, words, head.indent, head.marker, head.gap))
            head = None
    return tuple(blocks)


def _lines(text: str, *, hidden: bool) -> list[_Line]:
    """The lines that hold anything but white space, invisible characters and bare bullets."""
    lines = []
    gap = after = 0
    for line in text.splitlines(keepends=True):
        offset, after = after, after + len(line)
        content = _strip_invisible(line.strip()) if hidden else line.strip()
        if not content:
            gap += 1
            continue
        first = content[0]
        indent = lead = 0 if line[0] == first else line.find(content)
        if lead:
            margin = _INVISIBLE.sub("", line[:lead]) if hidden else line[:lead]
            indent = len(margin.expandtabs(_TAB)) if "\t" in margin or hidden else lead
        cut, mark = 0, ""
        if first in _MARKS:
            marker = (_INDENTED_MARKER if indent else _MARKER).match(content)
            cut = marker.end() if marker else 0
            if cut == len(content):
                if content != "(BUTTON)":
                    gap += 1
                    continue
                cut = 0
            mark = _folded(content[:cut])
        start = offset + lead
        end = start + len(content)
        lines.append(_Line(start, start + cut, end, indent, mark, gap, content[cut:]))
        gap = 0
    return lines


def _strip_invisible(content: str) -> str:
    first = _MARGIN.match(content)
    content = content[first.end() :] if first else content
    last = _MARGIN.match(content[::-1])
    return content[: len(content) - last.end()] if last else content


def _hides(text: str) -> bool:
    """Whether a text holds invisible characters; to search for each is faster than for any."""
    return not text.isascii() and any(char in text for char in _INVISIBLES)


def _folding(text: str, lines: list[_Line], *, hidden: bool) -> Callable[[str], str]:
    """The function that folds a slice of this dump: only what its renderer does is undone."""
    # What is replaced by what, and the signs without which there is nothing to replace.
    undone: list[tuple[re.Pattern[str] | regex.Pattern[str], str, str]] = []
    if hidden:
        undone.append((_INVISIBLE, "", _INVISIBLES))
    if not text.isascii() and _WIDE.search(text):
        undone.append((_WRAP_IN_UNSPACED, "", "\n\r"))
    if "[1" in text and len(_LINK_MARK.findall(text)) >= _LINK_MARKS_OF_LYNX:
        undone.append((_LINK_MARK, "", "["))
    if any(mark in text for mark in _MARKDOWN) or any(
        line.marker in _MARKDOWN_HEADINGS and not line.indent for line in lines
    ):
        undone.append((_MARKDOWN_LINK, r"\1", "["))
        undone.append((_EMPHASIS, r"\1", "*_\\"))

    if not undone:
        return _folded

    def fold(piece: str) -> str:
        bare = piece
        for pattern, replacement, signs in undone:
            for sign in signs:
                if sign in bare:
                    bare = pattern.sub(replacement, bare)
                    break
        return _folded(bare) or _folded(piece)

    return fold


def _folded(piece: str) -> str:
    """A piece of text with each run of white space as one space."""
    return " ".join(piece.split())


def _joined(lines: list[_Line]) -> list[bool]:
    """For every line, whether it goes on with the block of the line before."""
    joined = [False] * len(lines)
    taken = [line.indent + line.end - line.start for line in lines]
    wraps = _possible_wraps(lines)
    if width := _wrap_width(taken, wraps):
        for i, room in wraps:
            joined[i] = taken[i - 1] <= width < taken[i - 1] + room
        return joined
    return _split_sentences([line.content for line in lines]) if _flat(lines) else joined


def _possible_wraps(lines: list[_Line]) -> list[tuple[int, int]]:
    """The lines that may go on with the line before, and the columns their first word takes."""
    found = []
    for i, (line, after) in enumerate(pairwise(lines), 1):
        if after.gap:
            continue
        hanging = line.indent + line.text_start - line.start
        if after.marker:
            if after.marker in _WORDS_TOO and after.indent == hanging:
                found.append((i, 1 + len(after.marker)))
        elif after.indent in (line.indent, hanging):
            wide = after.content[0] >= _FIRST_UNSPACED and _WIDE.match(after.content)
            found.append((i, 1 if wide else 1 + len(after.content.split(None, 1)[0])))
    return found


def _wrap_width(taken: list[int], wraps: list[tuple[int, int]]) -> int | None:
    """The width at which this dump was wrapped, or None: that which explains most line breaks.

    `taken` is the columns that each line takes.
    """
    if len(wraps) < _WRAPS_OF_A_WRAPPED_DUMP:
        return None
    top = _WRAP_WIDTHS.stop
    breaks = [0] * (top + 1)
    for i, room in wraps:
        if taken[i - 1] < top:
            breaks[taken[i - 1]] += 1
            breaks[min(taken[i - 1] + room, top)] -= 1
    explained = list(accumulate(breaks))
    lengths = Counter(taken[:-1])
    fitting = list(accumulate(lengths[width] for width in range(top)))
    evidence = [
        explained[w] - _WRAPS_TO_OVERLONG * (len(taken) - 1 - fitting[w]) for w in _WRAP_WIDTHS
    ]
    most = max(evidence)
    return _WRAP_WIDTHS[evidence.index(most)] if most >= _WRAPS_OF_A_WRAPPED_DUMP else None


def _flat(lines: list[_Line]) -> bool:
    # Before the first line there is nothing that a blank line could part it from.
    shaped = sum(bool(line.gap or line.indent or line.marker) for line in lines[1:])
    return shaped <= _FLAT_SHARE * len(lines)


def _split_sentences(contents: list[str]) -> list[bool]:
    """Join the pieces of sentences that stand on lines of their own where a link was."""
    unfinished = [_is(_UNFINISHED, content[-1]) for content in contents]
    continues = [_is(_CONTINUES, content[0]) for content in contents]
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
            joined[i] = link and _is(_EXPECTS_MORE, contents[i - 1][-1])
    return joined


@lru_cache(maxsize=4096)
def _is(kind: regex.Pattern[str], char: str) -> bool:
    """Whether a character is of a kind; a page has few of them, and many times each."""
    return kind.match(char) is not None
