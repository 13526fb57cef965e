"""Learn how to choose title and byline: `python -m training.fields CORPUS`.

What speaks for a candidate stands in `cleaner.title.facts` and `cleaner.byline.facts`; here the
weights of these facts are fitted to the pages whose gold names the field, and written as TOML.
The labels come from the shipped labeller, for titles also from networks that have not seen the
page's site (`training.unseen`): where the labeller is trained anew, this is run again after it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner import byline, dump, features, fixture, labeller, markup, ranking, title
from cleaner.agreement import ended, headline, settled
from cleaner.article import Block
from cleaner.byline.facts import NAMES as BYLINE_FACTS
from cleaner.description import Floats
from cleaner.ranking import Ranking
from cleaner.source import read
from cleaner.strategies import LANGUAGES, STYLES, samples
from cleaner.title.facts import NAMES as TITLE_FACTS
from cleaner.weights import Weights, shipped
from training import unseen
from training.corpus import lines
from training.encode import encode, fingerprint
from training.options import ROOT, command_line, seeds_folder
from training.tokens import tokens

FIXTURES = ROOT / "fixtures/articles"
DUMPS, HTML = ("dumps.train", "fields-dumps.train"), ("pages.train", "fields-pages.train")
# Data sets whose gold has the names of each page: where a dump shows none, none is right.
COMPLETE = ("wcxb", "fundus")
WITH_ADDRESS = 4  # one page in so many is read with its address
# Names that agree with the gold's less than this are wrong, if nothing agrees better.
AGREEING = 0.6
# A page labelled by hand counts as so many.
BY_HAND_COPIES = 24
# So many pages are invented of each language and style, and what they begin with.
GENERATED, SEED = 16, 3
# Fits that differ by chance alone differ by .005 in the titles of dev dumps and by .008 in the
# bylines: of eight and seven of them these are served.
TITLE_SEED, BYLINE_SEED = 7, 2


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
    parser = command_line("training.fields", __doc__)
    parser.add_argument(
        "--seeds", type=seeds_folder, help="folder of dumps with what they hold, by hand"
    )
    options = parser.parse_args(argv)
    cache = options.cache / fingerprint(options.corpus)
    examples = encode(options.corpus, "train", cache, options.processes)
    networks = unseen.networks(examples, cache, options.processes)
    del examples
    titles = _titles(options.corpus, networks)
    write(options.out / "title.toml", "title", TITLE_FACTS, titles, TITLE_SEED)
    ranking.shipped.cache_clear()  # headlines are found by what has just been written
    bylines = _bylines(options.corpus, options.seeds)
    write(options.out / "byline.toml", "byline", BYLINE_FACTS, bylines, BYLINE_SEED)


def _titles(corpus: Path, networks: Sequence[Weights]) -> list[Page]:
    pages: list[Page] = []
    for number, record in enumerate(_records(corpus, DUMPS)):
        if not record["gold"].get("title"):
            continue
        wanted = tokens(record["gold"]["title"])
        # Most dumps come without their address.
        url = None if number % WITH_ADDRESS else record.get("url")
        for weights in (shipped(), networks[unseen.half(record["domain"])]):
            blocks, chances = _labelled(record["text"], weights)
            found, rows = title.look(blocks, chances, url)
            pages += _page(rows, [tokens(one.text) == wanted for one in found], record["domain"])
    return pages


def _bylines(corpus: Path, seeds: Path | None) -> list[Page]:
    pages = [*_generated(), *_by_hand(seeds)]
    for record in filter(_tells_names, _records(corpus, DUMPS)):
        pages += _credits(_of_dump(record["text"]), record["gold"].get("byline"), record["domain"])
    for record in filter(_tells_names, _records(corpus, HTML)):
        pages += _credits(_of_html(record), record["gold"].get("byline"), record["domain"])
    return pages


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


def _by_hand(seeds: Path | None) -> Iterator[Page]:
    """Bylines of the pages that were labelled by hand, which must come out right: each counts as
    much as so many pages."""
    fixtures = [fixture.parse(p.read_text("utf-8")) for p in sorted(FIXTURES.glob("*.tsv"))]
    shown = [(one.dump, one.header.get("authors", "").split("; ")) for one in fixtures]
    for path in sorted(seeds.glob("*.txt")) if seeds else ():
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        shown.append((path.read_text("utf-8"), gold["byline"]))
    for number, (text, authors) in enumerate(shown):
        for page in _credits(_of_dump(text), authors, f"hand {number}"):
            yield from [page] * BY_HAND_COPIES


def _records(corpus: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for name in names:
        yield from lines(corpus / f"{name}.jsonl.xz")


def _tells_names(record: dict[str, Any]) -> bool:
    return "byline" in record["gold"] or record["dataset"] in COMPLETE


def _labelled(text: str, weights: Weights) -> tuple[tuple[Block, ...], Floats]:
    blocks, _, chances = labeller.label(dump.read(read(text).text), features.describe, weights)
    return blocks, chances


def _of_dump(text: str) -> Seen:
    blocks, chances = _labelled(text, shipped())
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


def write(
    path: Path, field: str, names: Sequence[str], pages: Sequence[Page], seed: int = 0
) -> None:
    """Fit the weights of a field's facts and write them; `seed` is what chance begins with."""
    from training import choice  # needs PyTorch

    sites = {page.domain for page in pages}
    fitted = choice.fit(names, [(page.rows, page.right) for page in pages], seed)
    head = (
        f"# What speaks for a {field}: each fact's mean, how far it strays, what it is worth by\n"
        "# itself, in log-odds, and to each unit; `cleaner.ranking` tells how they add up.\n"
        f"# Written by `python -m training.fields` from {len(pages)} pages of {len(sites)} sites.\n"
    )
    path.write_text(head + written(fitted), encoding="utf-8")


def written(ranking: Ranking) -> str:
    """A ranking as `cleaner.ranking` reads it."""
    facts = zip(
        ranking.names, ranking.usual, ranking.spread, ranking.weights, ranking.units, strict=True
    )
    table = "".join(
        f"{name} = {{ usual = {usual:.4g}, spread = {spread:.4g}, weight = {weight:.3f}, "
        f"units = {_row(units)} }}\n"
        for name, usual, spread, weight, units in facts
    )
    return (
        f"constant = {ranking.constant:.3f}\nbias = {_row(ranking.bias)}\n"
        f"sums = {_row(ranking.sums)}\n\n[facts]\n{table}"
    )


def _row(values: Floats) -> str:
    return "[" + ", ".join(f"{value:.3f}" for value in values) + "]"


if __name__ == "__main__":
    main(sys.argv[1:])
