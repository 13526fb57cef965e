"""Say of every block of a dump which labels it may have, from the page's gold and HTML."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Block, Label
from cleaner.labeller.model import LABELS
from cleaner.labeller.model import STORY as _OF_STORY
from training.kinds import Kinds
from training.tokens import grams, tokens

_INDEX = {label: i for i, label in enumerate(LABELS)}
STORY = (Label.BODY, Label.HEADING)
CRUFT = tuple(label for label in LABELS if label not in (*STORY, Label.TITLE))

# Of a block's runs of four words, so many must stand in the gold for it to be the story's for sure,
# so few for it to be cruft for sure.
_MOSTLY, _HARDLY = 0.6, 0.3
_GRAM = 4
_CHAIN_PENALTY = 0.02  # for each word of gold that a jump in the chain leaves out
_CHAIN_REACH = 60  # blocks: predecessors looked at
_COPIES = 8  # of a run of words in the gold that are looked at
_PLACES = 3  # where in the gold a block may stand
_SLIP = 6  # words by which a place may shift within a block: link marks, dropped notes
_NEAR = 6  # blocks before the first and after the last long one that may be the story's
_LEAD = 40  # words of gold that may come before its first long block
_STRETCH = 400  # words of gold between two long blocks in which a short one is looked for
_SHORT = 12  # words: a byline or date line


def allowed(
    blocks: Sequence[Block], gold: dict[str, Any], kinds: Kinds | None
) -> NDArray[np.bool_]:
    """The labels that each block may have: (blocks, labels), at least one True in each row.

    Extractors that have `vouched` for a body leave out the deck that a page declares, of two pages
    in five: it may be the story's or not.
    """
    words = [tokens(block.text) for block in blocks]
    share = _in_gold(words, gold["body"])
    first, last = _span(share)
    masks = np.zeros((len(blocks), len(LABELS)), np.bool_)
    title = tokens(gold.get("title") or "")
    names = [tokens(name) for name in gold.get("byline") or []]
    for i, found in enumerate(words):
        labels = _block_labels(found, share[i], kinds)
        if title and found == title and not (first < i <= last):
            labels = (Label.TITLE, Label.METADATA) if i == 0 else (Label.TITLE,)
            if i > last:
                labels = (Label.TITLE, Label.RELATED, *CRUFT)
        elif share[i] < _MOSTLY and i <= last + 8 and _credits(found, names):
            labels = (Label.BYLINE,)
        elif i < first and kinds and gold.get("vouched") and kinds.is_deck(found):
            labels = (*STORY, *CRUFT)
        masks[i, [_INDEX[label] for label in labels]] = True
    return masks


def settled(masks: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which blocks of these labels are the story's for sure, and which are none of it."""
    story = np.logical_not(masks[:, ~_OF_STORY].any(axis=1))
    cruft = np.logical_not(masks[:, _OF_STORY].any(axis=1))
    return story, cruft


def _block_labels(words: list[str], share: float, kinds: Kinds | None) -> tuple[Label, ...]:
    kind = kinds.of(words) if kinds and words else None
    if share >= _MOSTLY:
        if len(words) <= 20 and kinds and kinds.is_heading(words):
            return (Label.HEADING,)
        return (Label.BODY,) if len(words) > 20 or kinds else STORY
    if share > _HARDLY:
        return (*STORY, *CRUFT)
    if not words:
        return CRUFT
    if kind is Label.BYLINE and len(words) > _SHORT:
        return (Label.OTHER, Label.BYLINE)
    return (kind,) if kind else CRUFT


def _credits(words: list[str], names: list[list[str]]) -> bool:
    """Whether a short line holds an author's name as gold gives it."""
    if not names or len(words) > _SHORT + sum(map(len, names)):
        return False
    line = f" {' '.join(words)} "
    return any(f" {' '.join(name)} " in line for name in names if name)


def _in_gold(words: list[list[str]], body: list[str]) -> list[float]:
    """The share of each block's runs of words that stand in the gold, along one chain through it.

    A teaser may repeat the story's lead, a menu its heading: of all blocks that match, those count
    that follow the gold in its order, with the fewest leaps.
    """
    gold = tokens("\n".join(body))
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, gram in enumerate(grams(gold, _GRAM)):
        places[gram].append(at)
    candidates: list[tuple[int, int, int, float]] = []
    for i, found in enumerate(words):
        own = grams(found, _GRAM)
        hits = [(k, places[gram]) for k, gram in enumerate(own) if gram in places]
        if own and len(hits) > _HARDLY * len(own):
            votes = Counter(at - k for k, ats in hits for at in ats[:_COPIES])
            for at, count in votes.most_common(_PLACES):
                near = sum(votes[at + slip] for slip in range(-_SLIP, _SLIP + 1))
                if near >= len(hits) / 2 or count == max(votes.values()):
                    candidates.append((i, max(at, 0), len(found), len(hits) / len(own)))
    chain = _chain(candidates)
    share = [0.0] * len(words)
    where = [-1] * len(words)
    for i, at, _, hit in chain:
        share[i], where[i] = hit, at
    _fill_short(words, gold, share, where)
    return share


def _chain(candidates: list[tuple[int, int, int, float]]) -> list[tuple[int, int, int, float]]:
    """The heaviest chain of (block, place in gold, words, share): blocks and places rise."""
    best: list[float] = []
    back: list[int] = []
    for k, (i, at, size, hit) in enumerate(candidates):
        score, previous = size * hit, -1
        for j in range(max(0, k - _CHAIN_REACH), k):
            pi, pat, psize, _ = candidates[j]
            if pi < i and pat < at:
                leap = abs(at - (pat + psize))
                reached = best[j] + size * hit - _CHAIN_PENALTY * min(leap, 200)
                reached -= 0.05 * min(i - pi - 1, 40)
                if reached > score:
                    score, previous = reached, j
        best.append(score)
        back.append(previous)
    chain = []
    k = int(np.argmax(best)) if best else -1
    while k >= 0:
        chain.append(candidates[k])
        k = back[k]
    return chain[::-1]


def _fill_short(
    words: list[list[str]], gold: list[str], share: list[float], where: list[int]
) -> None:
    """Mark the short blocks that stand between two blocks of the chain as they do in the gold."""
    anchors = [i for i, at in enumerate(where) if at >= 0]
    if not anchors:
        return
    bounds = [(-1, 0), *((i, where[i]) for i in anchors), (len(words), len(gold))]
    for (i, begin), (j, until) in pairwise(bounds):
        # Before the first and after the last anchor only the nearest lines can belong.
        first = max(0, j - _NEAR) if i < 0 else i + 1
        last = min(j, i + 1 + _NEAR) if j == len(words) else j
        at = max(0, until - _LEAD) if i < 0 else begin
        for b in range(first, last):
            if 0 < len(words[b]) < 2 * _GRAM and not share[b]:
                place = _find(words[b], gold, at, until)
                if place is not None:
                    share[b], where[b], at = 1.0, place, place + len(words[b])


def _find(words: list[str], gold: list[str], first: int, last: int) -> int | None:
    last = min(last, first + _STRETCH)
    for place in range(first, last - len(words) + 1):
        if gold[place : place + len(words)] == words:
            return place
    return None


def _span(share: list[float]) -> tuple[int, int]:
    story = [i for i, value in enumerate(share) if value >= _MOSTLY]
    return (story[0], story[-1]) if story else (0, len(share))
