"""Fold what a line says: what its renderer put in is taken out, white space is one space."""

from __future__ import annotations

import re
from collections.abc import Callable

import regex

from cleaner.dump.lines import INVISIBLE, INVISIBLES, Line, folded

# Kana, Han and their punctuation are wrapped after any character: a line break inside a paragraph
# is no space there. (Thai to Khmer set no spaces between words either, but are wrapped where there
# is one.)
_WIDE_SCRIPTS = "\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
FIRST_WIDE = _WIDE_SCRIPTS[0]
WIDE = re.compile(f"[{_WIDE_SCRIPTS}]")
# Behind a word a bracketed number is a note, where words are told apart. Before a letter it is not:
# Hebrew and Arabic write "in" and "and" in one word with a name that is a link, Thai all words.
_LINK_MARK = regex.compile(
    rf"(?V1)(?<![[\w\])]--[{_WIDE_SCRIPTS}]])\[\d{{1,4}}\]"
    r"|(?<=[\p{Lo}\p{M}])\[\d{1,4}\](?=[\p{L}\p{N}])"
)
# A page quotes a bracketed number or two, behind what it is a note to; lynx numbers every link,
# from 1 on and before its text.
_LINK_MARKS_OF_LYNX = 4
_LINK_MARK_OF_WORD = regex.compile(
    rf"(?<![^\s\p{{Lo}}\p{{M}}{INVISIBLES}{_WIDE_SCRIPTS}”])\[([1-9])\](?=[\p{{L}}\p{{N}}])"
)

_MARKDOWN = ("**", "](")
_MARKDOWN_HEADINGS = ("#", "##", "###", "####")
_MARKDOWN_LINK = regex.compile(r"!?\[([^\[\]\n]*+)\]\([^()\n]{0,2000}+\)")
_EMPHASIS = regex.compile(
    r"\*++(?=\S)|(?<=\S)\*++|(?<!\w)_++(?=\S)|(?<=\S)_++(?!\w)|\\([!-/:-@\[-`{-~])"
)

# Beside a character of wide scripts a line break is no space, but for letters of other scripts; nor
# is it within a number that stands between such characters.
_BREAK = r"[^\S\r\n]*+[\r\n]\s*+"
_WRAP_IN_WIDE = regex.compile(
    rf"(?<=[{_WIDE_SCRIPTS}]){_BREAK}(?=[{_WIDE_SCRIPTS}]|[^\p{{L}}\s])"
    rf"|(?<=[^\p{{L}}\s]){_BREAK}(?=[{_WIDE_SCRIPTS}])"
    rf"|(?<=[{_WIDE_SCRIPTS}]\d{{1,9}}){_BREAK}(?=\d{{1,9}}[{_WIDE_SCRIPTS}])"
)


def folding(text: str, lines: list[Line], *, hidden: bool, unwraps: bool) -> Callable[[str], str]:
    """The function that folds a slice of this dump: only what its renderer does is undone."""
    # What is replaced by what, and the signs without which there is nothing to replace.
    undone: list[tuple[re.Pattern[str] | regex.Pattern[str], str, str]] = []
    if hidden:
        undone.append((INVISIBLE, "", INVISIBLES))
    if unwraps and not text.isascii() and WIDE.search(text):
        undone.append((_WRAP_IN_WIDE, "", "\n\r"))
    if "[1" in text and _numbers_links(text):
        undone.append((_LINK_MARK, "", "["))
    headed = "#" in text and any(
        marker in _MARKDOWN_HEADINGS and not indent for _, _, _, indent, marker, _ in lines
    )
    if headed or any(mark in text for mark in _MARKDOWN):
        undone.append((_MARKDOWN_LINK, r"\1", "["))
        undone.append((_EMPHASIS, r"\1", "*_\\"))

    if not undone:
        return folded

    def fold(piece: str) -> str:
        bare = piece
        for pattern, replacement, signs in undone:
            for sign in signs:
                if sign in bare:
                    bare = pattern.sub(replacement, bare)
                    break
        return folded(bare) or folded(piece)

    return fold


def _numbers_links(text: str) -> bool:
    """Whether the bracketed numbers of a text are those that lynx gives to links."""
    marks = len(_LINK_MARK.findall(text))
    if marks >= _LINK_MARKS_OF_LYNX:
        return True
    numbers = _LINK_MARK_OF_WORD.findall(text)
    return bool(marks) and numbers == [str(k + 1) for k in range(marks)]
