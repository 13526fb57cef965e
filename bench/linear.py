"""How time and memory grow with the size of hostile inputs."""

from __future__ import annotations

import gc
import math
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time

from bench.hostile import Pages

Work = Callable[[str | bytes], object]

MEGA = 1_000_000  # characters, and bytes
# Linear work fits 1.0; what no longer fits the caches of the processor adds a twentieth over two
# orders of magnitude. Work that is quadratic even in a small part comes near 2 as the input grows.
LIMIT = 1.1
# A page may take so many bytes of memory for each of its bytes ...
BYTES = 40
# ... for each of its blocks, since the answer has an object for every one of them ...
BLOCK_BYTES = 640
# ... and so many whatever its size: the numbers of the largest sheet (labeller/sheets.py).
SHEET_BYTES = 64 * MEGA
ROUNDS = 3  # the best of them counts: the others may have been interrupted
LONG = 5.0  # seconds: what takes longer is timed once
WARM = 10_000  # characters of the family that are cleaned before the clock starts
PATIENCE = 120.0  # seconds: after a size that took longer the greater ones are left out


@dataclass(frozen=True, slots=True)
class Measure:
    """What one page cost: its bytes and blocks, seconds of the processor, and the peak of memory
    (bytes, beyond the page itself; 0 where the system does not tell)."""

    size: int
    blocks: int
    seconds: float
    peak: int

    @property
    def allowed(self) -> int:
        """The peak that is allowed (bytes)."""
        return SHEET_BYTES + BYTES * self.size + BLOCK_BYTES * self.blocks

    def __str__(self) -> str:
        return (
            f"{self.size / MEGA:8.2f} MB {self.blocks:9} blocks {self.seconds:8.2f} s"
            f"  peak {self.peak / MEGA:8.1f} MB, {self.peak / max(1, self.size):6.1f} x the page"
        )


@dataclass(frozen=True, slots=True)
class Growth:
    """What a family cost at each size that was measured, in rising order; None where the process
    that cleaned it was killed."""

    name: str
    measures: tuple[Measure | None, ...]

    @property
    def known(self) -> list[Measure]:
        """What was measured."""
        return [measure for measure in self.measures if measure]

    @property
    def exponent(self) -> float:
        """The power of the size that the seconds grow with."""
        return exponent([m.size for m in self.known], [m.seconds for m in self.known])

    @property
    def linear(self) -> bool:
        """Whether time grows within the limit, and the greatest page takes no more than it may."""
        greatest = self.measures[-1]
        return bool(self.exponent <= LIMIT and greatest and greatest.peak <= greatest.allowed)

    def __str__(self) -> str:
        seconds = "".join(f"{m.seconds:9.3f}" if m else "   killed" for m in self.measures)
        peaks = [f"{m.peak / m.size:7.1f} x" for m in self.known[-1:]]
        verdict = "" if self.linear else "  NOT LINEAR"
        return f"{self.name:28}{seconds}  time^{self.exponent:.2f}{''.join(peaks)}{verdict}"


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


def measure(work: Work, family: Pages, size: int) -> Measure | None:
    """Measure one page, the best of some times; None where it was killed.

    Each time is one of a process of its own: what is remembered of the page would make the next
    time shorter, and more so the smaller the page.
    """
    best = _in_a_process(work, family, size)
    for _ in range(1, ROUNDS):
        if not best or best.seconds >= LONG:
            break
        best = _better(best, _in_a_process(work, family, size))
    return best


def _in_a_process(work: Work, family: Pages, size: int) -> Measure | None:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(there, work, family, size))
    process.start()
    there.close()
    try:
        answer: Measure | None = here.recv()
    except EOFError:
        answer = None
    process.join()
    return answer


def _measure(answer: Connection, work: Work, family: Pages, size: int) -> None:
    work(family(WARM))
    page = family(size)
    weight = len(page if isinstance(page, bytes) else page.encode("utf-8", "surrogatepass"))
    gc.collect()
    before = _forget_peak()
    start = process_time()
    article = work(page)
    seconds = process_time() - start
    peak = _status("VmHWM") - before
    answer.send(Measure(weight, len(getattr(article, "blocks", ())), seconds, peak))


def _forget_peak() -> int:
    """Begin to note the peak of this process anew; give what it holds now (bytes).

    As Linux has it (proc(5), clear_refs); elsewhere there is no peak to begin anew.
    """
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return 0
    return _status("VmRSS")


def _status(name: str) -> int:
    """A figure of this process's memory (bytes); 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def grow(name: str, family: Pages, work: Work, sizes: Sequence[int]) -> Growth:
    """Measure a family at sizes in rising order, until one takes longer than our patience.

    Times that seem not to be linear are taken once more, and the better ones count: a busy
    machine can only add to them, and a true growth shows again.
    """
    first = Growth(name, tuple(_until_slow(family, work, sizes)))
    if first.linear:
        return first
    again = _until_slow(family, work, sizes[: len(first.measures)])
    return Growth(name, tuple(map(_better, first.measures, again)))


def _better(one: Measure | None, other: Measure | None) -> Measure | None:
    if not one or not other:
        return one or other
    return min(one, other, key=lambda measure: measure.seconds)


def _until_slow(family: Pages, work: Work, sizes: Sequence[int]) -> Iterator[Measure | None]:
    for size in sizes:
        taken = measure(work, family, size)
        yield taken
        if not taken or taken.seconds > PATIENCE:
            break
