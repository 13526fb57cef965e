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
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner import byline, dump, features, labeller, title
from cleaner.byline.facts import NAMES as BYLINE_FACTS
from cleaner.source import read
from cleaner.title.facts import NAMES as TITLE_FACTS
from training import choice
from training.corpus import lines
from training.tokens import tokens

WEIGHTS = Path(__file__).parent.parent / "src/cleaner/weights"
FILES = ("dumps.train", "fields-dumps.train")
# Data sets whose gold has the names of each page: where a dump shows none, none is right.
COMPLETE = ("wcxb", "fundus")
WITH_ADDRESS = 4  # one page in so many is read with its address
# Names that agree with the gold's less than this are wrong, if nothing agrees better.
AGREEING = 0.6


class Page(NamedTuple):
    """A page's candidates: their facts, which are right, and the page's site."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    domain: str


def main(argv: Sequence[str] | None = None) -> None:
    """Read the corpus, look at its pages as the pickers do, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.fields", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of dumps.train, fields-dumps.train")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(argv)
    titles: list[Page] = []
    bylines: list[Page] = []
    for number, record in enumerate(_records(options.corpus)):
        text = read(record["text"]).text
        blocks, _, chances = labeller.label(dump.read(text), features.describe)
        # Most dumps come without their address.
        url = None if number % WITH_ADDRESS else record.get("url")
        gold, domain = record["gold"], record["domain"]
        found, rows = title.look(blocks, chances, url)
        if found and gold.get("title"):
            wanted = tokens(gold["title"])
            right = np.array([tokens(one.text) == wanted for one in found])
            titles.append(Page(np.array(rows), right, domain))
        if "byline" in gold or record["dataset"] in COMPLETE:
            headline = title.pick(blocks, chances)
            lines_, rows = byline.look(blocks, chances, headline.block if headline else None)
            if lines_:
                agree = np.array([agreement(one.names, gold.get("byline")) for one in lines_])
                right = (agree == agree.max()) & (agree >= AGREEING)
                bylines.append(Page(np.array(rows), right, domain))
    write(options.out / "title.toml", "title", TITLE_FACTS, titles)
    write(options.out / "byline.toml", "byline", BYLINE_FACTS, bylines)


def _records(corpus: Path) -> Iterator[dict[str, Any]]:
    for name in FILES:
        yield from lines(corpus / f"{name}.jsonl.xz")


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
        f"# `python -m training.fields` from {len(pages)} dumps of {len(sites)} sites.\n"
    )
    table = "".join(
        f"{name} = {{ weight = {weight:.3f}, usual = {mean:.3f} }}\n"
        for name, weight, mean in zip(names, weights, usual, strict=True)
    )
    path.write_text(f"{head}none = {none:.3f}\n\n[facts]\n{table}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
