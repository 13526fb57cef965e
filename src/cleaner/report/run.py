"""The figures of a run, from the lines of a batch: one look at each line, in bounded memory."""

from __future__ import annotations

import heapq
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from cleaner import template
from cleaner.article import Label
from cleaner.report import restore
from cleaner.report.frequent import Frequent

# The pages that are shown in full, and so many faulty lines and failures by name.
UNSURE_PAGES = 20
NAMED = 20

# Edges of the bars: of shares, and of a body's length in characters.
SHARES = tuple(n / 20 for n in range(20))
LENGTHS = (0, 1, 250, 500, 1000, 2000, 4000, 8000, 16000, 32000)

# Lines of cruft that are counted at once, over all sites, and characters that tell one.
_CRUFT_LINES = 200_000
_CRUFT_LENGTH = 120
# Reasons of failures that are told apart.
_REASONS = 200
_FAILED = "failed"
_NO_ARTICLE = "no-article"
_KEPT = {str(label): label.kept for label in Label}


class Histogram:
    """Counts of values between edges; the last bar has no end.

    >>> lengths = Histogram((0, 10))
    >>> for length in (3, 10, 700):
    ...     lengths.add(length)
    >>> lengths.counts
    [1, 2]
    """

    def __init__(self, edges: Sequence[float]) -> None:
        self.edges = edges
        self.counts = [0] * len(edges)

    def add(self, value: float) -> None:
        """Count a value."""
        self.counts[max(bisect_right(self.edges, value) - 1, 0)] += 1


@dataclass(slots=True)
class Site:
    """The sums over the pages of a site."""

    pages: int = 0
    articles: int = 0
    confidence: float = 0.0
    kept: float = 0.0


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """A page by how sure the program is of it, and where its line stands in the file."""

    surest: float  # the sureness, negative: a heap has its least first
    number: int
    offset: int = field(compare=False)
    id: str = field(compare=False)

    @property
    def sureness(self) -> float:
        """From 0 to 1."""
        return -self.surest


@dataclass(slots=True)
class Run:
    """What became of the pages of a run.

    `failures` is None where no manifest tells of them; `nothing` counts the inputs of which a
    manifest says that they hold no page.
    """

    articles: int = 0
    others: int = 0
    faults: list[str] = field(default_factory=list)
    faulty: int = 0
    confidence: Histogram = field(default_factory=lambda: Histogram(SHARES))
    kept: Histogram = field(default_factory=lambda: Histogram(SHARES))
    length: Histogram = field(default_factory=lambda: Histogram(LENGTHS))
    sites: dict[str, Site] = field(default_factory=dict)
    cruft: Frequent[tuple[str, str]] = field(default_factory=lambda: Frequent(_CRUFT_LINES))
    doubts: list[Doubt] = field(default_factory=list)
    failures: Frequent[str] | None = None
    nothing: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """The pages that a line tells of."""
        return self.articles + self.others

    @property
    def least_sure(self) -> list[Doubt]:
        """The pages that the program is least sure of, the least first."""
        return sorted(self.doubts, reverse=True)


def collect(lines: Iterable[bytes]) -> Run:
    """Give the figures of a run from the lines of its file (`cleaner batch`), as bytes.

    What is no line of a batch is counted and named, and stops nothing. Memory grows with the
    number of sites, not of pages.

    >>> collect([b"{}", b'{"id": "a", "blocks": [], "confidence": 0.1}']).faults
    ['line 1: no page of a batch: it has no blocks']
    """
    run = Run()
    offset = 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                _count(run, _told(restore.record(line)), Place(number, offset))
            except ValueError as error:
                run.faulty += 1
                if len(run.faults) < NAMED:
                    run.faults.append(f"line {number}: {error}")
        offset += len(line)
    return run


def with_failures(run: Run, manifest: Iterable[bytes]) -> Run:
    """Give a run with the failures that its manifest tells of; lines of another kind are passed.

    >>> manifest = [b'{"id": "a.txt", "status": "failed", "reason": "permission denied"}']
    >>> with_failures(Run(), manifest).failed
    [('a.txt', 'permission denied')]
    """
    run.failures = Frequent(_REASONS)
    others = 0
    for line in manifest:
        try:
            values = json.loads(line)
        except ValueError:
            continue
        status = values.get("status") if isinstance(values, dict) else None
        others += status == _NO_ARTICLE
        if status == _FAILED:
            reason = str(values.get("reason"))
            run.failures.add([reason])
            if len(run.failed) < NAMED:
                run.failed.append((str(values.get("id")), reason))
    run.nothing = max(others - run.others, 0)
    return run


def site(values: dict[str, Any]) -> str:
    """Give the site of a page: the host of its address, else the folder that it was in.

    >>> site({"id": "a", "url": "https://www.news.example/ferry"}), site({"id": "hale/a.txt"})
    ('news.example', 'hale/')
    """
    url = values.get("url")
    name = template.site(str(url) if url else None, str(values.get("id") or ""))
    return name[:_CRUFT_LENGTH]


def sureness(confidence: float, labels: float, *, is_article: bool) -> float:
    """Say how sure the program is of a page, from 0 to 1.

    That is how sure it is of the verdict, and of an article times `labels`, the mean score of its
    blocks by their length: where nothing is kept, no label matters.

    >>> sureness(0.2, 0.5, is_article=False), sureness(0.8, 0.5, is_article=True)
    (0.8, 0.4)
    """
    verdict = max(confidence, 1 - confidence)
    return verdict * labels if is_article else verdict


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands in its file: its number, and the bytes before it."""

    number: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What the figures need of a page."""

    id: str
    site: str
    is_article: bool
    confidence: float
    kept: float  # share of its characters in kept blocks
    length: int  # of its body
    sureness: float
    cruft: frozenset[str]


def _told(values: dict[str, Any]) -> _Told:
    """Look once at each block of a record; raises ValueError where it is no page of a batch.

    Making an article of each would take three times as long.
    """
    try:
        whole = kept = 0
        sure = 0.0
        cruft = set()
        for block in values["blocks"]:
            text, size = block["text"], len(block["text"])
            whole += size
            sure += size * restore.share(block["score"])
            if _KEPT[block["label"]]:
                kept += size
            else:
                cruft.add(text[:_CRUFT_LENGTH])
        confidence = restore.share(values.get("confidence") or 0)
        is_article = bool(values.get("is_article"))
        length = len(values.get("body") or "")
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no page of a batch ({error!r})") from error
    return _Told(
        str(values.get("id")),
        site(values),
        is_article,
        confidence,
        kept / whole if whole else 0.0,
        length,
        sureness(confidence, sure / whole if whole else 1.0, is_article=is_article),
        frozenset(cruft),
    )


def _count(run: Run, told: _Told, place: Place) -> None:
    one = run.sites.setdefault(told.site, Site())
    one.pages += 1
    one.confidence += told.confidence
    one.kept += told.kept
    run.confidence.add(told.confidence)
    if told.is_article:
        run.articles += 1
        one.articles += 1
        run.kept.add(told.kept)
        run.length.add(told.length)
    else:
        run.others += 1
    run.cruft.add((told.site, line) for line in sorted(told.cruft))
    doubt = Doubt(-told.sureness, -place.number, place.offset, told.id)
    push = heapq.heappush if len(run.doubts) < UNSURE_PAGES else heapq.heappushpop
    push(run.doubts, doubt)


def frequent_lines(run: Run, number: int) -> dict[str, list[tuple[str, int]]]:
    """Give the lines of cruft that stand on most pages of each site, with how many these are.

    A line of one page alone is none of them.
    """
    by_site: dict[str, Counter[str]] = {}
    for (name, line), pages in run.cruft.counts.items():
        if pages > 1:
            by_site.setdefault(name, Counter())[line] = pages
    return {name: lines.most_common(number) for name, lines in by_site.items()}


def largest(run: Run, number: int) -> list[tuple[str, Site]]:
    """Give the sites of most pages, the largest first."""
    ranked = sorted(run.sites.items(), key=lambda item: (-item[1].pages, item[0]))
    return list(islice(ranked, number))
