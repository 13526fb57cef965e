"""Fits how likely a block is the story's: `python -m training.calibration CORPUS`; see README.md.

How sure a network may be of a new site is learnt from networks that judge sites which they have not
seen (`training.unseen`), of dumps and of HTML; how sure of pages like those that it knows, from
what is labelled by hand and from generated pages, as the shipped network judges them, which has
learnt from them. Where the labeller is trained anew, this is run again after it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from cleaner.description import Floats
from cleaner.labeller import calibration, model
from cleaner.ranking import OUTLIER, Ranking
from cleaner.weights import Weights, shipped
from training import unseen
from training.align import settled
from training.choice import Network
from training.encode import Example, encode, fingerprint
from training.fields import written
from training.labelled import fixtures, invented, seeds
from training.measure import WORDS, judge_page
from training.options import command_line, seeds_folder

# A page labelled by hand counts as so many; so many are invented of each language and style.
_BY_HAND_COPIES, _INVENTED = 8, 24

_UNITS = 16
_EPOCHS = 10
_BATCH = 32  # pages
_RATE = 4e-3
_BODY_WEIGHT = 4.0  # of one minus the page's F1, beside what its blocks cost
_STEEPEST = 5.0


class Page(NamedTuple):
    """What is learnt from one page of n blocks: facts (n, F), what is the story's and what is not
    for sure (n,), sizes in words (n,), and the page's site."""

    facts: Floats
    story: NDArray[np.bool_]
    cruft: NDArray[np.bool_]
    sizes: Floats
    domain: str


def main(argv: Sequence[str] | None = None) -> None:
    """Judge each half of the sites by networks that learned from the other; fit and write."""
    parser = command_line("training.calibration", __doc__)
    parser.add_argument(
        "--seeds", type=seeds_folder, help="folder of dumps (.txt) with labels (.json)"
    )
    options = parser.parse_args(argv)
    cache = options.cache / fingerprint(options.corpus)
    dumps, html, vouched = (
        encode(options.corpus, part, cache, options.processes)
        for part in ("train", "train html", "silver html")
    )
    text = unseen.networks(dumps, cache, options.processes)
    of_html = unseen.html_networks([*html, *vouched], dumps, text, cache, options.processes)
    by_hand = [*fixtures(), *(seeds(options.seeds) if options.seeds else ())]
    known = [*by_hand * _BY_HAND_COPIES, *invented(_INVENTED)]
    pages = [
        *look(dumps, text),
        *look(html, of_html),
        *look(known, [shipped()] * unseen.HALVES),
    ]
    sites = len({page.domain for page in pages})
    head = (
        "# How likely a block is the story's, by what a network makes of it and of its page:\n"
        "# each fact's mean, how far it strays, what it is worth by itself, in log-odds, and to\n"
        "# each unit; `cleaner.ranking` tells how they add up.\n"
        f"# Written by `python -m training.calibration` from {len(pages)} pages of {sites} sites.\n"
    )
    (options.out / "calibration.toml").write_text(head + written(fit(pages)), "utf-8")


def look(examples: Sequence[Example], networks: Sequence[Weights]) -> Iterator[Page]:
    """What networks say of articles: of each the one that has not seen its half of the sites."""
    for one in examples:
        if not one.article:
            continue
        judged, article = judge_page(one, networks[unseen.half(one.domain)])
        yield Page(
            calibration.facts(model.story_odds(judged.odds), one.counts, article),
            *settled(one.masks),
            np.expm1(one.values[:, WORDS].astype(np.float64)),
            one.domain,
        )


def fit(pages: Sequence[Page]) -> Ranking:
    """The weights of the facts in `calibration.NAMES`; a site counts as the root of its pages."""
    torch.manual_seed(0)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    chance = np.random.default_rng(0)
    every = np.concatenate([page.facts for page in pages])
    usual, spread = every.mean(0), every.std(0) + 1e-6
    sites = Counter(page.domain for page in pages)
    weight = np.array([sites[page.domain] ** -0.5 for page in pages])
    network = Network(len(usual), _UNITS)
    starts = range(0, len(pages), _BATCH)
    optimizer = torch.optim.Adam(network.parameters(), lr=_RATE)
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, _RATE, total_steps=_EPOCHS * len(starts) + 1
    )
    for _ in range(_EPOCHS):
        order = chance.permutation(len(pages))
        for first in starts:
            chosen = order[first : first + _BATCH]
            own = [pages[i] for i in chosen]
            standard = (np.concatenate([page.facts for page in own]) - usual) / spread
            odds = network(torch.from_numpy(standard.clip(-OUTLIER, OUTLIER)).float())
            cost = _costs(odds, own) @ torch.from_numpy(weight[chosen] / weight.mean()).float()
            optimizer.zero_grad()
            (cost / len(own)).backward()
            nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
            optimizer.step()
            rates.step()
    return network.ranking(calibration.NAMES, usual, spread)


def _costs(odds: Tensor, pages: Sequence[Page]) -> Tensor:
    """What each page costs: how unlikely what its blocks are is held to be, and one minus the F1
    of its story in words, each block counted as far as it is held for the story's."""
    lengths = torch.tensor([len(page.sizes) for page in pages])
    owner = torch.repeat_interleave(torch.arange(len(pages)), lengths)
    story, cruft, sizes = (
        torch.from_numpy(np.concatenate(column)).float()
        for column in zip(*((page.story, page.cruft, page.sizes) for page in pages), strict=True)
    )

    def total(values: Tensor) -> Tensor:
        return torch.zeros(len(pages)).index_add(0, owner, values)

    sure = story + cruft
    missed = nn.functional.binary_cross_entropy_with_logits(odds, story, reduction="none") * sure
    held, wanted = torch.sigmoid(odds) * sizes * sure, story * sizes
    either = (total(held) + total(wanted)).clamp(min=1e-6)
    body = (1 - 2 * total(held * story) / either) * (total(wanted) > 0)
    return total(missed) / lengths.sqrt() + _BODY_WEIGHT * body


if __name__ == "__main__":
    main(sys.argv[1:])
