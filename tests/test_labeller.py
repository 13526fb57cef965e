"""The labeller: its algorithm with toy weights made here, the shipped weights by what they do."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import dump, features
from cleaner.article import Block, Label
from cleaner.description import Description
from cleaner.labeller import LABELS, is_article, label, model
from cleaner.labeller.model import CONTEXTS, REACH
from cleaner.weights import WORD_STEP, Weights

Array = np.ndarray[Any, np.dtype[Any]]
KINDS = len(LABELS)
OFFSETS = [(k, offset) for k, (begin, end) in enumerate(CONTEXTS) for offset in range(begin, end)]
seeds = st.integers(0, 2**32)


def toy(shown: int, hidden: int = 1, **changes: Array) -> Weights:
    """Weights that are all zero but those given; blocks have `shown` features and 4 buckets."""
    facts = shown + 2 * KINDS
    shapes = {
        "words": (4, KINDS),
        "mean": facts,
        "deviation": facts,
        "context": (len(CONTEXTS), facts, hidden),
        "context_bias": hidden,
        "emission": (hidden, KINDS),
        "emission_bias": KINDS,
        "transition": (KINDS, KINDS),
        "start": KINDS,
        "end": KINDS,
        "page": 2 * facts + 2,
    }
    arrays = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
    arrays["deviation"] += 1
    return Weights(**arrays | changes)


def described(values: Array, words: list[list[int]] | None = None) -> Description:
    """A description of blocks with these features; each word is a bucket and reads "wBUCKET"."""
    rows = words or [[] for _ in values]
    owners = [i for i, row in enumerate(rows) for _ in row]
    ids = [bucket for row in rows for bucket in row]
    text = "".join(" ".join(f"w{bucket}" for bucket in row) + "\n" for row in rows)
    begins = [at for at, char in enumerate(text) if char == "w"]
    phrases = tuple((f"much {k}", f"little {k}") for k in range(values.shape[1]))
    return Description(
        values.astype(np.float32),
        np.array(ids, np.int64),
        np.array(owners, np.int64),
        np.array([(begin, begin + 2) for begin in begins], np.int64).reshape(-1, 2),
        text,
        phrases,
    )


def blocks(number: int) -> list[Block]:
    return [Block(i, i + 1, "x", indent=i, marker="*", gap=2) for i in range(number)]


def at(*wanted: str) -> list[int]:
    return [LABELS.index(Label(name)) for name in wanted]


def single(shape: tuple[int, ...], place: tuple[int, ...], value: float = 1) -> Array:
    array = np.zeros(shape, np.float32)
    array[place] = value
    return array


def chance_weights(seed: int, shown: int = 2, hidden: int = 3) -> Weights:
    """Toy weights of small whole numbers: sums of them are exact."""
    chance = np.random.default_rng(seed)
    names = ("context", "context_bias", "emission", "emission_bias", "transition", "start", "end")
    zero = toy(shown, hidden)
    changes = {
        name: chance.integers(-3, 4, getattr(zero, name).shape).astype(np.float32) for name in names
    }
    return replace(zero, **changes, words=chance.integers(-99, 99, (4, KINDS)).astype(np.int8))


# --- the likeliest sequence


@given(seeds, st.integers(1, 5), st.integers(1, 3))
def test_the_labels_are_the_likeliest_of_all_sequences(seed: int, n: int, kinds: int) -> None:
    chance = np.random.default_rng(seed)
    emissions = chance.integers(-9, 10, (n, kinds)).astype(np.float32)
    chain: Any = SimpleNamespace(
        transition=chance.integers(-9, 10, (kinds, kinds)).astype(np.float32),
        start=chance.integers(-9, 10, kinds).astype(np.float32),
        end=chance.integers(-9, 10, kinds).astype(np.float32),
    )

    def total(path: tuple[int, ...]) -> float:
        steps = sum(chain.transition[a, b] for a, b in itertools.pairwise(path))
        own = sum(emissions[i, k] for i, k in enumerate(path))
        return float(chain.start[path[0]] + own + steps + chain.end[path[-1]])

    best = max(total(path) for path in itertools.product(range(kinds), repeat=n))
    assert total(tuple(model.decode(emissions, chain).tolist())) == best


def test_neighbours_outweigh_what_a_block_says_for_itself() -> None:
    body, share = at("body", "share")
    # Blocks with the feature speak for `share`, the others for `body`, and labels like to stay.
    values = np.array([[0.0], [0.0], [1.0], [0.0], [0.0]])
    chain = toy(
        1,
        context=single((len(CONTEXTS), 1 + 2 * KINDS, 1), (0, 0, 0)),
        emission=single((1, KINDS), (0, share), 3),
        emission_bias=single((KINDS,), (body,), 1),
    )
    alone, _ = label(blocks(5), described(values), chain)
    assert [block.label for block in alone] == ["body", "body", "share", "body", "body"]
    kept = replace(chain, transition=np.eye(KINDS, dtype=np.float32) * 2)
    together, _ = label(blocks(5), described(values), kept)
    assert [block.label for block in together] == ["body"] * 5


# --- what a block sees


@given(seeds, st.integers(1, 80), st.sampled_from([1, 3, 7, 31, 1024]))
def test_a_context_is_the_mean_of_its_stretch_and_zero_beyond_the_page(
    seed: int, n: int, chunk: int
) -> None:
    facts = np.random.default_rng(seed).integers(-6, 7, (n, 2)).astype(np.float32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "CHUNK", chunk)
        parts = list(model.surroundings(facts))
    assert [first for first, _ in parts] == list(range(0, n, chunk))
    seen = np.concatenate([part for _, part in parts]).reshape(n, len(CONTEXTS), 2)
    for i in range(n):
        for k, (begin, end) in enumerate(CONTEXTS):
            near = facts[max(i + begin, 0) : max(i + end, 0)].sum(0)
            assert seen[i, k] == pytest.approx(near / (end - begin), abs=1e-6)


def test_the_contexts_part_the_neighbourhood_without_gap_or_overlap() -> None:
    offsets = sorted(offset for _, offset in OFFSETS)
    assert offsets == list(range(offsets[0], offsets[-1] + 1))
    assert max(-offsets[0], offsets[-1]) <= REACH


@given(seeds, st.integers(0, 9), st.integers(1, 9), st.integers(1, 9))
def test_the_product_is_that_of_the_matrices(seed: int, n: int, inner: int, outer: int) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.integers(-9, 10, (n, inner)).astype(np.float32)
    matrix = chance.integers(-9, 10, (inner, outer)).astype(np.float32)
    assert model.product(rows, matrix).tolist() == (rows @ matrix).tolist()


@given(st.lists(st.lists(st.integers(0, 3), max_size=4), min_size=1, max_size=5), seeds)
def test_words_speak_by_their_mean_and_by_the_strongest(words: list[list[int]], seed: int) -> None:
    table = np.random.default_rng(seed).integers(-124, 125, (4, 3)).astype(np.int8)
    values = np.arange(len(words), dtype=np.float32)[:, None]
    description = described(values, words)
    facts = model.with_words(values, description.ids, description.owners, table)
    assert facts.shape == (len(words), 1 + 3 + 3)
    for i, row in enumerate(words):
        odds = [table[bucket].astype(float) * WORD_STEP for bucket in row] or [np.zeros(3)]
        expected = [i, *np.mean(odds, axis=0), *np.max(odds, axis=0)]
        assert facts[i] == pytest.approx(expected, abs=1e-5)


def test_facts_are_told_in_deviations_and_outliers_are_cut() -> None:
    facts = np.array([[1.0, 5.0, -90.0, 99.0]])
    mean, deviation = np.array([1.0, 1.0, 0.0, 0.0]), np.array([1.0, 2.0, 1.0, 1.0])
    assert model.standardised(facts, mean, deviation).tolist() == [[0, 2, -6, 6]]


# --- scores


@given(seeds, st.integers(1, 9))
def test_scores_are_probabilities_given_the_neighbours_labels(seed: int, n: int) -> None:
    weights = chance_weights(seed)
    shape = (n, 2 + 2 * KINDS)
    facts = np.random.default_rng(seed).integers(-1, 2, shape).astype(np.float32)
    judged = model.judge(facts, weights)
    assert judged.scores.sum(1) == pytest.approx(np.ones(n), abs=1e-5)
    path = judged.path.tolist()
    emissions = judged.hidden @ weights.emission + weights.emission_bias
    for i in range(n):
        odds = emissions[i].astype(float)
        odds += weights.transition[path[i - 1]] if i else weights.start
        odds += weights.transition[:, path[i + 1]] if i + 1 < n else weights.end
        raised = np.exp(odds - odds.max())
        assert judged.scores[i] == pytest.approx(raised / raised.sum(), abs=1e-5)


@given(seeds, st.integers(1, 30))
def test_labelling_changes_nothing_else(seed: int, n: int) -> None:
    values = np.random.default_rng(seed).integers(-3, 4, (n, 2))
    labelled, probability = label(blocks(n), described(values), chance_weights(seed))
    plain = [replace(b, label=Label.OTHER, score=0.0, reason="") for b in labelled]
    assert plain == blocks(n)
    assert all(0 <= block.score <= 1 and block.reason for block in labelled)
    assert 0 <= probability <= 1


@given(seeds, st.integers(1, 70), st.sampled_from([1, 4, 31, 40]))
def test_pages_longer_than_a_chunk_are_labelled_as_if_in_one(seed: int, n: int, chunk: int) -> None:
    chance = np.random.default_rng(seed)
    values = chance.integers(-3, 4, (n, 2))
    words = [chance.integers(0, 4, chance.integers(0, 3)).tolist() for _ in range(n)]
    weights = chance_weights(seed)
    whole = label(blocks(n), described(values, words), weights)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "CHUNK", chunk)
        parted = label(blocks(n), described(values, words), weights)
    assert [(b.label, b.reason) for b in parted[0]] == [(b.label, b.reason) for b in whole[0]]
    assert [b.score for b in parted[0]] == pytest.approx([b.score for b in whole[0]], abs=2e-3)
    assert parted[1] == whole[1]


def test_a_page_of_no_blocks_is_no_article() -> None:
    assert label([], described(np.zeros((0, 2)))) == ((), 0.0)


# --- reasons


def reason(values: Array, weights: Weights, block: int = 0, words: Any = None) -> str:
    labelled, _ = label(blocks(len(values)), described(values, words), weights)
    return labelled[block].reason


WHERE = {
    0: "", 1: "the line above: ", 2: "the line below: ", 3: "two lines above: ",
    4: "two lines below: ", 5: "lines above: ", 6: "lines below: ", 7: "far above: ",
    8: "far below: ",
}  # fmt: skip


@pytest.mark.parametrize(("context", "offset"), OFFSETS)
@pytest.mark.parametrize(("sign", "phrase"), [(1, "much 1"), (-1, "little 1")])
def test_a_reason_names_the_fact_that_decided_and_where_it_stands(
    context: int, offset: int, sign: int, phrase: str
) -> None:
    share, body = at("share", "body")
    weights = toy(
        2,
        context=single((len(CONTEXTS), 2 + 2 * KINDS, 1), (context, 1, 0), sign),
        emission=single((1, KINDS), (0, share)) + single((1, KINDS), (0, body), 0.5),
    )
    values = single((70, 2), (35 + offset, 1), sign)
    assert reason(values, weights, 35) == f"{WHERE[context]}{phrase} (rather than body)"


@given(st.permutations(range(6)), seeds)
def test_the_fact_of_the_largest_weight_is_named_first(order: list[int], seed: int) -> None:
    signs = np.random.default_rng(seed).choice([-1, 1], 6)
    context = np.zeros((len(CONTEXTS), 6 + 2 * KINDS, 1), np.float32)
    context[0, :6, 0] = signs * (np.array(order) + 1)
    share, body = at("share", "body")
    emission = single((1, KINDS), (0, share), 2) + single((1, KINDS), (0, body), 1)
    ranked = sorted(range(6), key=lambda k: -order[k])[:3]
    named = "; ".join(f"{'much' if signs[k] > 0 else 'little'} {k}" for k in ranked)
    weights = toy(6, context=context, emission=emission)
    assert reason(signs[None, :].astype(float), weights) == f"{named} (rather than body)"


def test_what_spoke_against_the_label_is_not_named() -> None:
    context = np.zeros((len(CONTEXTS), 2 + 2 * KINDS, 1), np.float32)
    context[0, :2, 0] = 2, -1
    weights = toy(2, context=context, emission=single((1, KINDS), (0, at("share")[0])))
    assert reason(np.ones((1, 2)), weights) == "much 0 (rather than title)"


def test_what_spoke_to_a_hidden_unit_that_is_silent_is_not_named() -> None:
    share = at("share")[0]
    context = np.zeros((len(CONTEXTS), 2 + 2 * KINDS, 2), np.float32)
    context[0, 0, 0], context[0, 1, 1] = 1, 5
    emission = single((2, KINDS), (0, share)) + single((2, KINDS), (1, share))
    silent = np.array([0, -9], np.float32)
    weights = toy(2, 2, context=context, context_bias=silent, emission=emission)
    assert reason(np.ones((1, 2)), weights) == "much 0 (rather than title)"


@pytest.mark.parametrize("kind", ["share", "ticker"])
@pytest.mark.parametrize("column", ["mean", "highest"])
def test_a_word_that_decided_is_quoted(kind: str, column: str) -> None:
    at_kind = at(kind)[0]
    feature = 1 + at_kind + (KINDS if column == "highest" else 0)
    table = np.zeros((4, KINDS), np.int8)
    table[[1, 2, 3], at_kind] = 31, 93, -124
    shape = (len(CONTEXTS), 1 + 2 * KINDS, 1)
    emission = single((1, KINDS), (0, at_kind))
    for context, where in ((0, ""), (1, "the line above: ")):
        seen = single(shape, (context, feature, 0))
        weights = toy(1, words=table, context=seen, emission=emission)
        words = [[], [1, 2, 0], [3]] if context else [[], [3], [1, 2, 0]]
        told = reason(np.zeros((3, 1)), weights, 2, words)
        assert told == f'{where}"w2", a word of {kind} (rather than title)'


def test_words_of_many_lines_are_not_quoted() -> None:
    share = at("share")[0]
    context = single((len(CONTEXTS), 1 + 2 * KINDS, 1), (5, 1 + share, 0))
    table = single((4, KINDS), (1, share), 31).astype(np.int8)
    weights = toy(1, words=table, context=context, emission=single((1, KINDS), (0, share)))
    told = reason(np.zeros((9, 1)), weights, 8, [[1]] * 9)
    assert told == "lines above: words of share (rather than title)"


def test_the_lack_of_a_kind_of_words_is_told() -> None:
    share, body = at("share", "body")
    context = single((len(CONTEXTS), 1 + 2 * KINDS, 1), (0, 1 + share, 0), -1)
    table = single((4, KINDS), (1, share), -31).astype(np.int8)
    weights = toy(1, words=table, context=context, emission=single((1, KINDS), (0, body)))
    assert reason(np.zeros((1, 1)), weights, 0, [[1]]) == "no words of share (rather than title)"


def test_where_no_fact_decided_the_neighbours_did() -> None:
    weights = toy(1, start=single((KINDS,), (at("share")[0],), 2))
    assert reason(np.ones((1, 1)), weights) == "its neighbours' labels (rather than title)"


@given(seeds, st.integers(1, 20))
def test_a_reason_names_another_label_as_the_runner_up(seed: int, n: int) -> None:
    values = np.random.default_rng(seed).integers(-3, 4, (n, 2))
    for block in label(blocks(n), described(values), chance_weights(seed))[0]:
        said, _, rival = block.reason.removesuffix(")").rpartition(" (rather than ")
        assert Label(rival) is not block.label
        assert 1 <= len(said.split("; ")) <= 3


# --- whether the page is an article


@given(seeds, st.integers(1, 9))
def test_a_page_is_told_by_the_means_of_its_blocks_and_of_its_words(seed: int, n: int) -> None:
    chance = np.random.default_rng(seed)
    facts = chance.integers(-6, 7, (n, 3)).astype(np.float32)
    words = chance.integers(0, 5, n)
    by_block = [sum(row[k] for row in facts.tolist()) / n for k in range(3)]
    every = [row for row, count in zip(facts.tolist(), words, strict=True) for _ in range(count)]
    by_word = [sum(row[k] for row in every) / max(len(every), 1) for k in range(3)]
    expected = [*by_block, *by_word, math.log1p(n)]
    assert model.page_facts(facts, words) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(("odds", "probability"), [(0, 0.5), (math.log(3), 0.75), (-50, 0)])
def test_the_probability_of_an_article_is_that_of_the_odds(odds: float, probability: float) -> None:
    told = SimpleNamespace(page=np.array([2.0, odds - 2.0]))
    assert model.article_probability(np.array([1.0]), told) == probability  # type: ignore[arg-type]


def test_a_page_is_an_article_from_one_half_on() -> None:
    assert [is_article(p) for p in (0.0, 0.499, 0.5, 1.0)] == [False, False, True, True]


# --- the shipped weights

STORY = """\
Harbour Post
  * Home
  * News
  * Sport
  * Weather
  * Log in

Ferry to the outer islands sails again after eleven weeks

By Ann Example

4 May 2021

The ferry that links the town with its outer islands sailed again on Tuesday, eleven weeks after \
its engine gave up halfway across the bay and left forty passengers to row themselves home.

Several hundred people had come to the quay to see it off, among them the mayor, two brass bands \
and a goat that had missed the last boat in February and has lived in the harbour office since.

"We never doubted that she would come back," said the captain, Tom Sample, who has steered the \
ferry for thirty years. "But I am glad that nobody asked me when," he added with a smile.

The repair turned out to be harder than anyone had thought, because the firm that built the engine \
closed long ago and its drawings were lost when the archive was flooded by a burst pipe.

In the end a retired clockmaker from the smallest of the islands made the missing parts by hand. \
He refused to be paid and asked only for a window seat, which he has been granted for life.

During the weeks without a ferry the islanders shared the few boats they had. The teacher took the \
children to school in a dinghy, and the post came once a week with the man who checks the buoys.

Shops on the islands said that they had lost about a third of their usual trade in the spring. The \
council has promised to help them, although it did not say on Tuesday how much it would pay.

From next week the ferry will call at all five islands four times a day, and once more on Fridays \
for those who work in town. Fares will stay as they are until the end of the year, the council said.

Most read
  * Gulls steal mayor's hat
  * Who pays for the new pier?
  * Five walks round the lighthouse

© 2021 Harbour Post. All rights reserved.
Privacy | Terms of use | Contact
"""

MENU = """\
Harbour Post
  * Home
  * News
  * Sport

Most read
  * Gulls steal mayor's hat
  * Who pays for the new pier?
  * Five walks round the lighthouse

Latest news
  * Bakers go back to work
  * Bridge closed for painting

© 2021 Harbour Post. All rights reserved.
Privacy | Terms of use | Contact
"""


def shipped(text: str) -> tuple[tuple[Block, ...], float]:
    read = dump.read(text)
    return label(read, features.describe(read))


def test_the_paragraphs_of_a_long_story_are_its_body() -> None:
    labelled, probability = shipped(STORY)
    paragraphs = [block for block in labelled if len(block.text) > 120]
    assert len(paragraphs) == 8
    assert {block.label for block in paragraphs} == {Label.BODY}
    assert is_article(probability)


def test_the_headline_of_a_story_is_its_title() -> None:
    labelled, _ = shipped(STORY)
    assert [b.text for b in labelled if b.label is Label.TITLE] == [
        "Ferry to the outer islands sails again after eleven weeks"
    ]


def test_menus_and_legal_lines_around_a_story_are_not_kept() -> None:
    labelled, _ = shipped(STORY)
    cruft = [b for b in labelled if b.marker or b.text.startswith(("Harbour Post", "©", "Privacy"))]
    assert len(cruft) == 11
    assert not [block for block in cruft if block.label.kept]


def test_a_page_of_menus_is_no_article() -> None:
    _, probability = shipped(MENU)
    assert not is_article(probability)


def test_the_same_page_is_labelled_the_same_again() -> None:
    assert shipped(STORY) == shipped(STORY)
