"""The same pages from a seed, without Hypothesis: for benchmarks and for training."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence

from cleaner.strategies.page import Wanted, sample
from cleaner.strategies.styles import STYLES
from cleaner.strategies.values import CRUFT, WHERE, Sample
from cleaner.strategies.words import LANGUAGES, words


class Seeded:
    """Choices that a seed decides, the same on every machine."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def integer(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included, each as likely."""
        return low + int(self._random.random() * (high - low + 1))


def samples(
    count: int,
    *,
    seed: int = 0,
    languages: Sequence[str] = LANGUAGES,
    styles: Sequence[str] = STYLES,
    cruft: Collection[str] = CRUFT,
    where: Collection[str] = WHERE,
    half: int | None = None,
) -> Iterator[Sample]:
    """Give `count` pages, by turns of each language and style: the same for the same arguments.

    The page at a place depends on the seed, its language, style and place alone. `half`, 0 or 1,
    keeps to every other phrase and topic of a language, so that what has learnt from one half
    can be tried on the other. Raises ValueError for a language or style that there is not.

    >>> [page.style for page in samples(2, styles=["wet", "bs4"], languages=["en"])]
    ['wet', 'bs4']
    """
    pairs = [(language, style) for language in languages for style in styles]
    wanted = Wanted(frozenset(map(str, cruft)), frozenset(where))
    for at in range(count):
        language, style = pairs[at % len(pairs)]
        chance = Seeded(f"{seed} {language} {style} {at // len(pairs)}")
        yield sample(chance, words(language, half), style, wanted)
