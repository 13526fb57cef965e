"""What a block is made of."""

from __future__ import annotations

import re

import numpy as np

from cleaner.features import characters as char
from cleaner.features.page import Numbers, Page

_ADDRESS = re.compile(r"https?://|www\.|\.(?:com|org|net)\b")
_ADDRESSES = ("http", "www.", ".com", ".org", ".net")
# Figures are found first, and only they are looked at more closely; "9.30" is the shortest.
_FIGURES = re.compile(r"\d[\d.:/h-]{3,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<!\d)[0-2]?\d[:.h][0-5]\d(?!\d)")
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)")

_SIZES = (3, 6, 10, 20, 40)  # words: a menu entry, a label, a headline, a sentence, a paragraph
_LONG_WORD = 16  # letters; beyond, a "word" is an address or glued
_FEW_WORDS = 4  # commas are counted for every so many words, and at least once
_MANY = 4  # more of a sign than this tells no more


def shape(page: Page) -> dict[str, Numbers]:
    """Counts and signs of each block by itself, keyed by feature name."""
    columns = {**_amounts(page), **_ends(page), **_signs(page)}
    return {name: np.asarray(column, np.float64) for name, column in columns.items()}


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
    ellipsis = np.array([block.text.endswith(("...", "…")) for block in page.blocks])
    letter, capital = page.starts_with(char.LETTER), page.starts_with(char.UPPER)
    unspaced, quote = page.starts_with(char.UNSPACED), page.starts_with(char.QUOTE)
    digit = page.starts_with(char.DIGIT)
    ends = {
        "ends sentence": page.ends_sentence,
        "ends colon": (last & char.COLON) != 0,
        "ends ellipsis": ellipsis,
        "ends closing": (last & char.CLOSING) != 0,
        "ends arrow": (last & char.ARROW) != 0,
        "starts lower": letter & ~capital & ~unspaced,
        "starts quote": quote,
        "starts dash": page.starts_with(char.DASH),
        "starts digit": digit,
        "starts symbol": ~(letter | digit | quote),
    }
    return {name: flags * 1.0 for name, flags in ends.items()}


def _signs(page: Page) -> dict[str, Numbers]:
    figures = [(match.start(), match[0]) for match in _FIGURES.finditer(page.text)]
    addressed = any(sign in page.text for sign in _ADDRESSES)
    addresses = _ADDRESS.finditer(page.text) if addressed else ()

    def in_figures(pattern: re.Pattern[str]) -> Numbers:
        return page.twice(
            [start + match.start() for start, text in figures for match in pattern.finditer(text)]
        )

    return {
        "separators": np.minimum(page.count(char.SEPARATOR), _MANY) / _MANY,
        "at sign": (page.count(char.AT) > 0) * 1.0,
        "address": page.twice([match.start() for match in addresses]),
        "copyright": (page.count(char.COPYRIGHT) > 0) * 1.0,
        "question": (page.count(char.QUESTION) > 0) * 1.0,
        "quotes": np.minimum(page.count(char.QUOTE), _MANY) / _MANY,
        "brackets": np.minimum(page.count(char.BRACKET), 2) / 2,
        "year": in_figures(_YEAR),
        "clock": in_figures(_CLOCK),
        "numeric date": in_figures(_NUMERIC_DATE),
    }
