"""Pages side by side in one array of rows, so that each is computed as if it were alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from cleaner.description import Floats, Ints

# So many rows are multiplied together, and each page begins where a piece of so many begins: which
# pages share an array changes no sum, not in its last bit.
PIECE = 16

# OpenBLAS keeps to one thread up to so many multiplications in a product.
SINGLE_THREADED = 1 << 18


class Rows:
    """Where the blocks of pages stand in an array of rows.

    A margin of empty rows, no less than `reach`, precedes and follows every page: who looks no
    farther than that sees nothing of another page. `margin` is the one at either end, `number` the
    rows between; `places` has the row of each block, the margin at the start counted in. `sizes`
    is how many blocks each page has, `firsts` which is its first, `pages` which they all are, and
    `held` their rows.
    """

    def __init__(self, sizes: Sequence[int], reach: int) -> None:
        self.sizes = np.array(sizes, np.int64)
        self.firsts = np.cumsum(self.sizes) - self.sizes
        self.margin = reach + -reach % PIECE
        taken = self.sizes + reach
        taken += -taken % PIECE
        begins = np.cumsum(taken) - taken
        self.number = int(taken.sum())
        blocks = np.arange(int(self.sizes.sum()))
        self.places = blocks + (begins - self.firsts + self.margin).repeat(self.sizes)
        page = np.full(self.number + 2 * self.margin, len(sizes))
        page[self.places] = np.arange(len(sizes)).repeat(self.sizes)
        self.page = page[self.margin : -self.margin]
        self.pages = _slices(self.firsts, self.sizes)
        self.held = _slices(begins + self.margin, self.sizes)

    def spread(self, blocks: Floats) -> Floats:
        """Set what blocks have (n, k) in their rows; the margins have 0."""
        rows = np.zeros((self.number + 2 * self.margin, blocks.shape[1]), np.float32)
        rows[self.places] = blocks
        return rows

    def gathered(self, rows: Floats) -> Floats:
        """What blocks have, from the rows between the margins."""
        gathered: Floats = rows.take(self.places - self.margin, axis=0)
        return gathered

    def within(self, rows: Floats) -> Floats:
        """The rows without the margins at either end."""
        return rows[self.margin : -self.margin]

    def activate(self, rows: Floats, biases: Floats) -> Floats:
        """Add to rows (number, k) what is given for their page (pages, k), and cut off below 0.

        The result has margins, of 0.
        """
        active = np.zeros((len(rows) + 2 * self.margin, rows.shape[1]), np.float32)
        none = np.full((1, rows.shape[1]), -np.inf, np.float32)
        rows += np.concatenate([biases, none]).take(self.page, axis=0)
        np.maximum(rows, 0, out=self.within(active))
        return active

    def of(self, blocks: Iterable[Ints]) -> Sequence[Ints]:
        """For every row between the margins, the row of a block that is named for its own block
        (n,); an empty one where that is -1, and where the row is empty itself."""
        known = np.append(self.places, 0)
        found = []
        for named in blocks:
            rows = np.zeros(self.number, np.int64)
            rows[self.places - self.margin] = known[named]
            found.append(rows)
        return found


def _slices(begins: Ints, sizes: Ints) -> list[slice]:
    return list(map(slice, begins.tolist(), (begins + sizes).tolist()))


def product(rows: Floats, matrix: Floats) -> Floats:
    """The product of rows (n, I) and a matrix (I, O), a few rows at a time: too little for BLAS to
    start threads.

    So it is the same on any number of cores, and processes side by side do not fight for them.
    """
    n, inner = rows.shape
    outer = matrix.shape[1]
    together = PIECE
    while together > 1 and together * inner * outer > SINGLE_THREADED:
        together //= 2
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
