"""The value that `features` hands to `labeller`: the blocks of a page in numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]
Bools = NDArray[np.bool_]


class Bag(NamedTuple):
    """Buckets of hashes of m things in order, how many each has (m,), and which of the things is
    each block's (n,)."""

    ids: Ints
    counts: Ints
    of: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """The description of n blocks.

    `values` is (n, features), `long` says which blocks are long lines (n,). `ids` holds the buckets
    of the words, word pairs and whole short lines of all blocks in order, `counts` how many each
    block has (n,). `phrases` is what a high and a low value of each feature mean, in words; `quote`
    gives the words behind a bucket, by the block and the bucket's place among the block's own.
    `names` are those of the elements around, where the page is HTML.
    """

    values: Floats
    long: Bools
    ids: Ints
    counts: Ints
    phrases: tuple[tuple[str, str], ...]
    quote: Callable[[int, int], str]
    names: Bag | None = None
