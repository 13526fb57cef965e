"""Say what each block is: a decision over the whole page, with a score and a reason for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, islice, repeat
from typing import NamedTuple

import numpy as np

from cleaner import weights
from cleaner.article import Block, Label, Reason
from cleaner.description import Description, Floats, Ints, Recurrence
from cleaner.labeller import model, recurrence
from cleaner.labeller.calibration import calibrate
from cleaner.labeller.decision import Decision, decide
from cleaner.labeller.model import LABELS, STORY
from cleaner.labeller.reasons import explain
from cleaner.labeller.sheets import MOST_BLOCKS, cut, telling
from cleaner.weights import Weights

__all__ = ["LABELS", "Labelled", "is_article", "label", "label_pages"]

# Puts the blocks of pages in numbers, so many of each page.
Describe = Callable[[Sequence[Block], Sequence[int]], Description]

_BODY = LABELS.index(Label.BODY)
_block = partial(tuple.__new__, Block)  # of all its fields; half as long as to call it
# Each number once: the places of blocks on their sheets, and all scores that there are.
_PLACES = tuple(range(MOST_BLOCKS))
_ROUNDED = [k / 1000 for k in range(1001)]
_AS_READ = Block._fields.index("label")  # a block as the dump gives it has so many fields


class Labelled(NamedTuple):
    """What each block is, how likely it is that they hold an article, and how likely each label is
    for each block: (n, L), in the order of `LABELS`."""

    blocks: tuple[Block, ...]
    probability: float
    chances: Floats


class _Sheet(NamedTuple):
    """Blocks that are labelled together, and what is known of them."""

    blocks: Sequence[Block]
    known: Recurrence | None


class _Decided(NamedTuple):
    """The numbers of the blocks of some pages, what these say, and what follows from it.

    `judged` is what the network and the site say, which explains a label, `chances` how likely each
    label is (n, L), `articles` how likely each page is an article, `shifts` by how much what recurs
    on the site changed the log-odds of each block.
    """

    description: Description
    facts: Floats
    judged: model.Judgement
    chances: Floats
    articles: list[float]
    decided: Decision
    shifts: Floats


def label(
    blocks: Sequence[Block],
    describe: Describe,
    numbers: Weights | None = None,
    known: Recurrence | None = None,
) -> Labelled:
    """Give the blocks with label, score and reason, and the probabilities behind them.

    `describe` puts the blocks in numbers. `score` is the probability of the label. The reasons are
    worked out by the same steps when one of them is read. Time and memory grow linearly with the
    number of blocks: what is longer than any page is labelled in sheets. `known` is what other
    pages of the site tell. `numbers` is for tests and training; the shipped weights are used.

    >>> from cleaner.features import describe
    >>> label([Block(0, 15, "Share this page")], describe)[0][0].label in LABELS
    True
    """
    return label_pages([blocks], describe, numbers, [known])[0]


def label_pages(
    pages: Sequence[Sequence[Block]],
    describe: Describe,
    numbers: Weights | None = None,
    known: Sequence[Recurrence | None] | None = None,
) -> list[Labelled]:
    """Label several pages in one go, each as if it were alone; `known` is what is known of each.

    >>> from cleaner.features import describe
    >>> page = [Block(0, 15, "Share this page")]
    >>> [len(found.blocks) for found in label_pages([page, []], describe)]
    [1, 0]
    """
    numbers = numbers or weights.shipped()
    nothing = Labelled((), 0.0, np.zeros((0, len(LABELS))))
    sheets = [
        _sheets(page, own) for page, own in zip(pages, known or [None] * len(pages), strict=True)
    ]
    held = [own[0] for page, own in zip(pages, sheets, strict=True) if page and len(own) == 1]
    found = iter(_labelled(held, describe, numbers) if held else ())
    return [
        _joined((next(_labelled([sheet], describe, numbers)) for sheet in own), len(page))
        if len(own) > 1
        else next(found)
        if page
        else nothing
        for page, own in zip(pages, sheets, strict=True)
    ]


def _sheets(page: Sequence[Block], known: Recurrence | None) -> list[_Sheet]:
    """The sheets of a page, each with what is known of its blocks."""
    sheets, end = [], 0
    for blocks in cut(page):
        begin, end = end, end + len(blocks)
        sheets.append(_Sheet(blocks, known and known.part(begin, end)))
    return sheets


def _joined(sheets: Iterator[Labelled], size: int) -> Labelled:
    """The sheets of a page of so many blocks as one: it holds an article if one of them does."""
    blocks: list[Block] = []
    chances = np.empty((size, len(LABELS)), np.float32)
    probability = 0.0
    for sheet in sheets:
        chances[len(blocks) :][: len(sheet.blocks)] = sheet.chances
        blocks += sheet.blocks
        probability = max(probability, sheet.probability)
    return Labelled(tuple(blocks), probability, chances)


def _labelled(sheets: Sequence[_Sheet], describe: Describe, numbers: Weights) -> Iterator[Labelled]:
    found = _decided(sheets, describe, numbers)
    chosen = found.decided.chosen
    likely = found.chances[np.arange(len(chosen)), chosen].astype(np.float64)
    scores = [_ROUNDED[k] for k in np.rint(likely * 1000).astype(np.int64).tolist()]
    names = [LABELS[k] for k in chosen.tolist()]
    end = 0
    for sheet, article in zip(sheets, found.articles, strict=True):
        page = sheet.blocks
        own = slice(end, end := end + len(page))
        reasons = cache(partial(_reasons, sheet, describe, numbers))
        why = map(Reason, repeat(reasons), islice(_PLACES, len(page)))
        as_read = islice(zip(*page, strict=True), _AS_READ)
        labelled = tuple(map(_block, zip(*as_read, names[own], scores[own], why, strict=True)))
        # Without a body there is no article, however much the page looks like one.
        probability = article if _BODY in chosen[own] else 0.0
        yield Labelled(labelled, probability, found.chances[own])


def _decided(sheets: Sequence[_Sheet], describe: Describe, numbers: Weights) -> _Decided:
    blocks = list(chain.from_iterable(sheet.blocks for sheet in sheets))
    sizes = [len(sheet.blocks) for sheet in sheets]
    described = describe(telling(blocks), sizes)
    facts = model.facts(described, numbers)
    words = described.ids, described.counts
    judged = model.judge(facts, described.long, words, numbers, sizes)
    counts = described.counts
    articles = _articles(facts, judged, counts, sizes, numbers)
    calibrated = calibrate(judged, counts, sizes, articles)
    known = [sheet.known for sheet in sheets]
    weighed, shifts = recurrence.weigh(calibrated, described.long, sizes, known)
    if shifts.any():  # what the site tells of the blocks tells of the page too
        judged = model.shifted(judged, shifts)
        articles = _articles(facts, judged, counts, sizes, numbers)
    texts = [block.text for block in blocks]
    bare = described.names is None
    decided = decide(weighed.scores, counts, described.long, texts, sizes, bare=bare)
    likely = [model.article_probability(odds) for odds in articles]
    return _Decided(described, facts, judged, weighed.scores, likely, decided, shifts)


def _articles(
    facts: Floats, judged: model.Judgement, words: Ints, sizes: Sequence[int], numbers: Weights
) -> list[float]:
    """The log-odds that each page is an article."""
    ends = np.cumsum(sizes)[:-1]
    parted = (np.split(each, ends) for each in (facts, judged.scores, words))
    return [
        model.article_odds(model.page_facts(*page), numbers) for page in zip(*parted, strict=True)
    ]


def _reasons(sheet: _Sheet, describe: Describe, numbers: Weights) -> list[str]:
    found = _decided([sheet], describe, numbers)
    reasons = explain(found.facts, found.judged, found.decided, found.description, numbers)
    if sheet.known is None:
        return reasons
    told = recurrence.said(sheet.known, found.shifts, STORY[found.decided.chosen])
    return ["; ".join(filter(None, both)) for both in zip(told, reasons, strict=True)]


def is_article(probability: float) -> bool:
    """Whether that probability calls the page an article.

    >>> is_article(0.9), is_article(0.1)
    (True, False)
    """
    return probability >= 0.5
