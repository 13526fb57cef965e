"""Fits the weights of what recurs on a site: `python -m training.templates CORPUS`; see README.md.

Evidence is worth what it adds to what the network says of a page that it has not seen: so each half
of the sites is judged by one that learned from the other half (`training.unseen`). Few sites of the
corpus have a series with a standing intro, which recurs and yet is the story's: generated sites
teach that, judged by the shipped network, which has learned from pages like them and is as sure of
them as of any others.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner import dump, features, weights
from cleaner.article import Block
from cleaner.description import Floats
from cleaner.labeller import model, recurrence
from cleaner.labeller.calibration import calibrate
from cleaner.strategies import LANGUAGES, STYLES, site_samples
from cleaner.template import Learner, page
from cleaner.weights import Weights
from training import unseen
from training.align import settled
from training.corpus import by_hand, lines
from training.encode import Example, encode, encode_blocks, fingerprint
from training.generated import SEED
from training.measure import WORDS, judge_page
from training.options import command_line
from training.words import long

UPWARD = "alone", "unfound"  # how facts begin that may speak for the story alone
_FEWEST = 3  # pages of a site
_PAGES = 15  # of a generated one
_RIDGE = 1e-4
_STEPS = 50
_ENOUGH = 1e-6
_FAR = 30.0  # log-odds that are as good as endless

Rows = tuple[Floats, Floats, Floats, Floats]  # facts, log-odds without them, truth, importance


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A dump of a page whose site was not learned from: what the network says of its blocks."""

    blocks: Sequence[Block]
    story: Floats  # (n,) log-odds
    long: NDArray[np.bool_]
    truth: NDArray[np.int8]  # (n,) 1 story, 0 cruft, -1 either
    sizes: Floats  # (n,) in words


def main(argv: Sequence[str] | None = None) -> None:
    """Judge each half by the other, learn templates, fit the weights and write them."""
    options = command_line("training.templates", __doc__).parse_args(argv)
    cache = options.cache / fingerprint(options.corpus)
    examples = encode(options.corpus, "train", cache, options.processes)
    sites = _sites(options.corpus, examples, unseen.networks(examples, cache, options.processes))
    real = len({domain for domain, _ in sites})
    rows = [
        row
        for name, dumps in sorted({**sites, **_generated()}.items())
        for row in _rows(name, dumps)
    ]
    fitted = fit_upward(rows, [name.startswith(UPWARD) for name in recurrence.NAMES])
    dumps = sum(map(len, sites.values()))
    table = written(fitted, dumps, real)
    (options.out / "recurrence.toml").write_text(table, "utf-8")
    print(table)


def written(fitted: Floats, dumps: int, sites: int) -> str:
    """The file of the weights.

    >>> print(written(np.arange(13.0), 9, 3).splitlines()[-1])
    "unfound" = 12.000
    """
    head = (
        "# By how much the log-odds of the story change for each fact of what recurs on a site.\n"
        f"# Written by `python -m training.templates` from {dumps} dumps of {sites} sites.\n"
    )
    named = zip(recurrence.NAMES, fitted, strict=True)
    return head + "[facts]\n" + "".join(f'"{name}" = {value:.3f}\n' for name, value in named)


def _sites(
    corpus: Path, examples: Sequence[Example], networks: Sequence[Weights]
) -> dict[tuple[str, str], list[Judged]]:
    """The dumps of each site in each style, of sites of several pages."""
    texts = {
        (record["id"], record["renderer"]): record["text"]
        for name in ("dumps", "extra-dumps")
        for record in lines(corpus / f"{name}.train.jsonl.xz")
    }
    sites: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in examples:
        if one.article and (one.id, one.renderer) in texts:
            blocks = dump.read(texts[one.id, one.renderer])
            network = networks[unseen.half(one.domain)]
            sites[one.domain, one.renderer].append(_judged(one, blocks, network))
    return {name: dumps for name, dumps in sites.items() if len(dumps) >= _FEWEST}


def _judged(example: Example, blocks: Sequence[Block], network: Weights) -> Judged:
    judged, article = judge_page(example, network)
    own = calibrate(judged, example.counts, [len(blocks)], [article])
    story, cruft = settled(example.masks)
    truth = np.where(cruft, 0, np.where(story, 1, -1))
    sizes = np.expm1(example.values[:, WORDS].astype(np.float64))
    return Judged(blocks, model.story_odds(own.odds), long(example), truth.astype(np.int8), sizes)


def _generated() -> dict[tuple[str, str], list[Judged]]:
    """The pages of invented sites, of every language and style."""
    shipped = weights.shipped()
    sites: dict[tuple[str, str], list[Judged]] = {}
    for language in LANGUAGES:
        for style in STYLES:
            pages = site_samples(_PAGES, site="learned", seed=SEED, language=language, style=style)
            found = []
            for sample in pages:
                labels = {line: label for line, label in enumerate(sample.labels, 1) if label}
                blocks = dump.read(sample.text)
                example = encode_blocks(
                    features.describe(blocks),
                    by_hand(labels, sample.text, blocks),
                    id="",
                    dataset="",
                    domain="",
                    article=True,
                )
                found.append(_judged(example, blocks, shipped))
            sites[f"generated {language}", style] = found
    return sites


def _rows(site: tuple[str, str], dumps: Sequence[Judged]) -> Iterator[Rows]:
    """What is learnt from each dump of a site: by all its other pages, and by some of them.

    A folder holds any number of pages of a site: what two of them tell is worth knowing too.
    """
    chance = random.Random(" ".join(site))
    for few in (False, True):
        for one in dumps:
            others = [other for other in dumps if other is not one]
            if few:
                others = chance.sample(others, chance.randint(2, max(2, len(others) // 2)))
            learner = Learner()
            for other in others:
                learner.add(page(other.blocks))
            seen = learner.template.seen(one.blocks)
            if seen is None:
                continue
            sure = one.truth >= 0
            # A word more for each line: one of signs alone counts too.
            importance = (one.sizes + 1) / max((one.sizes + 1)[sure].sum(), 1)
            known = recurrence.facts(seen, one.long, one.story)
            told = sure & known.any(1)  # of other lines there is nothing to learn
            yield (
                known[told],
                one.story[told],
                one.truth[told].astype(np.float64),
                importance[told] * len(dumps) ** -0.5,
            )


def fit(rows: Sequence[Rows]) -> Floats:
    """The weights of facts, added to log-odds that are given: logistic regression, by Newton.

    >>> fact, truth = np.ones((4, 1)), np.array([1.0, 1.0, 1.0, 0.0])
    >>> fit([(fact, np.zeros(4), truth, np.ones(4))]).round(2).tolist()
    [1.1]
    """
    known, odds, truth, weight = (np.concatenate(column) for column in zip(*rows, strict=True))
    weight = weight / weight.sum()
    spread = known.std(0)
    spread[spread == 0] = 1
    known = known / spread

    def cost(beta: Floats) -> float:
        told = odds + known @ beta
        missed = np.logaddexp(0, told) - truth * told
        return float(weight @ missed + _RIDGE * beta @ beta / 2)

    beta = np.zeros(known.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(odds + known @ beta).clip(-_FAR, _FAR)))
        slope = known.T @ (weight * (chance - truth)) + _RIDGE * beta
        bend = (known.T * (weight * chance * (1 - chance))) @ known + _RIDGE * np.eye(len(beta))
        step = np.linalg.solve(bend, slope)
        before = cost(beta)
        while cost(beta - step) > before and np.abs(step).max() >= _ENOUGH:
            step /= 2
        beta = beta - step
        if np.abs(step).max() < _ENOUGH:
            break
    fitted: Floats = beta / spread
    return fitted


def fit_upward(rows: Sequence[Rows], upward: Sequence[bool]) -> Floats:
    """The same, where some facts may speak for the story alone: what stands alone on other pages
    is no more furniture for that, nor is what stands on none. A fact that seems to speak against
    it is left out.

    >>> against, truth = np.ones((4, 1)), np.array([0.0, 0.0, 0.0, 1.0])
    >>> fit_upward([(against, np.zeros(4), truth, np.ones(4))], [True]).round(2).tolist()
    [0.0]
    """
    fitted = fit(rows)
    barred = (fitted < 0) & np.array(upward)
    if not barred.any():
        return fitted
    left = [(np.where(barred, 0, known), odds, truth, size) for known, odds, truth, size in rows]
    return fit_upward(left, upward)


if __name__ == "__main__":
    main(sys.argv[1:])
