"""From the probabilities of all blocks to their labels: which of them together are the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex

from cleaner.description import Bools, Floats, Ints
from cleaner.labeller.model import STORY
from cleaner.writing import CLOSING, CONTINUING, STOPS

# However unsure a page is: what is less likely than this to be the story's is not called so. From
# .05 to .3 it is all one on dev pages; the higher, the less is taken from a page without a story.
# Where no elements tell, a sentence right below one of the story need be no likelier: real pages
# are as right as without (body F1 of dev dumps .9412), and of generated pages whose story cruft
# changes one in six is mended. Right above one, or within the story, it would cost real pages.
_HARDLY = 0.25
_SENTENCE = regex.compile(f"[{STOPS}][{CLOSING}]*+$")

# A renderer that sets each link on a line of its own breaks sentences there. So many lines at the
# most are the hole that is left in one, if none of them is less likely the story's than this. From
# 0 to .1 all is one on dev pages, but that .1 would leave out the notes of one chart.
_HOLE = 3
_HARDLY_WITHIN = 0.05
# A sentence ends here, or a line that is no part of one.
_ENDED = regex.compile(rf"[{STOPS}:;|：；][{CLOSING}]*+$")
_GOES_ON = regex.compile(f"[{CONTINUING}]")


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """The label of each block as an index (n,); which blocks are no part of the story only because
    it has the same long line above (n,), and which are one as they stand within a sentence of it
    (n,), or right below one (n,)."""

    chosen: Ints
    again: Bools
    within: Bools
    below: Bools


def decide(
    scores: Floats,
    words: Ints,
    long: Bools,
    texts: Sequence[str],
    sizes: Sequence[int],
    *,
    bare: bool = True,
) -> Decision:
    """Choose the labels of blocks from their probabilities (n, L).

    `words` is how much each block holds, `long` which are long lines, `texts` what they say; they
    are the blocks of pages of these sizes, `bare` where no elements tell of them. The story is the
    set of blocks that is expected to match the true one best; among its own labels, and among the
    others, each block has its likeliest.
    """
    story = scores.T[STORY].sum(0)
    ends = np.cumsum(sizes).tolist()
    pages = [slice(end - size, end) for size, end in zip(sizes, ends, strict=True)]
    bounds = [bound(story[page], words[page]) for page in pages]
    held = story >= np.repeat(bounds, sizes)
    within = _within_sentences(held, story >= _HARDLY_WITHIN, texts, pages)
    held |= within
    below = _below_sentences(held, (story >= _HARDLY) & bare, texts, pages)
    held |= below
    again = _told_above(held & long, texts, pages)
    allowed = (held & ~again)[:, None] == STORY
    return Decision(np.where(allowed, scores, -1).argmax(1), again, within, below)


def bound(story: Floats, words: Ints) -> float:
    """The probability from which on a block is taken for the story's.

    >>> bound(np.array([0.2, 0.0]), np.array([9, 9]))
    0.25
    """
    return max(least(story, words), _HARDLY)


def least(story: Floats, words: Ints) -> float:
    """The probability from which on a block belongs to the set of the highest expected F1.

    That is half of the F1 (Lipton, Elkan and Naryanaswamy, "Optimal Thresholding of Classifiers to
    Maximize F1 Measure", 2014): a page that is sure of its story takes only what is likely, one
    that is unsure takes more. The F1 expected of a set is 2 E[both] / (E[true] + chosen).

    >>> round(least(np.array([1.0, 0.5, 0.0]), np.array([2, 2, 9])), 2)
    0.43
    """
    order = np.argsort(-story, kind="stable")
    expected = story * words
    true = float(expected.sum())
    both, chosen = np.cumsum(expected[order]), np.cumsum(words[order])
    return float((both / np.maximum(chosen + true, 1e-9)).max(initial=0.0))


def _within_sentences(
    held: Bools, possible: Bools, texts: Sequence[str], pages: Sequence[slice]
) -> Bools:
    """Which blocks, of those `possible`, are the hole in a sentence of the story: what stands above
    breaks off, what stands below goes on in small letters."""
    within = np.zeros(len(held), np.bool_)
    for page in pages:
        own = held[page]
        for first in (np.flatnonzero(own[:-1] & ~own[1:]) + page.start + 1).tolist():
            beyond = first
            while beyond < min(first + _HOLE, page.stop) and possible[beyond] and not held[beyond]:
                beyond += 1
            whole = first < beyond < page.stop and held[beyond] and _GOES_ON.match(texts[beyond])
            if whole and not any(map(_ENDED.search, texts[first - 1 : beyond])):
                within[first:beyond] = True
    return within


def _below_sentences(
    held: Bools, possible: Bools, texts: Sequence[str], pages: Sequence[slice]
) -> Bools:
    """Which blocks, of those `possible`, are a sentence right below a sentence of the story, or of
    its like: a last paragraph looks like a notice by itself, less so where it stands."""
    below = np.zeros(len(held), np.bool_)
    first = {page.start for page in pages}
    for at in np.flatnonzero(possible & ~held).tolist():
        follows = at not in first and (held[at - 1] or below[at - 1])
        below[at] = follows and all(map(_SENTENCE.search, texts[at - 1 : at + 1]))
    return below


def _told_above(story: Bools, texts: Sequence[str], pages: Sequence[slice]) -> Bools:
    """Which long lines of the story repeat one above: a page that shows its story twice (to print,
    or cut short in a teaser) tells it once."""
    again = np.zeros(len(story), np.bool_)
    for page in pages:
        seen: set[str] = set()
        for i in (np.flatnonzero(story[page]) + page.start).tolist():
            again[i] = texts[i] in seen
            seen.add(texts[i])
    return again
