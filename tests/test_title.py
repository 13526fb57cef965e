"""The headline: choosing the block that holds it, and freeing it of the site's name."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.article import Block, Label
from cleaner.description import ORDER, as_labelled
from cleaner.strategies import samples
from cleaner.title import look, pick
from cleaner.title.candidates import _PLAIN_WORD, WORD, Candidate, is_plain
from cleaner.title.edges import trimmed
from cleaner.title.facts import NAMES
from cleaner.title.known import _PLAIN_TOLD, _TOLD
from tests.pages import doubted

HEADLINE = "Harbour ferry returns to service after storm"
TITLE = ("title", HEADLINE)
BODY = ("body", "The ferry that links the two banks of the harbour sailed again at noon.")
DOUBTED = 336  # pages, four of each language and style
LABELS = st.sampled_from(list(Label))
CRUFT = st.sampled_from([Label.NAVIGATION, Label.SHARE, Label.PROMO, Label.FOOTER, Label.RELATED])
LINES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [HEADLINE, f"{HEADLINE} - Post", f"News | {HEADLINE}", "The Post", " | ", "a - b"]
    ),
)


def block(label: str | Label, text: str, score: float = 0.9) -> Block:
    return Block(0, len(text), text, label=Label(label), score=score)


def page(*lines: tuple[str, str]) -> list[Block]:
    return [block(label, text) for label, text in lines]


def title(*lines: tuple[str, str]) -> str | None:
    found = pick(page(*lines))
    return found.text if found else None


def looked_at(*lines: tuple[str, str]) -> tuple[list[Candidate], list[list[float]]]:
    """The candidates of a page of these lines, and their facts."""
    blocks = page(*lines)
    return look(blocks, as_labelled(blocks))


def texts_and_parts(*lines: tuple[str, str]) -> list[tuple[str, int, bool]]:
    """The candidates of a page of these lines: text, first part, and whether its ends are cut."""
    return [(one.text, one.first, one.trimmed) for one in looked_at(*lines)[0]]


@given(st.lists(st.builds(block, LABELS, LINES, st.floats(0, 1)), max_size=20))
def test_any_blocks_give_a_title_that_is_a_slice_of_its_block(blocks: list[Block]) -> None:
    found = pick(blocks)
    if found is not None:
        assert found.field == "title"
        assert found.text in blocks[found.block].text
        assert found.text.strip()
        assert found.reason


@given(
    st.lists(st.builds(block, CRUFT, st.text(max_size=20)), max_size=5),
    st.lists(st.builds(block, CRUFT, LINES), max_size=5),
)
def test_cruft_around_the_story_leaves_its_title(above: list[Block], below: list[Block]) -> None:
    found = pick([*above, *page(TITLE, BODY, BODY), *below])
    assert found is not None
    assert (found.text, found.block) == (HEADLINE, len(above))


def test_no_title_is_invented() -> None:
    assert pick([]) is None
    assert title(BODY, BODY) is None
    assert title(("navigation", "Home"), ("metadata", "The Post"), BODY, BODY) is None
    assert title(("navigation", "Home | News | Sport | Culture | Video | Weather"), BODY) is None


def test_a_headline_that_stands_twice_is_the_first_one() -> None:
    found = pick(page(("date", "3 May 2024"), TITLE, TITLE, BODY, BODY))
    assert found is not None
    assert found.block == 1


def test_the_title_nearest_above_the_story_counts() -> None:
    site = block("title", "The harbour and river post of today", 0.5)
    menu = [("navigation", "News")] * 12
    found = pick([site, *page(*menu, TITLE, BODY, BODY)])
    assert found is not None
    assert found.text == HEADLINE


def test_of_near_titles_the_surest_counts() -> None:
    kicker = block("title", "Ships, boats and other floating things", 0.4)
    menu = page(("navigation", "News"))
    assert pick([*menu, kicker, *page(TITLE, BODY, BODY)]).text == HEADLINE  # type: ignore[union-attr]
    assert pick([*page(TITLE), kicker, *page(BODY, BODY)]).text == HEADLINE  # type: ignore[union-attr]


def test_a_section_of_one_word_gives_way_to_a_headline() -> None:
    assert title(TITLE, ("title", "Harbour"), BODY, BODY) == HEADLINE


def test_a_short_headline_is_one_where_it_is_the_only_title() -> None:
    assert title(("title", "Afloat"), BODY, BODY) == "Afloat"


def test_a_title_within_or_below_the_story_is_none_of_the_story() -> None:
    teaser = ("title", "Bridge to be painted in spring")
    assert title(TITLE, BODY, BODY, teaser, BODY) == HEADLINE
    assert title(BODY, TITLE, BODY, BODY) == HEADLINE


@pytest.mark.parametrize("label", ["title", "metadata", "navigation", "other"])
@pytest.mark.parametrize(
    "line",
    [
        f"{HEADLINE} - The Post",
        f"{HEADLINE} | The Post",
        f"{HEADLINE} – Harbour – The Post",
        f"{HEADLINE} :: post.example",
        f"{HEADLINE} » The Post",
        f"{HEADLINE} · The Post",
        f"{HEADLINE} | Harbour | The Post",
    ],
)
def test_a_page_title_line_alone_loses_its_site(label: str, line: str) -> None:
    found = pick(page((label, line), ("navigation", "Harbour"), ("navigation", "News"), BODY, BODY))
    assert found is not None
    assert (found.text, found.block) == (HEADLINE, 0)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("「港の渡し船、嵐の後に運航再開」｜港新聞", "「港の渡し船、嵐の後に運航再開」"),
        ("台风过后港口轮渡今日恢复通航_港口新闻网", "台风过后港口轮渡今日恢复通航"),
        ("Паром вернулся в гавань после бури — Вестник", "Паром вернулся в гавань после бури"),
    ],
)
def test_a_page_title_line_of_any_script_loses_its_site(line: str, expected: str) -> None:
    assert title(("metadata", line), BODY, BODY) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Harbour ferry returns - and nobody is there to see it sail",
        "Harbour ferry: what passengers have to know now",
        "Ferry - it floats again",
    ],
)
def test_a_dash_within_a_headline_is_left(line: str) -> None:
    assert title(("navigation", "Home"), ("title", line), BODY, BODY) == line


def test_a_credit_that_is_glued_to_the_headline_is_none_of_it() -> None:
    line = ("metadata", f"{HEADLINE} | The Post")
    for glued in ("Nora Fennimore and", "Nora Fennimore", "Samuel Birch, Editor"):
        found = pick(
            page(line, ("navigation", "News"), ("title", f"{HEADLINE} {glued}"), BODY, BODY)
        )
        assert found is not None
        assert found.text == HEADLINE


def test_a_headline_that_stands_alone_comes_before_the_page_title_line() -> None:
    line = ("metadata", f"{HEADLINE} - Harbour | The Post")
    found = pick(page(line, ("navigation", "News"), TITLE, BODY, BODY))
    assert found is not None
    assert (found.text, found.block) == (HEADLINE, 2)
    unlabelled = pick(page(line, ("navigation", "News"), ("other", HEADLINE), BODY, BODY))
    assert unlabelled is not None
    assert (unlabelled.text, unlabelled.block) == (HEADLINE, 2)


def test_the_page_title_line_tells_the_headline_among_titles() -> None:
    line = ("metadata", f"{HEADLINE} - The Post")
    deck = block("title", "The ferry sails four times a day, more often in summer", 0.95)
    blocks = [*page(line, TITLE), deck, *page(BODY, BODY)]
    found = pick(blocks)
    assert found is not None
    assert found.text == HEADLINE


def test_a_headline_behind_the_name_of_its_site_is_found_where_it_stands_alone() -> None:
    assert title(("metadata", f"The Post: News - {HEADLINE}"), TITLE, BODY, BODY) == HEADLINE


def test_the_name_of_the_site_that_stands_again_is_no_headline() -> None:
    site = ("navigation", "The Harbour Post")
    assert title(("metadata", "The Harbour Post - News"), site, BODY, BODY) != "News"
    assert title(site, site, BODY, BODY) is None


@pytest.mark.parametrize("line", ["FERRY RETURNS AFTER STORM", "“Ferry returns after storm”"])
def test_a_part_of_the_page_title_line_is_known_in_other_case_and_quotes(line: str) -> None:
    blocks = page(("metadata", "Harbour Post | Ferry returns after storm"), ("title", line), BODY)
    found = pick(blocks)
    assert found is not None
    assert (found.text, found.block) == (line, 1)


@pytest.mark.parametrize("unit", ["a", " - ", "a | ", "_", "語"])
def test_a_line_of_any_length_is_looked_at_in_bounded_time(unit: str) -> None:
    blocks = [block("title", unit * 100_000), *page(BODY, BODY)]
    began = time.process_time()
    pick(blocks)
    assert time.process_time() - began < 1


def test_a_part_of_the_page_title_line_that_fills_the_page_is_looked_at_in_a_few_places() -> None:
    lines = page(("metadata", f"{HEADLINE} | The Quillshire Post"), *[TITLE] * 1_000, BODY, BODY)
    found, _ = look(lines, as_labelled(lines))
    assert len(found) < 100
    assert title(*[(one.label, one.text) for one in lines]) == HEADLINE


# --- what the labeller is not sure of


def unsure(blocks: list[Block], chances: dict[int, float]) -> np.ndarray:
    """The labels' probabilities, with those of `title` that some blocks have."""
    found = as_labelled(blocks)
    for index, chance in chances.items():
        found[index] *= 1 - chance
        found[index, ORDER[Label.TITLE]] = chance
    return found


PARAGRAPH = ("body", f"{HEADLINE}, and the passengers who had waited since spring were on it.")


@pytest.mark.parametrize("label", ["caption", "navigation", "heading", "promo", "related"])
def test_a_headline_under_another_label_is_found_above_the_story(label: str) -> None:
    blocks = page(("navigation", "News"), (label, HEADLINE), PARAGRAPH, BODY, BODY)
    found = pick(blocks, unsure(blocks, {1: 0.2}))
    assert found is not None
    assert (found.text, found.block) == (HEADLINE, 1)


def test_a_longer_deck_below_the_headline_does_not_take_its_place() -> None:
    deck = "It sails four times a day from now on, six times in summer, and carries bicycles free"
    blocks = page(("title", HEADLINE), ("title", deck), PARAGRAPH, BODY, BODY)
    found = pick(blocks, unsure(blocks, {0: 0.55, 1: 0.5}))
    assert found is not None
    assert (found.text, found.runner_up) == (HEADLINE, deck)


def test_a_button_glued_to_the_headline_is_cut_off_where_the_page_title_line_tells() -> None:
    top = ("metadata", f"{HEADLINE} - Harbour Post")
    blocks = page(top, ("navigation", "News"), ("title", f"{HEADLINE} Print this"), PARAGRAPH, BODY)
    found = pick(blocks)
    assert found is not None
    assert found.text == HEADLINE


def test_the_words_of_the_address_tell_the_headline() -> None:
    other = "Captain who learned to swim at seventy"
    blocks = page(("navigation", "News"), ("title", other), ("title", HEADLINE), BODY, BODY)
    chances = unsure(blocks, {1: 0.5, 2: 0.5})
    for headline, text in (
        ("harbour-ferry-returns-to-service", HEADLINE),
        ("captain-who-learned-to-swim", other),
    ):
        found = pick(blocks, chances, f"https://post.example/2024/{headline}.html")
        assert found is not None
        assert found.text == text


def test_a_story_without_a_headline_has_none_though_a_menu_stands_above() -> None:
    blocks = page(("navigation", "News"), ("navigation", "Harbour"), PARAGRAPH, BODY, BODY)
    assert pick(blocks, unsure(blocks, {0: 0.001, 1: 0.01})) is None


def test_evidence_says_how_sure_the_title_is_and_what_came_second() -> None:
    found = pick(page(("navigation", "Harbour news"), TITLE, BODY, BODY))
    assert found is not None
    assert found.confidence is not None
    assert found.confidence > 0.5
    assert found.runner_up == "Harbour news"
    assert found.reason


def test_the_page_title_line_alone_vouches_for_three_words_and_for_no_two() -> None:
    assert title(("metadata", "Ferry sails again - The Post"), BODY, BODY) == "Ferry sails again"
    assert title(("metadata", "Ferry returns - The Post"), BODY, BODY) is None


def test_a_kicker_glued_to_the_headline_is_cut_off_where_the_page_title_line_tells() -> None:
    first = ("metadata", f"{HEADLINE} | Post")
    assert title(first, ("title", f"Opinion {HEADLINE}"), BODY, BODY) == HEADLINE
    # What goes on with a letter is another word: nothing is cut in its midst, so that the headline
    # can only be that of the page-title line.
    blocks = page(first, ("title", f"{HEADLINE}Save"), BODY, BODY)
    read = {one.text for one in look(blocks, as_labelled(blocks))[0] if one.block == 1}
    assert read == {f"{HEADLINE}Save"}
    found = pick(blocks)
    assert found is not None
    assert (found.block, found.text) in {(0, HEADLINE), (1, f"{HEADLINE}Save")}


# Of generated pages whose labels are in doubt: what was measured, less a hundredth.
@pytest.mark.parametrize(("sure", "floor"), [((0.6, 0.9), 0.98), ((0.3, 0.7), 0.85)])
def test_the_headline_is_found_though_labels_are_in_doubt(
    sure: tuple[float, float], floor: float
) -> None:
    right = 0
    for page in samples(DOUBTED, seed=141):
        blocks, chances = doubted(page, sure)
        found = pick(blocks, chances)
        right += found is not None and found.text == page.title
    assert right >= floor * DOUBTED


@pytest.mark.parametrize(
    "line",
    [
        f"| | {HEADLINE} | | | |",
        f"{HEADLINE} [spacer.gif] [line-2.png]",
        f"4. # {HEADLINE}",
        f"23.01.2022 - {HEADLINE}",
        f"1. Februar 2022 {HEADLINE}",
        f"{HEADLINE} 06.01.12 08:49",
        f"{HEADLINE} | January 22nd, 2019",
        f"{HEADLINE} / Dec 2025",
        f"{HEADLINE} – mai 2024",
        f"{HEADLINE} 3 May 2024, 14:30 Uhr",
        f"{HEADLINE} by",
        f"{HEADLINE} von Ana Ruiz",
    ],
)
def test_what_is_glued_to_the_ends_of_a_headline_is_cut_off(line: str) -> None:
    assert trimmed(line) == HEADLINE


def test_a_headline_between_the_bars_of_a_table_is_taken_without_them() -> None:
    line = ("title", f"| | {HEADLINE} | | | |")
    assert title(("navigation", "News"), line, BODY, BODY) == HEADLINE


@pytest.mark.parametrize(
    "day", ["Dec 18 2025", "23.01.2022 -", "| 3 May 2024, 14:30 |", "2012年1月7日"]
)
def test_a_date_before_a_headline_is_none_of_it(day: str) -> None:
    found, _ = looked_at(("title", f"{day} {HEADLINE}"), BODY, BODY)
    assert [one.text for one in found if one.text.endswith(HEADLINE)] == [HEADLINE]


@pytest.mark.parametrize(
    "said",
    [
        "20 Best 2024 Films About Ferries",
        "Harbour 10 2024 Calendar Adds Port Hale",
        "24/7/365 Ferry Service Returns To Port Hale",
        "2024年5月3日天气预报",
        "3 مايو 2024 يوم سيدخل التاريخ",
        "3 May 2024 ends an era on the quay",
    ],
)
def test_what_only_looks_like_a_date_before_a_headline_stays(said: str) -> None:
    assert (said, 0, False) in texts_and_parts(("title", said), BODY, BODY)


def test_a_date_before_a_headline_stays_where_another_line_has_both() -> None:
    said = "11 September 2001 Remembered In Port Hale"
    assert said not in [text for text, _, _ in texts_and_parts(("title", said), BODY, BODY)]
    first = ("metadata", f"{said} | The Post")
    assert said in [text for text, _, _ in texts_and_parts(first, ("title", said), BODY, BODY)]


def test_between_a_date_and_the_site_stands_the_headline() -> None:
    told = texts_and_parts(("metadata", f"Dec 18 2025 {HEADLINE} - The Post"), BODY, BODY)
    assert (HEADLINE, 0, True) in told


def test_a_date_that_a_headline_begins_with_may_be_its_own() -> None:
    said = "3 May 2024 ends an era on the quay"
    assert title(("navigation", "News"), ("title", said), BODY, BODY) == said


@pytest.mark.parametrize(
    "line",
    [
        HEADLINE,
        "Two die in a crash on 3 May",
        "Boat show in Port Hale in May 2022",
        "Boat show in Port Hale – Guide 2022",
        "Murder by Numbers returns to the stage",
        "3 May 2024",
        "By Ana Ruiz",
        "[Update] Ferry returns",
        "|",
        "",
    ],
)
def test_the_ends_of_a_headline_that_belong_to_it_stay(line: str) -> None:
    assert trimmed(line) == line


@given(st.text(max_size=120))
def test_what_is_left_of_a_line_is_a_slice_of_it(line: str) -> None:
    assert trimmed(line) in line
    assert trimmed(line) or not line.strip()


def test_a_line_that_hardly_looks_like_a_title_is_one_if_the_story_says_its_words() -> None:
    line = ("navigation", "Harbour ferry sailed to both banks")
    assert title(("navigation", "Sport"), line, BODY, BODY, BODY) == line[1]
    other = ("navigation", "Recipes for a rainy summer evening")
    assert title(("navigation", "Sport"), other, BODY, BODY, BODY) is None


def test_a_headline_of_two_parts_is_freed_of_the_site_alone() -> None:
    headline = "Harbour ferry returns after storm - islands celebrate all night"
    line = ("title", f"{headline} | The Quillshire Post")
    assert title(line, BODY, ("body", "The islands celebrate."), BODY) == headline


# What speaks for a line is weighed in many facts, and a page comes out right without any one of
# them: each is tried here by itself.


def told(blocks: list[Block], at: int, url: str | None = None) -> dict[str, float]:
    """The facts of a whole line, by their names."""
    found, rows = look(blocks, as_labelled(blocks), url)
    row = next(
        row
        for one, row in zip(found, rows, strict=True)
        if (one.block, one.text) == (at, blocks[at].text)
    )
    return dict(zip(NAMES, row, strict=True))


LAID_OUT = [
    block("navigation", "Sport"),
    block("title", HEADLINE)._replace(gap=1),
    block("body", "A deck that is longer than the headline, by some words", 0.6)._replace(gap=3),
    block("byline", "By Ann Example")._replace(gap=4),
    block("body", BODY[1])._replace(gap=2),
    block("body", "The harbour office says that the ferry is a ferry."),
]


def test_the_facts_of_a_headline_tell_what_stands_below_it() -> None:
    facts = told(LAID_OUT, 1)
    assert facts["gap"] == pytest.approx(np.log(2))
    assert facts["gap_below"] == pytest.approx(np.log(4))
    assert facts["credit_next"] == pytest.approx(0.9, abs=0.1)
    assert told(LAID_OUT[:4], 1)["credit_next"] == pytest.approx(0.9, abs=0.1)
    assert facts["credit_below"] < 0.1
    assert facts["lower_mark"] == 0.0
    nearer = [*LAID_OUT[:2], block("title", LAID_OUT[2].text), *LAID_OUT[3:]]
    longer = (len(LAID_OUT[2].text) + 1) / (len(HEADLINE) + 1)
    assert told(nearer, 1)["deck_below"] == pytest.approx(np.log(longer))


def test_the_facts_of_a_headline_tell_how_sure_the_labels_are() -> None:
    facts = told(LAID_OUT, 1)
    assert facts["doubt"] == pytest.approx(facts["title"] ** 2)
    assert facts["title_near"] == pytest.approx(0.0, abs=1e-6)  # none around is likelier


def test_a_lower_heading_is_told_from_the_highest_of_the_page() -> None:
    marked = [one._replace(marker="##") if one.label is Label.TITLE else one for one in LAID_OUT]
    marked[0] = block("title", "The sections of this newspaper")._replace(marker="#")
    assert told(marked, 1)["lower_mark"] == 1.0
    assert told(marked, 0)["lower_mark"] == 0.0


@pytest.mark.parametrize(("end", "broken_off"), [("…", 1.0), ("...", 1.0), ("", 0.0), (".", 0.0)])
def test_a_headline_that_breaks_off_is_told(end: str, broken_off: float) -> None:
    line = block("title", f"Harbour ferry returns{end}")
    assert told([LAID_OUT[0], line, *LAID_OUT[3:]], 1)["broken_off"] == broken_off


def test_the_words_of_a_headline_are_counted_in_the_address_and_in_other_lines() -> None:
    words = 6  # of four letters and more
    facts = told(LAID_OUT, 1, "https://post.example/harbour-ferry_2")
    assert facts["address"] == pytest.approx(2 / (words + 1))
    assert facts["shared"] == 0.0
    again = [block("title", "Ferry fares after summer"), *LAID_OUT[1:]]
    assert told(again, 1)["shared"] == pytest.approx(2 / (words + 1))


def test_a_headline_that_other_lines_name_among_other_words_is_told() -> None:
    assert told(LAID_OUT, 1)["within"] == 0.0
    twice = [*LAID_OUT, block("share", f"Share “{HEADLINE.upper()}”"), LAID_OUT[1]]
    assert told(twice, 1)["within"] == pytest.approx(np.log(2))
    short = [*LAID_OUT[:1], block("title", "Ferry"), *LAID_OUT[3:]]
    assert told(short, 1)["within"] == 0.0  # which the story says anyway


def test_a_part_of_a_line_does_not_stand_in_the_copies_of_that_line() -> None:
    line = ("title", f"{HEADLINE} | The Post")
    found, rows = looked_at(line, BODY, BODY, line)
    within = {one.text: row[NAMES.index("within")] for one, row in zip(found, rows, strict=True)}
    assert within[HEADLINE] == 0.0


def test_words_of_plain_letters_are_those_of_any_writing() -> None:
    for char in filter(is_plain, map(str.casefold, map(chr, range(0x110000)))):
        assert bool(_PLAIN_WORD.match(char)) == bool(WORD.match(char))
        assert bool(_PLAIN_TOLD.match(4 * char)) == bool(_TOLD.match(4 * char))


def test_a_candidate_tells_where_in_its_line_it_begins_and_whether_its_ends_are_cut() -> None:
    line = "Quay | Harbour ferry sails | The Post"
    assert set(texts_and_parts(("title", line), BODY, BODY)) == {
        (line, 0, False), ("Quay", 0, False), ("Harbour ferry sails", 1, False),
        ("The Post", 2, False), ("Quay | Harbour ferry sails", 0, False),
        ("Harbour ferry sails | The Post", 1, False),
    }  # fmt: skip
    cut = ("title", f"4. {HEADLINE} [dot.gif]")
    assert (HEADLINE, 1, True) in texts_and_parts(cut, BODY, BODY)
    dated = texts_and_parts(("title", f"{HEADLINE} | 3 May 2024"), BODY, BODY)
    assert [(first, ends) for text, first, ends in dated if text == HEADLINE] == [(0, True)]
    assert (HEADLINE, 0, True) in texts_and_parts(("title", f"{HEADLINE} [dot.gif]"), BODY, BODY)


@pytest.mark.parametrize(("words", "looked_for"), [("Ferry sails on again", 1), ("Ferry sails", 0)])
def test_a_part_of_the_page_title_line_is_looked_for_on_the_whole_page(
    words: str, looked_for: int
) -> None:
    menu = [("navigation", "Harbour")] * 30
    lines = (("metadata", f"{words} | The Post"), *menu, BODY, BODY, *menu, ("other", words))
    found, _ = looked_at(*lines)
    assert sum(one.block == len(lines) - 1 for one in found) == looked_for


def test_the_storys_words_are_told_from_where_it_begins() -> None:
    strayed = ("body", "A lighthouse stood alone on its rock for many a year, as lighthouses do.")
    lines = (strayed, *[("navigation", "News")] * 9, ("title", "The lighthouse"), BODY, BODY)
    found, rows = looked_at(*lines)
    told = {one.text: row[NAMES.index("told")] for one, row in zip(found, rows, strict=True)}
    assert told["The lighthouse"] == 0.0
