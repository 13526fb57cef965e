"""Retrain everything: `python -m training CORPUS [--seeds DIR] [--cache DIR]`; see README.md."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from cleaner import features
from cleaner.article import Label
from cleaner.weights import Weights, load, save
from training.encode import Example, encode, fingerprint
from training.labelled import FURTHER, INVENTED, fixtures, further, invented, invented_html, seeds
from training.learn import TEXT_EPOCHS, learn_html, learn_text
from training.measure import measure
from training.options import WEIGHTS, command_line, seeds_folder

# What is fitted to what the networks say of pages, in this order, and whether seeds are asked.
_FITTED = {"calibration": True, "fields": True, "templates": False}


def main(argv: Sequence[str] | None = None) -> None:
    """Learn the networks, and fit what is fitted to what they say where the package's own are new.

    That is asked of the weights that the package ships: where others were written, or those of one
    road, or some that were learnt to see what a part of the corpus is worth, nothing follows.
    """
    options = _parser().parse_args(argv)
    _networks(options)
    parts = options.without is not None or options.half is not None
    if options.road == "both" and options.out == WEIGHTS and not parts:
        for step, asks in _FITTED.items():
            _follow(step, options, options.seeds if asks else None)


def _follow(step: str, options: argparse.Namespace, seeds: Path | None) -> None:
    """Run a step in a process of its own, which reads the weights that were written last."""
    told = ["--cache", options.cache, "--processes", options.processes]
    told += ["--seeds", seeds] if seeds else []
    command = [sys.executable, "-m", f"training.{step}", options.corpus, *told]
    subprocess.run([str(part) for part in command], check=True)


def _networks(options: argparse.Namespace) -> None:
    """Encode, count words, fit, measure on dev what the header says, and write the weights."""
    cache = options.cache / fingerprint(options.corpus)

    def encoded(*parts: str, without: str | None = None) -> list[Example]:
        found = (encode(options.corpus, part, cache, options.processes) for part in parts)
        return [e for own in found for e in own if without not in e.renderer.split()]

    learnt = partial(encoded, without=options.without)

    dumps = learnt("train", "styles", "silver")
    drawn = invented(INVENTED, half=options.half, without=options.without)
    shown = [*fixtures(), *(seeds(options.seeds) if options.seeds else ())]
    path = options.out / "text.npz"
    if options.road == "html":
        text, _ = load(BytesIO(path.read_bytes()))
    else:
        kept = f"{options.without or 'all'}-{'all' if options.half is None else options.half}"
        progress = cache / f"{'-'.join(map(str, options.epochs))}-{kept}.pt"
        more = further(FURTHER, half=options.half, without=options.without)
        text = learn_text(
            dumps,
            shown,
            options.epochs,
            progress,
            drawn=drawn,
            untold=learnt("untold"),
            further=[*learnt("crowded"), *more],
            processes=options.processes,
        )
        _write(path, text, features.NAMES, options.corpus, measure(encoded("dev"), text))
        _forget(progress)
    if options.road != "text":
        _html_network(options, encoded, cache / "html.pt", [*dumps, *shown, *drawn], text)


def _html_network(
    options: argparse.Namespace,
    encoded: Callable[..., list[Example]],
    progress: Path,
    dumps: Sequence[Example],
    text: Weights,
) -> None:
    """The same for HTML, with the weights learnt from dumps."""
    pages, beside = encoded("train html", "silver html"), encoded("interrupted html")
    html = learn_html(pages, dumps, text, progress=progress, drawn=[*invented_html(), *beside])
    names = (*features.NAMES, *features.ELEMENT_NAMES)
    measured = measure(encoded("dev html"), html)
    # Words are the text road's.
    html = replace(html, words=html.words[:0], word_buckets=html.word_buckets[:0])
    _write(options.out / "html.npz", html, names, options.corpus, measured)
    _forget(progress)


def _parser() -> argparse.ArgumentParser:
    parser = command_line("training", __doc__)
    parser.add_argument(
        "--seeds", type=seeds_folder, help="folder of dumps (.txt) with labels (.json)"
    )
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


def _checksum(corpus: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(corpus.glob("*.train.jsonl.xz")):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
