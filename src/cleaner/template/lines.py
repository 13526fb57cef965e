"""A page as hashes of its lines: what a template keeps of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import regex

from cleaner.article import Block

# Bytes of a hash: by chance a line is like one of 15,000 others once in 2 ** 34.
HASH = 6
# Of each line two hashes are kept, that of the whole and that of its first words.
LINE = 2 * HASH
_FIRST_WORDS = 6  # of fewer many a sentence begins with the same, of more less recurs
_DIGEST = 8

# Lines of a page that are kept, half of them its first and half its last: furniture stands there.
# One news page in a hundred has more.
KEPT_LINES = 600

_LETTER = regex.compile(r"\p{L}")
_DIGITS = regex.compile(r"\d++")


def blocks(source: str | bytes, *, html: bool | None = None) -> Sequence[Block]:
    """Give the blocks of a page as the labeller is given them.

    `html` says whether it is HTML or a dump; if None, it is told by looking.

    >>> [block.text for block in blocks("<p>Ferry returns</p>")]
    ['Ferry returns']
    """
    from cleaner import dump, markup
    from cleaner.source import looks_like_html, read

    text = read(source).text
    html = looks_like_html(text) if html is None else html
    return markup.read(text).blocks if html else dump.read(text)


def keys(blocks: Sequence[Block]) -> list[bytes]:
    """Give the hashes of each block, of the whole and of its first words: equal where case and
    numbers alone differ ("3 comments").

    A line of nothing but numbers is what it is. Of a short line, or one without spaces, both hashes
    are that of the whole.

    >>> one, other = keys([Block(0, 10, "3 Comments"), Block(0, 11, "12 comments")])
    >>> one == other
    True
    """
    return [_key(block.text) for block in blocks]


def page(blocks: Sequence[Block]) -> bytes:
    """Give a page as the hashes of its lines, one after the other in their order.

    >>> len(page([Block(0, 4, "News"), Block(5, 10, "Sport")])) // LINE
    2
    """
    return joined(keys(blocks))


def joined(keys: Sequence[bytes]) -> bytes:
    """Give a page from the hashes of its blocks."""
    half = KEPT_LINES // 2
    kept = keys if len(keys) <= KEPT_LINES else (*keys[:half], *keys[-half:])
    return b"".join(kept)


def digest(page: bytes) -> int:
    """Give the number by which pages are told apart, and chosen."""
    return int.from_bytes(hashlib.blake2b(page, digest_size=_DIGEST).digest(), "big")


def _key(text: str) -> bytes:
    folded = text.casefold()
    if _LETTER.search(folded):
        folded = _DIGITS.sub("0", folded)
    whole = _hash(folded)
    words = folded.split(None, _FIRST_WORDS)
    return whole + (_hash(" ".join(words[:-1])) if len(words) > _FIRST_WORDS else whole)


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH).digest()
