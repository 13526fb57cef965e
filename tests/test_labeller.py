"""The labeller: its algorithm with toy weights made here, the shipped weights by what they do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import dump, features, labeller
from cleaner.article import Block, Label
from cleaner.description import Description
from cleaner.labeller import LABELS, is_article, label, label_pages, model
from cleaner.labeller.decision import decide, least
from cleaner.labeller.echoes import Echoes
from cleaner.labeller.model import ABOVE, BELOW, CONTEXTS, HEADS, OWN, POOLED, REACH, SEEN
from cleaner.labeller.rows import Rows, product, weighed
from cleaner.labeller.words import with_words
from cleaner.weights import WORD_STEP, Odds, Weights

Array = np.ndarray[Any, np.dtype[Any]]
KINDS = len(LABELS)
OFFSETS = [(k, offset) for k, (begin, end) in enumerate(CONTEXTS) for offset in range(begin, end)]
ECHO = ("echo_in", "echo_bias", "echo_out")
seeds = st.integers(0, 2**32)


@pytest.fixture(autouse=True, scope="module")
def uncalibrated() -> Iterator[None]:
    """What toy weights make of blocks is to be seen as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(labeller, "calibrate", lambda judged, *_: judged)
        yield


def toy(shown: int, units: int = 1, depth: int = 1, **changes: Array) -> Weights:
    """Weights that are all zero but those given, by which no page is an article; blocks have
    `shown` features and the first 4 buckets are known."""
    facts = shown + 2 * KINDS
    shapes = {
        "words": (4, KINDS),
        "names": (0, KINDS),
        "mean": facts,
        "deviation": facts,
        "embedding": (facts, units),
        "embedding_bias": units,
        "layers": (depth, SEEN, units, units),
        "attention": (depth, units, HEADS),
        "pooled": (depth, POOLED, units, units),
        "layer_biases": (depth, units),
        "echo_in": (1, units, 2),
        "echo_bias": (1, 2),
        "echo_out": (1, 5, units),
        "emission": (units, KINDS),
        "emission_bias": KINDS,
        "page": KINDS + 7 + 2 * facts + 1,
    }
    arrays = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
    arrays["deviation"] += 1
    arrays["word_buckets"], arrays["name_buckets"] = np.arange(4), np.arange(0)
    arrays["page"][-1] = -99
    return Weights(**arrays | changes)


def passing(units: int, context: int = 0, weight: float = 1) -> Array:
    """One layer that gives each unit what it sees of it in a context."""
    layer = np.zeros((1, SEEN, units, units), np.float32)
    layer[0, context] = np.eye(units) * weight
    return layer


def described(values: Array, words: list[list[int]] | None = None) -> Description:
    """A description of blocks with these features, each long if its first feature is above 0; each
    word is a bucket and reads "wBUCKET"."""
    rows = words or [[] for _ in values]
    return Description(
        values.astype(np.float32),
        values[:, 0] > 0,
        np.array([bucket for row in rows for bucket in row], np.int64),
        np.array([len(row) for row in rows], np.int64),
        tuple((f"much {k}", f"little {k}") for k in range(values.shape[1])),
        lambda block, place: f"w{rows[block][place]}",
    )


def labels_of(
    number: int, values: Array, weights: Weights, words: list[list[int]] | None = None
) -> tuple[tuple[Block, ...], float]:
    """Label blocks that are described by these features."""
    return label(blocks(number), lambda *_: described(values, words), weights)[:2]


def blocks(number: int) -> list[Block]:
    return [Block(i, i + 1, f"x{i}", indent=i, marker="*", gap=2) for i in range(number)]


def at(*wanted: str) -> list[int]:
    return [LABELS.index(Label(name)) for name in wanted]


def single(shape: tuple[int, ...], place: tuple[int, ...], value: float = 1) -> Array:
    array = np.zeros(shape, np.float32)
    array[place] = value
    return array


def chance_weights(seed: int, shown: int = 2, units: int = 3, depth: int = 2) -> Weights:
    """Toy weights of small whole numbers: sums of them are exact."""
    chance = np.random.default_rng(seed)
    zero = toy(shown, units, depth)
    names = (
        *("embedding", "embedding_bias", "layers", "attention", "pooled", "layer_biases"),
        *(*ECHO, "emission", "emission_bias"),
    )
    changes = {
        name: chance.integers(-3, 4, getattr(zero, name).shape).astype(np.float32) for name in names
    }
    return replace(zero, **changes, words=chance.integers(-99, 99, (4, KINDS)).astype(np.int8))


# --- what a block sees


def seen_of(units: Array, own: Array, long: Array, i: int) -> list[float]:
    """What a layer sees of block i, in plain loops."""
    seen = []
    for begin, end in CONTEXTS:
        near = units[max(i + begin, 0) : max(i + end, 0)].sum(0)
        seen += (near / (end - begin)).tolist()
    above = [k for k in range(i) if long[k]]
    below = [k for k in range(i + 1, len(long)) if long[k]]
    for place in (above[-1:], below[:1]):
        seen += units[place].sum(0).tolist()
    return [*seen, *own[i].tolist()]


def pooled_of(units: Array, attention: Array) -> list[float]:
    """What a layer sees of the page, in plain loops."""
    pooled: list[float] = units.mean(0).tolist()
    for head in attention.T:
        sought = [float(row @ head) for row in units.astype(float)]
        shares = [math.exp(value - max(sought)) for value in sought]
        weighed = np.array(shares)[:, None] * units / sum(shares)
        pooled += weighed.sum(0).tolist()
    return pooled


def heard_of(said: Array, words: list[list[int]]) -> Array:
    """What each block hears from those that share its words, in plain loops."""
    heard = np.zeros((len(said), 2 * said.shape[1] + 1))
    for i, own in enumerate(words):
        sums, whole = np.zeros(said.shape[1]), 0.0
        for word in set(own):
            holders = [k for k, others in enumerate(words) if word in others]
            if len(holders) > 1:
                weight = len(holders) ** -0.5
                sums += weight * np.mean([said[k] for k in holders if k != i], axis=0)
                whole += weight
        number = max(len(set(own)), 1)
        heard[i] = [*(sums / whole if whole else sums), *sums / number, whole / number]
    return heard


def words_of(seed: int, n: int) -> list[list[int]]:
    """The words of n blocks, some of them in several."""
    chance = np.random.default_rng(seed)
    return [chance.integers(0, 4, chance.integers(0, 5)).tolist() for _ in range(n)]


def ids_of(words: list[list[int]]) -> tuple[Array, Array]:
    """The words of blocks one after the other, and how many each has."""
    ids = np.array([word for own in words for word in own], np.int64)
    return ids, np.array([*map(len, words)], np.int64)


def echoes_of(words: list[list[int]], sizes: Sequence[int] | None = None) -> Echoes:
    return Echoes(*ids_of(words), sizes or [len(words)])


@given(seeds, st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_a_block_hears_what_other_blocks_of_its_page_with_its_words_say(
    seed: int, sizes: list[int]
) -> None:
    pages = [words_of(seed + k, size) for k, size in enumerate(sizes)]
    said = np.random.default_rng(seed).normal(size=(sum(sizes), 2)).astype(np.float32)
    heard = echoes_of([own for page in pages for own in page], sizes).heard(said)
    end = 0
    for page in pages:
        begin, end = end, end + len(page)
        assert heard[begin:end] == pytest.approx(heard_of(said[begin:end], page), abs=1e-5)
        assert heard[begin:end].tolist() == echoes_of(page).heard(said[begin:end]).tolist()


def sheet(seed: int, n: int) -> tuple[Array, Array, Array]:
    """Units of a layer and of the embedding, and which blocks are long."""
    chance = np.random.default_rng(seed)
    units, own = chance.integers(0, 7, (2, n, 2)).astype(np.float32)
    return units, own, chance.random(n) < 0.3


@given(
    st.lists(st.tuples(seeds, st.integers(1, 80)), min_size=1, max_size=4),
    st.sampled_from([1, 3, 16, 31, 1024]),
)
def test_a_layer_sees_means_of_stretches_the_nearest_long_lines_and_nothing_beyond_the_page(
    drawn: list[tuple[int, int]], chunk: int
) -> None:
    pages = [sheet(*page) for page in drawn]
    units, own, long = (np.concatenate(kind) for kind in zip(*pages, strict=True))
    rows = Rows([n for _, n in drawn], REACH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "CHUNK", chunk)
        parts = list(
            model.surroundings(rows.spread(units), rows.spread(own), rows.nearest(long), rows)
        )
    assert [place.stop - place.start for place, _ in parts[:-1]] == [chunk] * (len(parts) - 1)
    seen = np.concatenate([np.stack(part, axis=1) for _, part in parts])[rows.places]
    assert seen.shape == (len(units), SEEN, 2)
    expected = [seen_of(*page, i) for page in pages for i in range(len(page[0]))]
    assert seen.reshape(len(units), -1) == pytest.approx(np.array(expected), abs=1e-5)


def test_the_contexts_part_the_neighbourhood_without_gap_or_overlap() -> None:
    offsets = sorted(offset for _, offset in OFFSETS)
    assert offsets == list(range(offsets[0], offsets[-1] + 1))
    assert max(-offsets[0], offsets[-1]) <= REACH


@given(seeds, st.integers(1, 99), st.sampled_from([3, 70_000]))
def test_rows_are_weighed_by_their_shares(seed: int, n: int, width: int) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.integers(-9, 10, (n, width)).astype(np.float32)
    shares = chance.integers(-9, 10, (2, n)).astype(np.float32)
    assert weighed(rows, shares).tolist() == (shares @ rows).tolist()


@given(seeds, st.integers(0, 99), st.integers(1, 200), st.integers(1, 200))
def test_the_product_is_that_of_the_matrices(seed: int, n: int, inner: int, outer: int) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.integers(-9, 10, (n, inner)).astype(np.float32)
    matrix = chance.integers(-9, 10, (inner, outer)).astype(np.float32)
    assert product(rows, matrix).tolist() == (rows @ matrix).tolist()


@given(
    st.lists(
        st.lists(st.integers(0, 3), max_size=4)
        | st.builds(lambda row, n: row * n, st.permutations(range(4)), st.integers(60, 300)),
        min_size=1,
        max_size=5,
    ),
    seeds,
)
def test_words_speak_by_their_mean_and_by_the_strongest(words: list[list[int]], seed: int) -> None:
    table = np.random.default_rng(seed).integers(-124, 125, (4, 3)).astype(np.int8)
    table[3] = 0  # it is not known
    values = np.arange(len(words), dtype=np.float32)[:, None]
    description = described(values, words)
    odds = Odds(np.arange(3), table[:3])
    facts = with_words(values, description.ids, np.array([*map(len, words)]), odds)
    assert facts.shape == (len(words), 1 + 3 + 3)
    for i, row in enumerate(words):
        own = [table[bucket].astype(float) * WORD_STEP for bucket in row] or [np.zeros(3)]
        expected = [i, *np.mean(own, axis=0), *np.max(own, axis=0)]
        assert facts[i] == pytest.approx(expected, abs=1e-5)


def test_facts_are_told_in_deviations_and_outliers_are_cut() -> None:
    facts = np.array([[1.0, 5.0, -90.0, 99.0]])
    mean, deviation = np.array([1.0, 1.0, 0.0, 0.0]), np.array([1.0, 2.0, 1.0, 1.0])
    assert model.standardised(facts, mean, deviation).tolist() == [[0, 2, -6, 6]]


# --- scores


@given(seeds, st.integers(1, 9), st.booleans())
def test_scores_are_the_probabilities_that_layers_in_plain_loops_give(
    seed: int, n: int, deaf: bool
) -> None:
    weights = chance_weights(seed)
    if deaf:
        weights = replace(weights, **{name: getattr(weights, name)[:0] for name in ECHO})
    shape = (n, 2 + 2 * KINDS)
    facts = np.random.default_rng(seed).integers(-1, 2, shape).astype(np.float32)
    long = np.arange(n) % 3 == seed % 3
    words = words_of(seed, n)
    judged = model.judge(facts, long, ids_of(words), weights)
    own = units = np.maximum(facts @ weights.embedding + weights.embedding_bias, 0)
    for k, matrix in enumerate(weights.layers):
        seen = np.array([seen_of(units, own, long, i) for i in range(n)])
        page = pooled_of(units, weights.attention[k]) @ weights.pooled[k].reshape(-1, 3)
        added = seen @ matrix.reshape(-1, 3) + page + weights.layer_biases[k]
        if k == len(weights.layers) - 1 and not deaf:  # the toy's last layer alone hears echoes
            said = np.tanh(units @ weights.echo_in[0] + weights.echo_bias[0])
            added = added + heard_of(said, words) @ weights.echo_out[0]
        units = np.maximum(added, 0)
    odds = units @ weights.emission + weights.emission_bias
    assert judged.odds == pytest.approx(odds, rel=1e-3, abs=5e-2)
    assert judged.scores.sum(1) == pytest.approx(np.ones(n), abs=1e-5)
    raised = np.exp(judged.odds - judged.odds.max(1, keepdims=True))
    assert judged.scores == pytest.approx(raised / raised.sum(1, keepdims=True), abs=1e-5)


def test_what_stands_far_away_decides_through_two_layers() -> None:
    share, body = at("share", "body")
    # Each layer hands on the line above: the label comes from the second.
    weights = replace(
        toy(1, depth=2, embedding=single((1 + 2 * KINDS, 1), (0, 0))),
        layers=np.concatenate([passing(1, 1), passing(1, 1)]),
        emission=single((1, KINDS), (0, share), 9),
        emission_bias=single((KINDS,), (body,), 4),
    )
    labelled, _ = labels_of(6, single((6, 1), (0, 0)), weights)
    assert [block.label for block in labelled] == ["body"] * 2 + ["share"] + ["body"] * 3


@given(seeds, st.integers(1, 30))
def test_labelling_changes_nothing_else(seed: int, n: int) -> None:
    values = np.random.default_rng(seed).integers(-3, 4, (n, 2))
    labelled, probability = labels_of(n, values, chance_weights(seed))
    plain = [b._replace(label=Label.OTHER, score=0.0, why="") for b in labelled]
    assert plain == blocks(n)
    assert all(0 <= block.score <= 1 and block.reason for block in labelled)
    assert 0 <= probability <= 1


@given(seeds, st.integers(1, 70), st.sampled_from([1, 4, 31, 40]))
def test_pages_longer_than_a_chunk_are_labelled_as_if_in_one(seed: int, n: int, chunk: int) -> None:
    chance = np.random.default_rng(seed)
    values = chance.integers(-3, 4, (n, 2))
    words = [chance.integers(0, 4, chance.integers(0, 3)).tolist() for _ in range(n)]
    weights = chance_weights(seed)
    whole = labels_of(n, values, weights, words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "CHUNK", chunk)
        parted = labels_of(n, values, weights, words)
    assert [(b.label, b.reason) for b in parted[0]] == [(b.label, b.reason) for b in whole[0]]
    assert [b.score for b in parted[0]] == pytest.approx([b.score for b in whole[0]], abs=2e-3)
    assert parted[1] == whole[1]


def page_of(seed: int, n: int) -> list[Block]:
    """Blocks whose text says by which numbers `described_by_text` describes them."""
    numbers = np.random.default_rng(seed).integers(-3, 4, n).tolist()
    return [Block(i, i + 1, f"{k} {(k * k) % 4}") for i, k in enumerate(numbers)]


def described_by_text(page: Sequence[Block], _: Sequence[int]) -> Description:
    told = [[int(word) for word in block.text.split()] for block in page]
    return described(np.array(told, float), [[bucket] for _, bucket in told])


@given(seeds, st.lists(st.tuples(seeds, st.sampled_from([0, 1, 2, 15, 16, 17, 70])), max_size=5))
def test_pages_are_labelled_together_as_each_by_itself(
    seed: int, drawn: list[tuple[int, int]]
) -> None:
    pages, weights = [page_of(*page) for page in drawn], chance_weights(seed)
    together = label_pages(pages, described_by_text, weights)
    alone = [label(page, described_by_text, weights) for page in pages]
    assert [found[:2] for found in together] == [found[:2] for found in alone]
    for one, other in zip(together, alone, strict=True):
        assert one.chances.tolist() == other.chances.tolist()


@pytest.mark.parametrize(("named", "expected"), [("body", 1.0), ("share", 0.0)])
def test_a_page_without_a_body_is_no_article(named: str, expected: float) -> None:
    weights = toy(1, emission_bias=single((KINDS,), (at(named)[0],), 5))
    page = weights.page.copy()
    page[-1] = 99
    _, probability = labels_of(2, np.zeros((2, 1)), replace(weights, page=page))
    assert probability == expected


def test_a_page_of_no_blocks_is_no_article() -> None:
    assert label([], lambda *_: described(np.zeros((0, 2))))[:2] == ((), 0.0)


# --- the decision

shares = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9)), min_size=1, max_size=7)


def expected_f1(story: Array, sizes: Array, held: Iterable[int]) -> float:
    """Twice the size expected of both, over the size expected of the story and that of the set."""
    kept = list(held)
    whole = float((story * sizes).sum() + sizes[kept].sum())
    return 2 * float((story * sizes)[kept].sum()) / whole if whole else 0.0


@given(shares)
def test_the_story_is_the_set_of_the_highest_expected_f1(page: list[tuple[float, int]]) -> None:
    story, sizes = (np.array(column, float) for column in zip(*page, strict=True))
    sets = [s for k in range(len(page) + 1) for s in combinations(range(len(page)), k)]
    best = max(expected_f1(story, sizes, held) for held in sets)
    found = least(story, sizes.astype(int))
    assert found == pytest.approx(best / 2)
    held = np.flatnonzero(story >= found)
    assert expected_f1(story, sizes, held) == pytest.approx(best)


@given(seeds, st.integers(1, 9))
def test_within_the_story_and_without_each_block_has_its_likeliest_label(seed: int, n: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.dirichlet(np.full(KINDS, 0.3), n)
    sizes = chance.integers(1, 40, n)
    texts = [str(i) for i in range(n)]
    decided = decide(scores, sizes, sizes > 10, texts, [n])
    story = at("body", "heading")
    for row, chosen in zip(scores, decided.chosen.tolist(), strict=True):
        own = [k for k in range(KINDS) if (k in story) == (chosen in story)]
        assert row[chosen] == max(row[own])
        assert row[story].sum() >= 0.25 or chosen not in story
    assert not decided.again.any()


def test_a_page_that_is_sure_of_its_story_takes_less_that_is_doubtful() -> None:
    body, related = at("body", "related")
    doubtful = single((KINDS,), (body,), 0.45) + single((KINDS,), (related,), 0.55)
    sure, unsure = single((KINDS,), (body,), 0.98), single((KINDS,), (body,), 0.6)
    sizes, long = np.array([40, 9]), np.array([True, False])
    among_sure = decide(np.stack([sure, doubtful]), sizes, long, ["a", "b"], [2])
    among_unsure = decide(np.stack([unsure, doubtful]), sizes, long, ["a", "b"], [2])
    assert among_sure.chosen.tolist() == [body, related]
    assert among_unsure.chosen.tolist() == [body, body]


def test_what_is_hardly_likely_is_no_story_however_unsure_a_page_is() -> None:
    body, related = at("body", "related")
    faint = single((KINDS,), (body,), 0.2) + single((KINDS,), (related,), 0.8)
    likelier = single((KINDS,), (body,), 0.3) + single((KINDS,), (related,), 0.7)
    for page, expected in ((faint, related), (likelier, body)):
        one, long = np.array([40]), np.array([True])
        assert decide(page[None], one, long, ["a"], [1]).chosen.tolist() == [expected]


def test_a_long_line_is_the_storys_once_where_it_stands_first() -> None:
    body, promo = at("body", "promo")
    bias = single((KINDS,), (body,), 5) + single((KINDS,), (promo,), 1)
    texts = ["Storm", "Ferry", "Gulls", "Ferry", "Storm"]
    read = [Block(i, i + 1, text) for i, text in enumerate(texts)]
    long = np.array([[1.0], [1], [1], [1], [0]])
    labelled, *_ = label(read, lambda *_: described(long), toy(1, emission_bias=bias))
    assert [block.label for block in labelled] == ["body", "body", "body", "promo", "body"]
    assert labelled[3].reason.startswith("the story has this line above; ")
    assert labelled[3].reason.endswith("(rather than body)")


BROKEN = ["The bridge at", "Old Mill", "is closed."]  # by a renderer, at a link


@pytest.mark.parametrize(
    ("texts", "chance", "expected"),
    [
        (BROKEN, 0.2, "body body body"),
        (BROKEN, 0.04, "body tags body"),
        (["The bridge is closed.", "Old Mill", "is on the river"], 0.2, "body tags body"),
        (["The bridge at", "Read more:", "is closed."], 0.2, "body tags body"),
        (["The bridge at", "Old Mill", "It is closed."], 0.2, "body tags body"),
        (["The bridge at", "Old", "Mill", "Road", ", is closed."], 0.2, "body body body body body"),
        (["at", "Old", "Mill", "Road", "North", "is closed"], 0.2, "body tags tags tags tags body"),
    ],
)
def test_the_hole_in_a_sentence_of_the_story_is_the_storys(
    texts: list[str], chance: float, expected: str
) -> None:
    body, tags = at("body", "tags")
    hole = single((KINDS,), (body,), chance) + single((KINDS,), (tags,), 1 - chance)
    sure = single((KINDS,), (body,), 0.98)
    page = np.stack([sure, *[hole] * (len(texts) - 2), sure])
    sizes, long = np.ones(len(texts), int), np.zeros(len(texts), bool)
    decided = decide(page, sizes, long, texts, [len(texts)])
    assert [LABELS[k] for k in decided.chosen.tolist()] == expected.split()
    assert decided.within.sum() == expected.count("body") - 2


def test_a_sentence_does_not_go_on_from_one_page_to_the_next() -> None:
    body, tags = at("body", "tags")
    hole = single((KINDS,), (body,), 0.2) + single((KINDS,), (tags,), 0.8)
    sure = single((KINDS,), (body,), 0.98)
    sizes, long = np.ones(3, int), np.zeros(3, bool)
    for pages in ([1, 2], [2, 1]):
        assert not decide(np.stack([sure, hole, sure]), sizes, long, BROKEN, pages).within.any()


def test_a_reason_says_that_a_block_stands_within_a_sentence() -> None:
    read = [Block(i, i + 1, text) for i, text in enumerate(BROKEN)]
    facts = np.array([[1.0], [-1], [1]])
    body, tags = at("body", "tags")
    weights = toy(
        1,
        embedding=embedded(1, 0),
        layers=passing(1, OWN),
        emission=single((1, KINDS), (0, body), 9),
        emission_bias=single((KINDS,), (tags,), 2),
    )
    labelled, *_ = label(read, lambda *_: described(facts), weights)
    assert [block.label for block in labelled] == ["body", "body", "body"]
    assert labelled[1].reason.startswith("within a sentence of the story; ")


@pytest.mark.parametrize(
    ("texts", "chance", "expected"),
    [
        (["It rained.", "It was cold.", "It snowed.”"], 0.3, "body body body"),
        (["It rained.", "It was cold.", "It snowed."], 0.2, "body footer footer"),
        (["It rained.", "It was cold", "It snowed."], 0.3, "body footer footer"),
        (["Rain", "It was cold."], 0.3, "body footer"),
        (["雨が降った。", "寒かった。"], 0.3, "body body"),
    ],
)
def test_a_sentence_right_below_one_of_the_story_has_the_benefit_of_the_doubt(
    texts: list[str], chance: float, expected: str
) -> None:
    body, footer = at("body", "footer")
    unsure = single((KINDS,), (body,), chance) + single((KINDS,), (footer,), 1 - chance)
    page = np.stack([single((KINDS,), (body,), 0.98), *[unsure] * (len(texts) - 1)])
    sizes, long = np.array([40, *[1] * (len(texts) - 1)]), np.zeros(len(texts), bool)
    decided = decide(page, sizes, long, texts, [len(texts)])
    assert [LABELS[k] for k in decided.chosen.tolist()] == expected.split()
    assert decided.below.sum() == expected.count("body") - 1
    assert not decide(page, sizes, long, texts, [len(texts)], bare=False).below.any()
    if len(texts) == 2:  # of another page it is told nothing
        assert not decide(page, sizes, long, texts, [1, 1]).below.any()


def test_a_reason_says_that_a_sentence_stands_right_below_one_of_the_story() -> None:
    read = [Block(i, i + 1, text) for i, text in enumerate(["It rained.", "It was cold."])]
    body, footer = at("body", "footer")
    weights = toy(
        1,
        embedding=embedded(1, 0),
        layers=passing(1, OWN),
        emission=single((1, KINDS), (0, body), 9),
        emission_bias=single((KINDS,), (footer,), 5) + single((KINDS,), (body,), 4.2),
        words=np.zeros((4, KINDS), np.int8),
    )
    facts, words = np.array([[2.0], [-1]]), [[1, 2, 3, 4, 5, 6], [1]]
    labelled, *_ = label(read, lambda *_: described(facts, words), weights)
    assert [block.label for block in labelled] == ["body", "body"]
    assert labelled[1].reason.startswith("a sentence right below one of the story; ")


# --- reasons


def reason(values: Array, weights: Weights, block: int = 0, words: Any = None) -> str:
    labelled, _ = labels_of(len(values), values, weights, words)
    return labelled[block].reason


def embedded(shown: int, column: int, sign: float = 1) -> Array:
    """An embedding of one unit: a feature, or its lack."""
    return single((shown + 2 * KINDS, 1), (column, 0), sign)


WHERE = (
    "", "the line above speaks", "the line below speaks", "the lines above speak",
    "the lines below speak", "what stands far above speaks", "what stands far below speaks",
    "the nearest long line above speaks", "the nearest long line below speaks",
)  # fmt: skip


@pytest.mark.parametrize(
    ("context", "offset"),
    [*((k, offset) for k, offset in OFFSETS if k), (ABOVE, -5), (BELOW, 20), (BELOW, 1)],
)
def test_a_reason_says_where_the_block_stands_that_decided(context: int, offset: int) -> None:
    weights = toy(
        2,
        embedding=embedded(2, 1),
        layers=passing(1, context),
        emission=single((1, KINDS), (0, at("share")[0])),
    )
    values = single((70, 2), (35 + offset, 1), 3)
    values[35 + offset, 0] = 1  # a long line
    said = f"{WHERE[context]} for it (rather than title)"
    assert reason(values, weights, 35) == said


@pytest.mark.parametrize(("sign", "phrase"), [(1, "much 1"), (-1, "little 1")])
@pytest.mark.parametrize("context", [0, OWN])
def test_a_reason_names_the_fact_of_the_block_that_decided(
    context: int, sign: int, phrase: str
) -> None:
    weights = toy(
        2,
        embedding=embedded(2, 1, sign),
        layers=passing(1, context),
        emission=single((1, KINDS), (0, at("share")[0])),
    )
    assert reason(single((3, 2), (1, 1), sign), weights, 1) == f"{phrase} (rather than title)"


def test_a_page_that_decided_is_named() -> None:
    weights = toy(
        1,
        embedding=embedded(1, 0),
        pooled=np.full((1, POOLED, 1, 1), 1, np.float32),
        emission=single((1, KINDS), (0, at("share")[0])),
    )
    said = "the page as a whole (rather than title)"
    assert reason(single((3, 1), (0, 0)), weights, 2) == said


@given(st.permutations(range(6)), seeds)
def test_the_facts_of_the_largest_weights_are_named(order: list[int], seed: int) -> None:
    signs = np.random.default_rng(seed).choice([-1, 1], 6)
    embedding = np.zeros((6 + 2 * KINDS, 1), np.float32)
    embedding[:6, 0] = signs * (np.array(order) + 1)
    share, body = at("share", "body")
    emission = single((1, KINDS), (0, share), 2) + single((1, KINDS), (0, body), 1)
    ranked = sorted(range(6), key=lambda k: -order[k])[:2]
    named = "; ".join(f"{'much' if signs[k] > 0 else 'little'} {k}" for k in ranked)
    weights = toy(6, embedding=embedding, layers=passing(1), emission=emission)
    assert reason(signs[None, :].astype(float), weights) == f"{named} (rather than body)"


@pytest.mark.parametrize(("around", "said"), [
    (0.5, "much 0; the line above speaks for it"), (2, "the line above speaks for it; much 0"),
])  # fmt: skip
def test_what_added_most_is_named_first(around: float, said: str) -> None:
    weights = toy(
        1,
        embedding=embedded(1, 0),
        layers=passing(1) + passing(1, 1, around),
        emission=single((1, KINDS), (0, at("share")[0])),
    )
    assert reason(np.ones((2, 1)), weights, 1) == f"{said} (rather than title)"


def test_a_word_that_another_block_has_speaks_by_what_that_block_is() -> None:
    weights = toy(
        1,
        words=np.zeros((4, KINDS), np.int8),
        embedding=embedded(1, 0),
        echo_in=np.ones((1, 1, 2), np.float32),
        echo_out=single((1, 5, 1), (0, 0, 0)),
        emission=single((1, KINDS), (0, at("share")[0])),
    )
    said = "its words elsewhere speak for it (rather than title)"
    values = single((3, 1), (0, 0))
    assert reason(values, weights, 1, [[1], [1, 2], [3]]) == said
    assert "elsewhere" not in reason(values, weights, 2, [[1], [1, 2], [3]])


def test_what_spoke_against_the_label_is_not_named() -> None:
    embedding = embedded(2, 0, 2) + embedded(2, 1, -1)
    emission = single((1, KINDS), (0, at("share")[0]))
    weights = toy(2, embedding=embedding, layers=passing(1), emission=emission)
    assert reason(np.ones((1, 2)), weights) == "much 0 (rather than title)"


@pytest.mark.parametrize("bias", ["embedding_bias", "layer_biases"])
def test_what_spoke_to_a_unit_that_is_silent_is_not_named(bias: str) -> None:
    share = at("share")[0]
    embedding = single((2 + 2 * KINDS, 2), (0, 0)) + single((2 + 2 * KINDS, 2), (1, 1), 5)
    silent = np.array([0, -9], np.float32).reshape((1, 2) if bias == "layer_biases" else 2)
    weights = toy(2, 2, embedding=embedding, layers=passing(2), **{bias: silent})
    emission = single((2, KINDS), (0, share)) + single((2, KINDS), (1, share))
    weights = replace(weights, emission=emission)
    assert reason(np.ones((1, 2)), weights) == "much 0 (rather than title)"


@pytest.mark.parametrize("kind", ["share", "ticker"])
@pytest.mark.parametrize("column", ["mean", "highest"])
def test_a_word_that_decided_is_quoted(kind: str, column: str) -> None:
    at_kind = at(kind)[0]
    feature = 1 + at_kind + (KINDS if column == "highest" else 0)
    table = np.zeros((4, KINDS), np.int8)
    table[[1, 2, 3], at_kind] = 31, 93, -124
    emission = single((1, KINDS), (0, at_kind))
    weights = toy(
        1, words=table, embedding=embedded(1, feature), layers=passing(1), emission=emission
    )
    told = reason(np.zeros((3, 1)), weights, 2, [[], [3], [1, 2, 0]])
    assert told == f'"w2", a word of {kind} (rather than title)'


def test_the_lack_of_a_kind_of_words_is_told() -> None:
    share, promo = at("share", "promo")
    table = single((4, KINDS), (1, share), -31).astype(np.int8)
    emission = single((1, KINDS), (0, promo))
    weights = toy(
        1, words=table, embedding=embedded(1, 1 + share, -1), layers=passing(1), emission=emission
    )
    assert reason(np.zeros((1, 1)), weights, 0, [[1]]) == "no words of share (rather than title)"


def test_where_nothing_decided_the_reason_says_so() -> None:
    weights = toy(1, emission_bias=single((KINDS,), (at("share")[0],), 2))
    assert reason(np.ones((1, 1)), weights) == "the page as a whole (rather than title)"


@given(seeds, st.integers(1, 20))
def test_a_reason_names_another_label_as_the_runner_up(seed: int, n: int) -> None:
    values = np.random.default_rng(seed).integers(-3, 4, (n, 2))
    for block in labels_of(n, values, chance_weights(seed))[0]:
        said, _, rival = block.reason.removesuffix(")").rpartition(" (rather than ")
        assert Label(rival) is not block.label
        assert 1 <= len(said.split("; ")) <= 3


# --- whether the page is an article


@given(seeds, st.integers(1, 9))
def test_a_page_is_told_by_its_surest_blocks_its_story_and_its_means(seed: int, n: int) -> None:
    chance = np.random.default_rng(seed)
    odds = chance.normal(size=(n, KINDS))
    scores = np.exp(odds) / np.exp(odds).sum(1, keepdims=True)
    facts = chance.normal(size=(n, 3))
    words = chance.integers(0, 5, n)
    held = [sum(scores[i, k] for k in at("body", "heading")) for i in range(n)]
    story = sorted((held[i] * words[i] for i in range(n)), reverse=True)
    total = max(words.sum(), 1)
    expected = [max(scores[:, k]) for k in range(KINDS)]
    expected += map(math.log1p, (sum(story), sum(story[:5]), story[0], sum(held), n))
    expected += [sum(held) / n, sum(held[i] * words[i] for i in range(n)) / total]
    expected += [sum(facts[:, k]) / n for k in range(3)]
    expected += [sum(facts[i, k] * words[i] for i in range(n)) / total for k in range(3)]
    assert model.page_facts(facts, scores, words) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(("odds", "probability"), [(0, 0.5), (math.log(3), 0.75), (-50, 0)])
def test_the_probability_of_an_article_is_that_of_the_odds(odds: float, probability: float) -> None:
    told = SimpleNamespace(page=np.array([2.0, odds - 2.0]))
    found = model.article_odds(np.array([1.0]), told)  # type: ignore[arg-type]
    assert found == pytest.approx(odds)
    assert model.article_probability(found) == probability


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
    return label(dump.read(text), features.describe)[:2]


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
