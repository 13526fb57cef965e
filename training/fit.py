"""Fits the labeller's embedding and layers to encoded examples, with PyTorch."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from cleaner.labeller.model import CONTEXTS, LABELS, REACH, SEEN
from training.align import STORY

UNITS, LAYERS = 40, 3

_BATCH = 32
_LONGEST = 300  # blocks of a page looked at in one step: a longer one is cut at random
_INPUT_DROPOUT = 0.1
_DROPOUT = 0.1
_LAST_DROPOUT = 0.15
_NOISE = 0.05
_RATE = 4e-3
_REHEARSAL_RATE = 1e-3
_DECAY = 1e-3
_STORY_WEIGHT = 4.0  # of one minus the page's F1, beside the labels' own loss
_IMPOSSIBLE = -1e4
_REHEARSED = 8  # one page in so many is gone through again with those labelled by hand

_STORY = torch.tensor([label in STORY for label in LABELS])


@dataclass(frozen=True, slots=True)
class Schedule:
    """Epochs over all pages, and over those that must come right among some of the others."""

    learning: int = 12
    rehearsal: int = 6


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What is learnt from one dump of n blocks: standardised facts (n, D), allowed labels (n, L),
    sizes in words (n,), and how much the page counts."""

    facts: NDArray[np.float32]
    masks: NDArray[np.bool_]
    sizes: NDArray[np.float32]
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """Pages of like length, padded: beyond a page's end all is 0, every label allowed."""

    facts: Tensor
    masks: Tensor
    sizes: Tensor
    inside: Tensor  # (pages, blocks): 1 within the page
    weights: Tensor


class Network(nn.Module):
    """The embedding of a block and the layers over its surroundings, as served."""

    def __init__(self, facts: int, units: int = UNITS, layers: int = LAYERS) -> None:
        super().__init__()
        self.embedding = nn.Linear(facts, units)
        self.layers = nn.ModuleList(nn.Linear(SEEN * units, units) for _ in range(layers))
        self.emission = nn.Linear(units, len(LABELS))
        self.drop_input = nn.Dropout(_INPUT_DROPOUT)
        self.drop = nn.Dropout(_DROPOUT)
        self.drop_last = nn.Dropout(_LAST_DROPOUT)

    def forward(self, facts: Tensor, inside: Tensor) -> Tensor:
        """Log-odds (pages, blocks, labels) of facts (pages, blocks, features)."""
        within = inside[..., None]
        own = units = self.drop(torch.relu(self.embedding(self.drop_input(facts))) * within)
        for k, layer in enumerate(self.layers, 1):
            units = torch.relu(layer(_seen(units, own, within))) * within
            units = self.drop(units) if k < len(self.layers) else self.drop_last(units)
        return self.emission(units)


def _seen(units: Tensor, own: Tensor, within: Tensor) -> Tensor:
    """What a layer sees of each block, as `labeller.model.surroundings` has it."""
    n = units.shape[1]
    sums = nn.functional.pad(units, (0, 0, REACH + 1, REACH)).cumsum(1)
    padded = nn.functional.pad(units, (0, 0, REACH, REACH))
    parts = [
        padded[:, REACH + first :][:, :n]
        if last - first == 1
        else (sums[:, REACH + last :][:, :n] - sums[:, REACH + first :][:, :n]) / (last - first)
        for first, last in CONTEXTS
    ]
    page = units.sum(1, keepdim=True) / within.sum(1, keepdim=True)
    return torch.cat([*parts, page.expand_as(units), own], 2)


def loss(odds: Tensor, batch: _Batch) -> Tensor:
    """For each page, what its labels and its body cost."""
    logs = torch.log_softmax(odds, 2).masked_fill(~batch.masks, _IMPOSSIBLE)
    blocks = batch.inside.sum(1)
    own = -(torch.logsumexp(logs, 2) * batch.inside).sum(1) / blocks.sqrt()
    return own + _STORY_WEIGHT * _body_loss(odds, batch)


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


def fit(pages: Sequence[Page], by_hand: int, schedule: Schedule) -> Network:
    """Fit a network to pages.

    The last `by_hand` pages were labelled by hand: a rehearsal at the end goes through them again,
    among every so many of the others.
    """
    torch.manual_seed(0)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)  # the steps are small: more threads wait for each other
    torch.set_flush_denormal(True)  # numbers near zero would slow the sums tenfold
    try:
        shuffle = random.Random(0)
        network = Network(pages[0].facts.shape[1])
        first = len(pages) - by_hand
        rehearsed = [page for i, page in enumerate(pages) if i >= first or i % _REHEARSED == 0]
        _learn(network, pages, schedule.learning, _RATE, shuffle)
        _learn(network, rehearsed, schedule.rehearsal, _REHEARSAL_RATE, shuffle)
    finally:
        torch.set_flush_denormal(False)
    return network.eval()


def _learn(
    network: Network, pages: Sequence[Page], epochs: int, rate: float, shuffle: random.Random
) -> None:
    if not epochs:
        return
    steps = len(list(_batches(pages, shuffle)))
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=_DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=epochs * (steps + 1))
    for epoch in range(epochs):
        begun, summed = time.monotonic(), 0.0
        for batch in _batches(pages, shuffle):
            losses = loss(network(batch.facts, batch.inside), batch) * batch.weights
            optimizer.zero_grad()
            losses.mean().backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            rates.step()
            summed += float(losses.detach().mean())
        took = time.monotonic() - begun
        print(f"epoch {epoch + 1}: {summed / steps:.3f} in {took:.0f} s", file=sys.stderr)


def _batches(pages: Sequence[Page], shuffle: random.Random) -> Iterator[_Batch]:
    """All pages in random batches of like length."""
    order = list(range(len(pages)))
    shuffle.shuffle(order)
    batches = []
    for first in range(0, len(order), 20 * _BATCH):
        near = sorted(order[first : first + 20 * _BATCH], key=lambda i: len(pages[i].facts))
        batches += [near[k : k + _BATCH] for k in range(0, len(near), _BATCH)]
    shuffle.shuffle(batches)
    for chosen in batches:
        yield _padded([pages[i] for i in chosen], shuffle)


def _padded(pages: Sequence[Page], shuffle: random.Random) -> _Batch:
    facts, masks, sizes = [], [], []
    for page in pages:
        first = shuffle.randrange(max(1, len(page.facts) - _LONGEST + 1))
        part = slice(first, first + _LONGEST)
        facts.append(torch.from_numpy(page.facts[part]))
        masks.append(torch.from_numpy(page.masks[part]))
        sizes.append(torch.from_numpy(page.sizes[part]))
    pad = nn.utils.rnn.pad_sequence
    inside = pad([torch.ones(len(own)) for own in sizes], batch_first=True)
    padded = pad(facts, batch_first=True)
    padded = padded + _NOISE * torch.randn_like(padded) * inside[..., None]
    return _Batch(
        padded,
        pad(masks, batch_first=True, padding_value=True),
        pad(sizes, batch_first=True),
        inside,
        torch.tensor([page.weight for page in pages]),
    )
