"""What is frequent in a stream, in bounded memory."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Frequent(Generic[Key]):
    """Counts things and forgets the rarest when there are more than `limit` kinds.

    A count is at most `missed` too low (Misra and Gries, Finding repeated elements, Science of
    Computer Programming 2, 1982: what the rarest lose, all lose).

    >>> seen = Frequent(2)
    >>> seen.add(["menu", "menu", "menu", "a", "b"])
    >>> seen.counts, seen.missed
    ({'menu': 2}, 1)
    """

    def __init__(self, limit: int) -> None:
        self.counts: dict[Key, int] = {}
        self.missed = 0
        self._limit = limit

    def add(self, keys: Iterable[Key]) -> None:
        """Count each of them once more."""
        for key in keys:
            self.counts[key] = self.counts.get(key, 0) + 1
            if len(self.counts) > self._limit:
                self._forget()

    def _forget(self) -> None:
        # Half of them at a time: forgetting looks at all.
        rarest = sorted(self.counts.values(), reverse=True)[self._limit // 2]
        self.missed += rarest
        self.counts = {key: n - rarest for key, n in self.counts.items() if n > rarest}
