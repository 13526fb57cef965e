"""Pages whose every line has a label: fixtures and seeds, labelled by hand, and generated ones."""

from __future__ import annotations

import json
from pathlib import Path

from cleaner import dump, features, fixture
from cleaner.strategies import LANGUAGES, STYLES
from training import generated
from training.corpus import by_hand
from training.encode import Example, encode_blocks
from training.options import ROOT

FIXTURES = ROOT / "fixtures"
_SITES = 8  # of each language, that generated pages are of


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
    pairs = len(LANGUAGES) * len(styles)
    found = []
    for at, page in enumerate(generated.pages(each * pairs, half=half, styles=styles)):
        site = f"generated {page.language} {at // pairs % _SITES}"
        found.append(_example(page.id, page.text, page.labels, True, domain=site))
    return found


def _example(
    name: str, text: str, labels: dict[int, str], article: bool, domain: str = ""
) -> Example:
    blocks = dump.read(text)
    return encode_blocks(
        features.describe(blocks),
        by_hand(labels, text, blocks),
        id=name,
        dataset="by hand",
        domain=domain or name,
        article=article,
    )
