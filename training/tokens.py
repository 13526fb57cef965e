"""The words by which dumps, gold and HTML are compared."""

from __future__ import annotations

import re
import unicodedata

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


def tokens(text: str) -> list[str]:
    """The words of a text, case folded; a character each where a script sets no spaces.

    >>> tokens("The Ferry, _again_")
    ['the', 'ferry', 'again']
    """
    return _TOKEN.findall(unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold())


def grams(words: list[str], size: int) -> list[tuple[str, ...]]:
    """All runs of `size` words."""
    return [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]
