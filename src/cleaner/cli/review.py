"""`cleaner review`: labels corrected by hand, and where the program differs from them."""

from __future__ import annotations

import argparse
from pathlib import Path

import cleaner
from cleaner import fixture
from cleaner.cli import console
from cleaner.fixture import Fixture
from cleaner.records import Failure

_FIXTURE_SUFFIX = ".tsv"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    words = "write a page in which labels are corrected and saved as a fixture, or check a fixture"
    parser = commands.add_parser("review", help=words)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--html", metavar="OUT", help="the page to write; -: stdout")
    what.add_argument(
        "--check",
        action="store_true",
        help="tell how the program differs from FILE, a fixture (exit code 1 where it does)",
    )
    console.add_page(parser)
    parser.set_defaults(command=_run)


def _run(arguments: argparse.Namespace) -> int:
    from cleaner.report import review

    record = console.read(arguments.file)
    if isinstance(record, Failure):
        return console.refused(record)
    gold = _fixture(Path(arguments.file))
    if gold:
        article = cleaner.clean_text(gold.dump, today=arguments.today)
    else:
        article = cleaner.clean(record.data, today=arguments.today)
    if not arguments.check:
        page = review.page(article, name=record.id, gold=gold)
        return console.write_html(arguments.html, page)
    if not gold:
        console.tell(f"{record.id}: not a fixture; make one with `cleaner review --html`")
        return console.USAGE
    differences = review.differences(gold, article)
    for difference in differences:
        console.output().write(f"{difference}\n")
    console.flush()
    console.tell(f"{record.id}: {_some(len(differences))}")
    return console.BAD_INPUT if differences else console.OK


def _fixture(path: Path) -> Fixture | None:
    """The fixture in a file that has been read as one; None where it is none."""
    if path.suffix.lower() != _FIXTURE_SUFFIX:
        return None
    text = path.read_bytes().decode("utf-8", "replace")
    return fixture.parse(text) if text.startswith(fixture.HEADER) else None


def _some(number: int) -> str:
    return {0: "no difference", 1: "1 difference"}.get(number, f"{number} differences")
