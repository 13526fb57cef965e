"""What the elements around a block are called: class names and the like, as buckets of hashes."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

import numpy as np

from cleaner.description import Bag
from cleaner.features.elements.tree import Tree
from cleaner.features.words import bucketed

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NEAREST = 3  # elements whose names count as near as well
_FARTHEST = 12
_NAMES = 12  # of one element: some have hundreds of utility classes
_LETTERS = 40  # of a name
_NEAR_SEED = np.uint64(0x9E3779B1)  # what near names add, so that they have hashes of their own
_REMEMBERED = 4096


def names(tree: Tree) -> Bag:
    """The names around each block: of its nearest elements, and of all some levels up.

    Blocks whose elements are called the same all the way up share theirs.
    """
    structure = tree.structure
    paths, of = np.unique(tree.paths[tree.inner], return_inverse=True)
    found, counts = [], []
    for path in paths.tolist():
        place = tree.firsts[path]
        near: set[int] = set()
        every: set[int] = set()
        for level in range(_FARTHEST):
            parts = _parts(structure.tags[place], structure.names[place])
            every.update(parts)
            if level < _NEAREST:
                near.update(parts)
            place = structure.parents[place]
            if place < 0:
                break
        hashes = np.array([*sorted(near), *sorted(every)], np.uint64)
        hashes[: len(near)] += _NEAR_SEED
        found.append(hashes)
        counts.append(len(hashes))
    joined = bucketed(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return Bag(joined, np.array(counts, np.int64), of)


@lru_cache(maxsize=_REMEMBERED)
def _parts(tag: str, names: str) -> tuple[int, ...]:
    """The hashes of an element's tag, of its names, and of the words that these are made of."""
    words = {tag}
    for name in names.split()[:_NAMES]:
        words.add(f"={name[:_LETTERS].lower()}")
        words.update(part.lower() for part in _PART.findall(name[:_LETTERS]))
    return tuple(zlib.crc32(word.encode("utf-8", "replace")) for word in words)
