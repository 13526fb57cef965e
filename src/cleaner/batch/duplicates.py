"""Pages that tell the same story: exact copies, and near ones by their MinHash."""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import regex

from cleaner.records import MissingExtraError, missing
from cleaner.writing import UNSPACED

# Bodies are near duplicates where they share four fifths of their word sequences: a story that
# was edited, cut or signed anew keeps more, two stories about one event share far less.
SIMILAR = 0.8
# So many hashes tell .8 to within .04 (Broder 1997: the error is 1/sqrt of their number).
_HASHES = 128
# Bands of so many hashes find 95 of 100 pairs at .8 and one of 100 at .4:
# 1 - (1 - s**8)**16 (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4).
_BANDS, _ROWS = 16, 8
_SEED = 1
_SEQUENCE = 4

# A word, or a character of the scripts that put no space between words.
_WORD = regex.compile(rf"[{UNSPACED}]|[\w&&[^{UNSPACED}]]++", regex.V1)


class Duplicate(NamedTuple):
    """The earlier page that this one repeats, and how like it is (1.0: word for word)."""

    of: str
    similarity: float


def check() -> None:
    """Raise MissingExtraError where the library of hashes is not installed."""
    try:
        import datasketch  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise MissingExtraError(missing("datasketch", "--dedup")) from error


def signature(body: str) -> bytes:
    """Give what tells duplicates of a body: a digest of its words, and its MinHash; b"" for "".

    White space, case and punctuation do not count.
    """
    from datasketch import MinHash

    words = _WORD.findall(body.casefold())
    if not words:
        return b""
    joined = " ".join(words).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(joined, digest_size=16).digest()
    count = max(1, len(words) - _SEQUENCE + 1)
    sequences = {" ".join(words[i : i + _SEQUENCE]) for i in range(count)}
    hashes = MinHash(_HASHES, seed=_SEED)
    hashes.update_batch([sequence.encode("utf-8", "surrogatepass") for sequence in sequences])
    return digest + bytes(hashes.hashvalues.astype("<u4").tobytes())


class Index:
    """The stories seen so far, on disk: what it holds in memory does not grow with them."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path)
        self._base.executescript(
            "create table if not exists stories (page integer primary key, id blob, hashes blob);"
            "create table if not exists keys"
            " (key blob, page integer, primary key (key, page)) without rowid"
        )

    def forget(self, page: int) -> None:
        """Forget that page and those after it: a broken run may have known more than it wrote."""
        for table in ("stories", "keys"):
            self._base.execute(f"delete from {table} where page >= ?", (page,))

    def add(self, page: int, id: str, signature: bytes) -> Duplicate | None:
        """Give the story of which this page is a duplicate; where there is none it is a new one.

        Of several the likest is given, and of equals the first.
        """
        digest, hashes = signature[:16], signature[16:]
        keys = [digest, *_bands(hashes)]
        first = self._pages(digest)
        if first:
            return Duplicate(self._story(first[0])[0], 1.0)
        candidates = sorted({page for key in keys[1:] for page in self._pages(key)})
        best: Duplicate | None = None
        for candidate in candidates:
            name, other = self._story(candidate)
            similarity = _similarity(hashes, other)
            if similarity >= SIMILAR and (best is None or similarity > best.similarity):
                best = Duplicate(name, similarity)
        if best is None:
            name_bytes = id.encode("utf-8", "surrogatepass")
            self._base.execute("insert into stories values (?, ?, ?)", (page, name_bytes, hashes))
            rows = [(key, page) for key in keys]
            self._base.executemany("insert into keys values (?, ?)", rows)
        return best

    def sync(self) -> None:
        """Put on disk what was added."""
        self._base.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _pages(self, key: bytes) -> list[int]:
        found = self._base.execute("select page from keys where key = ? order by page", (key,))
        return [page for (page,) in found]

    def _story(self, page: int) -> tuple[str, bytes]:
        (row,) = self._base.execute("select id, hashes from stories where page = ?", (page,))
        return row[0].decode("utf-8", "surrogatepass"), row[1]


def _bands(hashes: bytes) -> Iterator[bytes]:
    width = 4 * _ROWS
    for band in range(_BANDS):
        piece = hashes[band * width : (band + 1) * width]
        yield bytes([band]) + hashlib.blake2b(piece, digest_size=8).digest()


def _similarity(one: bytes, other: bytes) -> float:
    same = sum(a == b for a, b in zip(array("I", one), array("I", other), strict=True))
    return same / _HASHES
