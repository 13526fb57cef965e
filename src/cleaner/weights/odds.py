"""What words, or names of elements, speak for: log-odds for each label, by buckets of hashes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.description import BUCKETS, Ints

# Log-odds are held in steps of this size: int8 then spans -4 to 4.
WORD_STEP = 1 / 31

MOST_WORDS = int(np.iinfo(np.uint16).max)  # that can be known: rows are numbers of 16 bits


class Odds:
    """Log-odds of W words, in steps of WORD_STEP (W, L), and their buckets, ascending (W,).

    A corpus has far more words than tell a label. Those that do have a row of `table`; all others
    share the first, which says nothing.

    >>> odds = Odds(np.array([3, 9]), np.array([[31], [-62]], np.int8))
    >>> odds.table[odds.rows(np.array([9, 4, 3]))].ravel().tolist()
    [-62, 0, 31]
    """

    def __init__(self, buckets: Ints, steps: NDArray[np.int8]) -> None:
        self.buckets = buckets.astype(np.uint32)
        self.table = np.concatenate([np.zeros((1, steps.shape[1]), np.int8), steps])
        self._rows = np.zeros(BUCKETS, np.uint16)
        self._rows[buckets] = np.arange(1, len(self.table))

    def rows(self, ids: Ints) -> NDArray[np.uint16]:
        """The rows of the table that buckets have, 0 where the word is not known."""
        return self._rows.take(ids)


def ordered(buckets: Ints) -> bool:
    """Whether these may be the buckets of `Odds`: ascending, none twice, not too many.

    >>> ordered(np.array([3, 9])), ordered(np.array([9, 3])), ordered(np.array([BUCKETS]))
    (True, False, False)
    """
    told = buckets.astype(np.int64)
    known = len(told) <= MOST_WORDS and bool((told < BUCKETS).all())
    return known and bool((told >= 0).all() and (np.diff(told) > 0).all())
