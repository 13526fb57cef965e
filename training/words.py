"""Counts which words, and which names of elements, speak for which label, by site, as log-odds."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Label
from cleaner.features import LONG
from cleaner.labeller.model import LABELS
from cleaner.labeller.words import with_names, with_words
from cleaner.weights import WORD_STEP, Odds
from cleaner.weights.odds import MOST_WORDS
from training.encode import Example

FOLDS = 4
_SITES = 2  # a word that one site alone uses tells of that site
_PRIOR = 4.0  # sites' worth of belief that a word is like any other
_TINY = 1e-30  # in place of nothing, which has no logarithm
_LIMIT = 4.0  # log-odds beyond this are as good as certain


class Counts(NamedTuple):
    """On how many sites a bucket's marks stand at blocks of a label, where on any: bucket and label
    as one number, ascending, and the sites of each."""

    keys: NDArray[np.int64]
    sites: NDArray[np.int64]

    @classmethod
    def summed(cls, parts: Iterable[Counts]) -> Counts:
        """Those of all parts together."""
        keys, sites = (np.concatenate(own) for own in zip(*parts, strict=True))
        unique, place = np.unique(keys, return_inverse=True)
        return cls(unique, np.bincount(place, sites, len(unique)).astype(np.int64))

    def buckets(self) -> NDArray[np.int64]:
        """Those whose marks may tell of more than one site, ascending."""
        buckets, place = np.unique(self.keys // len(LABELS), return_inverse=True)
        return buckets[np.bincount(place, self.sites, len(buckets)) >= _SITES]

    def of(self, buckets: NDArray[np.int64]) -> NDArray[np.float32]:
        """The counts of some buckets, ascending: (buckets, labels)."""
        own, labels = np.divmod(self.keys, len(LABELS))
        held = np.isin(own, buckets)
        counts = np.zeros((len(buckets), len(LABELS)), np.float32)
        counts[np.searchsorted(buckets, own[held]), labels[held]] = self.sites[held]
        return counts


# The buckets of an example's marks (words, or names of elements), and the label at each.
Marks = Callable[[Example], tuple[NDArray[np.int64], NDArray[np.int64]]]


def fold(example: Example) -> int:
    """The fold of an example's site: its words are judged by the sites of other folds."""
    return zlib.crc32(example.domain.encode()) % FOLDS


def count(examples: Sequence[Example], marks: Marks) -> Counts:
    """On how many sites each bucket's marks stand at blocks of each label.

    Cruft of unknown kind counts as `other`; blocks that may be story or not do not count.
    """
    by_site: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_site[example.domain].append(example)
    nothing = np.zeros(0, np.int64)
    sites = (_once(site, marks) for site in by_site.values())
    return Counts.summed([Counts(nothing, nothing), *sites])


def _once(site: Sequence[Example], marks: Marks) -> Counts:
    """Each bucket and label of a site, once."""
    found = [buckets * len(LABELS) + labels for buckets, labels in map(marks, site)]
    keys = np.unique(np.concatenate(found))
    return Counts(keys, np.ones_like(keys))


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
    """How much likelier each word makes each label, in steps of WORD_STEP; `counts` as from
    `Counts.of`."""
    total = counts.sum(1, keepdims=True)
    share = _shares(counts)
    known = np.where(share > 0, share, 1)  # a word says nothing of a label that no site has
    odds = np.log(np.where(share > 0, counts + _PRIOR * share, 1) / ((total + _PRIOR) * known))
    odds = np.where((total >= _SITES) & (share > 0), np.clip(odds, -_LIMIT, _LIMIT), 0)
    return np.round(odds / WORD_STEP).astype(np.int8)


def telling(counts: NDArray[np.float32]) -> NDArray[np.float64]:
    """How much each word tells of labels: how often it stands somewhere, times how far its labels
    are from those of all words (half the G of a likelihood-ratio test)."""
    total, share = counts.sum(1, keepdims=True), _shares(counts)
    own = (counts + _PRIOR * share) / (total + _PRIOR)
    far = own * np.log(np.maximum(own, _TINY) / np.where(share > 0, share, 1))
    told: NDArray[np.float64] = total[:, 0] * far.sum(1, dtype=np.float64)
    return told


def _shares(counts: NDArray[np.float32]) -> NDArray[np.float32]:
    shares: NDArray[np.float32] = counts.sum(0) / max(float(counts.sum()), 1.0)
    return shares


def tables(
    examples: Sequence[Example], marks: Marks = words, most: int = MOST_WORDS
) -> tuple[list[Odds], Odds]:
    """For each fold the log-odds counted on all other folds, and those of all, of the same words:
    those that tell most."""
    counts = [count([e for e in examples if fold(e) == k], marks) for k in range(FOLDS)]
    buckets = Counts.summed(counts).buckets()
    of_folds = [own.of(buckets) for own in counts]
    whole = np.sum(of_folds, axis=0)
    kept = np.sort(np.argsort(-telling(whole), kind="stable")[:most])
    others = [Odds(buckets[kept], log_odds(whole - own)[kept]) for own in of_folds]
    return others, Odds(buckets[kept], log_odds(whole)[kept])


def facts(example: Example, odds: Odds, named: Odds | None = None) -> NDArray[np.float32]:
    """What the labeller sees of an example's blocks, by the log-odds of words and names."""
    values = example.values.astype(np.float32)
    known = with_words(values, example.ids, example.counts, odds)
    if example.names is None or named is None:
        return known
    return with_names(known, example.names, named)


def long(example: Example) -> NDArray[np.bool_]:
    """Which of an example's blocks are long lines."""
    told: NDArray[np.bool_] = example.values[:, LONG] > 0
    return told
