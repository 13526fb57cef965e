"""What a batch came to: counts, speed, the share of each label, how sure it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cleaner.batch.page import Outcome, Status
from cleaner.records import Failure

# The manifest has every failure; so many are also kept in memory.
_FAILURES_KEPT = 100
_BINS = 10


@dataclass(frozen=True, slots=True)
class Summary:
    """How many inputs gave an article, none, or could not be read, and what they held.

    `labels` has the characters of each label, `confidence` how many pages have one from .0 to
    under .1, and so on; `failures` the first hundred. `pages` of them were done by this run, in
    `seconds`; a resumed run's other figures count those before it too.

    >>> str(Summary(cleaned=2, failed=1)).splitlines()[0]
    'cleaned 2, no-article 0, failed 1'
    """

    cleaned: int = 0
    no_article: int = 0
    failed: int = 0
    duplicates: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)
    confidence: tuple[int, ...] = (0,) * _BINS
    failures: tuple[Failure, ...] = ()
    pages: int = field(default=0, compare=False)
    seconds: float = field(default=0.0, compare=False)

    def __str__(self) -> str:
        counts = f"cleaned {self.cleaned}, no-article {self.no_article}, failed {self.failed}"
        if self.duplicates:
            counts += f", duplicates {self.duplicates}"
        lines = [counts]
        if self.pages and self.seconds:
            rate = self.pages / self.seconds
            lines.append(f"{self.pages} inputs in {self.seconds:.1f} s, {rate:.1f} a second")
        whole = sum(self.labels.values())
        if whole:
            ranked = sorted(self.labels.items(), key=lambda item: (-item[1], item[0]))
            shares = ", ".join(f"{label} {100 * size / whole:.0f} %" for label, size in ranked)
            lines.append(f"text by label: {shares}")
        if any(self.confidence):
            bins = ", ".join(f".{tenth} {count}" for tenth, count in enumerate(self.confidence))
            lines.append(f"pages by confidence: {bins}")
        return "\n".join(lines)


class Tally:
    """A summary while it grows; `state` is JSON-ready and makes another of it."""

    def __init__(self, state: Mapping[str, object] | None = None) -> None:
        self.counts: dict[str, int] = dict.fromkeys([*Status, "duplicates"], 0)
        self.labels: dict[str, int] = {}
        self.confidence = [0] * _BINS
        self.failures: list[tuple[str, str]] = []
        if state:
            self.__dict__.update(state)

    @property
    def state(self) -> dict[str, object]:
        """What it holds, to be written down."""
        return dict(self.__dict__)

    def add(self, outcome: Outcome, *, duplicate: bool = False) -> None:
        """Count an outcome."""
        self.counts[outcome.status] += 1
        self.counts["duplicates"] += duplicate
        for label, size in outcome.labels.items():
            self.labels[label] = self.labels.get(label, 0) + size
        if outcome.confidence is not None:
            self.confidence[min(int(outcome.confidence * _BINS), _BINS - 1)] += 1
        if outcome.status is Status.FAILED and len(self.failures) < _FAILURES_KEPT:
            self.failures.append((outcome.id, outcome.reason or ""))

    def summary(self, pages: int = 0, seconds: float = 0.0) -> Summary:
        """Give the summary of what was counted."""
        return Summary(
            cleaned=self.counts[Status.CLEANED],
            no_article=self.counts[Status.NO_ARTICLE],
            failed=self.counts[Status.FAILED],
            duplicates=self.counts["duplicates"],
            labels=dict(self.labels),
            confidence=tuple(self.confidence),
            failures=tuple(Failure(name, reason) for name, reason in self.failures),
            pages=pages,
            seconds=seconds,
        )
