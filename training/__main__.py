"""Retrain everything: `python -m training CORPUS [--seeds DIR] [--cache DIR]`; see README.md."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner import dump, features, fixture
from cleaner.article import Label
from cleaner.labeller import model
from cleaner.weights import Weights, save
from training import words
from training.corpus import by_hand
from training.encode import Example, encode, encode_blocks, fingerprint
from training.fit import Page, Schedule, fit
from training.measure import WORDS, measure
from training.network import Network
from training.page import logistic

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "src/cleaner/weights/labeller.npz"

# A dump labelled by hand, line by line, is worth so many dumps labelled from gold and HTML.
_BY_HAND_COPIES = 5
# A page that is no article counts less: what it holds is all cruft, of which there is plenty.
_NO_ARTICLE_WEIGHT = 0.5


def main(argv: Sequence[str] | None = None) -> None:
    """Encode, count words, fit, measure on dev what the header says, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of dumps.*, pages.*, other.*.jsonl.xz")
    parser.add_argument("--seeds", type=Path, help="folder of dumps (.txt) with labels (.json)")
    parser.add_argument("--cache", type=Path, default=ROOT / ".training", help="for encoded dumps")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--learning", type=int, default=Schedule().learning, help="epochs")
    parser.add_argument("--rehearsal", type=int, default=Schedule().rehearsal, help="epochs")
    parser.add_argument(
        "--without", metavar="RENDERER", help="leave its dumps out, to see the loss"
    )
    options = parser.parse_args(argv)
    cache = options.cache / fingerprint(options.corpus)
    learnt, more, silver, held_out = (
        encode(options.corpus, part, cache, options.processes)
        for part in ("train", "styles", "silver", "dev")
    )
    corpus = [e for e in (*learnt, *more, *silver) if options.without not in e.renderer.split()]
    shown = [*_fixtures(), *(_seeds(options.seeds) if options.seeds else ())]
    schedule = Schedule(options.learning, options.rehearsal)
    progress = cache / f"{schedule.learning}-{schedule.rehearsal}-{options.without or 'all'}.pt"
    weights = train(corpus, shown, schedule, progress)
    header = {
        "labels": [str(label) for label in Label],
        "template": list(features.NAMES),
        "buckets": features.BUCKETS,
        "corpus": _checksum(options.corpus),
        "script": "python -m training",
        "measured": measure(held_out, weights),
    }
    with options.out.open("wb") as file:
        save(file, weights, header)
    progress.unlink()  # a run that has ended is not to be taken up
    print(json.dumps(header["measured"], indent=1))


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


def _shown(name: str, text: str, labels: dict[int, str], article: bool) -> Example:
    blocks = dump.read(text)
    masks = by_hand(labels, text, blocks)
    return encode_blocks(blocks, masks, id=name, dataset="by hand", domain=name, article=article)


def train(
    learnt: Sequence[Example],
    shown: Sequence[Example],
    schedule: Schedule,
    progress: Path | None = None,
) -> Weights:
    """The weights that fit the corpus and what was labelled by hand; `progress` as in `fit`."""
    examples = [*learnt, *shown]
    tables, table = words.tables(examples)
    described = [words.facts(e, tables[words.fold(e)]) for e in examples]
    sample = np.concatenate(described[::5])
    mean, deviation = sample.mean(0), sample.std(0) + np.float32(1e-3)
    facts = [model.standardised(one, mean, deviation) for one in described]
    pages = [
        Page(one, words.long(e), e.masks, np.expm1(e.values[:, WORDS].astype(np.float32)), weight)
        for one, e, weight in zip(facts, examples, _importance(examples), strict=True)
    ]
    copies = _BY_HAND_COPIES - 1
    pages += pages[len(learnt) :] * copies
    network = fit(pages, len(pages) - len(learnt), schedule, progress)
    weights = _export(network, table, mean, deviation)
    examples += examples[len(learnt) :] * copies
    facts += facts[len(learnt) :] * copies
    return replace(weights, page=_page(examples, facts, weights))


def _page(
    examples: Sequence[Example], facts: Sequence[NDArray[np.float32]], weights: Weights
) -> NDArray[np.float32]:
    told = [
        model.page_facts(one, model.judge(one, words.long(e), weights).scores, e.counts)
        for one, e in zip(facts, examples, strict=True)
    ]
    return logistic(np.array(told, np.float64), np.array([e.article for e in examples]))


def _importance(examples: Sequence[Example]) -> list[float]:
    """How much each dump counts: a site of a hundred pages as much as ten sites of one."""
    pages_of = Counter(e.domain for e in examples)
    raw = [pages_of[e.domain] ** -0.5 * (1 if e.article else _NO_ARTICLE_WEIGHT) for e in examples]
    usual = sum(raw) / len(raw)
    return [weight / usual for weight in raw]


def _export(
    network: Network,
    table: NDArray[np.int8],
    mean: NDArray[np.float32],
    deviation: NDArray[np.float32],
) -> Weights:
    state = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    units = len(state["embedding.bias"])

    def stacked(name: str, *shape: int) -> NDArray[np.float32]:
        every = [state[f"{name}.{k}.weight"].T for k in range(len(network.layers))]
        return np.stack(every).reshape(len(every), *shape)

    return Weights(
        words=table,
        mean=mean.astype(np.float32),
        deviation=deviation.astype(np.float32),
        embedding=np.ascontiguousarray(state["embedding.weight"].T),
        embedding_bias=state["embedding.bias"],
        layers=stacked("layers", model.SEEN, units, units),
        attention=stacked("attention", units, model.HEADS),
        pooled=stacked("pooled", model.POOLED, units, units),
        layer_biases=np.stack([layer.bias.detach().numpy() for layer in network.layers]),
        emission=np.ascontiguousarray(state["emission.weight"].T),
        emission_bias=state["emission.bias"],
        page=np.zeros(1, np.float32),
    )


def _checksum(corpus: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(corpus.glob("*.train.jsonl.xz")):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
