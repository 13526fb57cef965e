"""The command line: a module per command, and this one that runs them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

import cleaner
from cleaner.cli import batch, clean, console, explain, report, review

__all__ = ["main"]

_COMMANDS = (clean, explain, batch, report, review)

_EPILOG = """\
exit codes: 0 done (a page that is no article is done too), 1 an input is no text or, in a
batch, some inputs failed, 2 a wrong path or argument, a missing or damaged package, or output
that cannot be written, 70 a fault in cleaner, 130 interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with these arguments (`sys.argv` if None) and give its exit code."""
    console.write_utf8()
    try:
        code = _run(argv)
        console.flush()
    except BrokenPipeError:
        return console.abandon_output(console.BROKEN_PIPE)
    except KeyboardInterrupt:
        return console.abandon_output(console.INTERRUPTED)
    except OSError as error:
        console.tell(
            f"cannot write the output: {console.words(error)}; check the disk and where it goes"
        )
        return console.abandon_output(console.USAGE)
    except Exception as error:  # noqa: BLE001 - the user sees one line, whatever the fault
        return _fault(error)
    return code


def _fault(error: Exception) -> int:
    from cleaner.weights import WeightsError  # not before something is cleaned: it loads numpy

    if isinstance(error, WeightsError):
        console.tell(str(error))
        return console.USAGE
    console.tell(f"a fault in cleaner ({error!r}); please report it with the input")
    return console.INTERNAL


def _run(argv: Sequence[str] | None) -> int:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        # argparse has printed its help, or what is wrong with the arguments.
        return stop.code if isinstance(stop.code, int) else console.USAGE
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
    for command in _COMMANDS:
        command.add(commands)
    return parser
