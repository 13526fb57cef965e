"""The folder beside the output in which a batch grows, and from which it is taken up again.

It holds the output and the manifest as far as they are, and `state.json`: how far that is. The
state is written last, so what it tells of is on disk; what stands beyond it is cut off.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from cleaner.batch import manifest
from cleaner.batch.duplicates import Duplicate, Index
from cleaner.batch.page import Format, Outcome, Status
from cleaner.batch.summary import Tally
from cleaner.batch.writers import Writer, sync_path, write_whole, writer

# How much work (seconds) a kill may cost. A sync takes some milliseconds.
_SYNC_EVERY = 2.0

_STATE, _LOCK = "state.json", "lock"


class ResumeError(ValueError):
    """A broken run cannot be taken up: its settings or inputs were others."""


class Journal:
    """What a batch has done so far, on disk; as a context it holds the lock on its output."""

    def __init__(
        self, output: Path, form: Format, settings: Mapping[str, Any], *, resume: bool
    ) -> None:
        self.output, self._form, self._settings = output, form, dict(settings)
        self.manifest = manifest.path(output)
        self.folder = output.with_name(f"{output.name}.part")
        self._resume = resume
        self.done, self.tally, self.finished = 0, Tally(), False
        # A folder is not replaced: a run that was killed when all was done leaves it as it is.
        self.published = resume and form.suffix is not None and self._is_published()
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Journal:
        if not self.published and not (self._resume and self._state.exists()):
            _check_targets(self.output, self.manifest, self._form)
        self.folder.mkdir(exist_ok=True)
        _check_own(self.folder)
        with self._stack:
            _lock(self._stack.enter_context((self.folder / _LOCK).open("wb")), self.output)
            self._stack.callback(self._remove_if_unused)
            if self.published:
                self.done, self.tally = _read_back(self.manifest)
            else:
                self._take_up()
            self._stack = self._stack.pop_all()
        return self

    def _take_up(self) -> None:
        """Go on from what is written down, or begin."""
        state = self._read() if self._resume else None
        if state is None:
            _empty(self.folder)
            state = {"settings": self._settings, "manifest": 0, "output": 0}
        self.done = state.get("done", 0)
        self.tally = Tally(state.get("tally"))
        self.finished = state.get("finished", False)
        self._product: str = state.get("product", "")
        if not self.finished:
            self._open(state)
            self._sync()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._stack:
            if not self.finished and not self.published and self._whole:
                self._sync()

    def done_ids(self) -> Iterator[str]:
        """Give the ids of what was done before this run, in order."""
        if self.done:
            grown = self.folder / "manifest.jsonl"
            with (self.manifest if self.published else grown).open("rb") as lines:
                for _, line in zip(range(self.done), lines, strict=False):
                    yield manifest.id_of(line)

    def append(self, outcome: Outcome, file: str, within: str | None) -> None:
        """Write down what became of the next input; `file` names its own file, if it gets one.

        `within` is the file of many pages from which it came, if it did.
        """
        self._whole = False
        duplicate = self._duplicate(outcome)
        if outcome.output:
            self._writer.write(file, outcome.output)
        own = file if outcome.output and self._form.suffix else None
        line = manifest.line(outcome, within=within, file=own, duplicate=duplicate)
        self._lines.write(line)
        self._length += len(line)
        self.tally.add(outcome, duplicate=duplicate is not None)
        self.done += 1
        self._whole = True
        if time.monotonic() >= self._next_sync:
            self._sync()

    def publish(self) -> None:
        """Give the output and the manifest their names: both are whole, and on disk."""
        if not self.finished:
            self._finish()
        renamed = {
            self.folder / "manifest.jsonl": self.manifest,
            self.folder / self._product: self.output,
        }
        for source, target in renamed.items():
            if source.exists():
                if target.is_dir():
                    target.rmdir()  # an empty one: others are refused
                source.replace(target)
        sync_path(self.output.parent)
        _empty(self.folder)

    @property
    def _state(self) -> Path:
        return self.folder / _STATE

    def _is_published(self) -> bool:
        return (
            self.output.is_dir()
            and any(self.output.iterdir())
            and self.manifest.is_file()
            and not self._state.exists()
        )

    def _finish(self) -> None:
        self._sync()
        self._product = self._writer.finish().name
        self._writer.close()
        self._lines.close()
        self.finished = True
        self._write_state()

    def _duplicate(self, outcome: Outcome) -> Duplicate | None:
        if not self._index or not outcome.signature or outcome.status is not Status.CLEANED:
            return None
        return self._index.add(self.done, outcome.id, outcome.signature)

    def _open(self, state: Mapping[str, Any]) -> None:
        self._lines: BinaryIO = self._stack.enter_context(
            (self.folder / "manifest.jsonl").open("ab")
        )
        self._length = state["manifest"]
        self._lines.truncate(self._length)
        self._writer: Writer = writer(self._form, self.folder, state["output"])
        self._stack.callback(self._writer.close)
        self._index: Index | None = None
        if self._settings["dedup"]:
            self._index = Index(self.folder / "stories.sqlite")
            self._stack.callback(self._index.close)
            self._index.forget(self.done)
        self._whole = True

    def _sync(self) -> None:
        self._lines.flush()
        os.fsync(self._lines.fileno())
        if self._index:
            self._index.sync()
        self._mark = self._writer.sync()
        self._write_state()
        self._next_sync = time.monotonic() + _SYNC_EVERY

    def _write_state(self) -> None:
        state = {
            "settings": self._settings,
            "done": self.done,
            "manifest": self._length,
            "output": self._mark,
            "tally": self.tally.state,
            "finished": self.finished,
            "product": self._product,
        }
        write_whole(self._state, json.dumps(state))

    def _read(self) -> dict[str, Any] | None:
        try:
            state: dict[str, Any] = json.loads(self._state.read_text("utf-8"))
        except FileNotFoundError:
            return None
        before = state["settings"]
        for name, value in self._settings.items():
            if before.get(name) != value:
                raise ResumeError(
                    f"the run to resume had {name} {before.get(name)!r}, this one has {value!r}; "
                    "give the same, or start anew without --resume"
                )
        return state

    def _remove_if_unused(self) -> None:
        """Leave no folder behind that holds nothing to be taken up."""
        if self.finished or not self._state.exists():
            _empty(self.folder)  # but for the lock, which tells whose folder it is
            shutil.rmtree(self.folder, ignore_errors=True)


def _read_back(listing: Path) -> tuple[int, Tally]:
    """Count the lines of a manifest, by what became of each."""
    tally = Tally()
    with listing.open("rb") as lines:
        for line in lines:
            values = json.loads(line)
            failed = Outcome(values["id"], Status(values["status"]), values["reason"])
            tally.add(
                dataclasses.replace(failed, confidence=values.get("confidence")),
                duplicate="duplicate_of" in values,
            )
    return sum(tally.counts[status] for status in Status), tally


def _check_targets(output: Path, listing: Path, form: Format) -> None:
    if form.suffix is None:
        if output.exists() and not output.is_file():
            raise FileExistsError(errno.EEXIST, "Not a regular file", str(output))
    elif output.exists() and not output.is_dir():
        raise FileExistsError(errno.EEXIST, "Not a directory", str(output))
    elif output.is_dir() and any(output.iterdir()):
        raise FileExistsError(errno.ENOTEMPTY, "Directory not empty", str(output))
    if listing.exists() and not listing.is_file():
        raise FileExistsError(errno.EEXIST, "Not a regular file", str(listing))


def _check_own(folder: Path) -> None:
    """Keep away from a folder that only happens to have the name: it would be emptied."""
    names = {path.name for path in folder.iterdir()}
    if names and _LOCK not in names:
        raise FileExistsError(errno.ENOTEMPTY, "No folder of a batch", str(folder))


def _lock(file: BinaryIO, output: Path) -> None:
    """Keep a second run away from the same output, until this process ends in whatever way."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise FileExistsError(errno.EBUSY, "Another run is writing it", str(output)) from error


def _empty(folder: Path) -> None:
    """Remove what a journal holds, the state last: without it there is nothing to be taken up."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name == _STATE):
        if path.name == _LOCK:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
