"""The value that `features` hands to `labeller`: the blocks of a page in numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Block, Label

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]
Bools = NDArray[np.bool_]

# Hashes of words, of names and the like fall into so many buckets: those that a page of thousands
# and a table of tens of thousands have in common without being the same are few.
BUCKET_BITS: Final = 22
BUCKETS: Final = 1 << BUCKET_BITS

ORDER: Final = {label: column for column, label in enumerate(Label)}  # of probabilities


def new(ranked: NDArray[np.integer]) -> Bools:
    """Which of some ranked numbers are not the same as the one before.

    >>> new(np.array([1, 1, 3])).tolist()
    [True, False, True]
    """
    differ = np.ones(len(ranked), np.bool_)
    np.not_equal(ranked[1:], ranked[:-1], out=differ[1:])
    return differ


class Bag(NamedTuple):
    """Buckets of hashes of m things in order, how many each has (m,), and which of the things is
    each block's (n,)."""

    ids: Ints
    counts: Ints
    of: Ints


class Recurrence(NamedTuple):
    """On how many other pages of its site each block of a page stands (n,), of how many; on how
    many of those it has the line above or below that it has here (n,); and on how many a line
    begins with the same words (n,)."""

    on: Ints
    pages: int
    company: Ints
    begun: Ints

    def part(self, begin: int, end: int) -> Recurrence:
        """Give what is known of some of the blocks.

        >>> Recurrence(np.array([0, 3]), 4, np.array([0, 1]), np.array([2, 3])).part(1, 2)
        Recurrence(on=array([3]), pages=4, company=array([1]), begun=array([3]))
        """
        own = slice(begin, end)
        return Recurrence(self.on[own], self.pages, self.company[own], self.begun[own])


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """The description of n blocks.

    `values` is (n, features), `long` says which blocks are long lines (n,). `ids` holds the buckets
    of the words, word pairs, whole short lines and runs without spaces of all blocks in order,
    `counts` how many each block has (n,). `phrases` is what a high and a low value of each feature
    mean, in words; `quote` gives the words behind a bucket, by the block and the bucket's place
    among the block's own. `names` are those of the elements around, where the page is HTML.
    """

    values: Floats
    long: Bools
    ids: Ints
    counts: Ints
    phrases: tuple[tuple[str, str], ...]
    quote: Callable[[int, int], str]
    names: Bag | None = None


def as_labelled(blocks: Sequence[Block]) -> Floats:
    """The probabilities of all labels (n, L) as far as the blocks' own labels and scores tell them:
    the rest is spread evenly.

    >>> as_labelled([Block(0, 5, "Ferry", label=Label.TITLE, score=0.85)])[0, :2].round(2).tolist()
    [0.85, 0.01]
    """
    found = np.empty((len(blocks), len(Label)))
    for row, block in zip(found, blocks, strict=True):
        row[:] = (1 - block.score) / (len(Label) - 1)
        row[ORDER[block.label]] = block.score
    return found
