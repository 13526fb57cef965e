"""The elements of a page as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.description import Floats, Ints
from cleaner.structure import Structure


class Tree:
    """The elements of a page, in document order, and where its n blocks stand among them.

    `parents`, `ends` and `depths` are those of the elements; the parent of the outermost is itself.
    `paths` are equal for elements whose tags and names are the same all the way up; `called` has
    for each path that of the element around (-1: none), and the tag and names of the innermost.
    `outer` and `inner` are the block element and the innermost of a block.
    """

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.ends = np.array(structure.ends, np.int64)
        self.parents = np.maximum(np.array(structure.parents, np.int64), 0)
        self.outer = np.array(structure.outer, np.int64)
        self.inner = np.array(structure.inner, np.int64)
        depths: list[int] = []
        paths: list[int] = []
        known: dict[tuple[int, str, str], int] = {}
        for k, parent in enumerate(structure.parents):
            depths.append(depths[parent] + 1 if parent >= 0 else 0)
            above = paths[parent] if parent >= 0 else -1
            key = (above, structure.tags[k], structure.names[k])
            paths.append(known.setdefault(key, len(known)))
        self.depths = np.array(depths, np.int64)
        self.paths = np.array(paths, np.int64)
        self.called = tuple(known)

    def __len__(self) -> int:
        return len(self.parents)

    def covered(self, chosen: Sequence[int]) -> Ints:
        """How many of the chosen elements each element stands in, itself counted."""
        change = np.zeros(len(self) + 1, np.int64)
        np.add.at(change, np.asarray(chosen, np.int64), 1)
        np.add.at(change, self.ends[np.asarray(chosen, np.int64)], -1)
        return np.cumsum(change)[:-1]

    def sums(self, values: Floats) -> Floats:
        """The sums of the blocks' values (n, V) within each element: (elements, V)."""
        owned = np.zeros((len(self) + 1, values.shape[1]))
        np.add.at(owned, self.outer + 1, values)
        sums = np.cumsum(owned, axis=0)
        within: Floats = sums[self.ends] - sums[:-1]
        return within

    def climbed(self, levels: int) -> list[Ints]:
        """The elements that stand 0, 1, ... `levels` above each block; the outermost at the top."""
        found: list[Ints] = [self.outer]
        for _ in range(levels):
            found.append(self.parents[found[-1]])
        return found

    def met(self, one: int) -> Ints:
        """How deep the innermost element is that holds one element and each: (elements,)."""
        deep = self.depths
        above = np.minimum.accumulate(deep[one:0:-1])[::-1] - 1
        below = np.minimum.accumulate(deep[one + 1 :]) - 1
        met: Ints = np.maximum(np.concatenate([above, deep[one : one + 1], below]), 0)
        return met

    def met_next(self, elements: Ints) -> Ints:
        """How deep the innermost element is that holds one and the next, of n elements where
        blocks stand in a row: (n - 1,)."""
        low = np.minimum(elements[:-1], elements[1:])
        high = np.maximum(elements[:-1], elements[1:])
        ends = self.ends[low]
        # The shallowest of what begins between the end of one and the other is right within it.
        ranges = np.stack([ends, high + 1], 1).ravel()
        between = np.minimum.reduceat(np.append(self.depths, 0), ranges)[::2] - 1
        met: Ints = np.where(ends > high, self.depths[low], np.maximum(between, 0))
        return met
