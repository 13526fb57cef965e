"""`cleaner explain`: every line of a page, what it was taken for, and why."""

from __future__ import annotations

import argparse
import os
from typing import TextIO

from cleaner import render, report
from cleaner.cli import console


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("explain", help="show what each line was taken for, and why")
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: in a terminal, unless NO_COLOR is set (default)",
    )
    parser.add_argument(
        "--html", metavar="OUT", help="write a page to look at in a browser; -: stdout"
    )
    console.add_page(parser)
    console.add_templates(parser)
    parser.set_defaults(command=_run)


def _run(arguments: argparse.Namespace) -> int:
    found = console.cleaned(arguments)
    if isinstance(found, int):
        return found
    record, article = found
    if arguments.html:
        return console.write_html(arguments.html, report.page(article, name=record.id))
    output = console.output()
    for line in render.explain(article, colour=_in_colour(arguments.color, output)):
        output.write(f"{line}\n")
    return console.OK


def _in_colour(choice: str, output: TextIO) -> bool:
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return output.isatty() and not plain
