"""Names that are told apart: ids in the manifest, and files in a folder of pages."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from pathlib import PurePosixPath

from cleaner.records import FIXTURE_SUFFIX, PAGE_SUFFIXES
from cleaner.records.compressed import SUFFIXES, bare_suffix

# What some file system or shell takes for its own, and what no UTF-8 can hold.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\\:*?"<>|\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")

# File systems allow 255 bytes for a name and some a thousand for a path: room is left for a
# suffix and a number, and for the folder.
_MAX_NAME, _MAX_PATH = 180, 700


class Unique:
    """Tells names apart: the second `a` is `a~2`. What it remembers is on disk, not in memory.

    With `fold`, `A` and `a` are one name, as they are to some file systems.
    """

    def __init__(self, *, fold: bool = False) -> None:
        self._fold = fold
        self._base = sqlite3.connect("")
        self._base.executescript(
            "pragma journal_mode = off; pragma synchronous = off;"
            "create table names (name blob primary key, seen integer) without rowid"
        )

    def __call__(self, stem: str, suffix: str = "") -> str:
        """Give `stem + suffix`, with a number between them where that was given before.

        >>> unique = Unique()
        >>> [unique("a"), unique("a"), unique("a~2"), unique("a")]
        ['a', 'a~2', 'a~2~2', 'a~3']
        >>> unique.close()
        """
        number, name = self._seen(stem + suffix) + 1, stem + suffix
        while number > 1 and self._seen(name := f"{stem}~{number}{suffix}"):
            number += 1
        self._note(stem + suffix, number)
        if number > 1:
            self._note(name, 1)
        return name

    def _seen(self, name: str) -> int:
        query = "select seen from names where name = ?"
        row = self._base.execute(query, (self._key(name),)).fetchone()
        return row[0] if row else 0

    def _note(self, name: str, seen: int) -> None:
        self._base.execute("insert or replace into names values (?, ?)", (self._key(name), seen))

    def _key(self, name: str) -> bytes:
        return (name.casefold() if self._fold else name).encode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of what it remembers."""
        self._base.close()


def file_stem(id: str, suffix: str) -> str:
    """Give where the file of a page stands in a folder of pages, without its suffix.

    The folders of the id are kept, with the suffix of the page left out; whatever could lead out
    of the folder, or means something to a file system, is replaced. No folder's name ends in
    `suffix`, so that none is in the way of a file.

    >>> file_stem("a/page.html.gz", ".txt"), file_stem("../../etc/passwd", ".txt")
    ('a/page', '_/_/etc/passwd')
    >>> file_stem("https://news.example/ferry?page=2", ".txt")
    'https_/news.example/ferry_page=2'
    """
    *folders, last = [part for part in id.split("/") if part not in {"", "."}] or ["page"]
    stem = _safe(_without_suffix(last))
    above = [_safe(part) for part in folders]
    above = [f"{part}_" if part.lower().endswith(suffix) else part for part in above]
    path = "/".join([*above, stem])
    if len(path.encode()) > _MAX_PATH:
        return _cut(path.replace("/", "_"), id)
    return path


def _without_suffix(name: str) -> str:
    if bare_suffix(name) in PAGE_SUFFIXES | {FIXTURE_SUFFIX}:
        path = PurePosixPath(name)
        return PurePosixPath(path.stem).stem if path.suffix.lower() in SUFFIXES else path.stem
    return name


def _safe(part: str) -> str:
    safe = _UNSAFE.sub("_", part).rstrip(". ") or "_"
    if _RESERVED.match(safe):
        safe = f"_{safe}"
    return _cut(safe, part) if len(safe.encode()) > _MAX_NAME else safe


def _cut(name: str, whole: str) -> str:
    """The start of a name that is too long, and a digest that tells it from its like."""
    digest = hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return name.encode()[:_MAX_NAME].decode("utf-8", "ignore") + "-" + digest
