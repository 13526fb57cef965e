"""Fits the choice among candidates, in which none may be right, with PyTorch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from cleaner.ranking import OUTLIER, Ranking

Rows = NDArray[np.float64]

UNITS = 48  # 24 are a little worse, 96 no better
_EPOCHS = 20
_BATCH = 64  # pages
_RATE, _DECAY = 3e-3, 0.05
_FACT_DROPOUT, _UNIT_DROPOUT = 0.1, 0.2
_IMPOSSIBLE = -1e4  # log-odds of what cannot be


class _Batch(NamedTuple):
    """Pages padded to the same number of candidates: beyond a page's own none is there."""

    facts: Tensor  # (pages, candidates, F), standardised
    there: Tensor  # (pages, candidates)
    right: Tensor  # (pages, candidates + 1): which candidates are right; the last, whether none is


class Network(nn.Module):
    """The sums of `ranking.log_odds`, with so many units."""

    def __init__(
        self, facts: int, units: int, fact_dropout: float = 0.0, unit_dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.units = nn.Linear(facts, units)
        self.sums = nn.Linear(units, 1, bias=False)
        self.weights = nn.Linear(facts, 1)
        self.drop_facts = nn.Dropout(fact_dropout)
        self.drop_units = nn.Dropout(unit_dropout)

    def forward(self, facts: Tensor) -> Tensor:
        """Log-odds (..., rows) of facts (..., rows, F)."""
        units = self.drop_units(torch.relu(self.units(self.drop_facts(facts))))
        odds: Tensor = self.weights(facts) + self.sums(units)
        return odds[..., 0]

    def ranking(self, names: Sequence[str], usual: Rows, spread: Rows) -> Ranking:
        """The numbers as they are served, of facts of these names and of this mean and spread."""
        state = {name: each.numpy().astype(np.float64) for name, each in self.state_dict().items()}
        return Ranking(
            tuple(names),
            usual,
            spread,
            state["weights.weight"][0],
            state["units.weight"].T,
            state["units.bias"],
            state["sums.weight"][0],
            float(state["weights.bias"][0]),
        )


def fit(
    names: Sequence[str],
    pages: Sequence[tuple[Rows, NDArray[np.bool_]]],
    seed: int = 0,
) -> Ranking:
    """The ranking of facts of these names by pages, each of which counts alike.

    A page is its candidates' facts (candidates, facts) and which of them are right (candidates,).
    `seed` is what chance begins with.
    """
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    facts = np.concatenate([rows for rows, _ in pages]).astype(np.float64)
    usual, spread = facts.mean(0), facts.std(0) + 1e-6
    batches = _batches(pages, usual, spread)
    network = Network(facts.shape[1], UNITS, _FACT_DROPOUT, _UNIT_DROPOUT)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, _RATE, total_steps=_EPOCHS * len(batches) + 1
    )
    shuffle = random.Random(seed)
    for _ in range(_EPOCHS):
        shuffle.shuffle(batches)
        for batch in batches:
            optimizer.zero_grad()
            _loss(network, batch).backward()
            optimizer.step()
            rates.step()
    return network.ranking(names, usual, spread)


def _batches(
    pages: Sequence[tuple[Rows, NDArray[np.bool_]]], usual: Rows, spread: Rows
) -> list[_Batch]:
    """All pages, those of as many candidates together."""
    order = sorted(range(len(pages)), key=lambda i: len(pages[i][0]))
    parts = [order[first : first + _BATCH] for first in range(0, len(order), _BATCH)]
    return [_batch([pages[i] for i in part], usual, spread) for part in parts]


def _batch(pages: Sequence[tuple[Rows, NDArray[np.bool_]]], usual: Rows, spread: Rows) -> _Batch:
    most = max(len(rows) for rows, _ in pages)
    facts = np.zeros((len(pages), most, len(usual)), np.float32)
    there = np.zeros((len(pages), most), np.bool_)
    right = np.zeros((len(pages), most + 1), np.bool_)
    for k, (rows, truth) in enumerate(pages):
        facts[k, : len(rows)] = np.clip((rows - usual) / spread, -OUTLIER, OUTLIER)
        there[k, : len(rows)] = True
        right[k, : len(rows)] = truth
        right[k, -1] = not truth.any()
    return _Batch(*map(torch.from_numpy, (facts, there, right)))


def _loss(network: Network, batch: _Batch) -> Tensor:
    """How unlikely what is right is held to be; that none is right has log-odds of 0."""
    odds = network(batch.facts).masked_fill(~batch.there, _IMPOSSIBLE)
    logs = torch.log_softmax(nn.functional.pad(odds, (0, 1)), 1)
    good = torch.logsumexp(logs.masked_fill(~batch.right, _IMPOSSIBLE), 1)
    return -good.mean()
