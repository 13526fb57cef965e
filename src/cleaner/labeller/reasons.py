"""Why the model decided as it did, in words: the facts that added most to the margin."""

from __future__ import annotations

import numpy as np

from cleaner.description import Bools, Description, Floats, Ints
from cleaner.labeller.decision import Decision
from cleaner.labeller.model import LABELS, OWN, REACH, Judgement, surroundings
from cleaner.labeller.rows import Rows, product
from cleaner.weights import Weights

# How a reason speaks of each context of the last layer but the block itself, and of echoes.
_FAVOURS = (
    "",
    "the line above speaks for it",
    "the line below speaks for it",
    "the lines above speak for it",
    "the lines below speak for it",
    "what stands far above speaks for it",
    "what stands far below speaks for it",
    "the nearest long line above speaks for it",
    "the nearest long line below speaks for it",
    "its words elsewhere speak for it",
)
_OTHERWISE = "the page as a whole"  # adds the same to all blocks: named where nothing else is

_AGAIN = "the story has this line above"
_WITHIN = "within a sentence of the story"
_BELOW = "a sentence right below one of the story"

_FACTS = 2  # facts of its own named for each block, and one place around it


def explain(
    facts: Floats,
    judged: Judgement,
    decided: Decision,
    description: Description,
    model: Weights,
) -> list[str]:
    """For each block, what most favoured its label over the likeliest other one.

    The layers are linear where they are active, so these sums are exact: what each fact adds by way
    of its own block, and what each context of the last layer and its echoes add.
    """
    others = judged.odds.copy()
    others[np.arange(len(others)), decided.chosen] = -np.inf
    rivals = others.argmax(1)
    steep = _slope(judged.units[-1], decided.chosen, rivals, model)
    columns, gains = _highest(facts * _by_fact(steep, judged, model), _FACTS)
    high = np.take_along_axis(facts, columns, 1) > 0
    phrases = _Phrases(description, model)
    one, two = (phrases.of(columns[:, k], high[:, k], gains[:, k] > 0) for k in range(_FACTS))
    around = _by_place(steep, judged, description.long, model)
    weight = around.max(1)
    places = np.where(weight > 0, around.argmax(1) + 1, 0).tolist()
    leads = (weight > gains[:, 0]).tolist()
    reasons = []
    for a, b, k, first, rival in zip(one, two, places, leads, rivals.tolist(), strict=True):
        place = _FAVOURS[k]
        # Two facts of one word (the mean of its odds, the highest) are told once.
        parts = dict.fromkeys((place, a, b) if first else (a, b, place))
        said = "; ".join(filter(None, parts))
        reasons.append(f"{said or _OTHERWISE} (rather than {LABELS[rival]})")
    by_place = ((_WITHIN, decided.within), (_BELOW, decided.below), (_AGAIN, decided.again))
    for told, blocks in by_place:
        for i in np.flatnonzero(blocks).tolist():
            reasons[i] = f"{told}; {reasons[i]}"
    return reasons


def _highest(values: Floats, number: int) -> tuple[Ints, Floats]:
    """Columns and values of the highest few of each row, the highest first; `values` is used up."""
    rows = np.arange(len(values))
    columns, found = [], []
    for _ in range(number):
        columns.append(values.argmax(1))
        found.append(values[rows, columns[-1]])
        values[rows, columns[-1]] = -np.inf
    return np.stack(columns, 1), np.stack(found, 1)


def _slope(units: Floats, chosen: Ints, rival: Ints, model: Weights) -> Floats:
    """How the margin between two labels grows with what goes into each unit of the last layer."""
    change: Floats = (model.emission[:, chosen] - model.emission[:, rival]).T * (units > 0)
    return change


def _by_fact(steep: Floats, judged: Judgement, model: Weights) -> Floats:
    """How the margin grows with each fact of the block itself: (n, D)."""
    own = np.zeros_like(steep)
    for matrices, units in zip(model.layers[::-1], judged.units[-2::-1], strict=True):
        own += product(steep, matrices[OWN].T)
        steep = product(steep, matrices[0].T) * (units > 0)
    steep += own * (judged.units[0] > 0)
    return product(steep, model.embedding.T)


def _by_place(steep: Floats, judged: Judgement, long: Bools, model: Weights) -> Floats:
    """What each context of the last layer and its echoes add to the margin: (n, contexts + 1).

    Without the block itself, and without the page, which adds nearly the same to all its blocks.
    """
    echoed = np.zeros(len(steep), np.float32)
    if judged.heard.size:
        echoed = (product(judged.heard, model.echo_out[-1]) * steep).sum(1)
    rows = Rows([len(long)], REACH)
    units, own = rows.spread(judged.units[-2]), rows.spread(judged.units[0])
    steep = rows.within(rows.spread(steep))
    layer = model.layers[-1]
    margins = [
        np.stack([(more * steep[chunk]).sum(1) for more in map(product, seen[1:OWN], layer[1:OWN])])
        for chunk, seen in surroundings(units, own, rows.nearest(long), rows)
    ]
    added: Floats = np.concatenate(margins, 1).take(rows.places, axis=1)
    return np.concatenate([added.T, echoed[:, None]], 1)


class _Phrases:
    """Puts a fact of a block into words."""

    def __init__(self, description: Description, model: Weights) -> None:
        self.description, self.model = description, model
        kinds = 2 * [str(label) for label in LABELS]
        self.low = [low for _, low in description.phrases] + [f"no words of {k}" for k in kinds]
        self.high = [high for high, _ in description.phrases] + [f"words of {k}" for k in kinds]
        self.low += [f"in no element named for {k}" for k in kinds]
        self.high += [f"in an element named for {k}" for k in kinds]
        self.first = (np.cumsum(description.counts) - description.counts).tolist()

    def of(self, columns: Ints, high: Bools, counts: Bools) -> list[str]:
        """What a fact of each block is called, "" where it does not count."""
        rows = zip(columns.tolist(), high.tolist(), counts.tolist(), strict=True)
        said = [((self.high if up else self.low)[k] if own else "") for k, up, own in rows]
        shown = len(self.description.phrases)
        worded = (columns >= shown) & (columns < shown + 2 * len(LABELS))
        for block in np.flatnonzero(worded & high & counts).tolist():
            kind = int(columns[block] - shown) % len(LABELS)
            said[block] = self._word(block, kind) or said[block]
        return said

    def _word(self, block: int, kind: int) -> str | None:
        """The word, pair or line of a block that speaks most for a label."""
        first, number = self.first[block], int(self.description.counts[block])
        if not number:
            return None
        ids = self.description.ids[first : first + number]
        words = self.model.word_odds
        strongest = int(words.table[words.rows(ids), kind].argmax())
        return f'"{self.description.quote(block, strongest)}", a word of {LABELS[kind]}'
