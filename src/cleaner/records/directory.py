"""What stands below a directory, in the order of its paths, a folder's names at a time."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from cleaner.records.record import Cause, Failure, told


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file: its id (the path below the directory, with `/`), its path and size."""

    id: str
    path: Path
    size: int


def walk(top: Path, exclude: Set[Path] = frozenset()) -> Iterator[Found | Failure]:
    """Give every file below a directory, sorted by id, and a failure for whatever is no file.

    Folders whose names sort as if they ended in `/` make the whole sorted without being held
    whole. Links to directories are not followed. Resolved paths in `exclude` are passed over.
    """
    yield from _below(top, "", top.resolve(), exclude, {path.name for path in exclude})


def _below(
    folder: Path, prefix: str, root: Path, exclude: Set[Path], names: Set[str]
) -> Iterator[Found | Failure]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=_order)
    except OSError as error:
        yield Failure(prefix.rstrip("/") or ".", told(error))
        return
    for entry in entries:
        name, path = prefix + entry.name, Path(entry.path)
        if entry.name in names and path.resolve() in exclude:
            continue  # resolving asks the disk: only for a name that could be meant
        if _is_folder(entry):
            yield from _below(path, name + "/", root, exclude, names)
        else:
            yield _file(path, name, root)


def _order(entry: os.DirEntry[str]) -> str:
    return entry.name + "/" if _is_folder(entry) else entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _file(path: Path, id: str, root: Path) -> Found | Failure:
    try:
        status = path.stat()
    except OSError as error:
        return Failure(id, told(error))
    if stat.S_ISREG(status.st_mode):
        return Found(id, path, status.st_size)
    if stat.S_ISDIR(status.st_mode):
        # What it leads to is read where it stands, if that is below the same directory.
        if path.resolve().is_relative_to(root):
            return Failure(id, "a link to a directory that is read itself", Cause.NO_PAGE)
        return Failure(id, "a link to a directory, which is not followed; name it as an input")
    # Opening a pipe would wait for its writer.
    return Failure(id, "not a regular file (a pipe, socket or device); name it to have it read")
