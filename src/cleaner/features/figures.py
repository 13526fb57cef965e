"""Years, times of day and dates in numbers, told from runs of digits: no regular expression."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.description import Bools, Ints
from cleaner.features.characters import DIGIT

_CENTURIES = (("1", "9"), ("2", "0"))


class Figures:
    """The runs of digits of a text, and the sign between each and the next.

    `starts` is where each run begins, `sizes` how many digits it has; `signs` holds the code of the
    only character between a run and the next, 0 where more stands between them or nothing follows.
    """

    def __init__(self, codes: NDArray[np.uint32], classes: NDArray[np.uint32]) -> None:
        self._codes = codes
        digit = np.append((classes & DIGIT) != 0, False)
        edges = np.flatnonzero(digit[1:] != digit[:-1]) + 1
        edges = np.concatenate([[0], edges]) if digit[0] else edges
        self.starts, ends = edges[::2], edges[1::2]
        self.sizes = ends - self.starts
        self.signs = np.zeros(len(ends), np.uint32)
        linked = np.flatnonzero(self.starts[1:] == ends[:-1] + 1)
        self.signs[linked] = codes[ends[linked]]

    def years(self) -> Ints:
        """Where 19xx or 20xx stands."""
        four = self.starts[self.sizes == 4]
        first, second = self._codes[four], self._codes[four + 1]
        of_century = [(first == ord(a)) & (second == ord(b)) for a, b in _CENTURIES]
        years: Ints = four[np.logical_or(*of_century)]
        return years

    def clocks(self) -> Ints:
        """Where a time of day stands: 9.30, 17:46, 9h05."""
        hour = (self.sizes == 1) | ((self.sizes == 2) & self._led_by("2"))
        minute = self._next((self.sizes == 2) & self._led_by("5"), 1)
        clocks: Ints = self.starts[hour & minute & self._signed(":.h")]
        return clocks

    def dates(self) -> Ints:
        """Where a date in numbers stands: 3/6/2023, 2023-06-03."""
        signed = self._signed("./-")
        day, year = self.sizes <= 2, self.sizes <= 4
        whole = signed & self._next(signed & day, 1) & self._next(year, 2)
        dates: Ints = self.starts[whole & year]
        return dates

    def _led_by(self, highest: str) -> Bools:
        """Whether the first digit of a run is no higher."""
        led: Bools = self._codes[self.starts] <= ord(highest)
        return led

    def _signed(self, signs: str) -> Bools:
        signed: Bools = (self.signs[:, None] == [ord(sign) for sign in signs]).any(1)
        return signed

    def _next(self, flags: Bools, steps: int) -> Bools:
        """The flags of the run so many steps on."""
        return np.append(flags[steps:], np.zeros(min(steps, len(flags)), np.bool_))
