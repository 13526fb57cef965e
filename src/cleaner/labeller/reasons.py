"""Why the model decided as it did, in words: the facts that added most to the margin."""

from __future__ import annotations

import numpy as np

from cleaner.article import Label
from cleaner.description import Description, Floats, Ints
from cleaner.labeller.model import (
    CONTEXTS,
    LABELS,
    Judgement,
    context_matrix,
    product,
    surroundings,
)
from cleaner.weights import Weights

# How a reason speaks of each context.
_WHERE = (
    "",
    "the line above: ",
    "the line below: ",
    "two lines above: ",
    "two lines below: ",
    "lines above: ",
    "lines below: ",
    "far above: ",
    "far below: ",
)

_REASONS = 3  # facts named for each block


def explain(
    facts: Floats, judged: Judgement, description: Description, model: Weights
) -> list[str]:
    """For each block, the facts that most favoured its label over the runner-up.

    The hidden layer is linear where it is active, so what each fact of each context adds to the
    margin is exact.
    """
    chosen = judged.path
    rivals = judged.odds.copy()
    rivals[np.arange(len(chosen)), chosen] = -np.inf
    rival = rivals.argmax(1)
    margin = (model.emission[:, chosen] - model.emission[:, rival]).T * (judged.hidden > 0)
    back = np.ascontiguousarray(context_matrix(model).T)
    phrases = _Phrases(description, model)
    reasons = []
    for first, seen in surroundings(facts):
        added = seen * product(margin[first : first + len(seen)], back)
        top, gains = _highest(added)
        high = np.take_along_axis(seen, top, 1) > 0
        rows = zip(top.tolist(), gains.tolist(), high.tolist(), strict=True)
        for block, row in enumerate(rows, first):
            words = [phrases.of(block, k, up) for k, gain, up in zip(*row, strict=True) if gain > 0]
            reasons.append(_sentence(words, LABELS[rival[block]]))
    return reasons


def _highest(added: Floats) -> tuple[Ints, Floats]:
    """Columns and values of the highest few of each row, the highest first."""
    rows = np.arange(len(added))
    columns, values = [], []
    for _ in range(_REASONS):
        column = added.argmax(1)
        columns.append(column)
        values.append(added[rows, column])
        added[rows, column] = -np.inf
    return np.stack(columns, 1), np.stack(values, 1)


def _sentence(words: list[str], rival: Label) -> str:
    said = "; ".join(dict.fromkeys(words)) or "its neighbours' labels"
    return f"{said} (rather than {rival})"


class _Phrases:
    """Puts a fact of a context into words."""

    def __init__(self, description: Description, model: Weights) -> None:
        self.description, self.model = description, model
        self.shown = len(description.phrases)
        self.features = self.shown + 2 * len(LABELS)
        counts = np.bincount(description.owners, minlength=len(description.values))
        self.first: list[int] = np.concatenate([[0], np.cumsum(counts)]).tolist()

    def of(self, block: int, column: int, high: bool) -> str:
        context, feature = divmod(column, self.features)
        if feature < self.shown:
            return _WHERE[context] + self.description.phrases[feature][not high]
        kind = (feature - self.shown) % len(LABELS)
        if not high:
            return f"{_WHERE[context]}no words of {LABELS[kind]}"
        begin, end = CONTEXTS[context]
        word = self._word(block + begin, kind) if end - begin == 1 else None
        return f"{_WHERE[context]}{word or f'words of {LABELS[kind]}'}"

    def _word(self, block: int, kind: int) -> str | None:
        """The word, pair or line of a block that speaks most for a label."""
        if not 0 <= block < len(self.first) - 1 or self.first[block] == self.first[block + 1]:
            return None
        own = slice(self.first[block], self.first[block + 1])
        ids: Ints = self.description.ids[own]
        strongest = int(self.model.words[ids, kind].argmax())
        begin, end = self.description.spans[own][strongest].tolist()
        return f'"{self.description.text[begin:end]}", a word of {LABELS[kind]}'
