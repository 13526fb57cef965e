"""The headline: choosing the block that holds it, and freeing it of the site's name."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.article import Block, Label
from cleaner.description import ORDER, as_labelled
from cleaner.strategies import samples
from cleaner.title import look, pick
from cleaner.title.candidates import _PLAIN_WORD, WORD, Candidate, is_plain
from cleaner.title.edges import after_date, trimmed
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
    assert 0.5 < found.confidence < 1.0
    assert found.confidence == round(found.confidence, 3)
    assert found.runner_up == "Harbour news"
    assert found.reason
    parts = pick(page(("metadata", "Harbour news | The Harbour Post"), TITLE, BODY, BODY))
    assert parts is not None
    assert parts.runner_up == "Harbour news"  # the likeliest reading of what came second


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


@example("/\x1f")  # a space to Python, and none to patterns
@example("\x1f / Dec 2025")
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


def test_a_headline_with_a_persons_name_glued_to_it_is_no_candidate() -> None:
    first = ("metadata", f"{HEADLINE} | The Post")
    for behind, whole in (("Nora Fennimore", False), ("Opinion", True)):
        line = f"{HEADLINE} {behind}"
        read = [text for text, *_ in texts_and_parts(first, ("title", line), BODY, BODY)]
        assert HEADLINE in read
        assert (line in read) == whole


@pytest.mark.parametrize(
    ("words", "glued"), [("Ferry sails on again", True), ("Ferry sails", False)]
)
def test_a_part_of_the_page_title_line_is_cut_off_other_lines_if_it_has_four_words(
    words: str, glued: bool
) -> None:
    first, line = ("metadata", f"{words} | The Post"), ("title", f"Opinion {words}")
    found, _ = looked_at(first, line, BODY, BODY)
    assert ((1, words) in {(one.block, one.text) for one in found}) == glued


@pytest.mark.parametrize("line", ["{}s may be", "no{}", "{}s"])
def test_no_part_of_the_page_title_line_is_cut_off_within_a_word(line: str) -> None:
    part = "Ferry sails on a day"
    found, _ = looked_at(("metadata", f"{part} | The Post"), ("title", line.format(part)), BODY)
    assert [one.text for one in found if one.block == 1] == [line.format(part)]


def test_lines_above_the_story_are_looked_at_though_no_label_speaks_for_them() -> None:
    lines = page(*[("navigation", f"Section {n}") for n in range(12)], BODY, BODY)
    nothing = as_labelled(lines)
    nothing[:, ORDER[Label.TITLE]] = 0.0
    assert {one.block for one in look(lines, nothing)[0]} == {0, 10, 11}  # the first, and two above
    again = [*lines, lines[4], lines[1]]  # one of them is more than ten lines above the story
    assert {one.block for one in look(again, as_labelled(again) * 0)[0]} == {0, 4, 10, 11}


@pytest.mark.parametrize("day", ["31.12.2024", "12/31/2024", "2024-12-31", "01.01.24"])
def test_the_first_and_last_days_of_a_year_are_dates(day: str) -> None:
    assert after_date(f"{day} {HEADLINE}") == len(day) + 1


@pytest.mark.parametrize("day", ["32.12.2024", "13.13.2024", "01.01.124"])
def test_what_no_year_has_is_no_date(day: str) -> None:
    assert after_date(f"{day} {HEADLINE}") == 0
