"""How likely a block is the story's, set right: a network is surer of new sites than it is right.

It has learnt from pages until it knew them, and of the blocks on sites that it has not seen to
which it gives .98 some .9 are the story's. So the story's log-odds are told anew from themselves,
from how much a block holds, and from how much its page looks like an article, by weights that
`python -m training.calibration` fits to what networks say of sites that they have not seen
(stacking: Wolpert, "Stacked Generalization", 1992). The shares of the labels within the story, and
without, stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner import ranking
from cleaner.description import Floats, Ints
from cleaner.labeller.model import Judgement, shifted, story_odds

NAMES = ("odds", "words", "article")

_SUREST = 14.0  # log-odds beyond which a network is as sure as can be


def facts(story: Floats, words: Ints, article: float) -> Floats:
    """What is known of the blocks of a page: (n, len(NAMES)).

    `story` are the log-odds that each is the story's (n,), `words` how much it holds, `article` the
    log-odds that the page is an article.

    >>> facts(np.array([0.5, -3.0]), np.array([0, 19]), 2.0).round(1).tolist()
    [[0.5, 0.0, 2.0], [-3.0, 3.0, 2.0]]
    """
    return np.stack(
        [story.clip(-_SUREST, _SUREST), np.log1p(words), np.full(len(story), article)], 1
    )


def calibrate(
    judged: Judgement, words: Ints, sizes: Sequence[int], articles: Sequence[float]
) -> Judgement:
    """The same with the story's log-odds set right.

    `words` is how much each block holds. They are the blocks of pages of these sizes, `articles`
    the log-odds that each is an article.
    """
    weights = ranking.shipped("calibration")
    story = story_odds(judged.odds)
    shifts, end = np.empty_like(story), 0
    for size, article in zip(sizes, articles, strict=True):  # each as if it were alone, to the bit
        own = slice(end, end := end + size)
        known = facts(story[own], words[own], article)
        shifts[own] = ranking.log_odds(known, weights) - story[own]
    return shifted(judged, shifts)
