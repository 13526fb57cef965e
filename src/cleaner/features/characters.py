"""Classes and small letters of code points, as lookup tables."""

from __future__ import annotations

from functools import cache

import numpy as np
import regex
from numpy.typing import NDArray

from cleaner import writing

# Character classes, as bits.
(
    LETTER,
    UPPER,
    DIGIT,
    PUNCTUATION,
    TERMINAL,
    CLOSING,
    SEPARATOR,
    UNSPACED,
    SPELLED,
    QUOTE,
    COMMA,
    COLON,
    ARROW,
    DASH,
    AT,
    COPYRIGHT,
    QUESTION,
    BRACKET,
    CODE,
) = (1 << i for i in range(19))

# The planes in use; all that lies beyond counts as the last code point of them, a Han letter.
LIMIT = 0x20000

_PATTERNS = {
    LETTER: r"[\p{L}\p{M}]",
    UPPER: r"\p{Lu}",
    DIGIT: r"\p{Nd}",
    PUNCTUATION: r"[\p{P}\p{S}]",
    TERMINAL: f"[{writing.STOPS}]",
    CLOSING: f"[{writing.CLOSING}]",
    SEPARATOR: r"[|›»·•/>→–—]",
    UNSPACED: f"[{writing.UNSPACED}]",
    SPELLED: f"[{writing.SPELLED}]",
    QUOTE: r"[\"“”„«»‘’「」『』]",
    COMMA: r"[,،、，;；]",
    COLON: r"[:：]",
    ARROW: r"[»›→>]",
    DASH: r"[-–—―]",
    AT: "@",
    COPYRIGHT: "©",
    QUESTION: r"[?？؟]",
    BRACKET: r"[()\[\]{}（）【】]",
    CODE: r"[{}<=;\\_`~^]",  # what programs are full of, and neither prose nor menus
}


@cache
def classes() -> NDArray[np.uint32]:
    """The classes of every code point below LIMIT, as bits."""
    every = "".join(map(chr, range(LIMIT)))
    table = np.zeros(LIMIT, np.uint32)
    for bit, pattern in _PATTERNS.items():
        for run in regex.finditer(f"{pattern}++", every):
            table[run.start() : run.end()] |= bit
    table[-1] = LETTER | UNSPACED
    return table


@cache
def class_combinations() -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Every code point's combination of classes, and which classes each combination has.

    So the characters of all classes are counted in one pass: (LIMIT,), (combinations, classes).
    """
    bits, of_code = np.unique(classes(), return_inverse=True)
    combinations = (bits[:, None] >> np.arange(len(_PATTERNS))) & 1
    return of_code, combinations.astype(np.float64)


@cache
def folded() -> NDArray[np.uint64]:
    """A number above 0 for every code point below LIMIT, the same for a letter in either case (of
    a small letter of several code points, the first counts)."""
    lower = (ord(chr(code).lower()[0]) + 1 for code in range(LIMIT))
    return np.fromiter(lower, np.uint64, LIMIT)
