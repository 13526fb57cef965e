"""Say what each block is: a decision over the whole page, with a score and a reason for each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner import weights
from cleaner.article import Block, Label
from cleaner.description import Description
from cleaner.labeller.model import (
    LABELS,
    article_probability,
    judge,
    page_facts,
    standardised,
    with_words,
)
from cleaner.labeller.reasons import explain
from cleaner.weights import Weights

__all__ = ["LABELS", "is_article", "label"]


def label(
    blocks: Sequence[Block], description: Description, model: Weights | None = None
) -> tuple[tuple[Block, ...], float]:
    """Give the blocks with label, score and reason, and the probability that they hold an article.

    `score` is the probability of the label. Time and memory grow linearly with the number of
    blocks. `model` is for tests and training; the shipped one is used.

    >>> from cleaner.features import describe
    >>> blocks = [Block(0, 15, "Share this page")]
    >>> label(blocks, describe(blocks))[0][0].label in LABELS
    True
    """
    if not blocks:
        return (), 0.0
    model = model or weights.shipped()
    words = np.bincount(description.owners, minlength=len(blocks))
    facts = with_words(description.values, description.ids, words, model.words)
    facts = standardised(facts, model.mean, model.deviation)
    judged = judge(facts, model)
    chosen = judged.scores[np.arange(len(blocks)), judged.chosen]
    scores = chosen.astype(np.float64).round(3).tolist()
    reasons = explain(facts, judged, description, model)
    found = (LABELS[k] for k in judged.chosen.tolist())
    as_read = list(zip(*blocks, strict=True))[: Block._fields.index("label")]
    labelled = tuple(map(Block._make, zip(*as_read, found, scores, reasons, strict=True)))
    probability = article_probability(page_facts(facts, judged, words), model)
    # Without a body there is no article, however much the page looks like one.
    return labelled, probability if any(block.label is Label.BODY for block in labelled) else 0.0


def is_article(probability: float) -> bool:
    """Whether that probability calls the page an article.

    >>> is_article(0.9), is_article(0.1)
    (True, False)
    """
    return probability >= 0.5
