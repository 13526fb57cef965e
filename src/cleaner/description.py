"""The value that `features` hands to `labeller`: the blocks of a page in numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """The description of n blocks.

    `values` is (n, features). `ids` holds the buckets of the words, word pairs and whole short
    lines of all blocks in order, `owners` the block that each of them stands in (ascending),
    `spans` (ids, 2) where each stands in `text`: the texts of the blocks, a line break after each.
    `phrases` is what a high and a low value of each feature mean, in words.
    """

    values: Floats
    ids: Ints
    owners: Ints
    spans: Ints
    text: str
    phrases: tuple[tuple[str, str], ...]
