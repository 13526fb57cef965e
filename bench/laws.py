"""How often cruft is inert (law 5) and cleaning stable (law 6), over generated pages.

Law 5: a page with cruft gives the title, byline, date and body that it gives without. Law 6: what
is left of a page, cleaned again, is the same. Both compare what `cleaner.clean` says of two dumps,
so a page that is wrong in the same way in both keeps the law; `true` counts those that are right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from multiprocessing import Pool
from typing import NamedTuple

import cleaner
from cleaner import Article, Label
from cleaner.strategies import WHERE, Sample, samples

PAGES = 2000  # of each language and style: a share is then known to half a point
# The shares of pages for which the laws are to hold in each language and style.
TARGETS = {"inert": 0.97, "stable": 0.95}
# What law 5 speaks of: a menu, a ticker, related headlines, a share bar, a footer.
INERT = tuple(map(str, (Label.NAVIGATION, Label.TICKER, Label.RELATED, Label.SHARE, Label.FOOTER)))
FIELDS = ("title", "byline", "authors", "date", "body")
_KEPT = frozenset({"title", "byline", "date", "body", "heading"})
_EXCERPT = 60  # characters of a block that went wrong
_MISTAKES = 4  # named of a page
_KEPT_PAGES = 40  # broken pages that a cell remembers, the worst


class Task(NamedTuple):
    """What pages are drawn: how many of each language and style, from which seed and phrases."""

    pages: int = PAGES
    seed: int = 0
    half: int | None = None
    cruft: tuple[str, ...] = INERT
    where: tuple[str, ...] = WHERE


class Taken(NamedTuple):
    """A block of a dump: what it is, and what it was taken for.

    The dump is the page, the bare page without cruft, or what is left of a page, cleaned again.
    """

    dump: str
    truth: str
    given: str
    text: str

    @property
    def wrong(self) -> bool:
        """Whether it is kept and should not be, the other way round, or kept as another field."""
        story = {self.truth, self.given} <= {"body", "heading"}
        kept = self.truth in _KEPT or self.given in _KEPT
        return kept and self.truth != self.given and not story

    def __str__(self) -> str:
        return f"{self.dump}: {self.truth} as {self.given} {self.text[:_EXCERPT]!r}"


class Broken(NamedTuple):
    """A page that breaks a law: how many words more or less, in which fields, and why."""

    words: int
    law: str
    page: str
    fields: tuple[str, ...]
    mistakes: tuple[Taken, ...]

    def __str__(self) -> str:
        named = "; ".join(map(str, self.mistakes)) or "labels right: the choice of a field differs"
        differs = ", ".join(self.fields)
        return f"{self.law}: {self.page}: {differs} differ by {self.words} words; {named}"


@dataclass(slots=True)
class Tally:
    """What was counted over the pages of one language and style."""

    language: str
    style: str
    pages: int = 0
    kept: Counter[str] = field(default_factory=Counter)  # by law
    same: Counter[tuple[str, str]] = field(default_factory=Counter)  # by law and field
    true: Counter[str] = field(default_factory=Counter)  # by field
    blocks: Counter[tuple[str, str]] = field(default_factory=Counter)  # by dump and what it is
    mistakes: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # and as what taken
    broken: list[Broken] = field(default_factory=list)

    def share(self, law: str) -> float:
        """The share of pages that keep a law."""
        return self.kept[law] / self.pages if self.pages else 1.0


def own_text(article: Article) -> str:
    """What is left of a page, as a dump: title, byline, date and body, blank lines between."""
    parts = (article.title, article.byline, article.date_text, article.body)
    return "\n\n".join(part for part in parts if part)


def differences(one: Article, other: Article) -> tuple[str, ...]:
    """The fields in which two articles differ, of those that the laws speak of."""
    return tuple(name for name in FIELDS if getattr(one, name) != getattr(other, name))


def judge(sample: Sample, page: str, tally: Tally) -> None:
    """Clean a page, the same without cruft, and what is left of it; count what holds."""
    whole, plain = cleaner.clean(sample.text), cleaner.clean(sample.plain)
    again = cleaner.clean(own_text(whole))
    tally.pages += 1
    tally.true.update(_true(whole, sample))
    bare = _taken("bare", plain, sample.plain_labels)
    inert = [*_taken("page", whole, sample.labels), *bare]
    stable = _changed(whole, again)
    for law, other, taken in (("inert", plain, inert), ("stable", again, stable)):
        tally.blocks.update((one.dump, one.truth) for one in taken)
        mistakes = [one for one in taken if one.wrong]
        tally.mistakes.update((one.dump, one.truth, one.given) for one in mistakes)
        differing = differences(whole, other)
        tally.kept[law] += not differing
        tally.same.update((law, name) for name in FIELDS if name not in differing)
        if differing:
            named = tuple(mistakes[:_MISTAKES])
            tally.broken.append(Broken(_apart(whole, other), law, page, differing, named))
    tally.broken = sorted(tally.broken, reverse=True)[:_KEPT_PAGES]


def _true(article: Article, sample: Sample) -> Iterator[str]:
    """The fields that are as the page has them; of the body, its letters."""
    for name in ("title", "authors", "date"):
        if getattr(article, name) == getattr(sample, name):
            yield name
    if _letters(article.body) == _letters("".join(sample.body)):
        yield "body"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _apart(one: Article, other: Article) -> int:
    a, b = (Counter(own_text(article).split()) for article in (one, other))
    return (a - b).total() + (b - a).total()


def _taken(dump: str, article: Article, labels: Sequence[str]) -> list[Taken]:
    """What each block is, by the label of its first line, and what it was taken for."""
    starts = list(accumulate((len(line) + 1 for line in article.source.split("\n")), initial=0))
    return [
        Taken(dump, labels[bisect_right(starts, block.start) - 1], str(block.label), block.text)
        for block in article.blocks
    ]


def _changed(whole: Article, again: Article) -> list[Taken]:
    """What the blocks of an article's own text were in its page, and what they are taken for."""
    before = {block.text: str(block.label) for block in whole.blocks if block.label.kept}
    return [
        Taken("again", before.get(block.text, str(block.label)), str(block.label), block.text)
        for block in again.blocks
    ]


def _measure(cell: tuple[str, str, Task]) -> Tally:
    language, style, task = cell
    tally = Tally(language, style)
    drawn = samples(
        task.pages,
        seed=task.seed,
        languages=[language],
        styles=[style],
        cruft=task.cruft,
        where=task.where,
        half=task.half,
    )
    for number, sample in enumerate(drawn):
        judge(sample, f"{language} {style} {number}", tally)
    return tally


def measure(cells: Sequence[tuple[str, str]], task: Task, processes: int = 1) -> list[Tally]:
    """Count over the pages of each language and style."""
    work = [(language, style, task) for language, style in cells]
    if processes == 1:
        return [_measure(cell) for cell in work]
    with Pool(processes) as pool:
        return pool.map(_measure, work, chunksize=1)


def short(tally: Tally) -> bool:
    """Whether a law holds less often than it should."""
    return any(tally.share(law) < target for law, target in TARGETS.items())


def report(tallies: Sequence[Tally], worst: int) -> Iterator[str]:
    """The shares by language and style, the blocks that went wrong and the worst pages."""
    pages = sum(tally.pages for tally in tallies)
    languages = list(dict.fromkeys(tally.language for tally in tallies))
    styles = list(dict.fromkeys(tally.style for tally in tallies))
    by_cell = {(tally.language, tally.style): tally for tally in tallies}
    for law, target in TARGETS.items():
        held = sum(tally.kept[law] for tally in tallies)
        cells = [tally.share(law) for tally in tallies]
        enough = sum(share >= target for share in cells)
        yield f"{law}: {held / pages:.1%} of {pages} pages, at least {min(cells):.1%} in each cell;"
        yield f"{enough} of {len(cells)} cells reach {target:.0%}; the same: " + ", ".join(
            f"{name} {sum(tally.same[law, name] for tally in tallies) / pages:.1%}"
            for name in FIELDS
        )
        yield f"{'':10}" + "".join(f"{style:>12}" for style in styles)
        for language in languages:
            row = (by_cell.get((language, style)) for style in styles)
            shares = (f"{cell.share(law):.1%}" if cell else "" for cell in row)
            yield f"{language:10}" + "".join(f"{share:>12}" for share in shares)
    true: Counter[str] = sum((tally.true for tally in tallies), Counter())
    yield "true: " + ", ".join(f"{name} {count / pages:.1%}" for name, count in true.items())
    yield "blocks that are taken for something else:"
    yield from _mistaken(tallies)
    yield "the worst pages:"
    yield from map(str, sorted((b for t in tallies for b in t.broken), reverse=True)[:worst])


def _mistaken(tallies: Sequence[Tally]) -> Iterator[str]:
    """For each dump and label how many blocks are wrong, and what they are taken for."""
    blocks: Counter[tuple[str, str]] = sum((t.blocks for t in tallies), Counter())
    mistakes: Counter[tuple[str, str, str]] = sum((t.mistakes for t in tallies), Counter())
    for (dump, truth), count in sorted(blocks.items()):
        taken = {key[2]: n for key, n in mistakes.most_common() if key[:2] == (dump, truth)}
        named = ", ".join(f"{given} {n / count:.1%}" for given, n in taken.items())
        if taken:
            yield f"{dump:8}{truth:12}{count:8d}{sum(taken.values()) / count:8.1%}  {named}"
