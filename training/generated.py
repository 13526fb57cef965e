"""Generated pages to learn from: the text of a dump and a label for each of its lines.

The words of the pages are the package's own. What is shipped has learnt from all of them; a measure
of how well unseen ones do needs the half that was not learnt from: `python -m training CORPUS
--half 0`, then `python -m bench laws --half 1`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from cleaner.strategies import LANGUAGES, STYLES, Sample, samples

# Benchmarks and tests draw from other seeds, so that no page of theirs has been learnt.
SEED = 1_000_000
GENERATED = "generated"  # what stands for the data set of these pages


# Of four pages two are whole, one is without cruft, and one is what is left when it is cleaned: a
# labeller that has seen none but crowded pages takes the byline of a bare one for a menu.
_WHOLE, _PLAIN, _OWN = "whole", "plain", "own"
_SHAPES = (_WHOLE, _PLAIN, _WHOLE, _OWN)

# In this style links split a paragraph into lines, and no blank line or mark tells which belong
# together. One paragraph in so many has links: of the usual pages so few have (9 to 15 %, 4 to 7 %
# without case; of real dumps 17 to 32 %) that networks learn short lines to be cruft, and label
# .92 of such pages without a mistake for .97.
SPLIT, LINKED = "bs4", 2


class Page(NamedTuple):
    """A dump, its labels by line (from 1; blank lines have none), its language and style.

    `id` says which shape it has: whole, plain (no cruft) or own (title, byline, date and body, a
    blank line between them).
    """

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
    half: int | None = None,
    linked: int = LINKED,
) -> Iterator[Page]:
    """Give `count` pages by turns of language and style, the same for the same arguments.

    Where links split paragraphs, one in `linked` of those that name anyone has some.
    `corpus.by_hand(page.labels, page.text, dump.read(page.text))` makes masks of one.

    >>> [page.style for page in pages(2, languages=["el"], styles=["lynx", "wet"])]
    ['lynx', 'wet']
    """
    pairs = len(languages) * len(styles)
    drawn = partial(samples, count, seed=seed, languages=languages, half=half)
    by_style = [drawn(styles=style, linked=linked if style == SPLIT else None) for style in styles]
    for at in range(count):
        sample = next(by_style[at % len(styles)])
        shape = _SHAPES[at // pairs % len(_SHAPES)]
        text, labels = _shaped(sample, shape)
        name = f"generated-{shape}-{seed}-{half}-{at}"
        by_line = {line: label for line, label in enumerate(labels, 1) if label}
        yield Page(name, text, by_line, sample.language, sample.style)


def _shaped(sample: Sample, shape: str) -> tuple[str, Sequence[str]]:
    if shape == _PLAIN:
        return sample.plain, sample.plain_labels
    if shape == _OWN:
        return own(sample)
    return sample.text, sample.labels


def own(sample: Sample) -> tuple[str, list[str]]:
    """What is left of a page when it is cleaned, as a dump, and its labels by line."""
    deck = len(sample.body) - len(sample.paragraphs)
    parts = [(sample.title, "title"), (sample.byline, "byline"), (sample.date_text, "date")]
    parts += [(text, "body") for text in sample.body[:deck]]
    parts += [(piece.text, str(piece.label)) for piece in sample.paragraphs]
    shown = [(text, label) for text, label in parts if text]
    text = "\n\n".join(text for text, _ in shown)
    return text, [label for _, kept in shown for label in (kept, "")][:-1]
