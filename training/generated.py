"""Generated pages to learn from: the text of a dump and a label for each of its lines.

The words of the pages are the package's own, so a measure of how well unseen pages do needs the
half of the phrases that was not learnt from: learn from `half=0`, measure with `half=1`
(`python -m bench laws --half 1`), and leave languages out by naming the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.strategies import LANGUAGES, STYLES, samples

# Benchmarks and tests draw from other seeds, so that no page of theirs has been learnt.
SEED = 1_000_000


class Page(NamedTuple):
    """A dump, its labels by line (from 1; blank lines have none), its language and style."""

    id: str
    text: str
    labels: dict[int, str]
    language: str
    style: str


def pages(
    count: int,
    *,
    seed: int = SEED,
    languages: Sequence[str] = LANGUAGES,
    styles: Sequence[str] = STYLES,
    half: int | None = 0,
) -> Iterator[Page]:
    """Give `count` pages by turns of language and style, the same for the same arguments.

    `corpus.by_hand(page.labels, page.text, dump.read(page.text))` makes masks of one.

    >>> [page.style for page in pages(2, languages=["el"], styles=["lynx", "wet"])]
    ['lynx', 'wet']
    """
    drawn = samples(count, seed=seed, languages=languages, styles=styles, half=half)
    for at, sample in enumerate(drawn):
        labels = {line: label for line, label in enumerate(sample.labels, 1) if label}
        name = f"generated-{seed}-{half}-{at}"
        yield Page(name, sample.text, labels, sample.language, sample.style)
