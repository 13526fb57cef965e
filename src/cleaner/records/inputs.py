"""Whatever is named as an input, as one row of entries: the only place that opens inputs."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from cleaner.records import jsonl, parquet, warc
from cleaner.records.compressed import DAMAGED, bare_suffix, peek, peekable, unpacked
from cleaner.records.directory import Found, walk
from cleaner.records.file import MAX_PAGE, damaged, read_file, read_stream
from cleaner.records.record import Cause, Entry, Failure, MissingExtraError, Record, known, told
from cleaner.records.sniff import SNIFFED, Kind, is_binary, kind

STDIN = "-"

Rows = Iterator[tuple[str, Callable[[], Record | Failure]]]
_ROWS: dict[Kind, Callable[[BinaryIO, str, str | None], Rows]] = {
    Kind.JSONL: jsonl.rows,
    Kind.PARQUET: parquet.rows,
    Kind.WARC: warc.rows,
}

# A gigabyte of archive is read in some thousands of steps.
_BUFFER = 1 << 18

Path_ = str | os.PathLike[str]


def entries(
    inputs: Sequence[Path_], *, column: str | None = None, exclude: Set[Path] = frozenset()
) -> Iterator[Entry]:
    """Give every page of the inputs, and every file that is none: always the same, in order.

    An input is a directory (all below it, sorted by path), a file (a page, or JSON lines,
    Parquet, WARC or WET, whatever its name; each also compressed) or `-`, standard input.
    `column` names the one that holds pages. Ids are paths below the directory where it is the
    only input, else paths as given; rows of a file have their own id or `FILE#NUMBER`. They may
    repeat. An entry must be loaded before the next one is asked for. Nothing is raised.
    """
    several = len(inputs) > 1
    before = 0
    for given in [os.fspath(one) for one in inputs]:
        position = 0
        for entry in _input(given, column, exclude, prefixed=several):
            position = entry.position
            yield replace(entry, position=before + position)
        before += max(position, _size(given))


def total(inputs: Sequence[Path_]) -> int:
    """Give the size of all inputs in bytes, as `Entry.position` counts them; 0 for what has none.

    Walks through directories: that takes a while where they hold millions of files.
    """
    return sum(
        sum(found.size for found in walk(Path(given)) if isinstance(found, Found))
        if Path(given).is_dir()
        else _size(os.fspath(given))
        for given in inputs
    )


def read_directory(root: Path_, *, exclude: Path | None = None) -> Iterator[Record | Failure]:
    """Read every page below a directory, as `entries` gives them.

    What is no page gives a failure with the cause `NO_PAGE`, what cannot be read one that says why.
    """
    for entry in entries([root], exclude=frozenset([exclude]) if exclude else frozenset()):
        yield entry.load()


def _input(
    given: str, column: str | None, exclude: Set[Path], *, prefixed: bool
) -> Iterator[Entry]:
    path = Path(given)
    if given == STDIN:
        stream = sys.stdin.buffer if sys.stdin else io.BytesIO()
        yield from _stream(peekable(stream, SNIFFED), given, column)
    elif path.is_dir():
        prefix = path.as_posix() + "/" if prefixed else ""
        yield from _directory(path, prefix, column, exclude)
    else:
        try:
            regular = stat.S_ISREG(path.stat().st_mode)
        except (OSError, ValueError) as error:
            yield _failed(Failure(given, told(error)))
            return
        if regular:
            yield from _file(path, given, column, named=True)
        else:
            # A pipe can be read once: it is not looked into and opened again.
            with path.open("rb") as pipe:
                yield from _stream(peekable(pipe, SNIFFED), given, column)


def _directory(top: Path, prefix: str, column: str | None, exclude: Set[Path]) -> Iterator[Entry]:
    done = 0
    for found in walk(top, exclude):
        if isinstance(found, Failure):
            yield _failed(Failure(prefix + found.id, found.reason, found.cause), done)
            continue
        for entry in _file(found.path, prefix + found.id, column, named=False):
            yield replace(entry, position=done + entry.position)
        done += found.size


def _file(path: Path, id: str, column: str | None, *, named: bool) -> Iterator[Entry]:
    try:
        with path.open("rb", buffering=_BUFFER) as stream:
            head = unpacked(stream, path.name).read(SNIFFED)
            what = kind(head, path.name, named=named)
            if what in _ROWS:
                stream.seek(0)
                yield from _rows(stream, what, id, column)
                return
    except MissingExtraError as error:
        yield _failed(Failure(id, str(error)))
        return
    except DAMAGED as error:
        is_path = isinstance(error, OSError) and error.errno is not None
        reason = told(error) if is_path and isinstance(error, Exception) else damaged(error)
        yield _failed(Failure(id, reason, Cause.PATH if is_path else Cause.CONTENT))
        return
    size = _size(os.fspath(path))
    if what is Kind.OTHER:
        yield _failed(_no_page(head, path, id), size)
    else:
        yield Entry(id, lambda: read_file(path, id, limit=MAX_PAGE), size)


def _no_page(head: bytes, path: Path, id: str) -> Failure:
    suffix = bare_suffix(path.name)
    told_by = f"by its suffix {suffix!r}" if suffix else "by its name, which has no suffix"
    mended = "" if is_binary(head) else "; name the file to have it cleaned"
    return Failure(id, f"no page {told_by}{mended}", Cause.NO_PAGE)


def _stream(stream: BinaryIO, id: str, column: str | None) -> Iterator[Entry]:
    """Entries of what can be read but once: it is looked into, not read and read again."""
    try:
        inner = unpacked(stream)
        if inner is not stream:
            inner = peekable(inner, SNIFFED)
        what = kind(peek(inner, SNIFFED), "", named=True)
    except MissingExtraError as error:
        yield _failed(Failure(id, str(error)))
    except DAMAGED as error:
        yield _failed(Failure(id, damaged(error), Cause.CONTENT))
    else:
        if what in _ROWS:
            yield from _rows(inner, what, id, column)
        else:
            answer = read_stream(inner, id, limit=MAX_PAGE)
            yield Entry(id, known(answer))


def _rows(stream: BinaryIO, what: Kind, id: str, column: str | None) -> Iterator[Entry]:
    """Entries of a file of pages; where it breaks off, one for the file itself says so."""
    count = 0
    try:
        inner = unpacked(stream)
        for name, load in _ROWS[what](inner, id, column):
            count += 1
            yield Entry(name, load, _position(stream), within=id)
    except MissingExtraError as error:
        yield _failed(Failure(id, str(error)))
        return
    except (*DAMAGED, ValueError) as error:
        words = damaged(error) if isinstance(error, DAMAGED) else str(error)
        after = f"after {count} pages of it: " if count else ""
        yield _failed(Failure(id, after + words, Cause.CONTENT), _position(stream))
        return
    if not count:
        yield _failed(Failure(id, f"a {what} file without a page", Cause.NO_PAGE))


def _failed(failure: Failure, position: int = 0) -> Entry:
    return Entry(failure.id, known(failure), position)


def _position(stream: BinaryIO) -> int:
    try:
        return stream.tell()
    except OSError:
        return 0  # standard input has no places


def _size(path: str) -> int:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
