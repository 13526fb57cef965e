"""From encoded examples to the weights of both roads: text dumps, and HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner import features
from cleaner.labeller import model
from cleaner.labeller.model import LABELS
from cleaner.weights import Odds, Weights
from training import words
from training.encode import Example
from training.fit import Page, fit
from training.generated import GENERATED, SPLIT
from training.measure import WORDS, judge
from training.network import VOICES, Network
from training.page import logistic
from training.side_by_side import side_by_side

# A dump labelled by hand, line by line, is worth so many dumps labelled from gold and HTML.
_BY_HAND_COPIES = 8
# Those copies are given so often to the network that is served, which learns what teachers make of
# pages besides: with fewer it takes their word against that of a page labelled by hand.
_SERVED_AGAIN = 2
# The network that is served has more units than its teachers, and a generated page in whose style
# links split paragraphs counts so often for it. Not for teachers, who judge real pages: headlines
# are told from decks less well by it.
_SERVED_UNITS = 48
_SPLIT_WEIGHT = 4
# A page that is no article counts less: what it holds is all cruft, of which there is plenty.
_NO_ARTICLE_WEIGHT = 0.5

# So often networks go through all dumps. All but the last are teachers, each of another chance:
# what they make of a page together is steadier than any of them, and the last, which is served,
# learns it beside the gold.
TEXT_EPOCHS = (9, 9, 12)
HTML_EPOCHS = 24  # there are fewer pages of HTML
# Chance alone makes .003 of body F1 in blocks of the dev pages: .961 and .964 for 1 and 2.
_HTML_SEED = 2

_TEXT_FACTS = len(features.NAMES)
_ODDS = 2 * len(LABELS)  # the mean and the highest log-odds, for each label


def learn_text(
    learnt: Sequence[Example],
    shown: Sequence[Example],
    epochs: Sequence[int] = TEXT_EPOCHS,
    progress: Path | None = None,
    *,
    drawn: Sequence[Example] = (),
    untold: Sequence[Example] = (),
    further: Sequence[Example] = (),
    processes: int = 1,
) -> Weights:
    """The weights that fit the corpus and what was labelled by hand; `progress` as in `fit`.

    `epochs` are those of each teacher, and of the network that is served.
    `drawn` are generated pages: they are learnt from, and their words count as those of sites, but
    not what the pages are like as what tells an article. Of the pages `untold` nobody knows the
    body: they are learnt as teachers take them. Those `further` are learnt by the network that is
    served alone. So many teachers learn at a time as there are `processes`.
    """
    examples = [*learnt, *shown, *drawn]
    tables, table = words.tables(examples)
    every = [*examples, *untold, *further]
    described = [words.facts(e, tables[words.fold(e)]) for e in every]
    real = len(learnt) + len(shown)
    again = [*range(len(learnt), real)] * (_BY_HAND_COPIES - 1)
    mean, deviation = _spread(described[:real:5])
    facts = [model.standardised(one, mean, deviation) for one in described]
    nameless = Odds(np.zeros(0, np.int64), np.zeros((0, len(LABELS)), np.int8))
    export = partial(_export, words=table, names=nameless, mean=mean, deviation=deviation)
    asked = [*range(len(learnt)), *range(len(examples), len(examples) + len(untold))]
    told = len(examples)
    weights = _taught(every, facts, told, again, asked, export, epochs, progress, processes)
    known = [*range(real), *again]
    page = _page([examples[i] for i in known], [facts[i] for i in known], weights)
    return replace(weights, page=page)


def _taught(
    every: Sequence[Example],
    facts: Sequence[NDArray[np.float32]],
    told: int,
    again: list[int],
    asked: Sequence[int],
    export: Callable[[Network], Weights],
    epochs: Sequence[int],
    progress: Path | None,
    processes: int,
) -> Weights:
    """The weights of a network that learns from gold, and from what teachers make of pages.

    Teachers learn from the first so many of `every` that are `told`, and from those `again`. They
    judge those that are `asked`: of the others each line has its label, and none knows better.
    """
    gold = _pages(every[:told], facts[:told])
    gold += [gold[i] for i in again]
    *lessons, last = epochs
    if not lessons:
        return export(fit(gold, last, progress))

    def learnt(seed: int) -> Weights:
        beside = progress and progress.with_suffix(f".{seed}.pt")
        return export(fit(gold, lessons[seed], beside, seed=seed))

    teachers = side_by_side(learnt, range(len(lessons)), processes)
    heard = {k: [judge(every[k], facts[k], one).scores for one in teachers] for k in asked}
    pages = [
        replace(page, taught=np.mean(heard[k], 0).astype(np.float16)) if k in heard else page
        for k, page in enumerate(_pages(every, facts, _SPLIT_WEIGHT))
    ]
    pages += [pages[i] for i in again * _SERVED_AGAIN]
    return export(fit(pages, last, progress, units=_SERVED_UNITS))


def learn_html(
    pages: Sequence[Example],
    dumps: Sequence[Example],
    text: Weights,
    epochs: int = HTML_EPOCHS,
    progress: Path | None = None,
    *,
    drawn: Sequence[Example] = (),
) -> Weights:
    """The weights for HTML, with the words of all dumps and the text road's judgement of pages.

    `text` are the weights learnt from `dumps`. `drawn` are generated pages: they are learnt from,
    but what their elements are called is not. What tells an article from a menu page is known of
    dumps alone, so it is judged by what both roads have.
    """
    tables, _ = words.tables(dumps)
    name_tables, names = words.tables(pages, words.names)
    examples = [*pages, *drawn]
    described = [
        words.facts(e, tables[words.fold(e)], name_tables[words.fold(e)]) for e in examples
    ]
    mean, deviation = _spread(described[: len(pages) : 2])
    shared = _shared(len(mean))
    mean[shared], deviation[shared] = text.mean, text.deviation
    facts = [model.standardised(one, mean, deviation) for one in described]
    # Elements tell what echoes would: with them .958 by site on the dev pages, without .960.
    network = fit(_pages(examples, facts), epochs, progress, seed=_HTML_SEED, odds=2, hearing=0)
    weights = _export(network, text.word_odds, names, mean, deviation)
    return replace(weights, page=_as_text(text.page, shared, len(mean)))


def _shared(facts: int) -> NDArray[np.bool_]:
    """Which facts of HTML a dump has too: its features, and the log-odds of its words."""
    shared = np.zeros(facts, np.bool_)
    shared[:_TEXT_FACTS] = True
    shared[-2 * _ODDS : -_ODDS] = True
    return shared


def _as_text(
    page: NDArray[np.float32], shared: NDArray[np.bool_], facts: int
) -> NDArray[np.float32]:
    """The text road's weights of page facts, with none for what a dump does not have."""
    own = int(shared.sum())
    means = np.zeros((2, facts), np.float32)
    means[:, shared] = page[-1 - 2 * own : -1].reshape(2, own)
    return np.concatenate([page[: -1 - 2 * own], means.ravel(), page[-1:]])


def _spread(
    described: Sequence[NDArray[np.float32]],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    sample = np.concatenate(described)
    return sample.mean(0), sample.std(0) + np.float32(1e-3)


def _pages(
    examples: Sequence[Example], facts: Sequence[NDArray[np.float32]], split: float = 1
) -> list[Page]:
    return [
        Page(
            one,
            words.long(e),
            e.masks,
            np.expm1(e.values[:, WORDS].astype(np.float32)),
            e.ids,
            e.counts,
            weight * (split if _is_split(e) else 1),
        )
        for one, e, weight in zip(facts, examples, _importance(examples), strict=True)
    ]


def _page(
    examples: Sequence[Example], facts: Sequence[NDArray[np.float32]], weights: Weights
) -> NDArray[np.float32]:
    told = [
        model.page_facts(one, judge(e, one, weights).scores, e.counts)
        for one, e in zip(facts, examples, strict=True)
    ]
    return logistic(np.array(told, np.float64), np.array([e.article for e in examples]))


def _importance(examples: Sequence[Example]) -> list[float]:
    """How much each dump counts: a site of a hundred pages as much as ten sites of one."""
    pages_of = Counter(e.domain for e in examples)
    raw = [pages_of[e.domain] ** -0.5 * (1 if e.article else _NO_ARTICLE_WEIGHT) for e in examples]
    usual = sum(raw) / len(raw)
    return [weight / usual for weight in raw]


def _is_split(example: Example) -> bool:
    return example.dataset == GENERATED and example.renderer == SPLIT


def _export(
    network: Network,
    words: Odds,
    names: Odds,
    mean: NDArray[np.float32],
    deviation: NDArray[np.float32],
) -> Weights:
    state = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    units = len(state["embedding.bias"])

    def stacked(name: str, *shape: int, part: str = "weight") -> NDArray[np.float32]:
        number = len(getattr(network, name))
        every = [state[f"{name}.{k}.{part}"].T for k in range(number)]
        return np.array(every, np.float32).reshape(number, *shape)

    return Weights(
        words=words.table[1:],
        word_buckets=words.buckets,
        names=names.table[1:],
        name_buckets=names.buckets,
        mean=mean.astype(np.float32),
        deviation=deviation.astype(np.float32),
        embedding=np.ascontiguousarray(state["embedding.weight"].T),
        embedding_bias=state["embedding.bias"],
        layers=stacked("layers", model.SEEN, units, units),
        attention=stacked("attention", units, model.HEADS),
        pooled=stacked("pooled", model.POOLED, units, units),
        layer_biases=stacked("layers", units, part="bias"),
        echo_in=stacked("echo_in", units, VOICES),
        echo_bias=stacked("echo_in", VOICES, part="bias"),
        echo_out=stacked("echo_out", 2 * VOICES + 1, units),
        emission=np.ascontiguousarray(state["emission.weight"].T),
        emission_bias=state["emission.bias"],
        page=np.zeros(1, np.float32),
    )
