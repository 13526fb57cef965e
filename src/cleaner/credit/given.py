"""Tells a person's name from other words by its given name, or its family name."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

import regex

from cleaner import lexicon

WORDS: Final = range(2, 6)  # of a full name; of longer ones one part may be a given name by chance
PERSON_CHARS: Final = 120  # no full name is longer
REMEMBERED: Final = 256

_WORD: Final = regex.compile(r"[\p{L}\p{M}'’]++")
_UNSPACED: Final = regex.compile(r"\p{Han}{2,3}|\p{Hangul}{3}")
_LETTERS: Final = str.maketrans("łøđı", "lodi")  # letters whose mark is no accent
_ACCENT: Final = regex.compile(r"[\u0300-\u036f]++")


def is_person(name: str) -> bool:
    """Say whether a name is a full one that opens with a common given name, or has it second, as
    where the family name comes first; in Chinese and Korean, one that opens with a family name.

    >>> is_person("Émilie Du Bois"), is_person("Kiss Anna"), is_person("Harbour News")
    (True, True, False)
    >>> is_person("홍길동"), is_person("王小明"), is_person("本報訊")
    (True, True, False)
    """
    return len(name) <= PERSON_CHARS and _is_person(name)


@lru_cache(maxsize=REMEMBERED)
def _is_person(name: str) -> bool:
    if not name.isascii() and _UNSPACED.fullmatch(name):
        return name[0] in _family_names()
    if name.count(" ") + 1 not in WORDS:
        return False
    words = name.split()
    known = _given_names()
    return any(
        (match := _WORD.match(word)) is not None and _fold(match[0]) in known for word in words[:2]
    )


@cache
def _family_names() -> frozenset[str]:
    names = lexicon.load("given_names")["family"]
    return frozenset(name for listed in names.values() for name in listed.split())


@cache
def _given_names() -> frozenset[str]:
    names = lexicon.load("given_names")["name"]
    return frozenset(name for listed in names.values() for name in listed.split())


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", word.lower().translate(_LETTERS)))
    return unicodedata.normalize("NFC", bare)
