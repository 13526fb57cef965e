"""How time and memory grow with the size of hostile inputs."""

from __future__ import annotations

import gc
import math
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import process_time

from bench.hostile import Family

Work = Callable[[str], object]

MEGA = 1_000_000  # characters
# Linear work fits 1.0, and noise, caches and sorting move the fit by a tenth or so at these
# sizes; work that is quadratic even in a small part of it comes near 2 as the input grows.
LIMIT = 1.2
ROUNDS = 2  # the better of them counts: the other may have been interrupted
SHORTEST = 0.1  # seconds a timing lasts in all, or else it is repeated
PATIENCE = 60.0  # seconds: after a size that took longer the greater ones are left out


@dataclass(frozen=True, slots=True)
class Growth:
    """The seconds and peak bytes of a family at each size that was measured."""

    name: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    peaks: tuple[int, ...] = ()

    @property
    def time_exponent(self) -> float:
        """The power of the size that the seconds grow with."""
        return exponent(self.sizes, self.seconds)

    @property
    def memory_exponent(self) -> float | None:
        """The power of the size that the peak grows with; None where it was not measured."""
        return exponent(self.sizes, self.peaks) if self.peaks else None

    @property
    def linear(self) -> bool:
        """Whether both exponents stay within the limit."""
        return self.time_exponent <= LIMIT and (self.memory_exponent or 0.0) <= LIMIT

    def __str__(self) -> str:
        seconds = "".join(f"{value:9.3f}" for value in self.seconds)
        memory = ""
        if self.memory_exponent is not None:
            memory = f"  peak {self.peaks[-1] / MEGA:8.1f} MB  memory^{self.memory_exponent:.2f}"
        verdict = "" if self.linear else "  NOT LINEAR"
        return f"{self.name:24}{seconds}  time^{self.time_exponent:.2f}{memory}{verdict}"


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Fit k in value = c * size ** k by least squares on the logarithms.

    Infinite where there are fewer than two sizes to fit.

    >>> round(exponent([1, 2, 4], [3, 12, 48]), 6)
    2.0
    """
    if len(sizes) < 2:
        return math.inf
    xs = [math.log(size) for size in sizes]
    ys = [math.log(max(value, 1e-9)) for value in values]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((a - x) ** 2 for a in xs)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / spread


def seconds(work: Work, text: str) -> float:
    """Give the processor time of a call, the best of two or, of short ones, of more."""
    times: list[float] = []
    while len(times) < ROUNDS or sum(times) < SHORTEST:
        gc.collect()
        start = process_time()
        work(text)
        times.append(process_time() - start)
        if times[-1] > PATIENCE:
            break
    return min(times)


def peak(work: Work, text: str) -> int:
    """Give the most bytes that a call held at once, beyond its argument."""
    gc.collect()
    tracemalloc.start()
    try:
        work(text)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def grow(name: str, family: Family, work: Work, sizes: Sequence[int], memory: bool) -> Growth:
    """Measure a family at sizes in rising order, until one takes longer than our patience.

    Times that seem not to be linear are taken once more, and the better ones count: a busy
    machine can only add to them, and a true growth shows again.
    """
    times = list(_until_slow(family, work, sizes))
    if exponent(sizes[: len(times)], times) > LIMIT:
        times = list(map(min, times, _until_slow(family, work, sizes)))
    measured = tuple(sizes[: len(times)])
    peaks = tuple(peak(work, family(size)) for size in measured) if memory else ()
    return Growth(name, measured, tuple(times), peaks)


def _until_slow(family: Family, work: Work, sizes: Sequence[int]) -> Iterator[float]:
    for size in sizes:
        taken = seconds(work, family(size))
        yield taken
        if taken > PATIENCE:
            break
