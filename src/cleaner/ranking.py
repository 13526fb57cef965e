"""The choice among candidates by what speaks for each, with weights that `training/` has learned.

A candidate is a row of facts. Its odds are the sum of fact times weight; that none is right has
odds of its own, so the probabilities of the candidates add up to less than 1 (a conditional logit).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, fsum
from operator import mul
from typing import NamedTuple

from cleaner.weights import tables

Phrases = Mapping[str, tuple[str, str]]  # of a fact: what a high value says, what a low one does

TOLD = 3  # facts that an explanation names
AUDIBLE = 0.1  # log-odds below which a fact is not worth telling

_COLUMNS = ("weight", "usual")


class Ranking(NamedTuple):
    """The weights of a field's facts, in the order of `names`; `usual` is what each fact is worth
    in the mean, `none` the odds that no candidate is right."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    usual: tuple[float, ...]
    none: float


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

    >>> read("none = nan", "weights/title.toml")
    Traceback (most recent call last):
    ...
    ValueError: weights/title.toml is damaged (none is no number); install the package again
    """
    table = tables.parsed(text, name)
    none = table.get("none")
    if not tables.is_number(none):
        raise tables.damaged(name, "none is no number")
    facts = tables.facts(table, name)
    for fact, value in facts.items():
        held = value if isinstance(value, dict) else {}
        if set(held) != set(_COLUMNS) or not all(map(tables.is_number, held.values())):
            raise tables.damaged(name, f"{fact} has no weight and usual value")
    weights, usual = (tuple(float(f[key]) for f in facts.values()) for key in _COLUMNS)
    return Ranking(tuple(facts), weights, usual, float(none))


def probabilities(rows: Sequence[Sequence[float]], ranking: Ranking) -> list[float]:
    """The probability of each candidate to be the right one.

    >>> toy = Ranking(("long",), (1.0,), (0.0,), 0.0)
    >>> [round(one, 2) for one in probabilities([[0.0], [0.0]], toy)]
    [0.33, 0.33]
    """
    if not rows:
        return []
    # A page has a few candidates of some fifty facts: too little for numpy to pay.
    odds = [fsum(map(mul, row, ranking.weights)) for row in rows]
    highest = max(*odds, ranking.none)
    raised = [exp(one - highest) for one in odds]
    every = fsum([*raised, exp(ranking.none - highest)])
    return [one / every for one in raised]


def why(
    row: Sequence[float], other: Sequence[float] | None, ranking: Ranking, phrases: Phrases
) -> str:
    """What spoke most for a candidate, in words: against another one, or against what is usual.

    >>> toy = Ranking(("long",), (1.0,), (0.0,), 0.0)
    >>> why([2.0], [1.0], toy, {"long": ("long", "short")})
    'long'
    """
    against = ranking.usual if other is None else other
    lead = [(own - usual) * w for own, usual, w in zip(row, against, ranking.weights, strict=True)]
    ranked = sorted(range(len(lead)), key=lead.__getitem__, reverse=True)
    best = [at for at in ranked[:TOLD] if lead[at] > AUDIBLE]
    said = [phrases[ranking.names[at]][int(ranking.weights[at] < 0)] for at in best]
    return ", ".join(dict.fromkeys(said))
