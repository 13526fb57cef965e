"""What the elements around a block are called: class names and the like, as buckets of hashes."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from itertools import chain

import numpy as np

from cleaner.description import Bag, Ints
from cleaner.features.elements.tree import Tree
from cleaner.features.words import bucketed, distinct

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NEAREST = 3  # elements whose names count as near as well
_FARTHEST = 12
_NAMES = 12  # of one element: some have hundreds of utility classes
_LETTERS = 40  # of a name
_BITS = 32  # of the hash of a name
_NEAR_SEED = np.uint64(0x9E3779B1)  # what near names add, so that they have hashes of their own
_REMEMBERED = 4096
_TOGETHER = 256  # paths that are looked at in one go; most pages have fewer


def names(tree: Tree) -> Bag:
    """The names around each block: of its nearest elements, and of all some levels up.

    Blocks whose elements are called the same all the way up share theirs.
    """
    parts = [_parts(tag, called) for _, tag, called in tree.called]
    hashes = np.fromiter(chain.from_iterable(parts), np.int64)
    # Beyond the outermost element there is one that is called nothing, the last.
    sizes = np.array([*map(len, parts), 0])
    above = np.array([*(path for path, _, _ in tree.called), -1])
    paths, of = np.unique(tree.paths[tree.inner], return_inverse=True)
    found = [
        _around(paths[first : first + _TOGETHER], above, hashes, sizes)
        for first in range(0, len(paths), _TOGETHER)
    ]
    buckets, counts = zip(*found, strict=True)
    return Bag(np.concatenate(buckets), np.concatenate(counts), of)


def _around(paths: Ints, above: Ints, hashes: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """The buckets of the names around each path, and how many it has.

    `above` is the path of the element around each, `hashes` those of what they are called, one
    after the other, `sizes` how many each has.
    """
    levels = np.full((len(paths), 2, _FARTHEST), -1)  # of the near names and of all, in turns
    place = paths
    for level in range(_FARTHEST):
        levels[:, 1, level] = place
        place = above[place]
    levels[:, 0, :_NEAREST] = levels[:, 1, :_NEAREST]
    elements = levels.ravel()
    begins, counts = (np.cumsum(sizes) - sizes)[elements], sizes[elements]
    ends = np.cumsum(counts)
    held = hashes[np.arange(ends[-1]) + (begins - ends + counts).repeat(counts)]
    # Each name once: the hashes are of 32 bits.
    row = np.arange(len(elements)).repeat(counts) // _FARTHEST
    row, each = np.divmod(distinct((row << _BITS) + held), 1 << _BITS)
    seeds = np.where(row % 2, 0, _NEAR_SEED).astype(np.uint64)
    buckets = bucketed(each.astype(np.uint64) + seeds)
    return buckets, np.bincount(row // 2, minlength=len(paths))


@lru_cache(maxsize=_REMEMBERED)
def _parts(tag: str, names: str) -> tuple[int, ...]:
    """The hashes of an element's tag, of its names, and of the words that these are made of."""
    words = {tag}
    for name in names.split()[:_NAMES]:
        words.add(f"={name[:_LETTERS].lower()}")
        words.update(part.lower() for part in _PART.findall(name[:_LETTERS]))
    return tuple(zlib.crc32(word.encode("utf-8", "replace")) for word in words)
