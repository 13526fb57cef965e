"""The choice among candidates by what speaks for each, with weights that `training/` has learned.

A candidate is a row of facts. Its log-odds are the weighed sum of these, and of a few units that
each weigh all of them: so a fact may count for much beside one fact and for nothing beside another.
That none is right has log-odds of 0, so the probabilities of the candidates add up to less than 1
(a conditional logit over a network of one hidden layer).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.description import Floats
from cleaner.weights import tables

Phrases = Mapping[str, tuple[str, str]]  # of a fact: what a high value says, what a low one does

TOLD = 3  # facts that an explanation names
AUDIBLE = 0.1  # log-odds below which a fact is not worth telling
OUTLIER = 6.0  # deviations from the mean at which a fact is cut: what was never seen says no more

_NUMBERS = ("usual", "spread", "weight")


class Ranking(NamedTuple):
    """The weights of a field's F facts, in the order of `names`, and of H units.

    `usual` and `spread` are what each fact is in the mean and how far it strays (F,), `weights`
    what it is worth by itself (F,), `units` what to each unit (F, H); `bias` is a unit's own (H,),
    `sums` what it is worth (H,), `constant` what is added to the log-odds.
    """

    names: tuple[str, ...]
    usual: Floats
    spread: Floats
    weights: Floats
    units: Floats
    bias: Floats
    sums: Floats
    constant: float


@cache
def shipped(field: str) -> Ranking:
    """The ranking of a field that the package ships.

    >>> "named" in shipped("title").names
    True
    """
    return read(*tables.shipped(field))


def read(text: str, name: str) -> Ranking:
    """Read a ranking from TOML; `name` is what errors call it.

    Raises ValueError where it is not what `training/` writes: numbers are all that it may hold.

    >>> read("constant = nan", "weights/title.toml")
    Traceback (most recent call last):
    ...
    ValueError: weights/title.toml is damaged (constant is no number); install the package again
    """
    table = tables.parsed(text, name)
    constant = table.get("constant")
    if not tables.is_number(constant):
        raise tables.damaged(name, "constant is no number")
    bias = _row(table.get("bias"))
    sums = _row(table.get("sums"))
    if bias is None or sums is None or len(bias) != len(sums):
        raise tables.damaged(name, "bias and sums are no numbers for each unit")
    facts = tables.facts(table, name)
    units = []
    for fact, value in facts.items():
        held = value if isinstance(value, dict) else {}
        row = _row(held.get("units"))
        if not all(tables.is_number(held.get(key)) for key in _NUMBERS) or held["spread"] <= 0:
            raise tables.damaged(name, f"{fact} has no usual value, spread and weight")
        if row is None or len(row) != len(bias):
            raise tables.damaged(name, f"{fact} has no number for each unit")
        units.append(row)
    usual, spread, weights = (
        np.array([float(fact[key]) for fact in facts.values()]) for key in _NUMBERS
    )
    return Ranking(
        tuple(facts), usual, spread, weights, np.array(units), bias, sums, float(constant)
    )


def _row(value: Any) -> NDArray[np.float64] | None:
    """A list of numbers, one at least, as an array."""
    if not (isinstance(value, list) and value and all(map(tables.is_number, value))):
        return None
    return np.array(value, np.float64)


def probabilities(rows: Sequence[Sequence[float]], ranking: Ranking) -> list[float]:
    """The probability of each candidate to be the right one.

    >>> one = np.ones(1)
    >>> toy = Ranking(("long",), 0 * one, one, one, one[None], 0 * one, one, 0.0)
    >>> [round(one, 2) for one in probabilities([[0.0], [0.0]], toy)]
    [0.33, 0.33]
    """
    if not rows:
        return []
    odds = np.append(log_odds(rows, ranking), 0.0)
    raised = np.exp(odds - odds.max())
    shares: list[float] = (raised[:-1] / raised.sum()).tolist()
    return shares


def log_odds(rows: Sequence[Sequence[float]] | Floats, ranking: Ranking) -> Floats:
    """The log-odds of each row of facts (n,), one at least.

    >>> one = np.ones(1)
    >>> toy = Ranking(("long",), 0 * one, one, one, one[None], 0 * one, one, -1.0)
    >>> log_odds([[2.0], [-2.0]], toy).tolist()
    [3.0, -3.0]
    """
    facts = _standard(rows, ranking)
    units = _raised(facts @ ranking.units + ranking.bias)
    odds: Floats = facts @ ranking.weights + units @ ranking.sums + ranking.constant
    return odds


def why(
    row: Sequence[float], other: Sequence[float] | None, ranking: Ranking, phrases: Phrases
) -> str:
    """What spoke most for a candidate, in words: against another one, or against what is usual.

    A fact speaks for a candidate as far as its odds would fall if it were as the other one's.

    >>> one = np.ones(1)
    >>> toy = Ranking(("long",), 0 * one, one, one, one[None], 0 * one, one, 0.0)
    >>> why([2.0], [1.0], toy, {"long": ("long", "short")})
    'long'
    """
    own = _standard([row], ranking)[0]
    against = np.zeros_like(own) if other is None else _standard([other], ranking)[0]
    changed = against - own
    before = own @ ranking.units + ranking.bias
    after = before + changed[:, None] * ranking.units
    fallen = changed * ranking.weights + (_raised(after) - _raised(before)) @ ranking.sums
    lead = (-fallen).tolist()
    ranked = sorted(range(len(lead)), key=lead.__getitem__, reverse=True)
    best = [at for at in ranked[:TOLD] if lead[at] > AUDIBLE]
    said = [phrases[ranking.names[at]][int(own[at] < against[at])] for at in best]
    return ", ".join(dict.fromkeys(said))


def _standard(rows: Sequence[Sequence[float]] | Floats, ranking: Ranking) -> Floats:
    """Facts in deviations from their mean, outliers cut."""
    facts = (np.array(rows, np.float64) - ranking.usual) / ranking.spread
    cut: Floats = np.minimum(np.maximum(facts, -OUTLIER), OUTLIER)
    return cut


def _raised(weighed: Floats) -> Floats:
    """What units make of the weighed sums that they see: nothing where they are below 0."""
    raised: Floats = np.maximum(weighed, 0.0)
    return raised
