"""What a block is made of."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.description import Bools
from cleaner.features import characters as char
from cleaner.features.figures import Figures
from cleaner.features.page import Numbers, Page

_ADDRESS_LEADS = ("://", "www.")
_ADDRESS_ENDS = (".com", ".org", ".net")

_SIZES = (3, 6, 10, 20, 40)  # words: a menu entry, a label, a headline, a sentence, a paragraph
_LONG_WORD = 16  # letters; beyond, a "word" is an address or glued
_FEW_WORDS = 4  # commas are counted for every so many words, and at least once
_MANY = 4  # more of a sign than this tells no more


def shape(page: Page) -> dict[str, Numbers]:
    """Counts and signs of each block by itself, keyed by feature name."""
    return {**_amounts(page), **_ends(page), **_signs(page)}


def _amounts(page: Page) -> dict[str, Numbers]:
    units, letters, upper = page.units, page.count(char.LETTER), page.count(char.UPPER)
    chars = page.lasts - page.starts + 1
    per_letter = np.maximum(letters, 1)
    capitalised = (page.classes[page.words.begins] & char.UPPER) != 0
    initials = np.bincount(page.words.owners[capitalised], minlength=len(page))
    return {
        "words": np.log1p(units),
        "letters": np.log1p(letters),
        **{f"over {size} words": (units > size) * 1.0 for size in _SIZES},
        "word length": np.minimum(letters / np.maximum(units, 1), _LONG_WORD) / (_LONG_WORD / 2),
        "capitals": upper / per_letter,
        "capitalised": initials / np.maximum(units, 1),
        "all capitals": ((upper > 1) & (upper == letters)) * 1.0,
        "digits": page.count(char.DIGIT) / chars,
        "punctuation": page.count(char.PUNCTUATION) / chars,
        "commas": page.count(char.COMMA) / np.maximum(units, _FEW_WORDS) * _FEW_WORDS,
        "sentences": np.log1p(page.count(char.TERMINAL)),
        "no letters": (letters == 0) * 1.0,
        "unspaced": page.unspaced / per_letter,
    }


def _ends(page: Page) -> dict[str, Numbers]:
    last = page.classes[page.lasts]
    letter, capital = page.starts_with(char.LETTER), page.starts_with(char.UPPER)
    unspaced, quote = page.starts_with(char.UNSPACED), page.starts_with(char.QUOTE)
    digit = page.starts_with(char.DIGIT)
    ends = {
        "ends sentence": page.ends_sentence,
        "ends colon": (last & char.COLON) != 0,
        "ends ellipsis": _ends_in_ellipsis(page),
        "ends closing": (last & char.CLOSING) != 0,
        "ends arrow": (last & char.ARROW) != 0,
        "starts lower": letter & ~capital & ~unspaced,
        "starts quote": quote,
        "starts dash": page.starts_with(char.DASH),
        "starts digit": digit,
        "starts symbol": ~(letter | digit | quote),
    }
    return {name: flags * 1.0 for name, flags in ends.items()}


def _ends_in_ellipsis(page: Page) -> Bools:
    last, codes, dot = page.lasts, page.codes, ord(".")
    dots = (codes[last] == dot) & (codes[last - 1] == dot) & (codes[last - 2] == dot)
    ends: Bools = (codes[last] == ord("…")) | (dots & (last - page.starts >= 2))
    return ends


def _signs(page: Page) -> dict[str, Numbers]:
    figures = Figures(page.codes, page.classes)
    return {
        "separators": np.minimum(page.count(char.SEPARATOR), _MANY) / _MANY,
        "at sign": (page.count(char.AT) > 0) * 1.0,
        "address": page.twice(_addresses(page)),
        "copyright": (page.count(char.COPYRIGHT) > 0) * 1.0,
        "question": (page.count(char.QUESTION) > 0) * 1.0,
        "quotes": np.minimum(page.count(char.QUOTE), _MANY) / _MANY,
        "brackets": np.minimum(page.count(char.BRACKET), 2) / 2,
        "year": page.twice(figures.years()),
        "clock": page.twice(figures.clocks()),
        "numeric date": page.twice(figures.dates()),
    }


def _addresses(page: Page) -> list[int]:
    word = char.LETTER | char.DIGIT
    ends = [at for sign in _ADDRESS_ENDS for at in _places(sign, page.text)]
    ends = [at for at in ends if not page.classes[at + len(_ADDRESS_ENDS[0])] & word]
    return ends + [at for sign in _ADDRESS_LEADS for at in _places(sign, page.text)]


def _places(sign: str, text: str) -> Iterator[int]:
    """Where a sign stands in a text; to search for a few signs is faster than for any."""
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + len(sign))
