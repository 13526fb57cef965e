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
    parts = [_parts(tag, called) for _, tag, called in tree.called]
    above = [path for path, _, _ in tree.called]
    paths, of = np.unique(tree.paths[tree.inner], return_inverse=True)
    found: list[int] = []
    counts: list[int] = []  # of the near names and of all, in turns
    for path in paths.tolist():
        around: list[tuple[int, ...]] = []
        place = path
        while place >= 0 and len(around) < _FARTHEST:
            around.append(parts[place])
            place = above[place]
        for levels in (around[:_NEAREST], around):
            hashes = sorted(set().union(*levels))
            found += hashes
            counts.append(len(hashes))
    seeds = np.tile(np.array([_NEAR_SEED, 0], np.uint64), len(paths)).repeat(counts)
    buckets = bucketed(np.array(found, np.uint64) + seeds)
    return Bag(buckets, np.array(counts, np.int64).reshape(-1, 2).sum(1), of)


@lru_cache(maxsize=_REMEMBERED)
def _parts(tag: str, names: str) -> tuple[int, ...]:
    """The hashes of an element's tag, of its names, and of the words that these are made of."""
    words = {tag}
    for name in names.split()[:_NAMES]:
        words.add(f"={name[:_LETTERS].lower()}")
        words.update(part.lower() for part in _PART.findall(name[:_LETTERS]))
    return tuple(zlib.crc32(word.encode("utf-8", "replace")) for word in words)
