"""Counts which words, and which names of elements, speak for which label, by site, as log-odds."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Label
from cleaner.features import BUCKETS, LONG
from cleaner.labeller.model import LABELS
from cleaner.labeller.words import with_names, with_words
from cleaner.weights import WORD_STEP
from training.encode import Example

FOLDS = 4
_SITES = 2  # a word that one site alone uses tells of that site
_PRIOR = 4.0  # sites' worth of belief that a word is like any other
_LIMIT = 4.0  # log-odds beyond this are as good as certain

# The buckets of an example's marks (words, or names of elements), and the label at each.
Marks = Callable[[Example], tuple[NDArray[np.int64], NDArray[np.int64]]]


def fold(example: Example) -> int:
    """The fold of an example's site: its words are judged by the sites of other folds."""
    return zlib.crc32(example.domain.encode()) % FOLDS


def count(examples: Sequence[Example], marks: Marks) -> NDArray[np.float32]:
    """On how many sites each bucket's marks stand at blocks of each label: (BUCKETS, labels).

    Cruft of unknown kind counts as `other`; blocks that may be story or not do not count.
    """
    by_site: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_site[example.domain].append(example)
    counts = np.zeros((BUCKETS, len(LABELS)), np.float32)
    for site in by_site.values():
        seen = np.zeros((BUCKETS, len(LABELS)), np.bool_)
        for example in site:
            seen[marks(example)] = True
        counts += seen
    return counts


def words(example: Example) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The buckets of words in blocks of a sure label, and that label."""
    owned = np.repeat(_sure_label(example.masks), example.counts)
    sure = owned >= 0
    return example.ids[sure].astype(np.int64), owned[sure]


def names(example: Example) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The buckets of names around blocks of a sure label, and that label."""
    if example.names is None:
        raise ValueError(f"{example.id}: a text dump has no names of elements")
    ids, counts, of = example.names
    labels = _sure_label(example.masks)
    kinds = np.unique(np.stack([of, labels], 1)[labels >= 0], axis=0)
    first = np.cumsum(counts) - counts
    chosen = [ids[first[k] : first[k] + counts[k]].astype(np.int64) for k in kinds[:, 0]]
    joined = np.concatenate(chosen or [np.zeros(0, np.int64)])
    return joined, np.repeat(kinds[:, 1], counts[kinds[:, 0]])


def _sure_label(masks: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The only label that a block may have, `other` for any cruft, -1 where it is open."""
    sure = np.where(masks.sum(1) == 1, masks.argmax(1), LABELS.index(Label.OTHER))
    return np.where((masks.sum(1) > 1) & masks[:, LABELS.index(Label.BODY)], -1, sure)


def log_odds(counts: NDArray[np.float32]) -> NDArray[np.int8]:
    """How much likelier each bucket's words make each label, in steps of WORD_STEP."""
    total = counts.sum(1, keepdims=True)
    share = counts.sum(0) / max(float(counts.sum()), 1.0)
    known = np.where(share > 0, share, 1)  # a word says nothing of a label that no site has
    odds = np.log(np.where(share > 0, counts + _PRIOR * share, 1) / ((total + _PRIOR) * known))
    odds = np.where((total >= _SITES) & (share > 0), np.clip(odds, -_LIMIT, _LIMIT), 0)
    return np.round(odds / WORD_STEP).astype(np.int8)


def tables(
    examples: Sequence[Example], marks: Marks = words
) -> tuple[list[NDArray[np.int8]], NDArray[np.int8]]:
    """For each fold the table counted on all other folds, and the table of all."""
    counts = [count([e for e in examples if fold(e) == k], marks) for k in range(FOLDS)]
    total = np.sum(counts, axis=0)
    return [log_odds(total - own) for own in counts], log_odds(total)


def facts(
    example: Example, table: NDArray[np.int8], named: NDArray[np.int8] | None = None
) -> NDArray[np.float32]:
    """What the labeller sees of an example's blocks, by tables of log-odds of words and names."""
    values, ids = example.values.astype(np.float32), example.ids.astype(np.int64)
    known = with_words(values, ids, example.counts, table)
    if example.names is None or named is None:
        return known
    bag = example.names._replace(ids=example.names.ids.astype(np.int64))
    return with_names(known, bag, named)


def long(example: Example) -> NDArray[np.bool_]:
    """Which of an example's blocks are long lines."""
    told: NDArray[np.bool_] = example.values[:, LONG] > 0
    return told
