"""A batch, step by step: entries in, cleaned by workers, written down, published."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import errno
import functools
import os
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import cleaner
from cleaner import records
from cleaner.article import Label
from cleaner.batch import duplicates, learning, manifest, page, writers
from cleaner.batch.journal import Journal, ResumeError
from cleaner.batch.names import Unique, file_stem
from cleaner.batch.page import Format, Options, Outcome
from cleaner.batch.summary import Summary
from cleaner.batch.workers import Crash, Workers
from cleaner.records import Cause, Entry, Failure, Record
from cleaner.records.compressed import SUFFIXES
from cleaner.template import Templates

# A page takes some hundredths of a second; a hostile one of MAX_PAGE bytes half a minute.
TIME_LIMIT = 60.0
# Cleaning a page of MAX_PAGE bytes takes about a gigabyte.
MEMORY_LIMIT = 2_000_000_000

# A page's line, with its blocks and their reasons, is some five times as long as its dump: what is
# held back must have room for it.
_GROWTH = 5

# Who names the output so expects another format than lines of JSON.
_NOT_WRITTEN = {".csv", ".tsv", ".xlsx", *SUFFIXES}

PathLike = str | os.PathLike[str]


def run(
    inputs: PathLike | Sequence[PathLike],
    output: PathLike,
    *,
    format: Format | str | None = None,
    workers: int | None = None,
    resume: bool = False,
    column: str | None = None,
    keep: Collection[Label | str] = (),
    dedup: bool = False,
    today: datetime.date | None = None,
    templates: Templates | bool = False,
    save_templates: PathLike | None = None,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    progress: Callable[[Outcome, int], None] | None = None,
) -> Summary:
    """Clean every page of the inputs into one output, and account for each in a manifest beside it.

    `inputs` are directories, files of a page or of many, or `-` (see `records.entries`, which also
    has `column`). `output` is a file for the formats jsonl and parquet (told by its suffix where
    `format` is None), a new folder for text, markdown and json. `workers` processes clean, as many
    as there are cores if None; they do not change the result. `resume` takes up a run of the same
    inputs and settings that was broken off. `keep` names labels whose blocks stay in the body,
    `dedup` marks duplicates in the manifest. `templates` are what is known of the sites; True
    learns them in a first pass over the inputs, and so does `save_templates`, the file to leave
    them in.
    A page that takes more than `time_limit` seconds of computing or `memory_limit` bytes is given
    up. `progress` is called with each outcome in order, and with the bytes of input done.

    Output and manifest appear when all is done, and whole; until then they grow in the folder
    `OUTPUT.part`. What is wrong with one page is told in the manifest and stops nothing.

    Raises OSError where an input is not there or the output cannot be written, ResumeError (a
    ValueError) where the run to resume was another, MissingExtraError (an ImportError) where a
    package is not installed, ValueError for a format or label that is none, WorkerError where no
    process can be started, TemplateError (a ValueError) where an input cannot be read twice.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "menu.txt").write_text("Home\\nNews\\nSport\\n")
    ...     summary = run(folder, Path(folder, "articles.jsonl"), workers=1)
    >>> summary.no_article, summary.failed
    (1, 0)
    """
    given = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    target = Path(output).resolve()
    form = Format(format) if format else _format_of(target)
    options = Options(form, frozenset(map(Label, keep)), today, dedup)
    _check(given, options, target)
    own = _own(target, save_templates)
    entries = functools.partial(records.entries, given, column=column, exclude=own)
    pooled = functools.partial(
        Workers, count=workers or _cores(), seconds=time_limit, memory=memory_limit
    )
    started = time.monotonic()
    if templates is True or (save_templates is not None and not templates):
        learning.check(given)
        templates = learning.learn(entries(), pooled(learning.prepare))
    if save_templates is not None and templates:
        learning.write(save_templates, templates)
    options = dataclasses.replace(options, templates=templates or None)
    settings = _settings(given, options, column, time_limit, memory_limit)
    with Journal(target, form, settings, resume=resume) as journal:
        before = journal.done
        pool = pooled(functools.partial(page.prepare, options))
        with contextlib.closing(_Row(entries(), journal, options)) as row, pool:
            for outcome, position in () if journal.finished else row.written(pool.run(iter(row))):
                if progress:
                    progress(outcome, position)
        if not journal.published:
            journal.publish()
        return journal.tally.summary(journal.done - before, time.monotonic() - started)


class _Row:
    """The inputs as tasks for the workers, each with its own name, after those that are done."""

    def __init__(self, entries: Iterator[Entry], journal: Journal, options: Options) -> None:
        self._entries, self._journal, self._suffix = entries, journal, options.format.suffix
        self._ids, self._files = Unique(), Unique(fold=True)
        self._pending: deque[tuple[Entry, Record | Failure, str]] = deque()

    def __iter__(self) -> Iterator[tuple[Record | None, Outcome | None, int]]:
        """Give each as a task, or as an outcome where nothing is left to do, and its size."""
        done = self._journal.done_ids()
        left = self._journal.done
        for entry in self._entries:
            name = self._ids(entry.id)
            file = self._file(name)
            if left:
                left -= 1
                _compare(next(done, None), name)
                continue
            if self._journal.published:
                _compare(None, name)
            answer = dataclasses.replace(_loaded(entry), id=name)
            self._pending.append((entry, answer, file))
            if isinstance(answer, Failure):
                yield None, page.failed(answer), 0
            else:
                yield answer, None, _GROWTH * len(answer.data)
        if left:
            _compare(next(done, None), None)

    def written(self, answers: Iterable[Outcome | Crash]) -> Iterator[tuple[Outcome, int]]:
        """Write the outcome of each input down; give it, and the bytes of input that are done."""
        for answer in answers:
            entry, record, file = self._pending.popleft()
            outcome = (
                page.failed(Failure(record.id, answer.reason, Cause.CONTENT, record.url))
                if isinstance(answer, Crash)
                else answer
            )
            self._journal.append(outcome, file, entry.within)
            yield outcome, entry.position

    def close(self) -> None:
        """Let go of the names."""
        self._ids.close()
        self._files.close()

    def _file(self, name: str) -> str:
        return self._files(file_stem(name, self._suffix), self._suffix) if self._suffix else ""


def _own(target: Path, save_templates: PathLike | None) -> set[Path]:
    """What a run writes itself, which is none of its inputs."""
    own = {target, manifest.path(target), target.with_name(f"{target.name}.part")}
    return own if save_templates is None else own | {Path(save_templates).resolve()}


def _loaded(entry: Entry) -> Record | Failure:
    try:
        return entry.load()
    except Exception as error:  # noqa: BLE001 - what no reader foresaw costs one page, not the run
        return Failure(entry.id, f"cannot be read ({error!r})", Cause.CONTENT)


def _compare(before: str | None, now: str | None) -> None:
    if before != now:
        raise ResumeError(
            f"the inputs have changed since the run was broken off: {before!r} is now {now!r}; "
            "start anew without --resume"
        )


def _check(given: Sequence[PathLike], options: Options, target: Path) -> None:
    """Raise what is wrong before anything is written."""
    if not given:
        raise ValueError("no inputs")
    for name in given:
        if os.fspath(name) == records.STDIN:
            continue
        if Path(name).is_dir():
            with os.scandir(name):
                pass
        else:
            Path(name).stat()
        if Path(name).resolve() in {target, manifest.path(target)}:
            raise FileExistsError(errno.EEXIST, "Is one of the inputs")
    writers.check(options.format)
    if options.dedup:
        duplicates.check()


def _cores() -> int:
    """The cores that this process may use, which may be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _format_of(target: Path) -> Format:
    suffix = target.suffix.lower()
    if suffix in _NOT_WRITTEN:
        told = f"No {suffix} is written, name it .jsonl or .parquet, or say which format it has"
        raise OSError(errno.EINVAL, told, str(target))
    return Format.PARQUET if suffix == ".parquet" else Format.JSONL


def _settings(
    given: Sequence[PathLike],
    options: Options,
    column: str | None,
    time_limit: float,
    memory_limit: int,
) -> dict[str, object]:
    """What a run must share with the one that it takes up, JSON-ready."""
    return {
        "version": cleaner.__version__,
        "inputs": [os.fspath(name) for name in given],
        "format": str(options.format),
        "column": column,
        "keep": sorted(map(str, options.keep)),
        "dedup": options.dedup,
        "templates": learning.digest(options.templates),
        "today": options.today.isoformat() if options.today else None,
        "time_limit": time_limit,
        "memory_limit": memory_limit,
    }
