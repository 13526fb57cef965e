"""A directory of pages cleaned into one JSON line per page."""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import cleaner
from cleaner import records, render
from cleaner.article import Article
from cleaner.records import Cause, Failure, Record


class Status(StrEnum):
    """What became of an input."""

    CLEANED = "cleaned"
    NO_ARTICLE = "no article"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: its line of the output, or the failure that left it without."""

    id: str
    status: Status
    line: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many pages gave an article, no article, no line; what was passed over; each failure.

    >>> str(Summary(cleaned=2, failed=1, failures=(Failure("a.txt", "permission denied"),)))
    'cleaned 2, no article 0, failed 1, skipped 0'
    """

    cleaned: int = 0
    no_article: int = 0
    failed: int = 0
    skipped: int = 0
    failures: tuple[Failure, ...] = ()

    def __str__(self) -> str:
        return ", ".join(f"{status} {getattr(self, status.name.lower())}" for status in Status)


def run(
    input_dir: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    today: datetime.date | None = None,
    progress: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Clean every page below a directory into a file of JSON lines, in the order of their ids.

    A line is `{"id": path below the directory, ...}` with the fields of `Article.to_dict()` but
    `source`. `progress` is called with each outcome as it comes. The output is written aside and
    takes its name when all is done: a run that breaks off leaves what was there before.

    Raises OSError where `input_dir` is no directory or `output` cannot be written. What is wrong
    with one page is told in the summary and stops nothing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "menu.txt").write_text("Home\\nNews\\nSport\\n")
    ...     summary = run(folder, Path(folder, "articles.jsonl"))
    >>> summary.failed
    0
    """
    source, target = Path(input_dir), Path(output).resolve()
    with os.scandir(source):
        pass  # Raises what is wrong with the directory before anything is written.
    counts = dict.fromkeys(Status, 0)
    failures = []
    with _replacing(target) as file:
        for answer in records.read_directory(source, exclude=target):
            outcome = _outcome(answer, today)
            counts[outcome.status] += 1
            if outcome.failure and outcome.status is Status.FAILED:
                failures.append(outcome.failure)
            file.write(outcome.line.encode())
            if progress:
                progress(outcome)
    return Summary(
        cleaned=counts[Status.CLEANED],
        no_article=counts[Status.NO_ARTICLE],
        failed=counts[Status.FAILED],
        skipped=counts[Status.SKIPPED],
        failures=tuple(failures),
    )


def _outcome(answer: Record | Failure, today: datetime.date | None) -> Outcome:
    """Clean one record: a pure function of it."""
    if isinstance(answer, Failure):
        skipped = answer.cause is Cause.SKIPPED
        return Outcome(answer.id, Status.SKIPPED if skipped else Status.FAILED, failure=answer)
    try:
        article = cleaner.clean(answer.data, today=today)
    except Exception as error:  # noqa: BLE001 - clean never raises; a fault costs one page, not the run
        reason = f"a fault in cleaner ({error!r}); please report it with this page"
        failure = Failure(answer.id, reason, Cause.CONTENT)
        return Outcome(answer.id, Status.FAILED, failure=failure)
    status = Status.CLEANED if article.is_article else Status.NO_ARTICLE
    return Outcome(answer.id, status, _line(answer.id, article))


def _line(id: str, article: Article) -> str:
    values = article.to_dict()
    del values["source"]
    return render.json_text({"id": id, **values}) + "\n"


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """Open a file beside `target` that takes its place when the block ends without an error."""
    if target.exists() and not target.is_file():
        raise FileExistsError(errno.EEXIST, "Not a regular file", str(target))
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            yield file
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
