"""Retrain everything: `python -m training CORPUS [--seeds DIR] [--cache DIR]`; see README.md."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from cleaner import dump, features, fixture
from cleaner.article import Label
from cleaner.strategies import LANGUAGES, STYLES
from cleaner.weights import Weights, load, save
from training import generated
from training.corpus import by_hand
from training.encode import Example, encode, encode_blocks, fingerprint
from training.learn import TEXT_EPOCHS, learn_html, learn_text
from training.measure import measure

# So many pages are invented of each language and style, of so many sites of each language.
_GENERATED, _SITES = 120, 8

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "src/cleaner/weights"


def main(argv: Sequence[str] | None = None) -> None:
    """Encode, count words, fit, measure on dev what the header says, and write the weights."""
    options = _parser().parse_args(argv)
    cache = options.cache / fingerprint(options.corpus)

    def encoded(*parts: str, without: str | None = None) -> list[Example]:
        found = (encode(options.corpus, part, cache, options.processes) for part in parts)
        return [e for own in found for e in own if without not in e.renderer.split()]

    learnt = partial(encoded, without=options.without)

    dumps = learnt("train", "styles", "silver")
    shown = [*_fixtures(), *(_seeds(options.seeds) if options.seeds else ())]
    path = options.out / "text.npz"
    if options.road == "html":
        text, _ = load(BytesIO(path.read_bytes()))
    else:
        kept = f"{options.without or 'all'}-{'all' if options.half is None else options.half}"
        progress = cache / f"{'-'.join(map(str, options.epochs))}-{kept}.pt"
        drawn, untold = _generated(options.half, options.without), learnt("untold")
        text = learn_text(dumps, shown, options.epochs, progress, drawn=drawn, untold=untold)
        _write(path, text, features.NAMES, options.corpus, measure(encoded("dev"), text))
        _forget(progress)
    if options.road != "text":
        progress = cache / "html.pt"
        pages = encoded("train html", "silver html")
        html = learn_html(pages, [*dumps, *shown], text, progress=progress)
        names = (*features.NAMES, *features.ELEMENT_NAMES)
        measured = measure(encoded("dev html"), html)
        # Words are the text road's.
        html = replace(html, words=html.words[:0], word_buckets=html.word_buckets[:0])
        _write(options.out / "html.npz", html, names, options.corpus, measured)
        _forget(progress)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of dumps.*, pages.*, other.*.jsonl.xz")
    parser.add_argument("--seeds", type=Path, help="folder of dumps (.txt) with labels (.json)")
    parser.add_argument("--cache", type=Path, default=ROOT / ".training", help="for encoded dumps")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder for the weights")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--road", choices=("text", "html", "both"), default="both")
    parser.add_argument(
        "--epochs",
        type=int,
        nargs="+",
        default=TEXT_EPOCHS,
        help="of the dumps: of each teacher, and of the network that is taught",
    )
    parser.add_argument(
        "--half",
        type=int,
        choices=(0, 1),
        help="generated pages of one half of the phrases, to see what the other costs",
    )
    parser.add_argument(
        "--without",
        metavar="RENDERER",
        help="learn from none of its dumps; what those of dev then lose is what a new style costs",
    )
    return parser


def _write(
    path: Path, weights: Weights, names: Sequence[str], corpus: Path, measured: dict[str, Any]
) -> None:
    header = {
        "labels": [str(label) for label in Label],
        "template": list(names),
        "buckets": features.BUCKETS,
        "corpus": _checksum(corpus),
        "script": "python -m training",
        "measured": measured,
    }
    with path.open("wb") as file:
        save(file, weights, header)
    print(json.dumps(measured, indent=1))


def _forget(progress: Path) -> None:
    """A run that has ended is not to be taken up."""
    for path in (progress, *progress.parent.glob(f"{progress.stem}.*.pt")):
        path.unlink()


def _generated(half: int | None, without: str | None = None) -> list[Example]:
    """Invented pages, one in four without cruft and one in four as cleaning leaves it; none of the
    style `without`."""
    styles = [style for style in STYLES if style != without]
    pairs = len(LANGUAGES) * len(styles)
    found = []
    for at, page in enumerate(generated.pages(_GENERATED * pairs, half=half, styles=styles)):
        site = f"generated {page.language} {at // pairs % _SITES}"
        found.append(_shown(page.id, page.text, page.labels, True, domain=site))
    return found


def _fixtures() -> list[Example]:
    found = []
    for path in sorted((ROOT / "fixtures").glob("*/*.tsv")):
        read = fixture.parse(path.read_text("utf-8"))
        labels = dict(enumerate(read.labels, 1))
        found.append(_shown(path.stem, read.dump, labels, read.header.get("article") != "no"))
    return found


def _seeds(folder: Path) -> list[Example]:
    found = []
    for path in sorted(folder.glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        labels = {int(line): kind for line, kind in gold["kinds"].items()}
        found.append(_shown(path.stem, path.read_text("utf-8"), labels, True))
    return found


def _shown(
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


def _checksum(corpus: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(corpus.glob("*.train.jsonl.xz")):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
