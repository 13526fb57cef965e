"""Why the model decided as it did, in words: the facts that added most to the margin."""

from __future__ import annotations

import numpy as np

from cleaner.article import Label
from cleaner.description import Description, Floats
from cleaner.labeller.model import CHUNK, CONTEXTS, LABELS, REACH, Judgement, window
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

_REASONS = 3  # things that decided, named for each block


def explain(
    facts: Floats, judged: Judgement, description: Description, model: Weights
) -> list[str]:
    """For each block, the facts that most favoured its label over the runner-up.

    The hidden layer is linear where it is active, so what each fact of each context adds to the
    margin is exact.
    """
    path = judged.path
    rivals = judged.odds.copy()
    rivals[np.arange(len(path)), path] = -np.inf
    rival = rivals.argmax(1)
    ready = _Phrases(description, model)
    every = []
    for first in range(0, len(path), CHUNK):
        part = slice(first, first + CHUNK)
        margin = (model.emission[:, path[part]] - model.emission[:, rival[part]]).T
        margin *= judged.hidden[part] > 0
        added = _added(facts, margin, part, model)
        top = np.argpartition(-added, _REASONS, axis=1)[:, :_REASONS]
        for i, columns in enumerate(top, first):
            ranked = columns[np.argsort(-added[i - first, columns])]
            words = [ready.of(i, int(k), facts) for k in ranked if added[i - first, k] > 0]
            every.append(_sentence(words, LABELS[rival[i]]))
    return every


def _added(facts: Floats, margin: Floats, part: slice, model: Weights) -> Floats:
    """What each fact of each context adds to the margins of `part`: (blocks, C * D)."""
    begin = max(0, part.start - REACH)
    near = facts[begin : part.stop + REACH]
    inside = slice(part.start - begin, part.start - begin + len(margin))
    return np.concatenate(
        [
            (margin @ model.context[k].T.astype(np.float32)) * window(near, *stretch)[inside]
            for k, stretch in enumerate(CONTEXTS)
        ],
        axis=1,
    )


def _sentence(words: list[str], rival: Label) -> str:
    said = "; ".join(dict.fromkeys(words)) or "its neighbours' labels"
    return f"{said} (rather than {rival})"


class _Phrases:
    """Puts a column of a block's facts into words."""

    def __init__(self, description: Description, model: Weights) -> None:
        self.description, self.model = description, model
        self.features = description.values.shape[1]
        self.first = np.searchsorted(description.owners, np.arange(len(description.values) + 1))

    def of(self, block: int, column: int, facts: Floats) -> str:
        context, feature = divmod(column, facts.shape[1])
        near = [
            at
            for at in range(block + CONTEXTS[context][0], block + CONTEXTS[context][1])
            if 0 <= at < len(facts)
        ]
        high = sum(facts[at, feature] for at in near) > 0
        if feature < self.features:
            return str(_WHERE[context] + self.description.phrases[feature][not high])
        kind = (feature - self.features) % len(LABELS)
        if not high:
            return f"{_WHERE[context]}no words of {LABELS[kind]}"
        strongest = max(near, key=lambda at: facts[at, feature])
        return f"{_WHERE[context]}{self._word(strongest, kind)}"

    def _word(self, block: int, kind: int) -> str:
        """The word, pair or line of a block that speaks most for a label."""
        first, last = self.first[block], self.first[block + 1]
        if first == last:
            return f"words of {LABELS[kind]}"
        odds = self.model.words[self.description.ids[first:last], kind]
        begin, end = self.description.spans[first + int(odds.argmax())]
        return f'"{self.description.text[begin:end]}", a word of {LABELS[kind]}'
