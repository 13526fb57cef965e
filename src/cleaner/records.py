"""Files read into records, or into the reason why not: the only place that opens inputs."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from cleaner import fixture

PAGE_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".xhtml"})
FIXTURE_SUFFIX = ".tsv"
_FIXTURE_START = fixture.HEADER.encode()
NOT_TEXT = "not text but a binary file; give a text dump or HTML, best saved as UTF-8"

# So many bytes tell text from a binary file, as git has it.
_SNIFFED = 8000
_TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)

# What no encoding of text has in numbers: control bytes other than white space, backspace and
# escape (ISO-2022-JP switches alphabets with it). Every tenth byte of compressed data is one.
_CONTROL = re.compile(rb"[\x01-\x07\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Record:
    """A page as it was read: its name among the inputs and its bytes."""

    id: str
    data: bytes


class Cause(StrEnum):
    """Why an input gave no record: its path is at fault, what it holds, or nothing is."""

    PATH = "path"
    CONTENT = "content"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no record, and why, in words that say what to do."""

    id: str
    reason: str
    cause: Cause = Cause.PATH


def read_file(path: str | os.PathLike[str], id: str | None = None) -> Record | Failure:
    """Read one file; a fixture gives its dump. Never raises: what went wrong is the answer.

    `id` names the record, the path as given if None. Whatever can be opened is read, a pipe too.

    >>> read_file("no/such/page.txt").reason
    'no such file; check the path'
    """
    data = _bytes(path)
    name = os.fspath(path) if id is None else id
    if isinstance(data, str):
        return Failure(name, data)
    return _record(name, data, is_fixture=_suffix(path) == FIXTURE_SUFFIX)


def read_stream(stream: BinaryIO, id: str = "-") -> Record | Failure:
    """Read a stream (standard input) to its end, as `read_file` reads a file.

    >>> import io
    >>> read_stream(io.BytesIO(b"Ferry returns"))
    Record(id='-', data=b'Ferry returns')
    """
    try:
        data = stream.read()
    except OSError as error:
        return Failure(id, _why(error))
    return _record(id, data, is_fixture=False)


def read_directory(
    root: str | os.PathLike[str], *, exclude: Path | None = None
) -> Iterator[Record | Failure]:
    """Read every page below a directory, sorted by id: the path from there, with `/`.

    Pages are files with a suffix of `PAGE_SUFFIXES`, and fixtures. Anything else gives a failure
    with the cause `SKIPPED`; what cannot be read gives a failure that says why. Links to
    directories are not followed; the resolved path `exclude` is passed over. Nothing is raised.
    """
    top = Path(root)
    unreadable: list[OSError] = []
    paths = [
        Path(folder, name)
        for folder, folders, files in os.walk(top, onerror=unreadable.append)
        for name in [*files, *(name for name in folders if Path(folder, name).is_symlink())]
    ]
    closed = {_id(error.filename, top): _why(error) for error in unreadable}
    named = {_id(path, top): path for path in paths if not _is_same(path, exclude)}
    for name in sorted({*named, *closed}):
        yield Failure(name, closed[name]) if name in closed else _read_below(named[name], name)


def is_binary(data: bytes) -> bool:
    r"""Tell whether bytes are no text: a NUL in their first 8000, or control bytes in numbers.

    A byte order mark makes text of them (UTF-16 is full of NULs), and so does valid UTF-8
    without a NUL.

    >>> is_binary(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), is_binary("été".encode("latin-1"))
    (True, False)
    >>> is_binary("Ferry returns".encode("utf-16"))
    False
    """
    head = data[:_SNIFFED]
    if head.startswith(_TEXT_MARKS):
        return False
    if b"\0" in head:
        return True
    if _is_utf8(head):
        return False
    return len(_CONTROL.findall(head)) > _CONTROL_SHARE * len(head)


def _is_utf8(head: bytes) -> bool:
    try:
        # The cut may fall inside a character: that is no error yet.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _read_below(path: Path, id: str) -> Record | Failure:
    is_fixture = _suffix(path) == FIXTURE_SUFFIX
    if not is_fixture and _suffix(path) not in PAGE_SUFFIXES:
        reason = f"no page by its suffix {_suffix(path)!r}"
        return Failure(id, reason, Cause.SKIPPED)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Failure(id, _why(error))
    if not stat.S_ISREG(mode):
        # Opening a pipe would wait for its writer.
        return Failure(id, "not a regular file", Cause.SKIPPED)
    data = _bytes(path)
    if isinstance(data, str):
        return Failure(id, data)
    if is_fixture and not data.startswith(_FIXTURE_START):
        return Failure(id, "a table, not a fixture", Cause.SKIPPED)
    return _record(id, data, is_fixture=is_fixture)


def _bytes(path: str | os.PathLike[str]) -> bytes | str:
    """What a file holds, or in words why it cannot be read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        return _why(error)


def _record(id: str, data: bytes, *, is_fixture: bool) -> Record | Failure:
    if is_binary(data):
        return Failure(id, NOT_TEXT, Cause.CONTENT)
    if is_fixture and data.startswith(_FIXTURE_START):
        try:
            data = fixture.parse(data.decode("utf-8")).dump.encode("utf-8")
        except ValueError as error:
            return Failure(id, f"a broken fixture ({error}); see fixtures/README.md", Cause.CONTENT)
    return Record(id, data)


def _is_same(path: Path, resolved: Path | None) -> bool:
    # Resolving asks the disk: only for a file of that name.
    return resolved is not None and path.name == resolved.name and path.resolve() == resolved


def _id(path: str | os.PathLike[str], top: Path) -> str:
    return Path(path).relative_to(top).as_posix()


def _suffix(path: str | os.PathLike[str]) -> str:
    return Path(path).suffix.lower()


def _why(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "no such file; check the path"
        case IsADirectoryError():
            return "a directory; name a file in it, or clean all of it with `cleaner batch`"
        case NotADirectoryError():
            return "not a directory; check the path"
        case PermissionError():
            return "permission denied; make it readable to you"
        case OSError(strerror=str(words)):
            return f"cannot be read ({words.lower()}); check the path"
        case _:
            return f"cannot be read ({error}); check the path"
