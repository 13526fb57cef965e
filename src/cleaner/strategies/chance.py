"""Choices, made by whoever draws: Hypothesis, which shrinks them, or a seeded generator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Chance(Protocol):
    """Where choices come from. The lowest number is the simplest choice: less, earlier, absent."""

    def integer(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        ...


def pick(chance: Chance, items: Sequence[T]) -> T:
    """One of some items; the first is the simplest."""
    return items[chance.integer(0, len(items) - 1)]


def maybe(chance: Chance, of: int = 1) -> bool:
    """True in `of` cases of `of + 1`; False is the simplest."""
    return chance.integer(0, of) > 0


def some(chance: Chance, items: Sequence[T], low: int, high: int) -> list[T]:
    """From `low` to `high` different items, in any order; as many as there are at most."""
    left = list(items)
    count = min(chance.integer(low, high), len(left))
    return [left.pop(chance.integer(0, len(left) - 1)) for _ in range(count)]
