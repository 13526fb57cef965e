"""What is known of each line and slice of a page before they are weighed as headlines.

A page comes out right without any one of these facts: each is tried here by itself.
"""

from __future__ import annotations

from math import log, log1p

import pytest

from cleaner.article import Block, Label
from cleaner.description import as_labelled
from cleaner.title import RUN, look
from cleaner.title.facts import LEAST, NAMES
from cleaner.title.known import STORY_CHARS

Facts = dict[str, float]
HEADLINE = "Harbour ferry returns to service after storm"
BODY = "The ferry that links the two banks of the harbour sailed again at noon."
SURE = 0.9
ELSE = (1 - SURE) / (len(Label) - 1)  # what a label has that a line does not bear


def block(label: str, text: str, score: float = SURE) -> Block:
    return Block(0, len(text), text, label=Label(label), score=score)


def known(blocks: list[Block], url: str | None = None) -> dict[tuple[int, str], Facts]:
    """The facts of every candidate of a page, by its block and text."""
    found, rows = look(blocks, as_labelled(blocks), url)
    return {
        (one.block, one.text): dict(zip(NAMES, row, strict=True))
        for one, row in zip(found, rows, strict=True)
    }


def told(blocks: list[Block], at: int, url: str | None = None) -> Facts:
    """The facts of a whole line."""
    return known(blocks, url)[at, blocks[at].text]


LAID_OUT = [
    block("navigation", "Sport"),
    block("title", HEADLINE)._replace(gap=1),
    block("body", "A deck that is longer than the headline, by some words", 0.6)._replace(gap=3),
    block("byline", "By Ann Example")._replace(gap=4),
    block("body", BODY)._replace(gap=2),
    block("body", "The harbour office says that the ferry is a ferry."),
]
FERRY = "Harbour ferry sails again"
PARTED = [
    block("metadata", f"{FERRY} | The Post | News"),
    block("navigation", "News"),
    block("title", FERRY),
    *LAID_OUT[4:],
]


def test_the_facts_of_a_headline_tell_what_stands_below_it() -> None:
    facts = told(LAID_OUT, 1)
    assert facts["gap"] == pytest.approx(log(2))
    assert facts["gap_below"] == pytest.approx(log(4))
    assert facts["credit_next"] == pytest.approx(SURE, abs=0.1)
    assert told(LAID_OUT[:4], 1)["credit_next"] == pytest.approx(SURE, abs=0.1)
    assert facts["credit_below"] < 0.1
    last = told(LAID_OUT[:2], 1)
    assert (last["credit_below"], last["credit_next"], last["gap_below"]) == (0.0, 0.0, 0.0)
    assert facts["lower_mark"] == 0.0
    nearer = [*LAID_OUT[:2], block("title", LAID_OUT[2].text), *LAID_OUT[3:]]
    longer = (len(LAID_OUT[2].text) + 1) / (len(HEADLINE) + 1)
    assert told(nearer, 1)["deck_below"] == pytest.approx(log(longer))


def test_the_facts_of_a_headline_tell_how_sure_the_labels_are() -> None:
    facts = told(LAID_OUT, 1)
    assert facts["title"] == pytest.approx(log(SURE + LEAST))
    assert facts["doubt"] == pytest.approx(facts["title"] ** 2)
    assert facts["title_near"] == pytest.approx(0.0, abs=1e-6)  # none around is likelier


def test_a_list_of_links_around_a_headline_is_told() -> None:
    lists = 6  # kinds of links in a list: a menu, a ticker, ...
    link, other = log(SURE + (lists - 1) * ELSE + LEAST), log(lists * ELSE + LEAST)
    assert told(LAID_OUT, 0)["link"] == pytest.approx(link, abs=1e-3)
    assert told(LAID_OUT, 1)["link"] == pytest.approx(other, abs=1e-3)
    assert told(LAID_OUT, 1)["menu_above"] == pytest.approx(SURE, abs=0.1)
    assert told(LAID_OUT[:2], 1)["menu_below"] == 0.0  # nothing is
    assert told([*LAID_OUT[:2], LAID_OUT[0]], 1)["menu_below"] == pytest.approx(SURE, abs=0.1)


def test_a_likelier_title_and_a_credit_count_two_lines_away_and_no_farther() -> None:
    line, sure = block("title", HEADLINE, 0.6), block("title", "Harbour news")
    credit, between = block("byline", "By Ann Example"), block("other", "Advertisement")
    for lines in range(4):
        apart = [between] * lines
        near = told([line, *apart, sure, *LAID_OUT[4:]], 0)["title_near"]
        assert (near > log(SURE / 0.6) - 0.1) == (lines < 2)
        beside = told([sure, *apart, line, *LAID_OUT[4:]], lines + 1)["title_near"]
        assert (beside > log(SURE / 0.6) - 0.1) == (lines < 2)
        above = told([credit, *apart, sure, *LAID_OUT[4:]], lines + 1)["credit_above"]
        assert (above > SURE) == (lines < 2)


def test_a_title_right_above_is_told() -> None:
    line, sure = block("title", HEADLINE, 0.6), block("title", "Harbour news")
    assert told([sure, line, *LAID_OUT[4:]], 1)["title_above"] == pytest.approx(log(SURE + LEAST))
    assert told([line, sure, *LAID_OUT[4:]], 0)["title_above"] == pytest.approx(log(LEAST))


def test_a_line_is_above_the_story_or_within_it() -> None:
    above, first = told(LAID_OUT, 1), told([block("title", HEADLINE), *LAID_OUT[4:]], 0)
    assert (above["below"], first["below"]) == (0.0, 0.0)
    assert above["near"] == pytest.approx(log(2))
    assert first["near"] == pytest.approx(log(2))
    begins = [LAID_OUT[0], block("body", HEADLINE, 0.5), *LAID_OUT[4:]]
    assert told(begins, 1)["below"] == 1.0
    assert told(begins, 1)["near"] == 0.0


def test_the_longest_stretch_of_text_is_counted_from_its_first_block() -> None:
    stretch, far = [block("body", 6 * "ferry sails ")] * 2, [block("navigation", "Sport")] * 9
    longer, shorter = (block("body", n * "ferry sails ") for n in (13, 11))
    assert told([LAID_OUT[1], *stretch, *far, longer], 0)["apart"] == pytest.approx(log(13))
    assert told([LAID_OUT[1], *stretch, *far, shorter], 0)["apart"] == pytest.approx(log(2))
    parted = [LAID_OUT[1], *stretch, *far[: RUN - 1], *stretch, *far, longer]
    assert told(parted, 0)["apart"] == pytest.approx(log(2))  # a stretch may have holes


def test_a_lower_heading_is_told_from_the_highest_of_the_page() -> None:
    marked = [one._replace(marker="##") if one.label is Label.TITLE else one for one in LAID_OUT]
    marked[0] = block("title", "The sections of this newspaper")._replace(marker="#")
    assert told(marked, 1)["lower_mark"] == 1.0
    assert told(marked, 0)["lower_mark"] == 0.0
    assert told(marked, 1)["bullet"] == 0.0
    assert told([LAID_OUT[0], LAID_OUT[1]._replace(marker="*")], 1)["bullet"] == 1.0


@pytest.mark.parametrize(("end", "broken_off"), [("…", 1.0), ("...", 1.0), ("", 0.0), (".", 0.0)])
def test_a_headline_that_breaks_off_is_told(end: str, broken_off: float) -> None:
    line = block("title", f"Harbour ferry returns{end}")
    assert told([LAID_OUT[0], line, *LAID_OUT[3:]], 1)["broken_off"] == broken_off


@pytest.mark.parametrize(
    ("end", "stop", "colon"),
    [(".", 1.0, 0.0), ("。", 1.0, 0.0), (":", 0.0, 1.0), ("：", 0.0, 1.0), (" X", 0.0, 0.0)],
)
def test_how_a_headline_ends_is_told(end: str, stop: float, colon: float) -> None:
    facts = told([LAID_OUT[0], block("title", HEADLINE + end), *LAID_OUT[3:]], 1)
    assert (facts["stop"], facts["colon"]) == (stop, colon)


@pytest.mark.parametrize(("words", "single"), [(1, 1.0), (2, 1.0), (3, 0.0)])
def test_a_line_of_a_word_or_two_is_told(words: int, single: float) -> None:
    line = block("title", " ".join(HEADLINE.split()[:words]))
    facts = told([LAID_OUT[0], line, *LAID_OUT[3:]], 1)
    assert facts["single"] == single
    assert facts["words"] == pytest.approx(log1p(words))


def test_the_words_of_a_headline_are_counted_in_the_address_and_in_other_lines() -> None:
    words = 6  # of four letters and more
    facts = told(LAID_OUT, 1, "https://post.example/harbour-ferry_2")
    assert facts["address"] == pytest.approx(2 / (words + 1))
    assert facts["shared"] == 0.0
    again = [block("title", "Ferry fares after summer"), *LAID_OUT[1:]]
    assert told(again, 1)["shared"] == pytest.approx(2 / (words + 1))


def test_the_words_of_a_headline_are_counted_in_the_beginning_of_the_story() -> None:
    ferries, harbours, words = 3, 2, 6  # of the story, and of the headline
    assert told(LAID_OUT, 1)["told"] == pytest.approx(
        (log1p(ferries) + log1p(harbours)) / (words + 1)
    )
    long = block("body", "x" * STORY_CHARS)
    for above in (long, long._replace(text=long.text[2:])):  # no room is left, or for two letters
        page = [block("title", "Lighthouses"), above, block("body", "Two lighthouses stand.")]
        assert told(page, 0)["told"] == 0.0


def test_the_storys_words_are_told_from_where_it_begins() -> None:
    strayed = block("body", "A lighthouse stood alone on its rock for many a year.")
    menu = [block("navigation", "News")] * 9
    page = [strayed, *menu, block("title", "The lighthouse"), *LAID_OUT[4:]]
    assert told(page, 10)["told"] == 0.0
    short, long = block("body", "Two lighthouses stand."), block("body", 9 * "No ferry sails. ")
    page = [block("title", "Lighthouses"), short, short, *menu, long]
    assert told(page, 0)["told"] == pytest.approx(log(3) / 2)  # though its longest stretch is below


def test_a_headline_that_other_lines_name_among_other_words_is_told() -> None:
    assert told(LAID_OUT, 1)["within"] == 0.0
    twice = [*LAID_OUT, block("share", f"Share “{HEADLINE.upper()}”"), LAID_OUT[1]]
    assert told(twice, 1)["within"] == pytest.approx(log(2))
    short = [*LAID_OUT[:1], block("title", "Ferry"), *LAID_OUT[3:]]
    assert told(short, 1)["within"] == 0.0  # which the story says anyway


def test_a_part_of_a_line_does_not_stand_in_the_copies_of_that_line() -> None:
    line = block("title", f"{HEADLINE} | The Post")
    assert known([line, *LAID_OUT[4:], line])[0, HEADLINE]["within"] == 0.0


def test_a_part_of_the_page_title_line_is_told_from_the_line_and_from_the_headline() -> None:
    facts = known(PARTED)
    asked = ("named", "first_whole", "first_part", "first_head", "part")
    assert [facts[0, PARTED[0].text][name] for name in asked] == [0.0, 1.0, 0.0, 0.0, 0.0]
    assert [facts[0, FERRY][name] for name in asked] == [0.0, 0.0, 1.0, 1.0, 1.0]
    assert [facts[0, "The Post"][name] for name in asked] == [0.0, 0.0, 1.0, 0.0, 1.0]
    assert [facts[2, FERRY][name] for name in asked] == [1.0, 0.0, 0.0, 0.0, 0.0]


def test_a_line_with_which_the_page_title_line_begins_is_named_by_it() -> None:
    first = block("metadata", f"{HEADLINE} and more on the Post")
    assert told([first, *LAID_OUT], 2)["named"] == 1.0
    assert told([block("metadata", "On the Post"), *LAID_OUT], 2)["named"] == 0.0
    for words, named in (("Ferry sails again", 1.0), ("Ferry sails", 0.0)):  # two may be chance
        first = block("metadata", f"{words} and more on the Post")
        assert told([first, block("title", words), *LAID_OUT[4:]], 1)["named"] == named


def test_where_a_slice_stands_again_is_told() -> None:
    facts = known(PARTED)
    assert facts[0, FERRY]["again"] == pytest.approx(log(2))
    assert facts[2, FERRY]["again"] == 0.0  # but for itself
    assert facts[0, "The Post"]["again"] == 0.0
    below = told([*PARTED, PARTED[2]], 6 - 1)
    assert below["again_above"] == 1.0
    assert facts[2, FERRY]["again_above"] == 0.0


def test_what_is_cut_off_a_line_is_told() -> None:
    facts = known(PARTED)
    whole = facts[0, PARTED[0].text]
    assert (whole["cut_short"], whole["cut_words"], whole["cut_known"]) == (0.0, 0.0, 0.0)
    assert whole["share"] == 1.0
    cut = facts[0, FERRY]  # "The Post" and "News", of which the page has one by itself
    assert cut["share"] == pytest.approx(len(FERRY) / len(PARTED[0].text))
    assert (cut["cut_short"], cut["cut_known"]) == (1.0, 0.5)
    assert cut["cut_words"] == pytest.approx(log(3))
    assert facts[0, "The Post | News"]["cut_known"] == 1.0


@pytest.mark.parametrize(
    ("site", "short"),
    [("The Harbour Post", 1.0), (41 * "x", 0.0), ("The Post of all of the harbours", 0.0)],
)
def test_what_is_cut_off_is_short_as_the_name_of_a_site_is(site: str, short: float) -> None:
    assert (
        known([block("metadata", f"{FERRY} | {site}"), *LAID_OUT[4:]])[0, FERRY]["cut_short"]
        == short
    )


def test_of_words_that_a_line_has_twice_one_is_cut_off() -> None:
    line = block("title", "News | Ferry | News")
    assert known([line, *LAID_OUT[4:]])[0, "News"]["cut_words"] == pytest.approx(log(2))
