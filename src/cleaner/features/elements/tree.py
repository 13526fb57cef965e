"""The elements of a page as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.description import Bools, Floats, Ints
from cleaner.structure import Structure

# Levels that are climbed from one element to one that holds another too: deeper ones look alike.
_CLIMBED = 64


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

    def shared(self, first: Ints, second: Ints) -> Ints:
        """The innermost element that holds both, for each pair of elements."""
        found = first.copy()
        for _ in range(_CLIMBED):
            outside = self._outside(found, second)
            if not outside.any():
                break
            found = np.where(outside, self.parents[found], found)
        return found

    def _outside(self, around: Ints, inside: Ints) -> Bools:
        outside: Bools = (self.ends[around] <= inside) | (around > inside)
        return outside
