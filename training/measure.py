"""What weights are worth on examples that they were not fitted to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner import features
from cleaner.labeller import model
from cleaner.labeller.calibration import calibrate
from cleaner.labeller.decision import decide
from cleaner.labeller.model import LABELS, STORY
from cleaner.weights import Weights
from training.align import settled
from training.encode import Example
from training.words import facts, long

WORDS = features.NAMES.index("words")  # the logarithm of a block's size
_BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)


def measure(examples: Sequence[Example], weights: Weights) -> dict[str, Any]:
    """Body F1 by data set and renderer, F1 of each label, and how well pages are told apart.

    All count blocks as they were aligned, not the gold's text: figures to choose by, near those of
    `python -m evaluation`, which are the ones to report.
    """
    bodies: defaultdict[str, list[float]] = defaultdict(list)
    hits = np.zeros((3, len(LABELS)))  # blocks of a label that were found, called so, truly so
    probabilities = []
    for example in examples:
        judged, article = judge_page(example, weights)
        lines = long(example)
        # What the lines say is not kept: none counts as told above.
        texts = [str(i) for i in range(len(lines))]
        sizes = [len(texts)]
        scores = calibrate(judged, example.counts, sizes, [article]).scores
        chosen = decide(scores, example.counts, lines, texts, sizes).chosen
        probabilities.append(model.article_probability(article))
        if example.article:
            for group in (example.dataset, example.renderer):
                bodies[group].append(body_f1(example, chosen))
        hits += _hits(example, chosen)
    found, called, true = hits
    f1 = 2 * found / np.maximum(called + true, 1)
    truth = np.array([example.article for example in examples])
    return {
        "body F1": {group: round(float(np.mean(own)), 3) for group, own in sorted(bodies.items())},
        "label F1": {
            str(label): round(float(value), 3)
            for label, value, n in zip(LABELS, f1, true, strict=True)
            if n
        },
        "article AUC": round(auc(np.array(probabilities), truth), 4),
        "articles by probability": calibration(probabilities, truth),
    }


def judge_page(example: Example, weights: Weights) -> tuple[model.Judgement, float]:
    """What weights make of an example, and the log-odds that they give it to be an article."""
    known = facts(example, weights.word_odds, weights.name_odds)
    standard = model.standardised(known, weights.mean, weights.deviation)
    judged = judge(example, standard, weights)
    told = model.page_facts(standard, judged.scores, example.counts)
    return judged, model.article_odds(told, weights)


def judge(example: Example, facts: NDArray[np.float32], weights: Weights) -> model.Judgement:
    """What weights make of an example, of whose blocks these facts are known."""
    return model.judge(facts, long(example), (example.ids, example.counts), weights)


def body_f1(example: Example, chosen: NDArray[np.integer]) -> float:
    """The F1 of a dump's body in words, over blocks that are the story's for sure or not at all."""
    sizes = np.expm1(example.values[:, WORDS].astype(np.float64))
    story, cruft = settled(example.masks)
    held = STORY[chosen] & (story | cruft)
    whole = float(sizes[held].sum() + sizes[story].sum())
    return 2 * float(sizes[held & story].sum()) / whole if whole else 1.0


def _hits(example: Example, chosen: NDArray[np.integer]) -> NDArray[np.float64]:
    certain = example.masks.sum(1) == 1
    true, called = example.masks[certain].argmax(1), chosen[certain]
    found = true[true == called]
    return np.stack([np.bincount(k, minlength=len(LABELS)) for k in (found, called, true)])


def auc(scores: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """The chance that a true one scores higher than a false one; a tie is half a chance."""
    if truth.all() or not truth.any():
        return 1.0
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    n = int(truth.sum())
    return float((rank[truth].sum() - n * (n + 1) / 2) / (n * (len(truth) - n)))


def calibration(probabilities: Iterable[float], truth: NDArray[np.bool_]) -> dict[str, str]:
    """For each range of probabilities, how many of its pages are articles."""
    given = np.array(list(probabilities))
    table = {}
    for low, high in pairwise(_BINS):
        inside = (given >= low) & ((given < high) | (high == 1))
        if inside.any():
            table[f"{low} to {high}"] = f"{int(truth[inside].sum())} of {int(inside.sum())}"
    return table
