"""Where the pages of a batch go: one file of lines, Parquet made of it, or a folder of files."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from cleaner import table
from cleaner.batch.page import Format
from cleaner.records import MissingExtraError, missing

# A group of rows is held in memory at once, as objects some ten times as large as its lines.
_GROUP_ROWS = 1000
_GROUP_BYTES = 4_000_000


class Writer(Protocol):
    """A place for pages: `sync` puts them on disk and gives how far, `finish` the whole."""

    def write(self, name: str, output: bytes) -> None:
        """Add a page, whose file has this name where it has one of its own."""

    def sync(self) -> int:
        """Put all on disk, and give the mark to which `writer` goes back."""

    def finish(self) -> Path:
        """Give the path of the whole."""

    def close(self) -> None:
        """Let go of the files."""


def writer(form: Format, folder: Path, mark: int) -> Writer:
    """Give the writer of a format in a folder, with what was written up to a mark."""
    match form:
        case Format.JSONL:
            return Lines(folder / "output.jsonl", mark)
        case Format.PARQUET:
            return Parquet(folder / "output.jsonl", mark)
        case _:
            return Folder(folder / "output")


def check(form: Format) -> None:
    """Raise MissingExtraError where what a format needs is not installed."""
    if form is Format.PARQUET:
        try:
            import pyarrow.parquet  # noqa: F401 - only whether it is there
        except ImportError as error:
            raise MissingExtraError(missing("pyarrow", "Parquet files")) from error


class Lines:
    """A file of lines that grows; a broken run's is cut back to the mark."""

    def __init__(self, path: Path, mark: int) -> None:
        self.path = path
        self._file = path.open("ab")
        if self._file.tell() < mark:
            self._file.close()
            raise OSError(errno.EIO, "Shorter than its journal says", str(path))
        self._file.truncate(mark)
        self._mark = mark

    def write(self, name: str, output: bytes) -> None:
        """Add a page."""
        del name  # all are in one file
        self._file.write(output)
        self._mark += len(output)

    def sync(self) -> int:
        """Put the lines on disk and give their length."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._mark

    def finish(self) -> Path:
        """Give the path of the whole."""
        self.sync()
        return self.path

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Parquet(Lines):
    """Lines that become Parquet when all are there: a Parquet file cannot be taken up again."""

    def finish(self) -> Path:
        """Make the file and give its path."""
        from pyarrow import RecordBatch, parquet

        self.sync()
        path = self.path.with_suffix(".parquet")
        schema = table.schema()
        with path.open("wb") as file:
            with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
                for group in _groups(self.path):
                    rows = [table.row(values) for values in group]
                    writer.write_batch(RecordBatch.from_pylist(rows, schema))
            file.flush()
            os.fsync(file.fileno())
        return path


def _groups(path: Path) -> Iterator[list[dict[str, Any]]]:
    group, size = [], 0
    with path.open("rb") as lines:
        for line in lines:
            group.append(json.loads(line))
            size += len(line)
            if len(group) == _GROUP_ROWS or size >= _GROUP_BYTES:
                yield group
                group, size = [], 0
    if group:
        yield group


class Folder:
    """A file for each page; what a broken run wrote beyond its mark is written again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._new: list[Path] = []
        path.mkdir(exist_ok=True)

    def write(self, name: str, output: bytes) -> None:
        """Add a page under its name."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output)
        self._new.append(path)

    def sync(self) -> int:
        """Put the files on disk, and the folders that name them."""
        folders = {above for path in self._new for above in path.parents}
        for path in [*self._new, *(above for above in folders if above >= self.path)]:
            sync_path(path)
        self._new.clear()
        return 0

    def finish(self) -> Path:
        """Give the path of the whole."""
        self.sync()
        return self.path

    def close(self) -> None:
        """Nothing is open."""


def write_whole(path: Path, text: str) -> None:
    """Write a file aside, and put it on disk under its name: it is there whole or not at all."""
    aside = path.with_name(f"{path.name}.new")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync_path(path.parent)


def sync_path(path: Path) -> None:
    """Put a file or the names in a folder on disk (on Windows folders cannot be)."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
