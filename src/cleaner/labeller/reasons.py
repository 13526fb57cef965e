"""Why the model decided as it did, in words: the facts that added most to the margin."""

from __future__ import annotations

import numpy as np

from cleaner.description import Bools, Description, Floats, Ints
from cleaner.labeller.model import LABELS, OWN, Judgement, highest, product, slope
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
    columns, gains = highest(_own_facts(facts, judged, model), _FACTS)
    high = np.take_along_axis(facts, columns, 1) > 0
    phrases = _Phrases(description, model)
    one, two = (phrases.of(columns[:, k], high[:, k], gains[:, k] > 0) for k in range(_FACTS))
    # What the page as a whole adds is nearly the same for all blocks and tells no one apart.
    weight = judged.around.max(1)
    places = np.where(weight > 0, judged.around.argmax(1) + 1, 0).tolist()
    leads = (weight > gains[:, 0]).tolist()
    rivals = [f" (rather than {label})" for label in LABELS]
    reasons = []
    for a, b, k, first, rival in zip(one, two, places, leads, judged.rival.tolist(), strict=True):
        place = _FAVOURS[k]
        said = (place, a, b) if first else (a, b, place)
        reasons.append(("; ".join(filter(None, said)) or _OTHERWISE) + rivals[rival])
    return reasons


def _own_facts(facts: Floats, judged: Judgement, model: Weights) -> Floats:
    """What each fact of each block adds to its margin by way of the block itself: (n, D)."""
    steep = slope(judged.units[-1], judged.chosen, judged.rival, model)
    own = np.zeros_like(steep)
    for matrices, units in zip(model.layers[::-1], judged.units[-2::-1], strict=True):
        own += product(steep, matrices[OWN].T)
        steep = product(steep, matrices[0].T) * (units > 0)
    steep += own * (judged.units[0] > 0)
    added: Floats = facts * product(steep, model.embedding.T)
    return added


class _Phrases:
    """Puts a fact of a block into words."""

    def __init__(self, description: Description, model: Weights) -> None:
        self.description, self.model = description, model
        kinds = 2 * [str(label) for label in LABELS]
        self.low = [low for _, low in description.phrases] + [f"no words of {k}" for k in kinds]
        self.high = [high for high, _ in description.phrases] + [f"words of {k}" for k in kinds]
        counts = np.bincount(description.owners, minlength=len(description.values))
        self.first: list[int] = np.concatenate([[0], np.cumsum(counts)]).tolist()

    def of(self, columns: Ints, high: Bools, counts: Bools) -> list[str]:
        """What a fact of each block is called, "" where it does not count."""
        rows = zip(columns.tolist(), high.tolist(), counts.tolist(), strict=True)
        said = [((self.high if up else self.low)[k] if own else "") for k, up, own in rows]
        shown = len(self.description.phrases)
        for block in np.flatnonzero((columns >= shown) & high & counts).tolist():
            kind = int(columns[block] - shown) % len(LABELS)
            said[block] = self._word(block, kind) or said[block]
        return said

    def _word(self, block: int, kind: int) -> str | None:
        """The word, pair or line of a block that speaks most for a label."""
        own = slice(self.first[block], self.first[block + 1])
        if own.start == own.stop:
            return None
        ids = self.description.ids[own]
        strongest = int(self.model.words[ids, kind].argmax())
        begin, end = self.description.spans[own][strongest].tolist()
        return f'"{self.description.text[begin:end]}", a word of {LABELS[kind]}'
