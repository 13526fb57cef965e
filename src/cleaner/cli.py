"""The command line: `cleaner clean`, `cleaner explain` and `cleaner batch`."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import errno
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import TextIO

import cleaner
from cleaner import batch, records, render
from cleaner.article import Article
from cleaner.batch import Outcome, Status
from cleaner.records import Cause, Failure, Record

# Exit codes; those for a broken pipe and Ctrl-C are 128 plus the signal, as a shell has it.
OK = 0
BAD_INPUT = 1
USAGE = 2
INTERNAL = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130
BROKEN_PIPE = 141

# A log (no terminal) tells how far a batch is every so many files.
_PROGRESS_EVERY = 1000

# Of the files that a batch skips for one reason, so many are named.
_NAMES_SHOWN = 3

_STDIN = "standard input"
_ERASE_LINE = "\r\x1b[K"

_EPILOG = """\
exit codes: 0 done (a page that is no article is done too), 1 an input is no text or, in a
batch, could not be read, 2 a wrong path or argument, or output that cannot be written, 70 a
fault in cleaner, 130 interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with these arguments (`sys.argv` if None) and give its exit code."""
    _write_utf8()
    try:
        code = _run(argv)
        _flush()
    except BrokenPipeError:
        return _abandon_output(BROKEN_PIPE)
    except KeyboardInterrupt:
        return _abandon_output(INTERRUPTED)
    except OSError as error:
        _tell(f"cannot write the output: {_words(error)}; check the disk and where it goes")
        return _abandon_output(USAGE)
    except Exception as error:  # noqa: BLE001 - the user sees one line, whatever the fault
        _tell(f"a fault in cleaner ({error!r}); please report it with the input")
        return INTERNAL
    return code


def _run(argv: Sequence[str] | None) -> int:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        # argparse has printed its help, or what is wrong with the arguments.
        return stop.code if isinstance(stop.code, int) else USAGE
    command: Callable[[argparse.Namespace], int] = arguments.command
    return command(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cleaner",
        description="Extract the article from the dump of a news page.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"cleaner {cleaner.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    clean = commands.add_parser("clean", help="print the article of one page")
    clean.add_argument("--format", choices=_FORMATS, default="text", help="default: text")
    clean.set_defaults(command=_clean)
    explain = commands.add_parser("explain", help="show what each line was taken for, and why")
    explain.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: in a terminal, unless NO_COLOR is set (default)",
    )
    explain.set_defaults(command=_explain)
    for command in (clean, explain):
        command.add_argument(
            "file", nargs="?", default="-", metavar="FILE", help="dump or HTML; -, or none: stdin"
        )
    run = commands.add_parser("batch", help="clean every page below a directory into JSON lines")
    run.add_argument("directory", metavar="DIR")
    run.add_argument("--out", required=True, metavar="FILE", help="for example articles.jsonl")
    run.set_defaults(command=_batch)
    for command in (clean, explain, run):
        command.add_argument(
            "--today",
            type=_iso_day,
            metavar="YYYY-MM-DD",
            help='the day of the dump: resolves "2 hours ago" and dates without a year',
        )
    return parser


def _iso_day(word: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(word)
    except ValueError:
        day = None
    # fromisoformat also knows 20240930 and 2024-W40-1.
    if day is None or day.isoformat() != word:
        raise argparse.ArgumentTypeError(f"{word!r} is no day of the form YYYY-MM-DD")
    return day


def _clean(arguments: argparse.Namespace) -> int:
    record = _read(arguments.file)
    if isinstance(record, Failure):
        return _refused(record)
    article = cleaner.clean(record.data, today=arguments.today)
    _output().write(_FORMATS[arguments.format](article))
    if not article.is_article:
        _flush()
        _tell(f"{record.id}: no article found")
    return OK


def _explain(arguments: argparse.Namespace) -> int:
    record = _read(arguments.file)
    if isinstance(record, Failure):
        return _refused(record)
    article = cleaner.clean(record.data, today=arguments.today)
    output = _output()
    for line in render.explain(article, colour=_in_colour(arguments.color, output)):
        output.write(f"{line}\n")
    return OK


def _batch(arguments: argparse.Namespace) -> int:
    progress = _Progress()
    try:
        summary = batch.run(
            arguments.directory, arguments.out, today=arguments.today, progress=progress
        )
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        progress.close(_batch_refusal(error, arguments))
        return USAGE
    progress.close(f"{summary} → {arguments.out}")
    return BAD_INPUT if summary.failed else OK


def _batch_refusal(error: OSError, arguments: argparse.Namespace) -> str:
    if error.filename != arguments.directory:
        return f"{arguments.out}: cannot be written ({_words(error)}); check the path"
    if isinstance(error, NotADirectoryError):
        return f"{arguments.directory}: not a directory; clean one file with `cleaner clean`"
    return f"{arguments.directory}: {_words(error)}; check the path"


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
            _tell(f"{self._done} pages")

    def close(self, words: str) -> None:
        for reason, names in sorted(self._skipped.items()):
            self._tell(f"skipped {len(names)}, {reason}: {_some(names)}")
        self._tell(words)

    def _tell(self, words: str) -> None:
        if self._terminal:
            sys.stderr.write(_ERASE_LINE)
        _tell(words)


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMES_SHOWN]) + (", …" if len(names) > _NAMES_SHOWN else "")


def _read(name: str) -> Record | Failure:
    if name != "-":
        return records.read_file(name)
    if sys.stdin is None:
        return Failure(_STDIN, "closed; name a FILE")
    if sys.stdin.isatty():
        _tell("reading from the terminal; end the page with Ctrl-D")
    return records.read_stream(sys.stdin.buffer, _STDIN)


def _refused(failure: Failure) -> int:
    _tell(f"{failure.id}: {failure.reason}")
    return USAGE if failure.cause is Cause.PATH else BAD_INPUT


def _in_colour(choice: str, output: TextIO) -> bool:
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return output.isatty() and not plain


def _json(article: Article) -> str:
    return render.json_text(article.to_dict(), indent=2) + "\n"


_FORMATS: dict[str, Callable[[Article], str]] = {
    "text": render.text,
    "json": _json,
    "markdown": render.markdown,
}


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _tell(words: str) -> None:
    if sys.stderr is not None:
        print(f"cleaner: {render.printable(words)}", file=sys.stderr)


def _output() -> TextIO:
    if sys.stdout is None:
        raise OSError(errno.EBADF, "Standard output is closed")
    return sys.stdout


def _write_utf8() -> None:
    """Write UTF-8 whatever the locale; what UTF-8 cannot hold (lone surrogates) is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _abandon_output(code: int) -> int:
    """Send what is still buffered nowhere: Python would try again at its end, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        # In a test or an embedding program a stream may be no file.
        with contextlib.suppress(OSError, AttributeError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    return code
