"""How far a batch is, on standard error: a bar in a terminal, some lines in a log."""

from __future__ import annotations

import contextlib
import shutil
import sys
import threading
import time
from collections.abc import Sequence

from cleaner import records, render
from cleaner.batch import Outcome, Status
from cleaner.cli import console

# A log (no terminal) tells how far a batch is every so many inputs.
_LINE_EVERY = 1000

# A terminal is written to so often (seconds): the eye does not follow more.
_DRAW_EVERY = 0.1

# So many failures are told as they come: the manifest has them all.
_FAILURES_TOLD = 20

_BAR = 24
_ERASE_LINE = "\r\x1b[K"


class Progress:
    """Hears of every outcome and shows the rate, the time left and the failures."""

    def __init__(self, inputs: Sequence[str]) -> None:
        self.done = 0
        self.unread = 0  # those whose name or kind says that they are no pages
        self._failed = 0
        self._began, self._drawn = time.monotonic(), 0.0
        self._first = (0, 0.0)
        self._total = 0
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        if self._terminal:
            # Millions of files take a while to be counted; the bar does without until they are.
            threading.Thread(target=self._measure, args=(inputs,), daemon=True).start()

    def __call__(self, outcome: Outcome, position: int) -> None:
        now = time.monotonic()
        if not self.done:
            # What a broken run did before this one says nothing of its speed.
            self._first = position, now
        self.done += 1
        self.unread += outcome.status is Status.NO_ARTICLE and outcome.confidence is None
        if outcome.status is Status.FAILED:
            self._failed += 1
            if self._failed <= _FAILURES_TOLD:
                self._tell(f"{outcome.id}: {outcome.reason}")
            elif self._failed == _FAILURES_TOLD + 1:
                self._tell("further failures are told in the manifest only")
        if self._terminal and now - self._drawn >= _DRAW_EVERY:
            self._drawn = now
            self._draw(position, now)
        elif not self._terminal and self.done % _LINE_EVERY == 0:
            console.tell(self._counts(now - self._began))

    def close(self, *lines: str) -> None:
        """Take the bar away and say the last lines."""
        for line in lines:
            self._tell(line)

    def _draw(self, position: int, now: float) -> None:
        words = self._counts(now - self._began)
        if self._total:
            share = min(position / self._total, 1.0)
            filled = round(share * _BAR)
            words = "█" * filled + "░" * (_BAR - filled) + f" {share:4.0%}  {words}"
            first, since = self._first
            if position > first:
                left = max(self._total - position, 0) * (now - since) / (position - first)
                words += f", {_clock(left)} left"
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write(_ERASE_LINE + words[:width])
        sys.stderr.flush()

    def _counts(self, seconds: float) -> str:
        rate = self.done / seconds if seconds else 0.0
        return f"{self.done} inputs, {rate:.0f} a second, {self._failed} failed"

    def _measure(self, inputs: Sequence[str]) -> None:
        with contextlib.suppress(OSError):
            self._total = records.total(inputs)

    def _tell(self, words: str) -> None:
        if self._terminal:
            sys.stderr.write(_ERASE_LINE)
        console.tell(render.printable(words))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
