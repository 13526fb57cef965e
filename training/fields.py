"""Learn how to choose title and byline: `python -m training.fields CORPUS`.

What speaks for a candidate stands in `cleaner.title.facts` and `cleaner.byline.facts`; here the
weights of these facts are fitted to the pages whose gold names the field, and written as TOML.
The labels come from the shipped labeller: where that is trained anew, this is run again after it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner import byline, dump, features, labeller, markup, title
from cleaner.agreement import ended, headline, settled
from cleaner.article import Block
from cleaner.byline.facts import NAMES as BYLINE_FACTS
from cleaner.description import Floats
from cleaner.source import read
from cleaner.strategies import LANGUAGES, STYLES, samples
from cleaner.title.facts import NAMES as TITLE_FACTS
from cleaner.weights import shipped
from training import choice
from training.corpus import lines
from training.tokens import tokens

WEIGHTS = Path(__file__).parent.parent / "src/cleaner/weights"
DUMPS, HTML = ("dumps.train", "fields-dumps.train"), ("pages.train", "fields-pages.train")
# Data sets whose gold has the names of each page: where a dump shows none, none is right.
COMPLETE = ("wcxb", "fundus")
WITH_ADDRESS = 4  # one page in so many is read with its address
# Names that agree with the gold's less than this are wrong, if nothing agrees better.
AGREEING = 0.6
# So many pages are invented of each language and style, and what they begin with.
GENERATED, SEED = 4, 3


class Seen(NamedTuple):
    """The labelled blocks of a page, how likely each label is, and where its headline stands."""

    blocks: tuple[Block, ...]
    chances: Floats
    headline: int | None


class Page(NamedTuple):
    """A page's candidates: their facts, which are right, and the page's site."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    domain: str


def main(argv: Sequence[str] | None = None) -> None:
    """Read the corpus, look at its pages as the pickers do, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.fields", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of the .jsonl.xz files of train")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(argv)
    titles: list[Page] = []
    bylines = _generated()
    for number, record in enumerate(_records(options.corpus, DUMPS)):
        seen, gold = _of_dump(record["text"]), record["gold"]
        if gold.get("title"):
            # Most dumps come without their address.
            url = None if number % WITH_ADDRESS else record.get("url")
            found, rows = title.look(seen.blocks, seen.chances, url)
            wanted = tokens(gold["title"])
            titles += _page(rows, [tokens(one.text) == wanted for one in found], record["domain"])
        if _tells_names(record):
            bylines += _credits(seen, gold.get("byline"), record["domain"])
    for record in filter(_tells_names, _records(options.corpus, HTML)):
        bylines += _credits(_of_html(record), record["gold"].get("byline"), record["domain"])
    write(options.out / "title.toml", "title", TITLE_FACTS, titles)
    write(options.out / "byline.toml", "byline", BYLINE_FACTS, bylines)


def _generated() -> list[Page]:
    """Bylines of invented pages, as they are and without their cruft: of names and words that no
    corpus at hand prints."""
    return [
        page
        for sample in samples(GENERATED * len(LANGUAGES) * len(STYLES), seed=SEED)
        for text in (sample.text, sample.plain)
        for page in _credits(
            _of_dump(text), sample.authors, f"generated {sample.language} {sample.style}"
        )
    ]


def _records(corpus: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for name in names:
        yield from lines(corpus / f"{name}.jsonl.xz")


def _tells_names(record: dict[str, Any]) -> bool:
    return "byline" in record["gold"] or record["dataset"] in COMPLETE


def _of_dump(text: str) -> Seen:
    blocks, _, chances = labeller.label(dump.read(read(text).text), features.describe)
    found = title.pick(blocks, chances)
    return Seen(blocks, chances, found.block if found else None)


def _of_html(record: dict[str, Any]) -> Seen:
    """As `cleaner.clean_html` sees a page: its headline is settled with what the page declares."""
    page = markup.read(read(record["html"]).text)
    describe = partial(
        features.describe_elements,
        page=page.blocks,
        structure=page.structure,
        declared=page.declared,
    )
    blocks, _, chances = labeller.label(page.blocks, describe, shipped("html"))
    shown = partial(title.pick, blocks, chances, record.get("url"))
    found = headline(blocks, page.structure, page.declared, shown)
    return Seen(ended(settled(blocks, found)), chances, found.block if found else None)


def _credits(seen: Seen, gold: Sequence[str] | None, domain: str) -> list[Page]:
    """The page of the credits that are seen; none where there is none."""
    found, rows = byline.look(*seen)
    return _page(rows, _right([one.names for one in found], gold), domain)


def _right(found: Sequence[Sequence[str]], gold: Sequence[str] | None) -> list[bool]:
    """Which of these credits are right: those that agree best with the gold, if well enough."""
    agree = [agreement(names, gold) for names in found]
    return [one == max(agree) and one >= AGREEING for one in agree]


def _page(rows: Sequence[Sequence[float]], right: Sequence[bool], domain: str) -> list[Page]:
    """The page of these candidates; none where there is no candidate."""
    return [Page(np.array(rows), np.array(right), domain)] if right else []


def agreement(names: Sequence[str], gold: Sequence[str] | None) -> float:
    """The F1 of two sets of names, folded to their words; where the gold is one credit of several
    names, these count too.

    >>> agreement(["Ana Ruiz"], ["ANA RUIZ", "Tom Lee"])
    0.6666666666666666
    >>> agreement(["Ana Ruiz", "Tom Lee"], ["Ana Ruiz and Tom Lee"])
    1.0
    """
    ours, theirs = _folded(names), _folded(gold or ())
    parts = _folded(name for credit in gold or () for name in byline.names(credit))
    wanted = [theirs, parts] if len(parts) > len(theirs) else [theirs]
    return max(2 * len(ours & one) / (len(ours) + len(one) or 1) for one in wanted)


def _folded(names: Iterable[str]) -> set[str]:
    return {" ".join(tokens(name)) for name in names}


def write(path: Path, field: str, names: Sequence[str], pages: Sequence[Page]) -> None:
    """Fit the weights of a field's facts and write them; a site counts as the root of its pages."""
    sites = Counter(page.domain for page in pages)
    importance = [sites[page.domain] ** -0.5 for page in pages]
    weights, usual, none = choice.fit([(page.rows, page.right) for page in pages], importance)
    head = (
        f"# How much each fact speaks for a {field}, in log-odds, and what it is in the mean; the\n"
        f"# odds of `none` are those that no candidate is right. Written by\n"
        f"# `python -m training.fields` from {len(pages)} pages of {len(sites)} sites.\n"
    )
    table = "".join(
        f"{name} = {{ weight = {weight:.3f}, usual = {mean:.3f} }}\n"
        for name, weight, mean in zip(names, weights, usual, strict=True)
    )
    path.write_text(f"{head}none = {none:.3f}\n\n[facts]\n{table}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
