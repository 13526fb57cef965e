"""Fits the labeller's network and label chain to encoded examples, with PyTorch."""

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

from cleaner.labeller.model import CONTEXTS, LABELS, REACH

Arrays = Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]]

_HIDDEN = 64
_BATCH = 32
_LONGEST = 300  # blocks of a page looked at in one step: a longer one is cut at random
_INPUT_DROPOUT = 0.1
_DROPOUT = 0.3
_NOISE = 0.05
_RATE = 4e-3
_CHAIN_RATE = 1e-3
_DECAY = 1e-3
_IMPOSSIBLE = -1e4
_REHEARSED = 8  # one page in so many is gone through again with those labelled by hand


@dataclass(frozen=True, slots=True)
class Schedule:
    """Epochs of the network alone, of network and chain together, and over what must come right."""

    alone: int = 3
    together: int = 3
    rehearsal: int = 5


class Network(nn.Module):
    """The hidden layer over the contexts of a block, and the label chain, as served."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.context = nn.Linear(features, len(CONTEXTS) * _HIDDEN, bias=False)
        self.bias = nn.Parameter(torch.zeros(_HIDDEN))
        self.emission = nn.Linear(_HIDDEN, len(LABELS))
        self.transition = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.start = nn.Parameter(torch.zeros(len(LABELS)))
        self.end = nn.Parameter(torch.zeros(len(LABELS)))
        self.drop_input = nn.Dropout(_INPUT_DROPOUT)
        self.drop = nn.Dropout(_DROPOUT)
        nn.init.normal_(self.context.weight, std=(2 / (features * len(CONTEXTS))) ** 0.5)

    def forward(self, facts: Tensor) -> Tensor:
        """Emissions (pages, blocks, labels) of facts (pages, blocks, features)."""
        seen = self.context(self.drop_input(facts))
        parts = seen.split(_HIDDEN, dim=2)
        total = self.bias + sum(_window(p, *w) for p, w in zip(parts, CONTEXTS, strict=True))
        out: Tensor = self.emission(self.drop(torch.relu(total)))
        return out

    def chain_loss(self, emissions: Tensor, masks: Tensor, lengths: Tensor) -> Tensor:
        """Minus the log-probability that a page's labels are among the allowed ones, as a chain."""
        pages = len(emissions)
        allowed = emissions.masked_fill(~masks, _IMPOSSIBLE)
        totals = self._log_total(torch.cat([emissions, allowed]), torch.cat([lengths, lengths]))
        return totals[:pages] - totals[pages:]

    def _log_total(self, emissions: Tensor, lengths: Tensor) -> Tensor:
        """The log of the summed weight of all label sequences (the forward algorithm, rescaled)."""
        highest = emissions.amax(2, keepdim=True)
        weights = torch.exp(emissions - highest)
        onward, end = torch.exp(self.transition), torch.exp(self.end)
        reached = torch.exp(self.start) * weights[:, 0]
        total = torch.zeros(len(emissions))
        for i, weight in enumerate(weights.unbind(1)):
            stepped = (reached @ onward) * weight if i else reached
            mass = stepped.sum(1)
            inside = i < lengths
            total = total + torch.where(inside, torch.log(mass), 0.0)
            reached = torch.where(inside[:, None], stepped / mass[:, None], reached)
        inside = torch.arange(emissions.shape[1])[None] < lengths[:, None]
        return total + torch.log(reached @ end) + (highest[..., 0] * inside).sum(1)

    def own_loss(self, emissions: Tensor, masks: Tensor, lengths: Tensor) -> Tensor:
        """Minus the log-probability of the allowed labels, each block on its own."""
        logs = torch.log_softmax(emissions, 2).masked_fill(~masks, _IMPOSSIBLE)
        inside = torch.arange(masks.shape[1])[None] < lengths[:, None]
        return -(torch.logsumexp(logs, 2) * inside).sum(1)


def _window(rows: Tensor, first: int, last: int) -> Tensor:
    n = rows.shape[1]
    sums = nn.functional.pad(rows, (0, 0, REACH + 1, REACH)).cumsum(1)
    return (sums[:, REACH + last :][:, :n] - sums[:, REACH + first :][:, :n]) / (last - first)


def fit(pages: Arrays, weights: Sequence[float], by_hand: int, schedule: Schedule) -> Network:
    """Fit a network to pages of (standardised facts, allowed labels), each of a weight.

    The last `by_hand` pages were labelled by hand: a rehearsal at the end goes through them again,
    among every so many of the others.
    """
    torch.manual_seed(0)
    torch.use_deterministic_algorithms(True)
    torch.set_flush_denormal(True)  # numbers near zero would slow the chain tenfold
    shuffle = random.Random(0)
    network = Network(pages[0][0].shape[1])
    every = range(len(pages))
    rehearsed = [i for i in every if i >= len(pages) - by_hand or i % _REHEARSED == 0]
    for loss, order, epochs, rate in (
        (network.own_loss, every, schedule.alone, _RATE),
        (network.chain_loss, every, schedule.together, _CHAIN_RATE),
        (network.chain_loss, rehearsed, schedule.rehearsal, _CHAIN_RATE),
    ):
        if not epochs:
            continue
        steps = len(list(_batches(pages, order, shuffle)))
        optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=_DECAY)
        rates = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, rate, total_steps=epochs * (steps + 1)
        )
        for epoch in range(epochs):
            begun, summed = time.monotonic(), 0.0
            for chosen in _batches(pages, order, shuffle):
                facts, masks, lengths = _padded([pages[i] for i in chosen], shuffle)
                page_weights = torch.tensor([weights[i] for i in chosen])
                losses = loss(network(facts), masks, lengths) / lengths.sqrt() * page_weights
                optimizer.zero_grad()
                losses.mean().backward()  # type: ignore[no-untyped-call]  # torch's own
                nn.utils.clip_grad_norm_(network.parameters(), 5.0)
                optimizer.step()
                rates.step()
                summed += float(losses.detach().mean())
            took = time.monotonic() - begun
            print(f"{loss.__name__} {epoch}: {summed / steps:.3f} in {took:.0f} s", file=sys.stderr)
    return network.eval()


def _batches(pages: Arrays, chosen: Sequence[int], shuffle: random.Random) -> Iterator[list[int]]:
    """The chosen pages in random batches of like length."""
    order = list(chosen)
    shuffle.shuffle(order)
    batches = []
    for first in range(0, len(order), 20 * _BATCH):
        near = sorted(order[first : first + 20 * _BATCH], key=lambda i: len(pages[i][0]))
        batches += [near[k : k + _BATCH] for k in range(0, len(near), _BATCH)]
    shuffle.shuffle(batches)
    yield from batches


def _padded(pages: Arrays, shuffle: random.Random) -> tuple[Tensor, Tensor, Tensor]:
    facts, masks = [], []
    for values, allowed in pages:
        first = shuffle.randrange(max(1, len(values) - _LONGEST + 1))
        part = slice(first, first + _LONGEST)
        facts.append(torch.from_numpy(values[part]))
        masks.append(torch.from_numpy(allowed[part]))
    lengths = torch.tensor([len(f) for f in facts])
    padded = nn.utils.rnn.pad_sequence(facts, batch_first=True)
    noise = _NOISE * torch.randn_like(padded) * (padded != 0)
    return (
        padded + noise,
        nn.utils.rnn.pad_sequence(masks, batch_first=True, padding_value=True),
        lengths,
    )
