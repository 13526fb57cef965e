"""Texts as their words, so that what is declared and what is shown can be compared."""

from __future__ import annotations

import re

import regex

_WORD = regex.compile(r"\p{L}++|\p{N}++")
_ASCII_WORD = re.compile(r"[a-z]+|[0-9]+")  # the same, in a fraction of the time


def words(text: str) -> list[str]:
    """The words and numbers of a text, without case and signs.

    >>> words("The Ferry, again")
    ['the', 'ferry', 'again']
    """
    folded = text.casefold()
    found: list[str] = (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)
    return found


def fold(text: str) -> str:
    """A text as its words, a space between them."""
    return " ".join(words(text))
