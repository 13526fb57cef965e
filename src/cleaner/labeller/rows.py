"""Pages side by side in one array of rows, so that each is computed as if it were alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.description import Bools, Floats, Ints

# BLAS takes the rows of a product in tiles of 4, 8 or 16. Each page begins where a tile does and
# products have whole tiles: which pages share an array changes no sum, not in its last bit.
PIECE = 16

# OpenBLAS keeps to one thread up to so many multiplications in a product.
SINGLE_THREADED = 1 << 18


class Rows:
    """Where the blocks of pages stand in an array of rows.

    Empty rows, no fewer than `reach`, precede and follow every page: who looks no farther than that
    sees nothing of another page. `places` has the row of each block, `pages` the rows of each page,
    `number` is how many rows there are; before and after these lies a `margin` where an array has
    one.
    """

    def __init__(self, sizes: Sequence[int], reach: int) -> None:
        self.margin = reach + -reach % PIECE
        self.pages: list[slice] = []
        begin = end = 0
        for size in sizes:
            end = begin + size
            self.pages.append(slice(begin, end))
            begin = end + reach
            begin += -begin % PIECE
        self.number = end + -end % PIECE
        self.places = np.concatenate([np.arange(page.start, page.stop) for page in self.pages])

    def empty(self, width: int) -> Floats:
        """Rows of 0, with margins."""
        return np.zeros((self.number + 2 * self.margin, width), np.float32)

    def within(self, rows: Floats) -> Floats:
        """The rows between the margins."""
        return rows[self.margin : -self.margin]

    def spread(self, blocks: Floats) -> Floats:
        """Set what blocks have (n, k) in their rows, with margins; the others have 0."""
        rows = self.empty(blocks.shape[1])
        self.within(rows)[self.places] = blocks
        return rows

    def activate(self, rows: Floats, biases: Sequence[Floats]) -> Floats:
        """Add to the rows of each page what is given for it, and cut off below 0; with margins."""
        active = self.empty(rows.shape[1])
        for page, bias in zip(self.pages, biases, strict=True):
            own = self.within(active)[page]
            np.add(rows[page], bias, out=own)
            np.maximum(own, 0, out=own)
        return active

    def nearest(self, flags: Bools) -> tuple[Ints, Ints]:
        """For every row the nearest above and below of a flagged block (n,), the margin counted in.

        Where its page has none there, an empty row.
        """
        ends = np.ones(self.number + 2 * self.margin, np.bool_)
        ends[self.places + self.margin] = flags
        rows = np.arange(len(ends))
        above = np.maximum.accumulate(rows * ends)
        below = np.minimum.accumulate(np.where(ends, rows, len(ends))[::-1])[::-1]
        first, last = self.margin, self.margin + self.number
        return above[first - 1 : last - 1], below[first + 1 : last + 1]


def product(rows: Floats, matrix: Floats) -> Floats:
    """The product of rows (n, I) and a matrix (I, O), a few rows at a time: too little for BLAS to
    start threads.

    So it is the same on any number of cores, and processes side by side do not fight for them.
    """
    n, inner = rows.shape
    outer = matrix.shape[1]
    together = SINGLE_THREADED // (inner * outer)
    together = together - together % PIECE or max(1, together)
    if n <= together:
        whole: Floats = np.matmul(rows, matrix)
        return whole
    whole = n - n % together
    out = np.empty((n, outer), np.float32)
    if whole:
        pieces = rows[:whole].reshape(-1, together, inner)
        np.matmul(pieces, matrix, out=out[:whole].reshape(-1, together, outer))
    if whole < n:
        np.matmul(rows[whole:], matrix, out=out[whole:])
    return out


def weighed(rows: Floats, shares: Floats) -> Floats:
    """The sums of rows (n, k) in which each counts by its share (m, n): (m, k).

    In as small products as BLAS takes in one thread.
    """
    few = max(1, SINGLE_THREADED // (rows.shape[1] * len(shares)))
    sums: Floats = shares[:, :few] @ rows[:few]
    for i in range(few, len(rows), few):
        sums += shares[:, i : i + few] @ rows[i : i + few]
    return sums
