"""`cleaner batch`: a directory of pages into one file."""

from __future__ import annotations

import argparse
import sys

from cleaner import batch
from cleaner.batch import Outcome, Status
from cleaner.cli import console

# A log (no terminal) tells how far a batch is every so many files.
_PROGRESS_EVERY = 1000

# Of the files that a batch skips for one reason, so many are named.
_NAMES_SHOWN = 3

_ERASE_LINE = "\r\x1b[K"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("batch", help="clean every page below a directory into JSON lines")
    parser.add_argument("directory", metavar="DIR")
    parser.add_argument("--out", required=True, metavar="FILE", help="for example articles.jsonl")
    console.add_today(parser)
    parser.set_defaults(command=_run)


def _run(arguments: argparse.Namespace) -> int:
    progress = _Progress()
    try:
        summary = batch.run(
            arguments.directory, arguments.out, today=arguments.today, progress=progress
        )
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        progress.close(_refusal(error, arguments))
        return console.USAGE
    progress.close(f"{summary} → {arguments.out}")
    return console.BAD_INPUT if summary.failed else console.OK


def _refusal(error: OSError, arguments: argparse.Namespace) -> str:
    if error.filename != arguments.directory:
        return f"{arguments.out}: cannot be written ({console.words(error)}); check the path"
    if isinstance(error, NotADirectoryError):
        return f"{arguments.directory}: not a directory; clean one file with `cleaner clean`"
    return f"{arguments.directory}: {console.words(error)}; check the path"


class _Progress:
    """How far a batch is, on standard error: a counter in a terminal, some lines in a log."""

    def __init__(self) -> None:
        self._done = 0
        self._skipped: dict[str, list[str]] = {}
        self._terminal = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, outcome: Outcome) -> None:
        if outcome.failure and outcome.status is Status.SKIPPED:
            # There may be thousands: they are counted, by reason, and told at the end.
            self._skipped.setdefault(outcome.failure.reason, []).append(outcome.id)
            return
        self._done += 1
        if outcome.failure:
            self._tell(f"{outcome.id}: {outcome.failure.reason}")
        if self._terminal:
            sys.stderr.write(f"\r{self._done} pages")
            sys.stderr.flush()
        elif self._done % _PROGRESS_EVERY == 0:
            console.tell(f"{self._done} pages")

    def close(self, words: str) -> None:
        for reason, names in sorted(self._skipped.items()):
            self._tell(f"skipped {len(names)}, {reason}: {_some(names)}")
        self._tell(words)

    def _tell(self, words: str) -> None:
        if self._terminal:
            sys.stderr.write(_ERASE_LINE)
        console.tell(words)


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMES_SHOWN]) + (", …" if len(names) > _NAMES_SHOWN else "")
