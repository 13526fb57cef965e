"""The model: from the numbers of all blocks to the probabilities of their labels.

A block is described by its features and by its words' log-odds for each label. An embedding makes
a few units of them; layers then look at the units of the block, of the blocks around it in windows
that widen with distance, of the blocks that share its words, and of the whole page: each layer sees
what the one before made of those blocks, so that what stands far away decides with what stands
near. All numbers come from `weights`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import iadd

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Label
from cleaner.description import Bools, Description, Floats, Ints
from cleaner.labeller.echoes import Echoes
from cleaner.labeller.rows import Rows, product, weighed
from cleaner.labeller.words import with_names, with_words
from cleaner.weights import Weights

LABELS = tuple(Label)
STORY = np.isin(LABELS, (Label.BODY, Label.HEADING))  # which of them the story is made of

# Where a layer looks, as offsets from a block (first, last + 1): itself, its neighbours, and the
# mean of ever wider stretches. After these it sees the nearest long lines above and below (a story
# goes on behind what stands between its paragraphs), and what the embedding makes of the block.
CONTEXTS = ((0, 1), (-1, 0), (1, 2), (-8, -1), (2, 9), (-30, -8), (9, 31))
REACH = max(max(-first, last) for first, last in CONTEXTS)
ABOVE, BELOW, OWN = range(len(CONTEXTS), len(CONTEXTS) + 3)
SEEN = OWN + 1

# What a layer sees of the whole page, the same for all its blocks: their mean, and as many means
# more in which each block counts by how much of something it has (attention).
HEADS = 4
POOLED = 1 + HEADS

# Standardised features are cut here: what a page has never been seen to do should not shout.
_OUTLIER = 6.0

_LONGEST = 5  # the blocks of a story that are looked at by themselves

# So many rows are looked at together: memory stays bounded whatever the page.
CHUNK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the model makes of n blocks.

    `units` are those of the embedding and of each layer (n, E), `heard` what the last layer heard
    from other blocks by shared words (n, 2 V + 1; n, 0 where it is deaf), `odds` and `scores` the
    log-odds and probabilities of the labels (n, L).
    """

    units: tuple[Floats, ...]
    heard: Floats
    odds: Floats
    scores: Floats


def judge(
    facts: Floats,
    long: Bools,
    words: tuple[Ints, Ints],
    model: Weights,
    sizes: Sequence[int] | None = None,
) -> Judgement:
    """Judge standardised facts (n, D) of blocks of which some are long (n,).

    `words` are the ids of their words and how many each has (n,). They are the blocks of one page,
    or of several, of so many each (one at least).
    """
    sizes = [len(facts)] if sizes is None else sizes
    rows = Rows(sizes, REACH)
    embedded = product(rows.within(rows.spread(facts)), model.embedding)
    units = [own := rows.activate(embedded, [model.embedding_bias] * len(rows.pages))]
    nearest = rows.nearest(long)
    deaf = len(model.layers) - len(model.echo_out)  # so many layers, the first, hear no echoes
    echoes = Echoes(*words, sizes) if len(model.echo_out) else None
    heard: Floats = np.zeros((len(facts), 0), np.float32)
    for k, layer in enumerate(model.layers):
        page = pool(units[-1], model.attention[k], rows) @ _flat(model.pooled[k])
        added: Floats = np.empty((rows.number, layer.shape[-1]), np.float32)
        for chunk, seen in surroundings(units[-1], own, nearest, rows):
            added[chunk] = reduce(iadd, map(product, seen, layer))
        if echoes and k >= deaf:
            heard = _heard(units[-1], echoes, model, k - deaf, rows)
            added += product(rows.within(rows.spread(heard)), model.echo_out[k - deaf])
        units.append(rows.activate(added, page + model.layer_biases[k]))
    of_blocks = tuple(rows.within(each).take(rows.places, axis=0) for each in units)
    odds = product(rows.within(units[-1]), model.emission).take(rows.places, axis=0).T
    odds = odds + model.emission_bias[:, None]
    return Judgement(of_blocks, heard, odds.T, _chances(odds.T))


def story_odds(odds: Floats) -> Floats:
    """The log-odds of the story (n,) from those of all labels (n, L), as the network gives them."""
    each = odds.astype(np.float64)
    kept, others = (np.logaddexp.reduce(each[:, own], 1) for own in (STORY, ~STORY))
    told: Floats = kept - others
    return told


def shifted(judged: Judgement, shifts: Floats) -> Judgement:
    """The same where so much is added to the log-odds of each block's being the story's (n,): the
    shares of the labels within the story, and without, stay as they are."""
    odds = judged.odds + np.where(STORY, shifts[:, None], 0).astype(judged.odds.dtype)
    return replace(judged, odds=odds, scores=_chances(odds))


def _chances(odds: Floats) -> Floats:
    """The probabilities of labels (n, L) from their log-odds."""
    raised = np.exp(odds.T - odds.max(1))
    chances: Floats = (raised / raised.sum(0)).T
    return chances


def _flat(matrices: Floats) -> Floats:
    return matrices.reshape(-1, matrices.shape[-1])


def _heard(units: Floats, echoes: Echoes, model: Weights, k: int, rows: Rows) -> Floats:
    """What every block hears from those that share its words."""
    said = product(rows.within(units), model.echo_in[k]).take(rows.places, axis=0)
    return echoes.heard(np.tanh(said + model.echo_bias[k]))


def facts(described: Description, model: Weights) -> Floats:
    """The standardised facts of described blocks: features, words, and names where it is HTML."""
    known = with_words(described.values, described.ids, described.counts, model.word_odds)
    if described.names is not None:
        known = with_names(known, described.names, model.name_odds)
    return standardised(known, model.mean, model.deviation)


def standardised(facts: Floats, mean: Floats, deviation: Floats) -> Floats:
    """Facts in deviations from their mean over the corpus, outliers cut."""
    cut: Floats = facts - mean
    cut /= deviation
    np.minimum(cut, _OUTLIER, out=cut)
    return np.maximum(cut, -_OUTLIER, out=cut)


def pool(units: Floats, attention: Floats, rows: Rows) -> Floats:
    """What a layer sees of each page as a whole: (pages, 1, POOLED * E)."""
    units = rows.within(units)
    sought = product(units, attention)
    whole = np.empty((len(rows.pages), POOLED, units.shape[1]), np.float32)
    for page, seen in zip(rows.pages, whole, strict=True):
        raised = sought[page].T.copy()
        np.exp(raised - raised.max(1, keepdims=True), out=raised)
        raised /= raised.sum(1, keepdims=True)
        seen[0] = np.add.reduce(units[page])
        seen[0] /= page.stop - page.start
        seen[1:] = weighed(units[page], raised)
    return whole.reshape(len(whole), 1, -1)


def surroundings(
    units: Floats, own: Floats, nearest: Sequence[Ints], rows: Rows
) -> Iterator[tuple[slice, list[Floats]]]:
    """What a layer sees of each block, in chunks of rows: SEEN arrays of (rows, E).

    `units` are those of the layer before in their rows, `own` those of the embedding, `nearest`
    the rows of the nearest long lines. A context beyond the ends of the page shows nothing: 0.
    """
    for begin in range(0, rows.number, CHUNK):
        end = min(begin + CHUNK, rows.number)
        means = _means(units[begin : end + 2 * rows.margin])
        seen = [
            means[last - first][rows.margin + first :][: end - begin] for first, last in CONTEXTS
        ]
        seen += [units.take(places[begin:end], axis=0) for places in nearest]
        seen.append(rows.within(own)[begin:end])
        yield slice(begin, end), seen


def _means(units: Floats) -> dict[int, Floats]:
    """From each row on, the mean of as many rows as a context has, by that number.

    Sums of 1, 2, 4, 8 rows are made of each other, and those of 7 of them: so each is of few terms,
    and the same wherever it stands.
    """
    widths = sorted({last - first for first, last in CONTEXTS})
    means: dict[int, Floats] = {}
    power, number = units, 1
    while number <= widths[-1]:
        for width in widths:
            if width & number:
                begun = width % number
                more = power[begun:]
                means[width] = means[width][: len(more)] + more if begun else more
        power = power[:-number] + power[number:]
        number *= 2
    for width in widths[1:]:
        means[width] /= np.float32(width)
    return means


def page_facts(facts: Floats, scores: Floats, words: Ints) -> Floats:
    """What tells an article from a menu page: the surest block of each label, how much was taken
    for the story, and the mean fact of the blocks and of their words.

    `words` is how many ids (words and pairs) each block has.
    """
    held = scores.T[STORY].sum(0)
    story = np.sort(held * words)
    sizes = [story.sum(), story[-_LONGEST:].sum(), story[-1], held.sum(), len(words)]
    shares: NDArray[np.float32] = np.empty((2, len(words)), np.float32)
    shares[0] = 1 / len(words)
    shares[1] = words / max(int(words.sum()), 1)
    return np.concatenate(
        [
            scores.max(0),
            np.log1p(sizes),
            shares @ held,
            weighed(facts, shares).ravel(),
        ]
    )


def article_odds(facts: Floats, model: Weights) -> float:
    """The log-odds that a page of these facts is an article (logistic regression)."""
    return float(facts @ model.page[:-1] + model.page[-1])


def article_probability(odds: float) -> float:
    """The probability of these log-odds, to three digits.

    >>> article_probability(2.0)
    0.881
    """
    return round((1 + math.tanh(odds / 2)) / 2, 3)
