"""Fits the choice among candidates: a conditional logit in which none may be right, by L-BFGS."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]

RIDGE = 3.0  # keeps the weight of a rare fact small
_STEPS = 300
_REMEMBERED = 10  # steps from which the curvature is guessed
_ENOUGH = 1e-6  # a step that mends less than this share of the loss is the last


def fit(
    pages: Sequence[tuple[Rows, NDArray[np.bool_]]], importance: Sequence[float]
) -> tuple[Rows, Rows, float]:
    """The weights of facts, their means, and the odds that none is right.

    A page is its candidates' facts (candidates, facts) and which of them are right (candidates,).
    """
    facts = np.concatenate([rows for rows, _ in pages]).astype(np.float64)
    right = np.concatenate([truth for _, truth in pages])
    page = np.repeat(np.arange(len(pages)), [len(rows) for rows, _ in pages])
    usual, deviation = facts.mean(0), facts.std(0) + 1e-6
    known = np.concatenate([(facts - usual) / deviation, np.ones((len(facts), 1))], axis=1)
    none = ~np.array([truth.any() for _, truth in pages])
    weight = np.asarray(importance) / np.mean(importance)
    ridge = np.append(np.full(facts.shape[1], RIDGE), 0.0)

    def loss(beta: Rows) -> tuple[float, Rows]:
        odds = known @ beta
        highest = np.zeros(len(pages))
        np.maximum.at(highest, page, odds)
        raised, nothing = np.exp(odds - highest[page]), np.exp(-highest)
        every = np.bincount(page, raised, len(pages)) + nothing
        good = np.bincount(page, raised * right, len(pages)) + nothing * none
        share = raised / every[page] - raised * right / np.maximum(good, 1e-300)[page]
        slope = known.T @ (weight[page] * share) + ridge * beta
        missed = -float(weight @ np.log(good / every + 1e-300))
        return missed + float(ridge @ beta**2) / 2, slope

    beta = _lowest(loss, known.shape[1])
    weights = beta[:-1] / deviation
    return weights, usual, float(weights @ usual - beta[-1])


def _lowest(loss, size: int) -> Rows:  # type: ignore[no-untyped-def]
    beta = np.zeros(size)
    value, slope = loss(beta)
    steps: list[tuple[Rows, Rows]] = []
    for _ in range(_STEPS):
        way = _direction(slope, steps)
        length = 1.0 if steps else 1 / max(1.0, float(np.abs(slope).sum()))
        while True:
            there = beta - length * way
            lower, steeper = loss(there)
            if lower <= value - 1e-4 * length * float(slope @ way) or length < 1e-9:
                break
            length /= 2
        if (there - beta) @ (steeper - slope) > 0:
            steps = [*steps, (there - beta, steeper - slope)][-_REMEMBERED:]
        mended, value, beta, slope = value - lower, lower, there, steeper
        if mended < _ENOUGH * abs(value):
            break
    return beta


def _direction(slope: Rows, steps: Sequence[tuple[Rows, Rows]]) -> Rows:
    way, shares = slope.copy(), []
    for moved, bent in reversed(steps):
        shares.append(float(moved @ way) / float(bent @ moved))
        way -= shares[-1] * bent
    if steps:
        moved, bent = steps[-1]
        way *= float(moved @ bent) / float(bent @ bent)
    for (moved, bent), share in zip(steps, reversed(shares), strict=True):
        way += moved * (share - float(bent @ way) / float(bent @ moved))
    return way
