"""Read a plain-text dump into blocks: its lines, unwrapped, without the marks of its renderer.

Every renderer writes a page in its own way: nested bullets, indented columns, Markdown, lines
wrapped at some width, one line for every text node. Which of these a dump shows is detected
from the dump as a whole, never assumed; what is joined or left out is said by the offsets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import accumulate, pairwise, repeat

import regex

from cleaner.article import Block

# Tabs count as so many columns, as in terminals.
_TAB = 8

# Bullets, Markdown headings and quotes, lynx's button mark, alone or one after the other.
# A dash or a letter is a bullet only on an indented line: elsewhere it opens a line of dialogue.
# Lists nest a few levels deep; without a bound a line of a million bullets takes all memory.
_MARKER = re.compile(r"(?:(?:[•·▪‣◦●○■□*+→»>]|#{1,6}|\(BUTTON\))(?:\s+|$)){1,16}")
_INDENTED_MARKER = re.compile(r"(?:(?:[•·▪‣◦●○■□*+→»>o-]|#{1,6}|\(BUTTON\))(?:\s+|$)){1,16}")

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
# A page quotes a bracketed number or two, behind what it is a note to; lynx numbers every link,
# from 1 on and before its text.
_LINK_MARKS_OF_LYNX = 4
_LINK_MARK_OF_WORD = regex.compile(rf"(?<![^\s{_INVISIBLES}])\[([1-9])\](?=\S)")

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


# To call the class takes twice as long.
_block = partial(tuple.__new__, Block)
_UNLABELLED = Block(0, 0, "")[-3:]  # label, score and reason before there are any

# A line has the fields of a block, in its order: start (of the marker), end, text, indent, marker
# and gap. The text is a slice that ends where the line does, not folded yet.
_Line = tuple[int, int, str, int, str, int]


def read(text: str) -> tuple[Block, ...]:
    r"""Read a dump into its blocks, in order; between them lie white space and bare bullets.

    Lines that the renderer wrapped, or split where a link begins and ends, are joined again;
    every other line is a block of its own. Takes time linear in the length of `text`.

    >>> [(block.marker, block.text) for block in read("  • News\n  •\n\n# Ferry returns\n")]
    [('•', 'News'), ('#', 'Ferry returns')]
    """
    hidden = _hides(text)
    lines = _lines(text, hidden=hidden)
    joined = _joined(lines)
    fold = _folding(text, lines, hidden=hidden, unwraps=True in joined)
    if True in joined:
        lines = _unwrapped(text, lines, joined)
    if not lines:
        return ()
    starts, ends, pieces, *drawn = zip(*lines, strict=True)
    columns = (starts, ends, map(fold, pieces), *drawn, *map(repeat, _UNLABELLED))
    return tuple(map(_block, zip(*columns, strict=False)))


def _lines(text: str, *, hidden: bool) -> list[_Line]:
    """The lines that hold anything but white space, invisible characters and bare bullets."""
    found = []
    lines = text.splitlines(keepends=True)
    contents = map(_strip_invisible if hidden else str.strip, lines)
    uneven = hidden or "\t" in text  # a margin may take other columns than it has characters
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
                indent = len(_INVISIBLE.sub("", line[:lead]).expandtabs(_TAB))
        end = start + len(content)
        mark, piece = "", content
        if first in _MARKS and (cut := _after_marker(content, indent)):
            if cut == len(content):
                gap += 1
                continue
            mark, piece = _folded(content[:cut]), content[cut:]
        found.append((start, end, piece, indent, mark, gap))
        gap = 0
    return found


def _after_marker(content: str, indent: int) -> int:
    """Where the marker of a line ends; 0 where it has none."""
    marker = (_INDENTED_MARKER if indent else _MARKER).match(content)
    # A button may have no text; then its mark is all that stands for it.
    return marker.end() if marker and content != "(BUTTON)" else 0


def _strip_invisible(line: str) -> str:
    content = line.strip()
    first = _MARGIN.match(content)
    content = content[first.end() :] if first else content
    last = _MARGIN.match(content[::-1])
    return content[: len(content) - last.end()] if last else content


def _hides(text: str) -> bool:
    """Whether a text holds invisible characters; to search for each is faster than for any."""
    return not text.isascii() and any(char in text for char in _INVISIBLES)


def _folding(text: str, lines: list[_Line], *, hidden: bool, unwraps: bool) -> Callable[[str], str]:
    """The function that folds a slice of this dump: only what its renderer does is undone."""
    # What is replaced by what, and the signs without which there is nothing to replace.
    undone: list[tuple[re.Pattern[str] | regex.Pattern[str], str, str]] = []
    if hidden:
        undone.append((_INVISIBLE, "", _INVISIBLES))
    if unwraps and not text.isascii() and _WIDE.search(text):
        undone.append((_WRAP_IN_UNSPACED, "", "\n\r"))
    if "[1" in text and _numbers_links(text):
        undone.append((_LINK_MARK, "", "["))
    headed = "#" in text and any(
        marker in _MARKDOWN_HEADINGS and not indent for _, _, _, indent, marker, _ in lines
    )
    if headed or any(mark in text for mark in _MARKDOWN):
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


def _numbers_links(text: str) -> bool:
    """Whether the bracketed numbers of a text are those that lynx gives to links."""
    marks = len(_LINK_MARK.findall(text))
    if marks >= _LINK_MARKS_OF_LYNX:
        return True
    numbers = _LINK_MARK_OF_WORD.findall(text)
    return bool(marks) and numbers == [str(k + 1) for k in range(marks)]


def _folded(piece: str) -> str:
    """A piece of text with each run of white space as one space."""
    if piece.isprintable() and "  " not in piece:  # no white space but single spaces: most are so
        return piece.strip()
    return " ".join(piece.split())


def _unwrapped(text: str, lines: list[_Line], joined: list[bool]) -> list[_Line]:
    """The lines, those that are joined as one."""
    heads = [i for i, goes_on in enumerate(joined) if not goes_on]
    whole = []
    for head, after in pairwise([*heads, len(lines)]):
        line = lines[head]
        if after > head + 1:
            start, first_end, piece, indent, marker, gap = line
            end = lines[after - 1][1]
            line = (start, end, text[first_end - len(piece) : end], indent, marker, gap)
        whole.append(line)
    return whole


def _joined(lines: list[_Line]) -> list[bool]:
    """For every line, whether it goes on with the block of the line before."""
    joined = [False] * len(lines)
    taken = [indent + end - start for start, end, _, indent, _, _ in lines]
    wraps = _possible_wraps(lines, taken)
    if width := _wrap_width(taken, wraps):
        for i, room in wraps:
            joined[i] = taken[i - 1] <= width < taken[i - 1] + room
        return joined
    return _split_sentences([line[2] for line in lines]) if _flat(lines) else joined


def _possible_wraps(lines: list[_Line], taken: list[int]) -> list[tuple[int, int]]:
    """The lines that may go on with the line before, and the columns their first word takes.

    `taken` is the columns that each line takes.
    """
    found = []
    narrowest, widest = _WRAP_WIDTHS[0], _WRAP_WIDTHS[-1]
    for i, (columns, line) in enumerate(zip(taken, lines[1:], strict=False), 1):
        if line[-1] or columns > widest or columns + len(line[2]) < narrowest:
            continue
        _, _, content, indent, marker, _ = line
        start, end, before, margin, _, _ = lines[i - 1]
        hanging = margin + end - len(before) - start
        if marker:
            if marker in _WORDS_TOO and indent == hanging:
                found.append((i, 1 + len(marker)))
        elif indent in (margin, hanging):
            wide = content[0] >= _FIRST_UNSPACED and _WIDE.match(content)
            found.append((i, 1 if wide else 1 + len(content.split(None, 1)[0])))
    return found


def _wrap_width(taken: list[int], wraps: list[tuple[int, int]]) -> int | None:
    """The width at which this dump was wrapped, or None: that which explains most line breaks."""
    if len(wraps) < _WRAPS_OF_A_WRAPPED_DUMP:
        return None
    top = _WRAP_WIDTHS.stop
    # By how much the evidence for a width differs from that for the width before.
    change = [-_WRAPS_TO_OVERLONG * (len(taken) - 1)] + [0] * top
    for columns, count in Counter(taken[:-1]).items():
        change[min(columns, top)] += _WRAPS_TO_OVERLONG * count
    for i, room in wraps:
        change[taken[i - 1]] += 1
        change[min(taken[i - 1] + room, top)] -= 1
    evidence = list(accumulate(change))[_WRAP_WIDTHS.start : top]
    most = max(evidence)
    return _WRAP_WIDTHS[evidence.index(most)] if most >= _WRAPS_OF_A_WRAPPED_DUMP else None


def _flat(lines: list[_Line]) -> bool:
    # Before the first line there is nothing that a blank line could part it from.
    shaped = sum(1 for _, _, _, indent, marker, gap in lines[1:] if gap or indent or marker)
    return shaped <= _FLAT_SHARE * len(lines)


def _split_sentences(contents: list[str]) -> list[bool]:
    """Join the pieces of sentences that stand on lines of their own where a link was."""
    firsts, lasts = [content[0] for content in contents], [content[-1] for content in contents]
    continuing = _of_kind(_CONTINUES, firsts)
    unfinished, expecting = _of_kind(_UNFINISHED, lasts), _of_kind(_EXPECTS_MORE, lasts)
    long = [len(content) >= _LONG for content in contents]
    joined = [False] * len(contents)
    for i in range(1, len(contents)):
        continues = firsts[i] in continuing
        if lasts[i - 1] not in unfinished:
            # Punctuation cannot open a line; a word may, after a sentence that has ended.
            joined[i] = continues and not firsts[i].isalpha() and len(contents[i]) == 1
            continue
        sentence = long[i - 1] or joined[i - 1]
        if continues:
            joined[i] = sentence or long[i]
        elif i + 1 < len(contents):
            # A short piece may begin a sentence that a link cuts, where the one before has ended.
            ended = i > 1 and (long[i - 2] or joined[i - 2]) and lasts[i - 2] not in unfinished
            link = lasts[i] in unfinished and firsts[i + 1] in continuing and not long[i]
            begun = sentence or (ended and long[i + 1])
            joined[i] = begun and link and lasts[i - 1] in expecting
    return joined


def _of_kind(kind: regex.Pattern[str], chars: list[str]) -> set[str]:
    """The characters that are of a kind; a page has few of them, and many times each."""
    return {char for char in set(chars) if kind.match(char)}
