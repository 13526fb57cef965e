"""One page out of one file or stream."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from cleaner import fixture
from cleaner.records.compressed import DAMAGED, bare_suffix, peekable, unpacked
from cleaner.records.record import Cause, Failure, MissingExtraError, Record, told
from cleaner.records.sniff import FIXTURE_START, FIXTURE_SUFFIX, is_binary

NOT_TEXT = "not text but a binary file; give a text dump or HTML, best saved as UTF-8"

# A page is at most so many bytes in a batch, and after unpacking anywhere. The longest news pages
# have a tenth of it, Common Crawl cuts at half of it; cleaning takes some 90 bytes for each.
MAX_PAGE = 10_000_000
TOO_LONG = f"longer than {MAX_PAGE // 1_000_000} MB; no news page is, cut it down"


def read_file(
    path: str | os.PathLike[str], id: str | None = None, *, limit: int | None = None
) -> Record | Failure:
    """Read one file, compressed or not; a fixture gives its dump.

    `id` names the record, the path as given if None. Whatever can be opened is read, a pipe too;
    at most `limit` bytes, if given, and at most `MAX_PAGE` of a compressed file. Never raises:
    what went wrong is the answer.

    >>> read_file("no/such/page.txt").reason
    'no such file; check the path'
    """
    name = os.fspath(path) if id is None else id
    try:
        with Path(path).open("rb") as stream:
            return _page(stream, name, os.fspath(path), limit)
    except (OSError, ValueError) as error:
        return Failure(name, told(error))


def read_stream(stream: BinaryIO, id: str = "-", *, limit: int | None = None) -> Record | Failure:
    """Read a stream (standard input) to its end, as `read_file` reads a file.

    >>> import io
    >>> read_stream(io.BytesIO(b"Ferry returns")).data
    b'Ferry returns'
    """
    try:
        return _page(peekable(stream), id, "", limit)
    except OSError as error:
        return Failure(id, told(error))


def page(id: str, data: bytes, *, is_fixture: bool = False) -> Record | Failure:
    """Give the record of a page's bytes, or say why they are none: binary, or a broken fixture."""
    if is_binary(data):
        return Failure(id, NOT_TEXT, Cause.CONTENT)
    if is_fixture and data.startswith(FIXTURE_START):
        try:
            data = fixture.parse(data.decode("utf-8")).dump.encode("utf-8")
        except ValueError as error:
            return Failure(id, f"a broken fixture ({error}); see fixtures/README.md", Cause.CONTENT)
    return Record(id, data)


def _page(stream: BinaryIO, id: str, path: str, limit: int | None) -> Record | Failure:
    try:
        inner = unpacked(stream, path)
        if inner is not stream and limit is None:
            limit = MAX_PAGE
        data = inner.read(-1 if limit is None else limit + 1)
    except MissingExtraError as error:
        return Failure(id, str(error))
    except DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the system's word on the file, not on what it holds
        return Failure(id, damaged(error), Cause.CONTENT)
    if limit is not None and len(data) > limit:
        return Failure(id, TOO_LONG, Cause.CONTENT)
    return page(id, data, is_fixture=bare_suffix(path) == FIXTURE_SUFFIX)


def damaged(error: BaseException) -> str:
    """Say in words that a stream is broken, cut off or no longer readable."""
    if isinstance(error, EOFError):
        return told(error)
    words = " ".join(str(error).split()) or type(error).__name__
    return f"damaged ({words}); fetch it again"
