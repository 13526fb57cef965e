"""What a block is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.description import Bools, Ints
from cleaner.features import characters as char
from cleaner.features.figures import Figures
from cleaner.features.pages import Numbers, Pages

_ADDRESS_ENDS = ("com", "org", "net")

_SIZES = (3, 6, 10, 20, 40)  # words: a menu entry, a label, a headline, a sentence, a paragraph
_LONG_WORD = 16  # letters; beyond, a "word" is an address or glued
_FEW_WORDS = 4  # commas are counted for every so many words, and at least once
_MANY = 4  # more of a sign than this tells no more


def shape(pages: Pages) -> dict[str, Numbers | Bools]:
    """Counts and signs of each block by itself, keyed by feature name."""
    return {**_amounts(pages), **_ends(pages), **_signs(pages)}


def _amounts(pages: Pages) -> dict[str, Numbers | Bools]:
    units, letters, upper = pages.units, pages.count(char.LETTER), pages.count(char.UPPER)
    chars = pages.lasts - pages.starts + 1
    per_letter = np.maximum(letters, 1)
    capitalised = (pages.classes[pages.words.begins] & char.UPPER) != 0
    initials = np.bincount(pages.words.owners[capitalised], minlength=len(pages))
    return {
        "words": np.log1p(units),
        "letters": np.log1p(letters),
        **{f"over {size} words": units > size for size in _SIZES},
        "word length": np.minimum(letters / np.maximum(units, 1), _LONG_WORD) / (_LONG_WORD / 2),
        "capitals": upper / per_letter,
        "capitalised": initials / np.maximum(units, 1),
        "all capitals": (upper > 1) & (upper == letters),
        "digits": pages.count(char.DIGIT) / chars,
        "punctuation": pages.count(char.PUNCTUATION) / chars,
        "commas": pages.count(char.COMMA) / np.maximum(units, _FEW_WORDS) * _FEW_WORDS,
        "sentences": np.log1p(pages.count(char.TERMINAL)),
        "no letters": letters == 0,
        "unspaced": pages.unspaced / per_letter,
    }


def _ends(pages: Pages) -> dict[str, Numbers | Bools]:
    first, last = pages.classes[pages.starts], pages.classes[pages.lasts]
    colon, closing, arrow = _are(last, char.COLON, char.CLOSING, char.ARROW)
    quote, dash, digit = _are(first, char.QUOTE, char.DASH, char.DIGIT)
    letter, named = _are(first, char.LETTER, char.UPPER | char.UNSPACED)
    return {
        "ends sentence": pages.ends_sentence,
        "ends colon": colon,
        "ends ellipsis": _ends_in_ellipsis(pages),
        "ends closing": closing,
        "ends arrow": arrow,
        "starts lower": letter & ~named,
        "starts quote": quote,
        "starts dash": dash,
        "starts digit": digit,
        "starts symbol": ~(letter | digit | quote),
    }


def _are(classes: NDArray[np.uint32], *kinds: int) -> Bools:
    """Whether characters of some classes are of each kind: (kinds, characters)."""
    are: Bools = (classes & np.array(kinds, np.uint32)[:, None]) != 0
    return are


def _ends_in_ellipsis(pages: Pages) -> Bools:
    last, codes, dot = pages.lasts, pages.codes, ord(".")
    ends: Bools = codes[last] == ord("…")
    dots = np.flatnonzero(codes[last] == dot)
    at = last[dots]
    ends[dots] = (codes[at - 1] == dot) & (codes[at - 2] == dot) & (at - pages.starts[dots] >= 2)
    return ends


def _signs(pages: Pages) -> dict[str, Numbers | Bools]:
    figures = Figures(pages.codes, pages.classes)
    places = _addresses(pages), figures.years(), figures.clocks(), figures.dates()
    addresses, years, clocks, dates = pages.twice(*places)
    return {
        "separators": np.minimum(pages.count(char.SEPARATOR), _MANY) / _MANY,
        "at sign": pages.count(char.AT) > 0,
        "address": addresses,
        "copyright": pages.count(char.COPYRIGHT) > 0,
        "question": pages.count(char.QUESTION) > 0,
        "quotes": np.minimum(pages.count(char.QUOTE), _MANY) / _MANY,
        "brackets": np.minimum(pages.count(char.BRACKET), 2) / 2,
        "code": np.minimum(pages.count(char.CODE), _MANY) / _MANY,
        "year": years,
        "clock": clocks,
        "numeric date": dates,
    }


def _addresses(pages: Pages) -> Ints:
    """Where "www.", ".com" and the like at the end of a word, or "://" stand."""
    codes, classes = pages.codes, pages.classes
    dots, colons = np.flatnonzero(codes == ord(".")), np.flatnonzero(codes[:-2] == ord(":"))
    ends = dots[dots < len(codes) - 4]
    ends = ends[_stand(codes, ends + 1, _ADDRESS_ENDS)]
    ends = ends[(classes[ends + 4] & (char.LETTER | char.DIGIT)) == 0]
    # No word stands across the end of the text: it ends in a line break.
    leads = dots[dots >= 3]
    leads = leads[_stand(codes, leads - 3, ("www",))]
    return np.concatenate([ends, leads, colons[_stand(codes, colons, ("://",))]])


def _stand(codes: Ints, places: Ints, words: Sequence[str]) -> Bools:
    """Whether one of some words of three characters stands at each of some places."""
    found = _number(codes[places], codes[places + 1], codes[places + 2])
    stand: Bools = (found == [[_number(*map(ord, word))] for word in words]).any(0)
    return stand


def _number(a: Any, b: Any, c: Any) -> Any:
    """Three characters as one number."""
    return (a * char.LIMIT + b) * char.LIMIT + c
