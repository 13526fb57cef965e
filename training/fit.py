"""Fits the labeller's embedding and layers to encoded examples, with PyTorch."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from cleaner.labeller.echoes import Echoes
from cleaner.labeller.model import LABELS
from training.align import STORY
from training.network import HEARING, IMPOSSIBLE, UNITS, Network, Shared

_BATCH = 32
_LONGEST = 300  # blocks of a page looked at in one step: a longer one is cut at random
_NOISE = 0.05
_WORD_SHIFT = 0.25  # deviations by which the log-odds of all of a page's words are off
_WORDLESS = 0.1  # of the pages: learnt without their words; as many without the names of elements
_RATE = 4e-3
_INERTIA = 0.998  # how much of the average stays at each step
_DECAY = 1e-3
_STEEPEST = 5.0  # the longest step that a batch may ask for
_STORY_WEIGHT = 4.0  # of one minus the page's F1, beside the labels' own loss
# Where teachers have judged a page, what the gold says and what they say count so much.
_GOLD_SHARE, _TAUGHT_SHARE = 0.5, 1.5
_STORY = torch.tensor([label in STORY for label in LABELS])


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What is learnt from one dump of n blocks: standardised facts (n, D), which blocks are long
    (n,), allowed labels (n, L), sizes in words (n,), the ids of their words one after the other and
    how many each has (n,), how much the page counts, and the probabilities of the labels that
    teachers gave, if there were any (n, L)."""

    facts: NDArray[np.float32]
    long: NDArray[np.bool_]
    masks: NDArray[np.bool_]
    sizes: NDArray[np.float32]
    ids: NDArray[np.uint32]
    counts: NDArray[np.int32]
    weight: float
    taught: NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """Pages of like length, padded: beyond a page's end all is 0, every label allowed."""

    facts: Tensor
    nearest: tuple[
        Tensor, Tensor
    ]  # (pages, blocks): long block above and below, from 1; 0 for none
    shared: Shared
    masks: Tensor
    sizes: Tensor
    inside: Tensor  # (pages, blocks): 1 within the page
    weights: Tensor
    taught: Tensor  # (pages, blocks, L): what teachers said, 0 of a page that none has judged
    judged: Tensor  # (pages,): 1 where teachers have


def loss(odds: Tensor, batch: _Batch) -> Tensor:
    """For each page, what its labels and its body cost, and to be of another mind than teachers."""
    logs, blocks = torch.log_softmax(odds, 2), batch.inside.sum(1)
    allowed = torch.logsumexp(logs.masked_fill(~batch.masks, IMPOSSIBLE), 2)
    own = -(allowed * batch.inside).sum(1) / blocks.sqrt()
    gold = own + _STORY_WEIGHT * _body_loss(odds, batch)
    other = -((batch.taught * logs).sum(2) * batch.inside).sum(1) / blocks.sqrt()
    return (1 - (1 - _GOLD_SHARE) * batch.judged) * gold + _TAUGHT_SHARE * other


def _body_loss(odds: Tensor, batch: _Batch) -> Tensor:
    """One minus the F1 of a page's story, in words, each block counted as far as it is held for
    one; blocks that may be the story's or not do not count."""
    held = torch.softmax(odds, 2)[..., _STORY].sum(2)
    story = ~batch.masks[..., ~_STORY].any(2)
    cruft = ~batch.masks[..., _STORY].any(2)
    sizes = batch.sizes * batch.inside * (story | cruft)
    both = (sizes * held * story).sum(1)
    either = (sizes * held).sum(1) + (sizes * story).sum(1)
    has_story = (sizes * story).sum(1) > 0
    return (1 - 2 * both / either.clamp(min=1e-6)) * has_story


def fit(
    pages: Sequence[Page],
    epochs: int,
    progress: Path | None = None,
    *,
    seed: int = 0,
    odds: int = 1,
    hearing: int = HEARING,
    units: int = UNITS,
) -> Network:
    """Fit a network to pages, gone through so many times.

    Where `progress` names a file, the run is written there after each epoch, and one that was
    broken off goes on from there. `seed` is what chance begins with. The last facts are log-odds:
    `odds` is 1 where they are those of words, 2 where names follow. So many layers, the last, are
    `hearing` echoes; each has so many `units`.
    """
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)  # the steps are small: more threads wait for each other
    torch.set_flush_denormal(True)  # numbers near zero would slow the sums tenfold
    try:
        network = Network(pages[0].facts.shape[1], units, hearing=hearing)
        run = _Run(network, epochs * len(_plan(pages, random.Random(seed))), odds, seed)
        for epoch in range(run.take_up(progress), epochs):
            begun = time.monotonic()
            cost = run.learn(pages)
            took = time.monotonic() - begun
            print(f"epoch {epoch + 1}: {cost:.3f} in {took:.0f} s", file=sys.stderr)
            run.write(progress, epoch + 1)
        network.load_state_dict(run.average.module.state_dict())
    finally:
        torch.set_flush_denormal(False)
    return network.eval()


class _Run:
    """All that changes while a network learns, so that it can be written down and taken up.

    `average` follows the network slowly: it generalises better than the network of any one step.
    """

    def __init__(self, network: Network, steps: int, odds: int = 1, seed: int = 0) -> None:
        self.network, self.unsure_odds, self.shuffle = network, odds, random.Random(seed)
        self.average = AveragedModel(network, avg_fn=_followed)
        self.optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
        self.rates = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer, _RATE, total_steps=steps + 1
        )
        self._parts: dict[str, Any] = {
            "network": network,
            "average": self.average,
            "optimizer": self.optimizer,
            "rates": self.rates,
        }

    def learn(self, pages: Sequence[Page]) -> float:
        """Go through all pages once; the mean of what they cost."""
        costs = []
        for chosen in _plan(pages, self.shuffle):
            batch = _padded([pages[i] for i in chosen], self.shuffle, self.unsure_odds)
            odds = self.network(batch.facts, batch.nearest, batch.shared, batch.inside)
            cost = (loss(odds, batch) * batch.weights).mean()
            self.optimizer.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(self.network.parameters(), _STEEPEST)
            self.optimizer.step()
            self.rates.step()
            self.average.update_parameters(self.network)
            costs.append(float(cost.detach()))
        return sum(costs) / len(costs)

    def write(self, progress: Path | None, epochs: int) -> None:
        """Write down where the run stands after so many epochs, whole or not at all."""
        if progress is None:
            return
        state = {name: part.state_dict() for name, part in self._parts.items()}
        state |= {"epochs": epochs, "shuffle": self.shuffle.getstate()}
        aside = progress.with_suffix(".partial")
        torch.save(state | {"chance": torch.get_rng_state()}, aside)
        aside.replace(progress)

    def take_up(self, progress: Path | None) -> int:
        """Go on from where an earlier run was broken off: how many epochs it did."""
        if progress is None or not progress.exists():
            return 0
        state = torch.load(progress, weights_only=False)  # our own file, written above
        for name, part in self._parts.items():
            part.load_state_dict(state[name])
        self.shuffle.setstate(state["shuffle"])
        torch.set_rng_state(state["chance"])
        return int(state["epochs"])


def _followed(average: Tensor, now: Tensor, steps: Tensor | int) -> Tensor:
    """The average after one more step: at first it follows closely, later slowly."""
    steps = int(steps)
    return average.lerp(now, 1 - min(_INERTIA, (1 + steps) / (10 + steps)))


def _plan(pages: Sequence[Page], shuffle: random.Random) -> list[list[int]]:
    """All pages in random batches of like length."""
    order = list(range(len(pages)))
    shuffle.shuffle(order)
    batches = []
    for first in range(0, len(order), 20 * _BATCH):
        near = sorted(order[first : first + 20 * _BATCH], key=lambda i: len(pages[i].facts))
        batches += [near[k : k + _BATCH] for k in range(0, len(near), _BATCH)]
    shuffle.shuffle(batches)
    return batches


def nearest_long(long: NDArray[np.bool_]) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """For each block the nearest long one above and below it, -1 where there is none.

    >>> [places.tolist() for places in nearest_long(np.array([True, False, True]))]
    [[-1, 0, 0], [2, 2, -1]]
    """
    n = len(long)
    index = np.arange(n)
    above = np.maximum.accumulate(np.where(long, index, -1))
    below = np.minimum.accumulate(np.where(long, index, n)[::-1])[::-1]
    below = np.where(below < n, below, -1)
    return np.append(-1, above[:-1]), np.append(below[1:], -1)


def _padded(pages: Sequence[Page], shuffle: random.Random, unsure_odds: int = 1) -> _Batch:
    facts, masks, sizes, nearest, words, taught = [], [], [], [], [], []
    nothing = torch.zeros(_LONGEST, len(LABELS))
    for page in pages:
        first = shuffle.randrange(max(1, len(page.facts) - _LONGEST + 1))
        part = slice(first, first + _LONGEST)
        facts.append(torch.from_numpy(page.facts[part]))
        masks.append(torch.from_numpy(page.masks[part]))
        sizes.append(torch.from_numpy(page.sizes[part]))
        nearest.append([torch.from_numpy(places + 1) for places in nearest_long(page.long[part])])
        begin, end = int(page.counts[:first].sum()), int(page.counts[: first + _LONGEST].sum())
        words.append((page.ids[begin:end], page.counts[part]))
        said = nothing if page.taught is None else torch.from_numpy(page.taught[part]).float()
        taught.append(said[: len(sizes[-1])])
    pad = partial(nn.utils.rnn.pad_sequence, batch_first=True)
    inside = pad([torch.ones(len(own)) for own in sizes])
    padded = _disturbed(pad(facts), unsure_odds) * inside[..., None]
    return _Batch(
        padded,
        (pad([above for above, _ in nearest]), pad([below for _, below in nearest])),
        _shared(words, inside.shape[1]),
        pad(masks, padding_value=True),
        pad(sizes),
        inside,
        torch.tensor([page.weight for page in pages]),
        pad(taught),
        torch.tensor([float(page.taught is not None) for page in pages]),
    )


def _shared(words: Sequence[tuple[NDArray[np.uint32], NDArray[np.int32]]], longest: int) -> Shared:
    """Which blocks share words, of pages that are padded to the longest."""
    counts = np.zeros((len(words), longest), np.int64)
    for row, (_, own) in zip(counts, words, strict=True):
        row[: len(own)] = own
    ids = np.concatenate([ids for ids, _ in words])
    return Shared.of(Echoes(ids, counts.ravel(), [longest] * len(words)))


def _disturbed(facts: Tensor, unsure_odds: int = 1) -> Tensor:
    """Facts with noise of each block, and of each page as far as its log-odds are to be unsure.

    In a language of few sites all words of a page may speak for one label; in one never seen they
    say nothing. Likewise the names of elements on a site that is made in its own way.
    """
    facts = facts + _NOISE * torch.randn_like(facts)
    pages, _, size = facts.shape
    each = 2 * len(LABELS)  # the mean and the highest, for each label
    for k in range(unsure_odds):
        place = torch.arange(size)
        told = (place >= size - (k + 1) * each) & (place < size - k * each)
        known = torch.rand(pages, 1, 1) >= _WORDLESS
        shift = _WORD_SHIFT * torch.randn(pages, 1, size) * told
        facts = (facts + shift) * (known | ~told)
    return facts
