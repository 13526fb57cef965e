"""Pages whose every line has a label: fixtures and seeds, labelled by hand, and generated ones."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from cleaner import dump, features, fixture, markup
from cleaner.strategies import LANGUAGES, STYLES, samples
from training import generated, plain
from training.corpus import by_hand
from training.encode import Example, describe_html, encode_blocks
from training.options import ROOT

INVENTED = 120  # generated pages of each language and style that are learnt from
# So many more of each are for the network that is served alone, and three times as many in the
# style in which links split paragraphs, with links in all that name anyone.
FURTHER, _SPLIT_TIMES, _ALL_LINKED = 80, 3, 1
FIXTURES = ROOT / "fixtures"
_SITES = 8  # of each language, that generated pages are of
_HTML_PAGES = 32  # of each language; with 80 body F1 is .003 less on dev pages
_BARE = 4  # one of so many generated pages of HTML is without cruft


def fixtures() -> list[Example]:
    """The fixtures of the repository."""
    found = []
    for path in sorted(FIXTURES.glob("*/*.tsv")):
        read = fixture.parse(path.read_text("utf-8"))
        labels = dict(enumerate(read.labels, 1))
        found.append(_example(path.stem, read.dump, labels, read.header.get("article") != "no"))
    return found


def seeds(folder: Path) -> list[Example]:
    """The dumps (.txt) of a folder, with the kinds of their lines (.json)."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        labels = {int(line): kind for line, kind in gold["kinds"].items()}
        found.append(_example(path.stem, path.read_text("utf-8"), labels, True))
    return found


def invented(each: int, *, half: int | None = None, without: str | None = None) -> list[Example]:
    """So many generated pages of each language and style, one in four without cruft and one in
    four as cleaning leaves it; of one `half` of the phrases, and none of the style `without`."""
    styles = [style for style in STYLES if style != without]
    drawn = generated.pages(each * len(LANGUAGES) * len(styles), half=half, styles=styles)
    return _of_sites("generated", drawn, len(styles))


def further(each: int, *, half: int | None = None, without: str | None = None) -> list[Example]:
    """So many more of other sites, and three times as many in the style that splits paragraphs."""
    styles = [style for style in STYLES if style != without]
    split = [style for style in styles if style == generated.SPLIT]
    of_style = each * len(LANGUAGES)
    drawn = partial(generated.pages, half=half)
    # From seeds of their own, that no page is learnt twice.
    more = drawn(of_style * len(styles), seed=generated.SEED + 3, styles=styles)
    torn = drawn(
        of_style * len(split) * _SPLIT_TIMES,
        seed=generated.SEED + 2,
        styles=split,
        linked=_ALL_LINKED,
    )
    return [
        *_of_sites("generated split", torn, len(split)),
        *_of_sites("generated more", more, len(styles)),
    ]


def _of_sites(named: str, pages: Iterable[generated.Page], styles: int) -> list[Example]:
    """Pages by turns of language and of so many styles, each language's of a few sites."""
    found = []
    for at, page in enumerate(pages):
        site = f"{named} {page.language} {at // (len(LANGUAGES) * styles) % _SITES}"
        made = _example(page.id, page.text, page.labels, True)
        found.append(replace(made, dataset=generated.GENERATED, renderer=page.style, domain=site))
    return found


def invented_html(each: int = _HTML_PAGES) -> list[Example]:
    """So many generated pages of each language as HTML, one in four without cruft."""
    drawn = samples(each * len(LANGUAGES), seed=generated.SEED, styles=["clipboard"])
    found = []
    for at, sample in enumerate(drawn):
        nth = at // len(LANGUAGES)
        bare = replace(sample, text=sample.plain, labels=sample.plain_labels)
        html, labels = plain.html(sample if nth % _BARE else bare, random.Random(at))
        read = markup.read(html)
        by_line = dict(enumerate(labels, 1))
        found.append(
            encode_blocks(
                describe_html(read),
                by_hand(by_line, read.text, read.blocks),
                id=f"generated-html-{at}",
                dataset=generated.GENERATED,
                domain=f"generated {sample.language} {nth % _SITES}",
                article=True,
            )
        )
    return found


def _example(name: str, text: str, labels: dict[int, str], article: bool) -> Example:
    blocks = dump.read(text)
    return encode_blocks(
        features.describe(blocks),
        by_hand(labels, text, blocks),
        id=name,
        dataset="by hand",
        domain=name,
        article=article,
    )
