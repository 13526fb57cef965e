"""The network as it is taught: the embedding and layers of `labeller.model`, the same sums."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from cleaner.labeller.echoes import LITTLE, Echoes
from cleaner.labeller.model import CONTEXTS, HEADS, LABELS, POOLED, REACH, SEEN

UNITS, LAYERS = 40, 3
VOICES = 8  # what a block says to those that share its words
HEARING = 2  # so many layers, the last, hear echoes: what the first would hear is not yet judged
IMPOSSIBLE = -1e4  # log-odds of what cannot be

_INPUT_DROPOUT = 0.1
_DROPOUT = 0.1
_LAST_DROPOUT = 0.15


class Shared(NamedTuple):
    """The arrays of `Echoes` over the blocks of padded pages, one after the other."""

    blocks: Tensor
    words: Tensor
    weight: Tensor
    shared: Tensor
    all: Tensor

    @classmethod
    def of(cls, echoes: Echoes) -> Shared:
        """The same numbers as tensors."""
        arrays = (getattr(echoes, name) for name in cls._fields)
        return cls(
            *(torch.from_numpy(a if a.dtype.kind == "i" else a.astype("f4")) for a in arrays)
        )


class Network(nn.Module):
    """The embedding of a block and the layers over its surroundings, as served."""

    def __init__(
        self, facts: int, units: int = UNITS, layers: int = LAYERS, hearing: int = HEARING
    ) -> None:
        super().__init__()
        self.deaf = layers - hearing
        self.embedding = nn.Linear(facts, units)
        self.layers = nn.ModuleList(nn.Linear(SEEN * units, units) for _ in range(layers))
        self.attention = nn.ModuleList(nn.Linear(units, HEADS, bias=False) for _ in range(layers))
        self.pooled = nn.ModuleList(
            nn.Linear(POOLED * units, units, bias=False) for _ in range(layers)
        )
        self.echo_in = nn.ModuleList(nn.Linear(units, VOICES) for _ in range(hearing))
        self.echo_out = nn.ModuleList(
            nn.Linear(2 * VOICES + 1, units, bias=False) for _ in range(hearing)
        )
        self.emission = nn.Linear(units, len(LABELS))
        self.drop_input = nn.Dropout(_INPUT_DROPOUT)
        self.drop = nn.Dropout(_DROPOUT)
        self.drop_last = nn.Dropout(_LAST_DROPOUT)

    def forward(
        self, facts: Tensor, nearest: tuple[Tensor, Tensor], shared: Shared, inside: Tensor
    ) -> Tensor:
        """Log-odds (pages, blocks, labels) of facts (pages, blocks, features)."""
        within = inside[..., None]
        own = units = self.drop(torch.relu(self.embedding(self.drop_input(facts))) * within)
        steps = zip(self.layers, self.attention, self.pooled, strict=True)
        for k, (layer, attention, pooled) in enumerate(steps, 1):
            page = pooled(_pool(units, attention(units), within))
            added = layer(_seen(units, own, nearest)) + page[:, None]
            if (nth := k - self.deaf - 1) >= 0:
                said = torch.tanh(self.echo_in[nth](units))
                added = added + self.echo_out[nth](_heard(said, shared))
            units = torch.relu(added) * within
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


def _heard(said: Tensor, shared: Shared) -> Tensor:
    """What blocks hear of what blocks say (pages, blocks, V), as `Echoes.heard` has it."""
    number = int(shared.words[-1]) + 1 if len(shared.words) else 0
    every = said.flatten(0, 1)
    own = every[shared.blocks]
    words = own.new_zeros(number, own.shape[1]).index_add(0, shared.words, own)
    echoed = (words[shared.words] - own) * shared.weight[:, None]
    sums = torch.zeros_like(every).index_add(0, shared.blocks, echoed)
    whole, held = shared.shared[:, None], shared.all[:, None]
    heard = torch.cat([sums / whole.clamp(min=LITTLE), sums / held, whole / held], 1)
    return heard.unflatten(0, said.shape[:2])
