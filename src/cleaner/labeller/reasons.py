"""Why the model decided as it did, in words: the facts that added most to the margin."""

from __future__ import annotations

import numpy as np

from cleaner.description import Description, Floats, Ints
from cleaner.labeller.model import LABELS, OWN, PAGE, SEEN, Judgement, product, surroundings
from cleaner.weights import Weights

# How a reason speaks of each context of the last layer but the block itself.
_FAVOURS = (
    "",
    "the line above speaks for it",
    "the line below speaks for it",
    "the second line above speaks for it",
    "the second line below speaks for it",
    "the lines above speak for it",
    "the lines below speak for it",
    "what stands far above speaks for it",
    "what stands far below speaks for it",
)
_OTHERWISE = "the page as a whole"  # adds the same to all blocks: named where nothing else is

_FACTS = 2  # facts of its own named for each block, and one place around it


def explain(
    facts: Floats, judged: Judgement, description: Description, model: Weights
) -> list[str]:
    """For each block, what most favoured its label over the runner-up.

    The layers are linear where they are active, so these sums are exact: what each fact adds by way
    of its own block, and what each context of the last layer adds.
    """
    chosen = judged.chosen
    rivals = judged.odds.copy()
    rivals[np.arange(len(chosen)), chosen] = -np.inf
    rival = rivals.argmax(1)
    slope = (model.emission[:, chosen] - model.emission[:, rival]).T * (judged.units[-1] > 0)
    place, weight = _strongest_place(slope, judged, model)
    top, gains, high = _strongest_facts(facts, slope, judged, model)
    phrases = _Phrases(description, model)
    rows = zip(top, gains, high, place.tolist(), weight.tolist(), rival.tolist(), strict=True)
    reasons = []
    for block, (columns, added, ups, where, around, other) in enumerate(rows):
        said = [phrases.of(block, columns[k], ups[k]) for k in range(_FACTS) if added[k] > 0]
        if around > 0:
            said.insert(0 if around > added[0] else len(said), _FAVOURS[where])
        words = "; ".join(said) or _OTHERWISE
        reasons.append(f"{words} (rather than {LABELS[other]})")
    return reasons


def _strongest_place(slope: Floats, judged: Judgement, model: Weights) -> tuple[Ints, Floats]:
    """For each block, which place around it adds most by the last layer, and how much."""
    places, weights = [], []
    back = np.ascontiguousarray(model.layers[-1].T)
    for first, seen in surroundings(judged.units[-2], judged.units[0]):
        added = seen * product(slope[first : first + len(seen)], back)
        added = added.reshape(len(seen), SEEN, -1).sum(2)[:, 1:PAGE]
        best = added.argmax(1)
        places.append(best + 1)
        weights.append(added[np.arange(len(best)), best])
    return np.concatenate(places), np.concatenate(weights)


def _strongest_facts(
    facts: Floats, slope: Floats, judged: Judgement, model: Weights
) -> tuple[list[list[int]], list[list[float]], list[list[bool]]]:
    """For each block, its own facts that add most, how much, and whether they are high."""
    size = model.emission.shape[0]
    own = np.zeros_like(slope)
    for matrix, units in zip(model.layers[::-1], judged.units[-2::-1], strict=True):
        own += product(slope, np.ascontiguousarray(matrix[OWN * size :].T))
        slope = product(slope, np.ascontiguousarray(matrix[:size].T)) * (units > 0)
    slope += own * (judged.units[0] > 0)
    added = facts * product(slope, np.ascontiguousarray(model.embedding.T))
    rows = np.arange(len(added))
    columns, gains = [], []
    for _ in range(_FACTS):
        column = added.argmax(1)
        columns.append(column)
        gains.append(added[rows, column])
        added[rows, column] = -np.inf
    top = np.stack(columns, 1)
    high = np.take_along_axis(facts, top, 1) > 0
    return top.tolist(), np.stack(gains, 1).tolist(), high.tolist()


class _Phrases:
    """Puts a fact of a block into words."""

    def __init__(self, description: Description, model: Weights) -> None:
        self.description, self.model = description, model
        self.shown = len(description.phrases)
        counts = np.bincount(description.owners, minlength=len(description.values))
        self.first: list[int] = np.concatenate([[0], np.cumsum(counts)]).tolist()

    def of(self, block: int, column: int, high: bool) -> str:
        """What a high or low fact of a block is called."""
        if column < self.shown:
            return self.description.phrases[column][not high]
        kind = (column - self.shown) % len(LABELS)
        word = self._word(block, kind) if high else None
        return word or f"{'' if high else 'no '}words of {LABELS[kind]}"

    def _word(self, block: int, kind: int) -> str | None:
        """The word, pair or line of a block that speaks most for a label."""
        own = slice(self.first[block], self.first[block + 1])
        if own.start == own.stop:
            return None
        ids = self.description.ids[own]
        strongest = int(self.model.words[ids, kind].argmax())
        begin, end = self.description.spans[own][strongest].tolist()
        return f'"{self.description.text[begin:end]}", a word of {LABELS[kind]}'
