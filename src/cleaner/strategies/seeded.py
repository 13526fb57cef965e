"""The same pages from a seed, without Hypothesis: for benchmarks and for training."""

from __future__ import annotations

import random
from collections.abc import Iterator

from cleaner.strategies.page import sample, wanted
from cleaner.strategies.styles import STYLES
from cleaner.strategies.values import CRUFT, WHERE, Names, Sample, named
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
    languages: Names = LANGUAGES,
    styles: Names = STYLES,
    cruft: Names = CRUFT,
    where: Names = WHERE,
    half: int | None = None,
    linked: int | None = None,
) -> Iterator[Sample]:
    """Give `count` pages, by turns of each language and style: the same for the same arguments.

    `languages`, `styles`, `cruft` and `where` are one name or some, as in `dumps`.
    The page at a place depends on the seed, its language, style and place alone. `half`, 0 or 1,
    keeps to every other phrase and topic of a language, so that what has learnt from one half
    can be tried on the other. Of the paragraphs that name anyone, one in `linked` has links (1 for
    all); without it as many as are usual in news. Raises ValueError for a name that there is not,
    a negative `count`, a `linked` below 1, another `half`, and where no language or no style is
    asked for.

    >>> [page.style for page in samples(2, styles=["wet", "bs4"], languages=["en"])]
    ['wet', 'bs4']
    """
    tongues, looks = named(languages, LANGUAGES, "languages"), named(styles, STYLES, "styles")
    pairs = [(language, style) for language in tongues for style in looks]
    if not pairs:
        raise ValueError("languages and styles: at least one of each, or leave them out for all")
    if count < 0:
        raise ValueError(f"count: {count} pages; give 0 or more")
    parts = wanted(cruft, where, linked)
    told = {language: words(language, half) for language in tongues}
    turns = ((at // len(pairs), *pairs[at % len(pairs)]) for at in range(count))
    return (
        sample(Seeded(f"{seed} {language} {style} {turn}"), told[language], style, parts)
        for turn, language, style in turns
    )
