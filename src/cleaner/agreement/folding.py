"""Texts as their words, so that what is declared and what is shown can be compared."""

from __future__ import annotations

import regex

_WORD = regex.compile(r"\p{L}++|\p{N}++")


def words(text: str) -> list[str]:
    """The words and numbers of a text, without case and signs.

    >>> words("The Ferry, again")
    ['the', 'ferry', 'again']
    """
    found: list[str] = _WORD.findall(text.casefold())
    return found


def fold(text: str) -> str:
    """A text as its words, a space between them."""
    return " ".join(words(text))
