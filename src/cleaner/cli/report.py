"""`cleaner report`: a run at a glance."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cleaner.cli import console

if TYPE_CHECKING:
    from cleaner.report.overview import Explained
    from cleaner.report.run import Run

# A page whose line is longer is not shown in full: twenty of them would make a report too large.
_LONGEST_LINE = 4_000_000

_PARQUET = ".parquet"  # the batch writes it too


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    words = "write a page that shows a run at a glance"
    parser = commands.add_parser("report", help=words)
    parser.add_argument("articles", metavar="ARTICLES", help="JSON lines of `cleaner batch`")
    parser.add_argument("--html", required=True, metavar="OUT", help="the page to write; -: stdout")
    parser.set_defaults(command=_run)


def _run(arguments: argparse.Namespace) -> int:
    from cleaner.report import overview, run
    from cleaner.report.charts import MissingExtraError

    path = Path(arguments.articles)
    if path.is_dir() or path.suffix.lower() == _PARQUET:
        console.tell(f"{path}: no file of JSON lines; write one with `cleaner batch`")
        return console.USAGE
    try:
        with path.open("rb") as file:
            found = run.collect(file)
            _add_failures(found, path)
            page = overview.page(found, _explained(found, file), name=path.name)
    except MissingExtraError as error:
        console.tell(str(error))
        return console.USAGE
    except OSError as error:
        console.tell(f"{path}: cannot be read ({console.words(error)}); check the path")
        return console.USAGE
    for fault in found.faults:
        console.tell(f"{path}: {fault}")
    if found.faulty > len(found.faults):
        console.tell(f"{path}: and {found.faulty - len(found.faults)} faulty lines more")
    code = console.write_html(arguments.html, page)
    return code or (console.BAD_INPUT if found.faulty else console.OK)


def _add_failures(found: Run, articles: Path) -> None:
    from cleaner.report import run

    manifest = articles.with_name(f"{articles.stem}.manifest.jsonl")
    if manifest.is_file():
        with manifest.open("rb") as file:
            run.with_failures(found, file)


def _explained(found: Run, file: BinaryIO) -> Iterator[Explained]:
    """The pages to show, read again one by one: all at once could take all memory."""
    from cleaner.report import restore

    for doubt in found.least_sure:
        file.seek(doubt.offset)
        line = file.readline()
        if len(line) > _LONGEST_LINE:
            yield doubt, "Too long to be shown here: explain it with `cleaner explain --html`."
            continue
        try:
            yield doubt, restore.article(restore.record(line))
        except ValueError as error:
            yield doubt, f"Its line in the file cannot be shown: {error}."
