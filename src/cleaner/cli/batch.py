"""`cleaner batch`: directories, archives and tables of pages into one output."""

from __future__ import annotations

import argparse
from pathlib import Path

from cleaner import batch, records
from cleaner.article import Label
from cleaner.batch import Format, ResumeError, WorkerError, manifest
from cleaner.cli import console
from cleaner.cli.progress import Progress
from cleaner.records import MissingExtraError
from cleaner.template import TemplateError, Templates

_DESCRIPTION = """\
Clean every page of the inputs into one output. INPUT is a directory (all pages below it), a page,
a file of pages (JSON lines, Parquet, WARC, WET), each also as .gz .bz2 .xz .zst, or - for standard
input. What became of each input stands, a line for each, in the manifest beside the output.
"""

_RESUME = "the same command with --resume goes on from there"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "batch", help="clean directories, archives and tables of pages", description=_DESCRIPTION
    )
    parser.add_argument("inputs", nargs="+", type=console.path, metavar="INPUT")
    parser.add_argument(
        "--out",
        required=True,
        metavar="OUT",
        help="for example articles.jsonl; a new folder for text, markdown and json",
    )
    parser.add_argument(
        "--format",
        choices=[str(form) for form in Format],
        help="default: jsonl, or parquet where OUT ends in .parquet",
    )
    parser.add_argument(
        "--workers", type=_count, metavar="N", help="processes that clean (default: one per core)"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with a run of this command that broke off"
    )
    parser.add_argument(
        "--column", metavar="NAME", help="the column that holds the pages (JSON lines, Parquet)"
    )
    parser.add_argument(
        "--keep",
        type=_labels,
        default=frozenset(),
        metavar="KINDS",
        help="labels whose text stays in the body, as in caption,related",
    )
    parser.add_argument(
        "--dedup", action="store_true", help="mark exact and near duplicates in the manifest"
    )
    _add_templates(parser)
    console.add_today(parser)
    parser.set_defaults(command=_run)


def _add_templates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--templates",
        nargs="?",
        const=True,
        default=False,
        metavar="FILE",
        help="what each site repeats, as evidence: learned in a first pass, or from FILE",
    )
    parser.add_argument(
        "--save-templates", metavar="FILE", help="leave what was learned (implies --templates)"
    )


def _run(arguments: argparse.Namespace) -> int:
    progress = Progress(arguments.inputs)
    try:
        templates = _templates(arguments)
        summary = batch.run(
            arguments.inputs,
            arguments.out,
            format=arguments.format,
            workers=arguments.workers,
            resume=arguments.resume,
            column=arguments.column,
            keep=arguments.keep,
            dedup=arguments.dedup,
            today=arguments.today,
            templates=templates,
            save_templates=arguments.save_templates,
            progress=progress,
        )
    except KeyboardInterrupt:
        progress.close(f"interrupted after {progress.done} inputs; {_RESUME}")
        return console.INTERRUPTED
    except (ResumeError, MissingExtraError, WorkerError, TemplateError) as error:
        progress.close(str(error))
        return console.USAGE
    except OSError as error:
        progress.close(_refusal(error, arguments))
        return console.USAGE
    listing = manifest.path(Path(arguments.out))
    number = "1 input was" if progress.unread == 1 else f"{progress.unread} inputs were"
    unread = f"{number} not read, as no pages; the manifest says why"
    progress.close(
        *str(summary).splitlines(),
        *([unread] if progress.unread else ()),
        f"→ {arguments.out}, and for every input a line in {listing}",
    )
    return console.BAD_INPUT if summary.failed else console.OK


def _templates(arguments: argparse.Namespace) -> Templates | bool:
    """The templates of a file, or whether they are to be learned. Raises TemplateError."""
    if not isinstance(arguments.templates, str):
        return bool(arguments.templates or arguments.save_templates)
    try:
        return console.templates(arguments.templates)
    except TemplateError as error:
        raise TemplateError(f"{error} (to learn them, put --templates after the inputs)") from error


def _refusal(error: OSError, arguments: argparse.Namespace) -> str:
    if error.filename in arguments.inputs:
        return f"{error.filename}: {records.told(error)}"
    began = Path(f"{arguments.out}.part").exists()
    mended = f"when that is mended, {_RESUME}" if began else "check the path"
    return f"{arguments.out}: cannot be written ({console.words(error)}); {mended}"


def _count(word: str) -> int:
    count = int(word) if word.isascii() and word.isdecimal() else 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of processes")
    return count


def _labels(words: str) -> frozenset[Label]:
    try:
        return frozenset(Label(word.strip()) for word in words.split(",") if word.strip())
    except ValueError as error:
        known = ", ".join(Label)
        raise argparse.ArgumentTypeError(f"{error}; the kinds are {known}") from error
