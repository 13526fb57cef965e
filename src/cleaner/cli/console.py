"""What the commands share: their arguments, exit codes, and the streams that they talk through."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import errno
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import cleaner
from cleaner import Article, records, render
from cleaner.batch import learning
from cleaner.records import Cause, Failure, Record
from cleaner.template import Template, TemplateError, Templates, blocks

# Exit codes; those for a broken pipe and Ctrl-C are 128 plus the signal, as a shell has it.
OK = 0
BAD_INPUT = 1
USAGE = 2
INTERNAL = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130
BROKEN_PIPE = 141

_STDIN = "standard input"

_SITES = 20  # that an error names


def add_page(parser: argparse.ArgumentParser) -> None:
    """Add what each command on one page takes: the argument FILE, and --today."""
    parser.add_argument(
        "file",
        nargs="?",
        default="-",
        type=path,
        metavar="FILE",
        help="dump or HTML; -, or none: stdin",
    )
    add_today(parser)


def path(word: str) -> str:
    """The path of an input, as an argument: an empty one is that of the working directory, and
    mostly a variable that was not set."""
    if not word:
        raise argparse.ArgumentTypeError("an empty path; name a file, or - for standard input")
    return word


def add_today(parser: argparse.ArgumentParser) -> None:
    """Add the option --today."""
    parser.add_argument(
        "--today",
        type=_iso_day,
        metavar="YYYY-MM-DD",
        help='the day of the dump: resolves "2 hours ago" and dates without a year',
    )


def add_templates(parser: argparse.ArgumentParser) -> None:
    """Add the options --templates and --site of a command on one page."""
    parser.add_argument(
        "--templates",
        metavar="FILE",
        help="what each site repeats, as evidence (cleaner batch --save-templates)",
    )
    parser.add_argument(
        "--site",
        metavar="NAME",
        help="the page's site in that file (default: the one whose lines the page shares most)",
    )


def template(arguments: argparse.Namespace, record: Record) -> Template | None:
    """Give what is known of the site of a page. Raises TemplateError."""
    if arguments.templates is None:
        if arguments.site is not None:
            raise TemplateError(
                f"--site {arguments.site}: say in which file, with --templates FILE"
            )
        return None
    known = templates(arguments.templates)
    if arguments.site is None:
        return known.likest(blocks(record.data))
    if arguments.site not in known.sites:
        listed = ", ".join(sorted(known.sites)[:_SITES])
        raise TemplateError(f"{arguments.templates}: no site {arguments.site!r}; it has {listed}")
    return known.of(arguments.site)


def templates(name: str) -> Templates:
    """Read a file of templates. Raises TemplateError, which names it and says what is wrong."""
    try:
        return learning.read(name)
    except OSError as error:
        raise TemplateError(f"{name}: {records.told(error)}") from error


def _iso_day(word: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(word)
    except ValueError:
        day = None
    # fromisoformat also knows 20240930 and 2024-W40-1.
    if day is None or day.isoformat() != word:
        raise argparse.ArgumentTypeError(f"{word!r} is no day of the form YYYY-MM-DD")
    return day


def read(name: str) -> Record | Failure:
    """Read a file, or standard input where the name is `-`."""
    if name != "-":
        return records.read_file(name)
    if sys.stdin is None:
        return Failure(_STDIN, "closed; name a FILE")
    if sys.stdin.isatty():
        tell("reading from the terminal; end the page with Ctrl-D")
    return records.read_stream(sys.stdin.buffer, _STDIN)


def write_html(name: str, page: str) -> int:
    """Write a page to a file, or to standard output where the name is `-`; give the exit code."""
    if name == "-":
        output().write(page)
        return OK
    try:
        Path(name).write_text(page, "utf-8", newline="\n")
    except OSError as error:
        tell(f"{name}: cannot be written ({words(error)}); check the path")
        return USAGE
    return OK


def cleaned(arguments: argparse.Namespace) -> tuple[Record, Article] | int:
    """Clean the page that a command is given, with its templates; the exit code where it cannot be.

    What was wrong has then been told.
    """
    record = read(arguments.file)
    if isinstance(record, Failure):
        return refused(record)
    try:
        known = template(arguments, record)
    except TemplateError as error:
        tell(str(error))
        return USAGE
    return record, cleaner.clean(record.data, today=arguments.today, template=known)


def refused(failure: Failure) -> int:
    """Tell why an input gave no record, and give the exit code for it."""
    tell(f"{failure.id}: {failure.reason}")
    return USAGE if failure.cause is Cause.PATH else BAD_INPUT


def words(error: OSError) -> str:
    """What the system says of an error, in small letters."""
    return (error.strerror or str(error)).lower()


def tell(words: str) -> None:
    """Say a line on standard error."""
    if sys.stderr is not None:
        print(f"cleaner: {render.printable(words)}", file=sys.stderr)


def output() -> TextIO:
    """Standard output; raises OSError where it is closed."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "Standard output is closed")
    return sys.stdout


def write_utf8() -> None:
    """Write UTF-8 whatever the locale; what UTF-8 cannot hold (lone surrogates) is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def flush() -> None:
    """Write out what standard output still holds."""
    if sys.stdout is not None:
        sys.stdout.flush()


def abandon_output(code: int) -> int:
    """Send what is still buffered nowhere: Python would try again at its end, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        # In a test or an embedding program a stream may be no file.
        with contextlib.suppress(OSError, AttributeError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    return code
