"""What a block is made of."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.description import Bools
from cleaner.features import characters as char
from cleaner.features.figures import Figures
from cleaner.features.pages import Numbers, Pages

_ADDRESS_LEADS = ("://", "www.")
_ADDRESS_ENDS = (".com", ".org", ".net")

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
    last = pages.classes[pages.lasts]
    letter, capital = pages.starts_with(char.LETTER), pages.starts_with(char.UPPER)
    unspaced, quote = pages.starts_with(char.UNSPACED), pages.starts_with(char.QUOTE)
    digit = pages.starts_with(char.DIGIT)
    return {
        "ends sentence": pages.ends_sentence,
        "ends colon": (last & char.COLON) != 0,
        "ends ellipsis": _ends_in_ellipsis(pages),
        "ends closing": (last & char.CLOSING) != 0,
        "ends arrow": (last & char.ARROW) != 0,
        "starts lower": letter & ~capital & ~unspaced,
        "starts quote": quote,
        "starts dash": pages.starts_with(char.DASH),
        "starts digit": digit,
        "starts symbol": ~(letter | digit | quote),
    }


def _ends_in_ellipsis(pages: Pages) -> Bools:
    last, codes, dot = pages.lasts, pages.codes, ord(".")
    dots = (codes[last] == dot) & (codes[last - 1] == dot) & (codes[last - 2] == dot)
    ends: Bools = (codes[last] == ord("…")) | (dots & (last - pages.starts >= 2))
    return ends


def _signs(pages: Pages) -> dict[str, Numbers | Bools]:
    figures = Figures(pages.codes, pages.classes)
    return {
        "separators": np.minimum(pages.count(char.SEPARATOR), _MANY) / _MANY,
        "at sign": pages.count(char.AT) > 0,
        "address": pages.twice(_addresses(pages)),
        "copyright": pages.count(char.COPYRIGHT) > 0,
        "question": pages.count(char.QUESTION) > 0,
        "quotes": np.minimum(pages.count(char.QUOTE), _MANY) / _MANY,
        "brackets": np.minimum(pages.count(char.BRACKET), 2) / 2,
        "year": pages.twice(figures.years()),
        "clock": pages.twice(figures.clocks()),
        "numeric date": pages.twice(figures.dates()),
    }


def _addresses(pages: Pages) -> list[int]:
    word = char.LETTER | char.DIGIT
    ends = [at for sign in _ADDRESS_ENDS for at in _places(sign, pages.text)]
    ends = [at for at in ends if not pages.classes[at + len(_ADDRESS_ENDS[0])] & word]
    return ends + [at for sign in _ADDRESS_LEADS for at in _places(sign, pages.text)]


def _places(sign: str, text: str) -> Iterator[int]:
    """Where a sign stands in a text; to search for a few signs is faster than for any."""
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + len(sign))
