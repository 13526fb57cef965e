"""Say what each block is: a decision over the whole page, with a score and a reason for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import chain, repeat

import numpy as np

from cleaner import weights
from cleaner.article import Block, Label, Reason
from cleaner.description import Description, Floats
from cleaner.labeller import model
from cleaner.labeller.decision import Decision, decide
from cleaner.labeller.model import LABELS
from cleaner.labeller.reasons import explain
from cleaner.labeller.sheets import cut, telling
from cleaner.weights import Weights

__all__ = ["LABELS", "is_article", "label"]

Describe = Callable[[Sequence[Block]], Description]


def label(
    blocks: Sequence[Block], describe: Describe, numbers: Weights | None = None
) -> tuple[tuple[Block, ...], float]:
    """Give the blocks with label, score and reason, and the probability that they hold an article.

    `describe` puts the blocks in numbers. `score` is the probability of the label. The reasons are
    worked out by the same steps when one of them is read. Time and memory grow linearly with the
    number of blocks: what is longer than any page is labelled in sheets. `numbers` is for tests
    and training; the shipped weights are used.

    >>> from cleaner.features import describe
    >>> label([Block(0, 15, "Share this page")], describe)[0][0].label in LABELS
    True
    """
    if not blocks:
        return (), 0.0
    numbers = numbers or weights.shipped()
    parts = [_labelled(sheet, describe, numbers) for sheet in cut(blocks)]
    if len(parts) == 1:
        return parts[0]
    return tuple(chain.from_iterable(own for own, _ in parts)), max(odds for _, odds in parts)


def _labelled(
    blocks: Sequence[Block], describe: Describe, numbers: Weights
) -> tuple[tuple[Block, ...], float]:
    description, facts, judged, decided = _decided(blocks, describe, numbers)
    index = np.arange(len(blocks))
    scores = judged.scores[index, decided.chosen].astype(np.float64).round(3).tolist()
    reasons = cache(partial(_reasons, blocks, describe, numbers))
    found = map(LABELS.__getitem__, decided.chosen.tolist())
    why = map(Reason, repeat(reasons), range(len(blocks)))
    as_read = list(zip(*blocks, strict=True))[: Block._fields.index("label")]
    labelled = tuple(map(Block._make, zip(*as_read, found, scores, why, strict=True)))
    told = model.page_facts(facts, judged, description.counts)
    probability = model.article_probability(told, numbers)
    # Without a body there is no article, however much the page looks like one.
    held = LABELS.index(Label.BODY) in decided.chosen
    return labelled, probability if held else 0.0


def _decided(
    blocks: Sequence[Block], describe: Describe, numbers: Weights
) -> tuple[Description, Floats, model.Judgement, Decision]:
    described = describe(telling(blocks))
    known = model.with_words(described.values, described.ids, described.counts, numbers.words)
    facts = model.standardised(known, numbers.mean, numbers.deviation)
    judged = model.judge(facts, described.long, numbers)
    texts = [block.text for block in blocks]
    decided = decide(judged.scores, described.counts, described.long, texts)
    return described, facts, judged, decided


def _reasons(blocks: Sequence[Block], describe: Describe, numbers: Weights) -> list[str]:
    description, facts, judged, decided = _decided(blocks, describe, numbers)
    return explain(facts, judged, decided, description, numbers)


def is_article(probability: float) -> bool:
    """Whether that probability calls the page an article.

    >>> is_article(0.9), is_article(0.1)
    (True, False)
    """
    return probability >= 0.5
