"""Teaching: what the gold and the HTML say of a dump's blocks, and that what learns is served."""

from __future__ import annotations

import json
import lzma
import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import dump, features, markup
from cleaner.article import Block, Label
from cleaner.labeller import LABELS, model, recurrence
from cleaner.strategies import LANGUAGES, STYLES, Sample, samples
from cleaner.weights import Odds, Weights, load, shipped
from training import (
    corpus,
    encode,
    generated,
    labelled,
    measure,
    plain,
    styles,
    templates,
    words,
)
from training import fields as learning
from training.align import CRUFT, STORY, allowed
from training.encode import Example
from training.kinds import Kinds
from training.page import _RIDGE, logistic
from training.tokens import grams, tokens

Array = np.ndarray[Any, np.dtype[Any]]


# --- tokens


@given(st.text(st.characters()))
def test_tokens_are_the_same_whatever_the_case_and_the_signs_between(text: str) -> None:
    found = tokens(text)
    assert tokens(" · ".join(found)) == found
    assert all(token and token == token.casefold() for token in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Ferry, again—and_again!", ["the", "ferry", "again", "and", "again"]),
        ("har\u00adbour №7 ﬁsh", ["harbour", "no7", "fish"]),
        ("渡轮ferry恢复", ["渡", "轮", "ferry", "恢", "复"]),
        ("Straße 12:30", ["strasse", "12", "30"]),
        ("...", []),
    ],
)
def test_tokens_are_words_or_characters_of_scripts_without_spaces(
    text: str, found: list[str]
) -> None:
    assert tokens(text) == found


@given(st.lists(st.text(max_size=2)), st.integers(1, 5))
def test_grams_are_all_runs_of_their_size(listed: list[str], size: int) -> None:
    runs = grams(listed, size)
    assert len(runs) == max(0, len(listed) - size + 1)
    assert all(list(run) == listed[i : i + size] for i, run in enumerate(runs))


# --- kinds: what the HTML says


def kind(html: str, text: str) -> Label | None:
    return Kinds(html).of(tokens(text))


@pytest.mark.parametrize(
    ("html", "label"),
    [
        ("<nav><a>Gull Rock</a></nav>", "navigation"),
        ("<footer><p>Gull Rock</p></footer>", "footer"),
        ("<figure><img><figcaption>Gull Rock</figcaption></figure>", "caption"),
        ("<p><img alt='Gull Rock'></p>", "caption"),
        ("<time>Gull Rock</time>", "date"),
        ("<div class='related-stories'><a>Gull Rock</a></div>", "related"),
        ("<div class='breakingNewsTicker'>Gull Rock</div>", "ticker"),
        ("<ul id='main-menu'><li>Gull Rock</ul>", "navigation"),
        ("<div class='share'><div class='x9 wide'><b>Gull Rock</b></div></div>", "share"),
        ("<div class='share'><div class='comments'>Gull Rock</div></div>", "comments"),
        ("<div class='footer-newsletter'>Gull Rock</div>", "promo"),
        ("<div class='read-more'>Gull Rock</div>", "related"),
        ("<div class='byline'>Gull Rock</div>", "byline"),
        ("<div class='tags'>Gull Rock</div>", "tags"),
    ],
)
def test_an_element_is_named_for_what_it_holds(html: str, label: str) -> None:
    assert kind(f"<p>Before</p>{html}<p>After</p>", "gull ROCK") == label


@pytest.mark.parametrize(
    "html",
    [
        "<p>Gull Rock</p>",
        "<body class='footer'><p>Gull Rock</p></body>",
        "<div class='shared-wide'><p>Gull Rock</p></div>",
        "<script class='share'>Gull Rock</script>",
        "<nav>Longholm</nav>",
        "",
    ],
)
def test_where_no_name_tells_there_is_no_kind(html: str) -> None:
    assert kind(html, "Gull Rock") is None


def test_a_text_that_stands_in_two_places_is_of_the_kind_of_most() -> None:
    menus = "<nav>Gull Rock</nav>" * 2
    assert kind(menus + "<p>Gull Rock</p>", "Gull Rock") == "navigation"
    assert kind(menus + "<p>Gull Rock</p>" * 2, "Gull Rock") is None


def test_a_line_of_several_entries_is_of_their_kind() -> None:
    menu = "<nav><a>Home</a><a>Harbour news</a><a>Gull Rock</a></nav><p>Longholm and the sea</p>"
    assert kind(menu, "Home Harbour news Gull Rock") == "navigation"
    assert kind(menu, "Home Harbour") == "navigation"
    assert kind(menu, "Longholm and") is None


def test_headings_are_known() -> None:
    kinds = Kinds("<h2>Gull <i>Rock</i></h2><h3>Longholm</h3><p>Home</p>")
    assert kinds.is_heading(["longholm"])
    assert not kinds.is_heading(["home"])


@given(st.text(st.characters() | st.sampled_from(list("<>/='\"")), max_size=80))
def test_any_html_has_kinds(html: str) -> None:
    found = Kinds(html).of(tokens(html))
    assert found is None or found in LABELS


# --- align: what the gold says

LEAD = (
    "The ferry that links the town with its outer islands sailed again on Tuesday, eleven weeks"
    " after its engine gave up halfway across the bay and left forty passengers adrift."
)
CROWD = (
    "Several hundred people had come to the quay to see it off, among them two brass bands and a"
    " goat that had missed the last boat in February and lives in the harbour office."
)
FARES = (
    "Fares will stay as they are until the end of the year, the council said, although children"
    " and bicycles are to travel free of charge on the first boat of every day."
)
TITLE = "Ferry to the outer islands sails again"
GOLD = {"title": TITLE, "body": [LEAD, "A goat aboard", CROWD, "“No,” she said.", FARES]}


def masks(lines: list[str], gold: dict[str, Any], html: str | None = None) -> list[set[str]]:
    """The labels allowed for lines that are a block each."""
    read = [Block(0, 1, line) for line in lines]
    found = allowed(read, gold, None if html is None else Kinds(html))
    return [{str(LABELS[k]) for k in np.flatnonzero(row)} for row in found]


BODY, OPEN_CRUFT = {"body"}, {str(label) for label in CRUFT}
EITHER = {str(label) for label in STORY}


def test_the_paragraphs_of_the_gold_are_body_and_the_rest_is_cruft() -> None:
    lines = ["Home", TITLE, LEAD, "Advertisement", CROWD, FARES, "All rights reserved"]
    assert masks(lines, GOLD) == [
        OPEN_CRUFT, {"title"}, BODY, OPEN_CRUFT, BODY, BODY, OPEN_CRUFT,
    ]  # fmt: skip


def test_short_lines_between_paragraphs_are_the_storys_where_the_gold_has_them() -> None:
    lines = [LEAD, "A goat aboard", CROWD, "“No,” she said.", FARES]
    assert masks(lines, GOLD) == [BODY, EITHER, BODY, EITHER, BODY]
    html = f"<p>{LEAD}</p><h2>A goat aboard</h2><p>{CROWD}</p><p>“No,” she said.</p><p>{FARES}</p>"
    assert masks(lines, GOLD, html) == [BODY, {"heading"}, BODY, BODY, BODY]


def test_a_teaser_that_repeats_the_lead_is_not_the_storys() -> None:
    menu = [f"Entry {k}" for k in range(9)]
    lines = [LEAD, *menu, TITLE, LEAD, CROWD, FARES]
    found = masks(lines, GOLD)
    assert found[0] == OPEN_CRUFT
    assert found[11:] == [BODY, BODY, BODY]
    after = masks([LEAD, CROWD, FARES, *menu, LEAD], GOLD)
    assert (after[:3], after[-1]) == ([BODY] * 3, OPEN_CRUFT)


def test_the_html_names_the_kind_of_cruft() -> None:
    html = f"<nav>Home</nav><p>{LEAD}</p><div class=share>Share this</div><p>Hello</p>"
    assert masks(["Home", LEAD, "Share this", "Hello"], GOLD, html) == [
        {"navigation"}, BODY, {"share"}, OPEN_CRUFT,
    ]  # fmt: skip


def test_a_headline_may_be_the_pages_title_line_and_below_the_story_anything() -> None:
    found = masks([TITLE, TITLE, LEAD, CROWD, FARES, TITLE], GOLD)
    assert found[:2] == [{"title", "metadata"}, {"title"}]
    assert found[-1] == {"title", "related", *OPEN_CRUFT}


def test_a_line_with_an_authors_name_is_the_byline() -> None:
    gold = GOLD | {"byline": ["Ann Example"]}
    long = "Ann Example " + "sails " * 20
    found = masks(["By Ann Example | 4 May", LEAD, CROWD, "Ann Exampleson", long], gold)
    assert found == [{"byline"}, BODY, BODY, OPEN_CRUFT, OPEN_CRUFT]


@pytest.mark.parametrize("declared", [CROWD, CROWD[:60].rpartition(" ")[0] + " …"])
def test_the_deck_that_a_page_declares_may_be_the_storys_where_extractors_vouch_for_it(
    declared: str,
) -> None:
    html = f'<meta property="og:description" content="{declared}"><p>{CROWD}</p><p>{LEAD}</p>'
    gold = {"body": [LEAD, FARES], "vouched": True}
    lines = [TITLE, CROWD, LEAD, FARES, CROWD]
    assert masks(lines, gold, html) == [OPEN_CRUFT, EITHER | OPEN_CRUFT, BODY, BODY, OPEN_CRUFT]
    by_hand = gold | {"vouched": False}
    assert masks(lines, by_hand, html)[1] == OPEN_CRUFT
    assert masks(lines, gold, html.replace("og:description", "og:title"))[1] == OPEN_CRUFT


def test_a_line_of_few_words_is_no_deck() -> None:
    html = f'<meta name="Description" content="Home"><p>Home</p><p>{LEAD}</p>'
    assert masks(["Home", LEAD], GOLD | {"vouched": True}, html)[0] == OPEN_CRUFT


def test_half_a_paragraph_may_be_anything_but_the_title() -> None:
    half = " ".join(LEAD.split()[:12]) + " or so we hear from people who were not there at all"
    assert masks([half, CROWD, FARES], GOLD)[0] == EITHER | OPEN_CRUFT


def test_link_marks_in_a_paragraph_do_not_hide_it() -> None:
    marked = LEAD.replace("ferry", "ferry [7]").replace("sailed", "sailed [12]")
    assert masks(["Home", marked, CROWD], GOLD)[1] == BODY


lines_of_a_page = st.lists(
    st.sampled_from([LEAD, CROWD, FARES, TITLE, LEAD[:60], "Home", "...", "Ann Example", "“No”"]),
    max_size=12,
)


@given(lines_of_a_page, st.booleans())
def test_every_block_may_have_some_label(lines: list[str], html: bool) -> None:
    gold = GOLD | {"byline": ["Ann Example"]}
    page = "".join(f"<p>{line}</p>" for line in lines) if html else None
    found = masks(lines, gold, page)
    assert len(found) == len(lines)
    assert all(found)


def test_a_gold_without_text_makes_all_cruft() -> None:
    assert masks(["Home", LEAD], {"body": []}) == [OPEN_CRUFT, OPEN_CRUFT]


# --- corpus and encoding


def write(path: Path, *records: dict[str, Any]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


TEXT = f"Home\n\n{TITLE}\n\n{LEAD}\n\n{CROWD}\n"
PAGE = {"id": "p", "html": f"<nav>Home</nav><h1>{TITLE}</h1><p>{LEAD}</p><p>{CROWD}</p>"}
DUMP = {
    "id": "p", "text": TEXT, "gold": GOLD, "renderer": "lynx", "domain": "q.example",
    "dataset": "harbour",
}  # fmt: skip
OTHER = {"id": "o", "text": "Home\n\nNews\n", "renderer": "lynx", "domain": "r", "kind": "menu"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "pages.train.jsonl.xz", PAGE, {"id": "without gold", "html": ""})
    empty = DUMP | {"id": "without gold", "gold": {"body": []}}
    write(tmp_path / "dumps.train.jsonl.xz", DUMP, empty, DUMP | {"renderer": "bs4"})
    write(tmp_path / "other.train.jsonl.xz", OTHER)
    return tmp_path


def test_a_page_comes_with_its_dumps_and_other_pages_come_last(folder: Path) -> None:
    found = corpus.pages(folder, "train")
    assert [(page["id"], [d["renderer"] for d in dumps]) for page, dumps in found] == [
        ("p", ["lynx", "bs4"]),
        ("o", ["lynx"]),
    ]
    assert corpus.pages(folder, "dev") == []


def test_pages_without_gold_body_are_found_among_those_with_fields(folder: Path) -> None:
    write(folder / "fields-pages.train.jsonl.xz", PAGE | {"id": "fields"})
    write(folder / "fields-dumps.train.jsonl.xz", DUMP | {"id": "fields", "gold": {"date": None}})
    ((page, dumps),) = corpus.pages_without_body(folder, "train")
    assert (page["id"], [d["renderer"] for d in dumps]) == ("fields", ["lynx"])


def test_labels_by_hand_are_those_of_the_line_that_a_block_begins_on() -> None:
    text = "Home\r\n\n  Ferry returns\nIt sails.\n"
    found = corpus.by_hand({1: "navigation", 3: "title", 4: "body"}, text, dump.read(text))
    assert [LABELS[k] for k in found.argmax(1)] == ["navigation", "title", "body"]
    assert (found.sum(1) == 1).all()


def test_a_page_is_encoded_by_the_features_that_are_served() -> None:
    (example,) = encode.encode_page((PAGE, [DUMP]))
    described = features.describe(dump.read(TEXT))
    assert example.values == pytest.approx(described.values, abs=1e-2)
    assert example.ids.tolist() == described.ids.tolist()
    assert example.counts.tolist() == described.counts.tolist()
    assert [LABELS[k] for k in example.masks.argmax(1)] == ["navigation", "title", "body", "body"]
    assert (example.article, example.domain, example.dataset) == (True, "q.example", "harbour")


def test_a_page_that_is_no_article_is_cruft_under_a_title() -> None:
    (example,) = encode.encode_page((OTHER, [OTHER]))
    expected = [label not in STORY for label in LABELS]
    assert example.masks.tolist() == [expected, expected]
    assert not example.article


def test_a_dump_of_nothing_teaches_nothing() -> None:
    assert encode.encode_page((PAGE, [DUMP | {"text": " \n"}])) == []


def test_what_was_encoded_once_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Alone:
        """A pool that works in this process."""

        def __init__(self, processes: int) -> None: ...
        def __enter__(self) -> Alone:
            return self

        def __exit__(self, *error: object) -> None: ...
        def imap(self, work: Any, tasks: Any, chunksize: int) -> Any:
            return map(work, tasks)

    monkeypatch.setattr(encode, "Pool", Alone)
    first = encode.encode(folder, "train", folder / "cache", 1)
    (folder / "pages.train.jsonl.xz").unlink()
    again = encode.encode(folder, "train", folder / "cache", 1)
    assert [e.id for e in first] == [e.id for e in again] == ["p", "p", "o"]
    assert [e.masks.tolist() for e in first] == [e.masks.tolist() for e in again]


def test_what_was_encoded_is_not_taken_for_that_of_another_corpus(folder: Path) -> None:
    before = encode.fingerprint(folder)
    assert encode.fingerprint(folder) == before
    write(folder / "dumps.train.jsonl.xz", DUMP)
    assert encode.fingerprint(folder) != before


# --- bodies that two extractors agree on

HTML = f"<html><body><nav>Home</nav><article><h1>{TITLE}</h1>{{}}</article></body></html>"
PROSE = [LEAD, CROWD, FARES] * 3


def paragraphs(lines: list[str]) -> str:
    return HTML.format("".join(f"<p>{line}</p>" for line in lines))


def test_a_story_that_both_extractors_find_is_a_body() -> None:
    silver = pytest.importorskip("training.silver")
    found = silver.body(paragraphs(PROSE), {})
    assert found is not None
    assert {LEAD, CROWD, FARES} <= set(found)


def test_a_page_without_a_story_has_no_silver_body() -> None:
    silver = pytest.importorskip("training.silver")
    assert silver.body("<html><body><nav>Home</nav></body></html>", {}) is None


@pytest.mark.parametrize("gold", [{"with": ["A goat sang."]}, {"without": [CROWD]}])
def test_a_body_that_the_gold_contradicts_is_none(gold: dict[str, Any]) -> None:
    silver = pytest.importorskip("training.silver")
    assert silver.body(paragraphs(PROSE), gold) is None


# --- more styles

DUMP_LINES = f"  • Home\n  • News\n\n{TITLE}\n\n{LEAD} {CROWD}\n"


def styled(name: str) -> list[str]:
    return styles.STYLES[name](DUMP_LINES, random.Random(0)).split("\n")


def test_a_flat_dump_has_neither_indents_nor_bullets_nor_blank_lines() -> None:
    assert styled("flat") == ["Home", "News", TITLE, f"{LEAD} {CROWD}"]


def test_a_spaced_dump_has_a_blank_line_after_each() -> None:
    assert styled("spaced")[:4] == ["  • Home", "", "  • News", ""]


def test_a_wrapped_dump_keeps_its_words_and_its_margins() -> None:
    lines = styled("wrapped")
    assert " ".join(lines).split() == DUMP_LINES.split()
    assert max(map(len, lines)) <= styles._WIDEST
    assert lines[:2] == ["  • Home", "  • News"]


@given(st.integers(0, 99))
def test_a_parted_dump_keeps_its_words(seed: int) -> None:
    text = styles.parted(DUMP_LINES, random.Random(seed))
    assert text.split() == DUMP_LINES.split()


@given(st.integers(0, 99))
def test_a_dump_cut_short_is_a_stretch_of_it(seed: int) -> None:
    text = styles.cut(DUMP_LINES * 5, random.Random(seed))
    assert text
    assert text in DUMP_LINES * 5


@given(st.integers(0, 99))
def test_an_interleaved_dump_has_the_same_sign_after_each_paragraph_or_glued_before_it(
    seed: int,
) -> None:
    lines = styles.interleaved(DUMP_LINES * 2, random.Random(seed)).split("\n")
    long = [k for k, line in enumerate(lines) if len(line) >= styles._LONG]
    glued = {lines[k].removesuffix(f"{LEAD} {CROWD}") for k in long}
    assert len(glued) == 1
    if glued == {""}:
        assert len({lines[k + 1].strip() for k in long}) == 1
        for k in reversed(long):
            del lines[k + 1]
    else:
        assert all(sign.isdigit() for sign in glued)
        lines = [f"{LEAD} {CROWD}" if k in long else line for k, line in enumerate(lines)]
    assert lines == (DUMP_LINES * 2).split("\n")[: len(lines)]


@given(st.integers(0, 99))
def test_a_brief_dump_is_the_page_with_the_first_lines_of_its_story(seed: int) -> None:
    story = [f"{LEAD} {CROWD} {number}." for number in range(6)]
    text = "\n".join(["Home", TITLE, *story, "Most read"])
    lines = (styles.brief(text, {"body": story}, random.Random(seed)) or "").split("\n")
    kept = [line for line in lines if line]
    told = len(kept) - 3
    assert 1 <= told <= 4
    assert kept == ["Home", TITLE, *story[:told], "Most read"]


def test_a_story_of_hardly_more_is_not_made_brief() -> None:
    gold = {"body": [LEAD, CROWD]}
    assert styles.brief(f"Home\n{LEAD}\n{CROWD}\n", gold, random.Random(0)) is None
    assert styles.brief("", gold, random.Random(0)) is None


def test_a_page_is_set_in_more_styles_and_rendered_by_the_package() -> None:
    page, dumps = styles.more((PAGE, [DUMP]))
    assert page is PAGE
    *styled, set_in, rendered = dumps
    named = [dump["renderer"].split() for dump in styled]
    assert len({style for style, _ in named} & set(styles.STYLES)) == len(named) == 2
    assert {renderer for _, renderer in named} == {DUMP["renderer"]}
    assert rendered["text"] == f"Home\n# {TITLE}\n{LEAD}\n{CROWD}\n"
    assert all(dump["gold"] == GOLD for dump in (*styled, rendered))
    assert set_in["renderer"] == f"inset {DUMP['renderer']}"
    assert len(set_in["gold"]["body"]) > len(GOLD["body"])


def test_a_page_without_html_is_only_set_in_more_styles() -> None:
    _, dumps = styles.more((OTHER, [OTHER]))
    assert len(dumps) == 2


# --- words


def example(domain: str, *blocks: tuple[list[int], str]) -> Example:
    """A page of blocks of these buckets, each with these labels allowed."""
    ids = [bucket for row, _ in blocks for bucket in row]
    allowed_labels = [[str(label) in labels.split() for label in LABELS] for _, labels in blocks]
    return Example(
        id=domain,
        dataset="",
        renderer="",
        domain=domain,
        values=np.zeros((len(blocks), len(features.NAMES)), np.float16),
        ids=np.array(ids, np.uint32),
        counts=np.array([len(row) for row, _ in blocks], np.int32),
        masks=np.array(allowed_labels, np.bool_).reshape(-1, len(LABELS)),
        article=True,
    )


SHARE, BODY_AT, OTHER_AT = (LABELS.index(Label(name)) for name in ("share", "body", "other"))


def test_words_are_counted_once_a_site() -> None:
    page = example("a", ([1, 1, 2], "share"), ([1], "body"))
    found = words.count([page, page, example("b", ([1], "share"))], words.words)
    counts = found.of(np.arange(3))
    assert counts[1, SHARE] == 2
    assert counts[2, SHARE] == counts[1, BODY_AT] == 1
    assert counts.sum() == 4


def test_cruft_of_unknown_kind_counts_as_other_and_what_may_be_story_does_not_count() -> None:
    page = example("a", ([1], "share footer promo"), ([2], "body heading"), ([3], "body share"))
    counts = words.count([page], words.words).of(np.arange(4))
    assert np.argwhere(counts).tolist() == [[1, OTHER_AT]]


def test_a_word_speaks_for_the_label_that_it_stands_with() -> None:
    counts = np.zeros((4, len(LABELS)), np.float32)
    counts[0, SHARE], counts[1, BODY_AT], counts[2, SHARE], counts[3] = 50, 50, 1, 9
    odds = words.log_odds(counts)
    assert odds.dtype == np.int8
    assert odds[0, SHARE] > 0 > odds[0, BODY_AT]
    assert odds[1, BODY_AT] > 0 > odds[1, SHARE]
    assert not odds[2].any()  # one site's word tells of that site


@given(st.lists(st.floats(0, 1e6, width=32), min_size=32, max_size=32))
def test_log_odds_stay_within_a_byte(numbers: list[float]) -> None:
    counts = np.array(numbers, np.float32).reshape(2, 16) + np.float32(1e-3)
    assert np.abs(words.log_odds(counts).astype(int)).max() <= 124


def test_a_page_is_judged_by_the_words_of_other_sites() -> None:
    every = [([300 + k], str(label)) for k, label in enumerate(LABELS)]
    pages = [example(f"site {k}", ([k // 2], "share"), *every) for k in range(40)]
    tables, whole = words.tables(pages)
    assert len(tables) == words.FOLDS == len({words.fold(page) for page in pages})
    for own, odds in enumerate(tables):
        others = [page for page in pages if words.fold(page) != own]
        assert odds.table[1:].tolist() == log_odds_of(others, whole.buckets).tolist()
        assert odds.buckets.tolist() == whole.buckets.tolist()
    assert whole.table[1:].tolist() == log_odds_of(pages, whole.buckets).tolist()


def log_odds_of(pages: Sequence[Example], buckets: Array) -> Array:
    return words.log_odds(words.count(pages, words.words).of(buckets.astype(np.int64)))


def test_a_word_of_one_site_has_no_row() -> None:
    pages = [example(f"site {k}", ([7, 100 + k], "share")) for k in range(9)]
    assert words.tables(pages)[1].buckets.tolist() == [7]


def test_of_too_many_words_those_have_a_row_that_tell_most() -> None:
    often = [example(f"a {k}", ([1, 5], "share"), ([3, 5], "body")) for k in range(30)]
    seldom = [example(f"b {k}", ([2], "share"), ([4], "body")) for k in range(5)]
    made = {most: words.tables([*often, *seldom], most=most)[1].buckets.tolist() for most in (2, 4)}
    assert made == {2: [1, 3], 4: [1, 2, 3, 4]}  # the fifth stands with either label


def test_the_pages_of_a_site_are_in_one_fold() -> None:
    assert words.fold(example("a")) == words.fold(example("a", ([1], "body")))


# --- the page


@given(st.integers(0, 2**32))
def test_logistic_regression_ends_where_no_step_helps(seed: int) -> None:
    chance = np.random.default_rng(seed)
    facts = chance.normal(size=(40, 3))
    truth = facts[:, 0] + chance.normal(size=40) > 0.5
    truth[:2] = True, False
    beta = logistic(facts, truth).astype(float)
    # The ridge holds what is fitted to standardised facts.
    mean, deviation = facts.mean(0), facts.std(0) + 1e-6
    x = np.concatenate([(facts - mean) / deviation, np.ones((40, 1))], axis=1)
    beta = np.append(beta[:3] * deviation, beta[3] + float(beta[:3] @ mean))
    weight = np.where(truth, 0.5 / truth.mean(), 0.5 / (~truth).mean())

    def loss(beta: Array) -> float:
        margin = np.where(truth, 1, -1) * (x @ beta)
        return float((weight * np.log1p(np.exp(-margin))).sum() + _RIDGE / 2 * (beta @ beta))

    for step in np.concatenate([np.eye(4), -np.eye(4)]) * 0.05:
        assert loss(beta) < loss(beta + step)


def test_both_classes_count_alike() -> None:
    facts = np.zeros((100, 1))
    truth = np.arange(100) < 3
    assert logistic(facts, truth) == pytest.approx([0, 0], abs=1e-4)


# --- what weights are worth


def rated(labels: list[str], sizes: list[int]) -> Example:
    """An example of blocks of these labels ("?" for any) and sizes in words."""
    given = np.zeros((len(labels), len(LABELS)), np.bool_)
    for row, name in zip(given, labels, strict=True):
        row[:] = name == "?"
        row[[k for k, label in enumerate(LABELS) if label == name]] = True
    values = np.zeros((len(labels), len(features.NAMES)), np.float16)
    values[:, measure.WORDS] = np.log1p(sizes)
    none = np.zeros(0, np.uint16)
    return Example(
        "a", "set", "lynx", "site", values, none, np.zeros(len(labels), np.int32), given, True
    )


def test_body_f1_counts_words_of_blocks_that_are_sure() -> None:
    example = rated(["body", "body", "share", "navigation", "?"], [30, 10, 20, 5, 99])
    chosen = np.array([LABELS.index(Label(k)) for k in ("body", "tags", "body", "body", "body")])
    assert measure.body_f1(example, chosen) == pytest.approx(2 * 30 / (30 + 20 + 5 + 40), abs=1e-3)


def test_a_dump_of_no_story_of_which_nothing_was_kept_is_right() -> None:
    assert measure.body_f1(rated(["share"], [3]), np.array([LABELS.index(Label.TAGS)])) == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=12))
def test_auc_is_the_share_of_pairs_in_order(pairs: list[tuple[int, bool]]) -> None:
    good = [score for score, true in pairs if true]
    bad = [score for score, true in pairs if not true]
    wins = [(a > b) + (a == b) / 2 for a in good for b in bad]
    expected = sum(wins) / len(wins) if wins else 1.0
    scores, truth = zip(*pairs, strict=True)
    assert measure.auc(np.array(scores, float), np.array(truth)) == pytest.approx(expected)


def test_calibration_says_how_many_of_each_range_are_articles() -> None:
    truth = np.array([False, True, True, True])
    table = measure.calibration([0.0, 0.05, 0.95, 1.0], truth)
    assert table == {"0.0 to 0.1": "1 of 2", "0.9 to 1.0": "2 of 2"}


# --- fitting, where PyTorch is there


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch")


@pytest.fixture(scope="module")
def fit(torch: Any) -> Any:
    from training import fit

    return fit


def network(torch: Any, fit: Any, facts: int) -> Any:
    """A network of chance numbers."""
    torch.manual_seed(1)
    made = fit.Network(facts, units=5, layers=2).eval()
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    return made


def worded(chance: np.random.Generator, blocks: int) -> tuple[Any, Any]:
    """The words of blocks, some of them in several, and how many each has."""
    counts = chance.integers(0, 4, blocks).astype(np.int32)
    return chance.integers(0, 9, counts.sum()).astype(np.uint16), counts


def test_the_network_that_was_taught_is_the_one_served(torch: Any, fit: Any) -> None:
    from training.learn import _export

    chance = np.random.default_rng(0)
    facts = [chance.normal(size=(n, 6)).astype(np.float32) for n in (45, 7, 1)]
    taught = network(torch, fit, 6)
    none, nothing = np.zeros(0, np.float32), Odds(np.zeros(0, np.int64), np.zeros((0, 16), np.int8))
    weights = _export(taught, nothing, nothing, none, none)
    words = [worded(chance, len(f)) for f in facts]
    pages = [
        fit.Page(f, f[:, 1] > 0.5, np.ones((len(f), 16), np.bool_), f[:, 0], *of_page, 1.0)
        for f, of_page in zip(facts, words, strict=True)
    ]
    batch = fit._padded(pages, random.Random(0))
    with torch.no_grad():
        padded = torch.nn.utils.rnn.pad_sequence([*map(torch.from_numpy, facts)], batch_first=True)
        odds = taught(padded, batch.nearest, batch.shared, batch.inside).numpy()
    for page, own in zip(pages, odds, strict=True):
        judged = model.judge(page.facts, page.long, (page.ids, page.counts), weights)
        assert judged.odds == pytest.approx(own[: len(page.facts)], abs=1e-3)


def test_noise_moves_the_words_of_a_page_together_or_silences_them(torch: Any, fit: Any) -> None:
    torch.manual_seed(0)
    moved = fit._disturbed(torch.full((400, 6, 40), 3.0)).numpy()
    shown, words = moved[..., :8], moved[..., 8:]
    assert np.abs(shown - 3).max() < 0.5
    assert words.std(1).max() < 0.2
    silent = np.abs(words).max((1, 2)) < 0.5
    assert 0.05 < silent.mean() < 0.15
    assert 0.2 < words[~silent].mean(1).std() < 0.3


def test_the_names_of_elements_are_disturbed_apart_from_the_words(torch: Any, fit: Any) -> None:
    torch.manual_seed(0)
    moved = fit._disturbed(torch.full((400, 6, 70), 3.0), 2).numpy()
    shown, words, names = moved[..., :6], moved[..., 6:38], moved[..., 38:]
    assert np.abs(shown - 3).max() < 0.5
    silent = [np.abs(part).max((1, 2)) < 0.5 for part in (words, names)]
    assert all(0.05 < part.mean() < 0.15 for part in silent)
    assert (silent[0] != silent[1]).any()


def chance_batch(torch: Any, fit: Any) -> tuple[Any, Any]:
    generator = torch.Generator().manual_seed(2)
    odds = torch.randn(3, 4, 16, generator=generator) * 3
    masks = torch.rand(3, 4, 16, generator=generator) > 0.6
    masks[..., 3] = True
    masks[0, 0], masks[0, 1], masks[1, 0] = False, False, False
    masks[0, 0, LABELS.index(Label.BODY)] = True
    masks[0, 1, LABELS.index(Label.SHARE)] = True
    masks[1, 0, LABELS.index(Label.HEADING)] = True
    inside = (torch.arange(4)[None] < torch.tensor([[4], [2], [1]])).float()
    masks |= inside[..., None] == 0
    sizes = torch.tensor([[9.0, 4, 3, 2], [5, 1, 0, 0], [2, 0, 0, 0]])
    nearest = (torch.zeros(3, 4, dtype=torch.long),) * 2
    return odds, fit._Batch(
        torch.zeros(3, 4, 2), nearest, None, masks, sizes, inside,
        torch.ones(3), torch.zeros(3, 4, 16), torch.zeros(3),
    )  # fmt: skip


def test_the_loss_is_that_of_the_allowed_labels_and_of_the_body(torch: Any, fit: Any) -> None:
    odds, batch = chance_batch(torch, fit)
    raised = np.exp(odds.numpy().astype(float))
    chances = raised / raised.sum(2, keepdims=True)
    story = np.isin(LABELS, (Label.BODY, Label.HEADING))
    expected = []
    for page in range(3):
        own = both = held = true = 0.0
        blocks = int(batch.inside[page].sum())
        for i in range(blocks):
            may, size = batch.masks[page, i].numpy(), float(batch.sizes[page, i])
            own -= np.log(chances[page, i][may].sum())
            if not may[~story].any():
                both += size * chances[page, i][story].sum()
                true += size
            if not may[~story].any() or not may[story].any():
                held += size * chances[page, i][story].sum()
        body = 1 - 2 * both / (held + true) if true else 0.0
        expected.append(own / np.sqrt(blocks) + fit._STORY_WEIGHT * body)
    assert fit.loss(odds, batch).tolist() == pytest.approx(expected, abs=1e-4)


def test_a_page_without_a_story_costs_its_labels_only(torch: Any, fit: Any) -> None:
    odds, batch = chance_batch(torch, fit)
    assert fit._body_loss(odds, batch)[2] == 0


def story(chance: random.Random, site: int) -> Example:
    """A page of a menu, a story and a share bar: easy to learn."""
    menu = ["Home", "News", "Harbour", "Sport"][: chance.randint(2, 4)]
    told = [f"{sentence} {sentence}" for sentence in (LEAD, CROWD, FARES)][: chance.randint(1, 3)]
    lines = [*menu, *told, "Share this page"]
    labels = ["navigation"] * len(menu) + ["body"] * len(told) + ["share"]
    text = "\n".join(lines)
    read = dump.read(text)
    given = corpus.by_hand(dict(enumerate(labels, 1)), text, read)
    return encode.encode_blocks(
        features.describe(read),
        given,
        id=str(site),
        dataset="",
        domain=f"site {site}",
        article=True,
    )


def html_story(chance: random.Random, site: int) -> Example:
    """A page whose story and menu say the same: its elements alone tell them apart."""
    told = [f"{sentence} {sentence}" for sentence in (LEAD, CROWD, FARES)][: chance.randint(1, 3)]
    parts = [
        f"<div class='{kind} n{site}'><p>{'<p>'.join(told)}</div>" for kind in ("teaser", "story")
    ]
    chance.shuffle(parts)
    page = markup.read("".join(parts))
    kinds = [page.structure.names[page.structure.parents[k]] for k in page.structure.outer]
    given = np.zeros((len(kinds), len(LABELS)), np.bool_)
    for row, kind in zip(given, kinds, strict=True):
        row[LABELS.index(Label.BODY if "story" in kind else Label.RELATED)] = True
    described = features.describe_elements(
        page.blocks, page=page.blocks, structure=page.structure, declared=page.declared
    )
    name = f"html {site}"
    return encode.encode_blocks(described, given, id=name, dataset="", domain=name, article=True)


def menu_page(chance: random.Random, site: int) -> Example:
    entries = chance.choices(["Home", "News", "Harbour", "Sport", "Chess"], k=8)
    text = "\n".join(entries)
    read = dump.read(text)
    given = corpus.by_hand(dict.fromkeys(range(1, 9), "navigation"), text, read)
    return encode.encode_blocks(
        features.describe(read),
        given,
        id=str(site),
        dataset="",
        domain=f"site {site}",
        article=False,
    )


def page_of_all(site: int) -> Example:
    text = "\n".join(f"This is of kind {label}" for label in LABELS)
    read = dump.read(text)
    given = corpus.by_hand({k: str(label) for k, label in enumerate(LABELS, 1)}, text, read)
    return encode.encode_blocks(
        features.describe(read),
        given,
        id=f"all {site}",
        dataset="",
        domain=f"all {site}",
        article=True,
    )


def test_gold_and_teachers_share_the_cost_of_a_page_that_these_have_judged(
    torch: Any, fit: Any
) -> None:
    odds, batch = chance_batch(torch, fit)
    gold, said = fit.loss(odds, batch), torch.softmax(odds, 2)
    judged = torch.tensor([1.0, 0.0, 1.0])
    cost = fit.loss(odds, replace(batch, taught=said * judged[:, None, None], judged=judged))
    minds = (said * torch.log_softmax(odds, 2)).sum(2) * batch.inside
    other = -minds.sum(1) / batch.inside.sum(1).sqrt()
    assert float(cost[1]) == float(gold[1])
    for page in (0, 2):
        expected = fit._GOLD_SHARE * gold[page] + fit._TAUGHT_SHARE * other[page]
        assert float(cost[page]) == pytest.approx(float(expected), rel=1e-5)


def test_what_is_taught_is_learnt_the_same_each_time(torch: Any, fit: Any) -> None:
    from training.learn import learn_text

    chance = random.Random(3)
    pages = [make(chance, site) for site in range(32) for make in (story, menu_page)]
    shown = [page_of_all(site) for site in range(8)]
    weights = learn_text(pages[:-8], shown, [12])
    measured = measure.measure(pages[-8:], weights)
    assert measured["body F1"] == {"": 1.0}
    assert set(measured["label F1"].values()) == {1.0}
    assert measured["article AUC"] == 1.0
    assert learn_text(pages[:-8], shown, [12]).checksum() == weights.checksum()


def test_a_renderer_that_is_left_out_is_measured_and_not_learnt_from(
    torch: Any, fit: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training import __main__ as command

    write(folder / "pages.dev.jsonl.xz", PAGE)
    write(folder / "dumps.dev.jsonl.xz", DUMP, DUMP | {"renderer": "bs4"})
    learnt: set[str] = set()

    def learn_text(
        dumps: list[Example],
        *others: Any,
        drawn: list[Example],
        further: list[Example],
        **_: Any,
    ) -> Weights:
        learnt.update(word for one in [*dumps, *further] for word in one.renderer.split())
        assert len(drawn) == len(LANGUAGES) * (len(STYLES) - 1)
        assert len(further) >= len(drawn)
        others[-1].touch()
        return shipped("text")

    monkeypatch.setattr(command, "learn_text", learn_text)
    monkeypatch.setattr(command, "INVENTED", 1)
    monkeypatch.setattr(command, "FURTHER", 1)
    options = ["--without", "bs4", "--road", "text", "--processes", "1"]
    command.main([str(folder), *options, "--cache", str(tmp_path), "--out", str(tmp_path)])
    assert "lynx" in learnt
    assert "bs4" not in learnt
    with (tmp_path / "text.npz").open("rb") as file:
        _, header = load(file)
    assert {"lynx", "bs4"} < set(header["measured"]["body F1"])


@pytest.mark.parametrize(
    ("options", "follow"),
    [
        ([], True),
        (["--road", "text"], False),
        (["--half", "0"], False),
        (["--without", "bs4"], False),
        (["--out", "."], False),
    ],
)
def test_what_is_fitted_to_what_the_networks_say_follows_the_weights_of_the_package(
    torch: Any,
    options: list[str],
    follow: bool,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from training import __main__ as command

    write(folder / "dumps.train.jsonl.xz", DUMP)
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "one.txt").touch()
    run: list[list[str]] = []
    monkeypatch.setattr(command, "_networks", lambda options: run.append(["networks"]))
    monkeypatch.setattr(command.subprocess, "run", lambda told, check: run.append(told))
    cache = ["--cache", str(tmp_path), "--processes", "1"]
    command.main([str(folder), "--seeds", str(seeds), *cache, *options])
    told = [str(folder), *cache]
    by_hand = ["--seeds", str(seeds)]
    expected = [
        ["training.calibration", *told, *by_hand],
        ["training.fields", *told, *by_hand],
        ["training.templates", *told],
    ]
    assert run[0] == ["networks"]
    assert [step[2:] for step in run[1:]] == (expected if follow else [])


def test_generated_pages_in_whose_style_links_split_paragraphs_have_more_of_them() -> None:
    styles = ("lynx", generated.SPLIT)
    count = len(LANGUAGES) * len(styles)  # the first of each is whole
    usual = samples(count, seed=generated.SEED, styles=styles)
    more = 0
    for sample, page in zip(usual, generated.pages(count, styles=styles), strict=True):
        if page.style == generated.SPLIT:
            more += page.text.count("\n") - sample.text.count("\n")
        else:
            assert page.text == sample.text
    assert more > len(LANGUAGES)


def test_further_pages_are_no_others_and_of_other_sites() -> None:
    usual, more = labelled.invented(1), labelled.further(1)
    split = [page for page in more if page.domain.startswith("generated split")]
    assert len(more) - len(split) == len(usual)
    assert len(split) == 3 * len(LANGUAGES)
    assert {page.renderer for page in split} == {generated.SPLIT}
    assert not {page.id for page in usual} & {page.id for page in more}
    assert not {page.domain for page in usual} & {page.domain for page in more}


def test_a_page_that_links_split_counts_for_more_for_the_network_that_is_served(
    torch: Any, fit: Any
) -> None:
    from training.learn import _pages

    drawn = [*labelled.invented(1), page_of_all(0)]
    facts = [np.zeros((len(one.counts), 1), np.float32) for one in drawn]
    for once, more, one in zip(_pages(drawn, facts), _pages(drawn, facts, 4), drawn, strict=True):
        split = one.renderer == generated.SPLIT
        assert more.weight == once.weight * (4 if split else 1)


def test_what_nobody_tells_of_a_page_is_learnt_from_teachers(torch: Any, fit: Any) -> None:
    from training.learn import learn_text

    chance = random.Random(3)
    pages = [make(chance, site) for site in range(32) for make in (story, menu_page)]
    untold = [replace(page, masks=np.ones_like(page.masks)) for page in pages[-8:]]
    shown = [page_of_all(site) for site in range(8)]
    weights = learn_text(pages[:-8], shown, [12, 12, 12], untold=untold)
    assert measure.measure(pages[-8:], weights)["body F1"] == {"": 1.0}
    alone = learn_text(pages[:-8], shown, [12, 12, 12])
    assert alone.words.tolist() == weights.words.tolist()
    assert alone.mean.tolist() == weights.mean.tolist()
    assert alone.layers.tolist() != weights.layers.tolist()


def test_teachers_learn_the_same_side_by_side(torch: Any, fit: Any, tmp_path: Path) -> None:
    from training.learn import learn_text

    chance = random.Random(3)
    pages = [make(chance, site) for site in range(8) for make in (story, menu_page)]
    shown = [page_of_all(site) for site in range(2)]
    alone = learn_text(pages, shown, [2, 2, 1])
    beside = learn_text(pages, shown, [2, 2, 1], tmp_path / "run.pt", processes=2)
    assert beside.checksum() == alone.checksum()
    assert {path.name for path in tmp_path.iterdir()} == {"run.pt", "run.0.pt", "run.1.pt"}


def test_only_the_network_that_is_served_learns_from_crowded_pages(torch: Any, fit: Any) -> None:
    from training import learn

    chance = random.Random(3)
    pages = [make(chance, site) for site in range(8) for make in (story, menu_page)]
    shown = [page_of_all(site) for site in range(2)]
    learnt: list[Sequence[Any]] = []
    units: list[int | None] = []

    def fitted(pages: Sequence[Any], epochs: int, *others: Any, **named: Any) -> Any:
        learnt.append(pages)
        units.append(named.get("units"))
        return fit.fit(pages, epochs, *others, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learn, "fit", fitted)
        learn.learn_text(pages[:-2], shown, [1, 1, 1], untold=pages[-2:-1], further=pages[-1:])
    teacher, other, served = learnt
    assert len(teacher) == len(other) == 14 + 8 * 2
    assert len(served) == 14 + 1 + 1 + 15 * 2
    assert sum(page.taught is None for page in served) == 1 + 15 * 2
    assert units == [None, None, learn._SERVED_UNITS]


def test_a_network_without_gold_becomes_of_its_teachers_mind(torch: Any, fit: Any) -> None:
    chance = np.random.default_rng(6)
    facts = chance.normal(size=(120, 6, 52)).astype(np.float32)
    pages = []
    for own in facts:
        taught = np.full((6, 16), 0.01, np.float16)
        taught[np.arange(6), np.where(own[:, 0] > 0, 2, 7)] = 0.85
        pages.append(
            fit.Page(
                *(own, own[:, 0] > 9, np.ones((6, 16), np.bool_), np.ones(6, np.float32)),
                *worded(chance, 6),
                1.0,
                taught,
            )
        )
    batch = fit._padded(pages, random.Random(0))
    network = fit.fit(pages, 30)
    odds = network(batch.facts, batch.nearest, batch.shared, batch.inside)
    told = odds.argmax(2).numpy()
    assert (told == np.where(facts[..., 0] > 0, 2, 7)).mean() > 0.9


def test_the_names_of_elements_are_learnt_beside_the_words_of_dumps(
    torch: Any, fit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training.learn import learn_html, learn_text

    monkeypatch.setattr(measure, "calibrate", lambda judged, *_: judged)
    chance = random.Random(3)
    dumps = [make(chance, site) for site in range(8) for make in (story, menu_page)]
    dumps += [page_of_all(site) for site in range(8)]
    text = learn_text(dumps, [], [2])
    pages = [html_story(chance, site) for site in range(48)]
    html = learn_html(pages[:-8], dumps, text, 40)
    assert html.words.tolist() == text.words.tolist()
    assert html.names.any()
    # What the pages say is the same; the order and the names are not.
    found = measure.measure(pages[-8:], html)["label F1"]
    assert min(found["body"], found["related"]) > 0.9


def test_a_run_that_was_broken_off_goes_on_as_if_it_had_not_been(
    torch: Any, fit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(4)
    pages = [
        fit.Page(
            *(facts, facts[:, 0] > 1, facts[:, :16] > 0, np.abs(facts[:, 0])),
            *worded(chance, len(facts)),
            1.0,
        )
        for facts in chance.normal(size=(70, 9, 20)).astype(np.float32)
    ]
    for page in pages:
        page.masks[:, 3] = True

    def numbers(progress: Path | None) -> list[list[float]]:
        state = fit.fit(pages, 4, progress).state_dict()
        return [tensor.ravel().tolist() for tensor in state.values()]

    whole = numbers(None)
    write = fit._Run.write
    for epochs in range(1, 5):
        progress = tmp_path / f"{epochs}.pt"
        left = iter(range(epochs))

        def breaking(
            run: Any, path: Path, done: int, left: Any = left, stop: int = epochs - 1
        ) -> None:
            write(run, path, done)
            if next(left) == stop:
                raise KeyboardInterrupt

        monkeypatch.setattr(fit._Run, "write", breaking)
        with pytest.raises(KeyboardInterrupt):
            numbers(progress)
        monkeypatch.setattr(fit._Run, "write", write)
        assert numbers(progress) == whole


# --- the choice of fields


def test_names_agree_as_sets_of_folded_words() -> None:
    assert learning.agreement(["Ana  RUIZ", "Tom Lee"], ["ana ruiz", "Tom Lee"]) == 1
    assert learning.agreement(["Ana Ruiz"], None) == 0


def test_the_credits_that_agree_best_are_right_if_they_agree_at_all() -> None:
    both, one, none = ("Ana Ruiz", "Tom Lee"), ("Ana Ruiz",), ("Ida Berg",)
    found = learning._right([one, both, none, both], ["Ana Ruiz", "Tom Lee"])
    assert found == [False, True, False, True]
    assert learning._right([none, none], ["Ana Ruiz"]) == [False, False]
    assert learning._right([], ["Ana Ruiz"]) == []


# --- what recurs on a site


def test_weights_of_what_recurs_add_to_the_odds_that_are_given() -> None:
    random_ = np.random.default_rng(0)
    known = random_.integers(0, 2, (20_000, 2)).astype(float)
    odds = random_.normal(0, 2, len(known))
    chance = 1 / (1 + np.exp(-(odds + known @ [-3.0, 1.0])))
    truth = (random_.random(len(known)) < chance).astype(float)
    fitted = templates.fit([(known, odds, truth, np.ones(len(known)))])
    assert np.allclose(fitted, [-3.0, 1.0], atol=0.15)


def test_what_never_goes_wrong_gets_a_weight_all_the_same() -> None:
    known, odds = np.ones((50, 1)), np.full(50, 8.0)
    (weight,) = templates.fit([(known, odds, np.zeros(50), np.ones(50))])
    assert -1000 < weight < -8


def test_a_dump_is_learnt_by_the_other_pages_of_its_site() -> None:
    dumps = [
        templates.Judged(
            dump.read(f"Home\n\n{story}"),
            np.zeros(2),
            np.array([False, True]),
            np.array([0, 1], np.int8),
            np.array([1.0, 9.0]),
        )
        for story in ("It sails.", "They strike.", "School is late.", "Hm.")
    ]
    rows = list(templates._rows(("news.example", "wet"), dumps))
    assert len(rows) == 2 * len(dumps)  # by all others, and by some
    often = recurrence.NAMES.index("often")
    for known, odds, truth, importance in rows:  # of the line that recurs, two words of twelve
        assert known[:, often].tolist() == [1.0]
        assert (odds.tolist(), truth.tolist()) == ([0.0], [0.0])
        assert importance.sum() == pytest.approx(0.5 * 2 / 12)


def test_of_lines_on_no_other_page_those_are_learnt_of_which_something_is_known() -> None:
    """Where the page alone finds its story, what is its own teaches nothing."""

    def learnt(odds: float) -> list[float]:
        stories = "It sails again.", "They strike.", "School is late.", "Hm."
        dumps = [
            templates.Judged(
                dump.read(f"Home\n\nNews\n\n{story}"),
                np.array([-9.0, -9.0, odds]),
                np.array([False, False, True]),
                np.array([0, 0, 1], np.int8),
                np.array([1.0, 1.0, 9.0]),
            )
            for story in stories
        ]
        truth: list[float] = next(templates._rows(("news.example", "wet"), dumps))[2].tolist()
        return truth

    assert learnt(2.0) == [0, 0]
    assert learnt(-2.0) == [0, 0, 1]


def test_what_may_speak_for_the_story_alone_is_so_as_shipped() -> None:
    shipped = Path(recurrence.__file__).parent.parent / "weights" / "recurrence.toml"
    facts = tomllib.loads(shipped.read_text("utf-8"))["facts"]
    upward = {name: weight for name, weight in facts.items() if name.startswith(templates.UPWARD)}
    assert set(upward) == {"alone once", "alone often", "alone sure", "unfound"}
    assert all(weight >= 0 for weight in upward.values())


def test_the_weights_file_of_what_recurs_is_read_as_it_was_written() -> None:
    weights = np.arange(len(recurrence.NAMES)) / 8
    table = tomllib.loads(templates.written(weights, 9, 3))
    assert [table["facts"][name] for name in recurrence.NAMES] == weights.tolist()
    shipped = Path(recurrence.__file__).parent.parent / "weights" / "recurrence.toml"
    assert list(tomllib.loads(shipped.read_text("utf-8"))["facts"]) == list(recurrence.NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_generated_page_as_html_is_read_back_line_by_line(language: str) -> None:
    for at, sample in enumerate(samples(8, seed=5, languages=language, styles="clipboard")):
        html, labels = plain.html(sample, random.Random(at))
        blocks = markup.read(html).blocks
        assert len(blocks) == len(labels)
        shown = [label for label in sample.labels if label]
        assert labels == (shown[1:] if shown[0] == "metadata" else shown)
        body = [b.text for b, label in zip(blocks, labels, strict=True) if label == "body"]
        assert "".join(filter(str.isalnum, "".join(body))) == "".join(
            char
            for piece in sample.body
            if piece not in headings(sample)
            for char in piece
            if char.isalnum()
        )


def headings(sample: Sample) -> set[str]:
    return {piece.text for piece in sample.paragraphs if piece.label is Label.HEADING}


def test_generated_pages_of_html_are_encoded_with_a_label_for_each_line() -> None:
    found = labelled.invented_html(4)
    assert len(found) == 4 * len(LANGUAGES)
    for one in found:
        assert one.masks.sum(1).tolist() == [1] * len(one.counts)
        assert one.names is not None
    kinds = {str(label) for label in Label if found[0].masks[:, tuple(Label).index(label)].any()}
    assert kinds <= {"title", "byline", "date", "body", "heading"}  # the first is without cruft
