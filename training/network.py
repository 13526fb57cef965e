"""The network as it is taught: embedding, layers and attention, the same sums as are served."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from cleaner.labeller.model import CONTEXTS, HEADS, LABELS, POOLED, REACH, SEEN

UNITS, LAYERS = 40, 3
IMPOSSIBLE = -1e4  # log-odds of what cannot be

_INPUT_DROPOUT = 0.1
_DROPOUT = 0.1
_LAST_DROPOUT = 0.15


class Network(nn.Module):
    """The embedding of a block and the layers over its surroundings, as served."""

    def __init__(self, facts: int, units: int = UNITS, layers: int = LAYERS) -> None:
        super().__init__()
        self.embedding = nn.Linear(facts, units)
        self.layers = nn.ModuleList(nn.Linear(SEEN * units, units) for _ in range(layers))
        self.attention = nn.ModuleList(nn.Linear(units, HEADS, bias=False) for _ in range(layers))
        self.pooled = nn.ModuleList(
            nn.Linear(POOLED * units, units, bias=False) for _ in range(layers)
        )
        self.emission = nn.Linear(units, len(LABELS))
        self.drop_input = nn.Dropout(_INPUT_DROPOUT)
        self.drop = nn.Dropout(_DROPOUT)
        self.drop_last = nn.Dropout(_LAST_DROPOUT)

    def forward(self, facts: Tensor, nearest: tuple[Tensor, Tensor], inside: Tensor) -> Tensor:
        """Log-odds (pages, blocks, labels) of facts (pages, blocks, features)."""
        within = inside[..., None]
        own = units = self.drop(torch.relu(self.embedding(self.drop_input(facts))) * within)
        steps = zip(self.layers, self.attention, self.pooled, strict=True)
        for k, (layer, attention, pooled) in enumerate(steps, 1):
            page = pooled(_pool(units, attention(units), within))
            units = torch.relu(layer(_seen(units, own, nearest)) + page[:, None]) * within
            units = self.drop(units) if k < len(self.layers) else self.drop_last(units)
        return self.emission(units)


def _pool(units: Tensor, sought: Tensor, within: Tensor) -> Tensor:
    """What a layer sees of each page, as `labeller.model.pool` has it: (pages, POOLED * E)."""
    shares = torch.softmax(sought.masked_fill(within == 0, IMPOSSIBLE), 1)
    mean = units.sum(1) / within.sum(1)
    return torch.cat([mean, (shares.transpose(1, 2) @ units).flatten(1)], 1)


def _seen(units: Tensor, own: Tensor, nearest: tuple[Tensor, Tensor]) -> Tensor:
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
    from_one = nn.functional.pad(units, (0, 0, 1, 0))
    parts += [from_one.gather(1, k[..., None].expand(-1, -1, units.shape[2])) for k in nearest]
    return torch.cat([*parts, own], 2)
