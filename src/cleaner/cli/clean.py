"""`cleaner clean`: the article of one page."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from cleaner import render
from cleaner.article import Article
from cleaner.cli import console


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("clean", help="print the article of one page")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="default: text")
    console.add_page(parser)
    console.add_templates(parser)
    parser.set_defaults(command=_run)


def _run(arguments: argparse.Namespace) -> int:
    found = console.cleaned(arguments)
    if isinstance(found, int):
        return found
    record, article = found
    console.output().write(_FORMATS[arguments.format](article))
    if not article.is_article:
        console.flush()
        console.tell(f"{record.id}: no article found")
    return console.OK


def _json(article: Article) -> str:
    return render.json_text(article.to_dict(), indent=2) + "\n"


_FORMATS: dict[str, Callable[[Article], str]] = {
    "text": render.text,
    "json": _json,
    "markdown": render.markdown,
}
