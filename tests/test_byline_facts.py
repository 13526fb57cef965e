"""What is known of each credit on a page before they are weighed: its lines and its facts."""

from __future__ import annotations

from math import log, log1p

import pytest

from cleaner.article import Block, Label
from cleaner.byline import look, pick
from cleaner.byline.candidates import DATED, FURTHER, LINE_WORDS, TAKEN, Candidate
from cleaner.byline.facts import LEAST, NAMES, PHRASES
from cleaner.description import ORDER, as_labelled

Line = tuple[str, str]
Facts = dict[str, float]
TITLE = ("title", "Harbour ferry returns to service")
BODY = ("body", "The ferry that links the two banks of the harbour sailed again at noon.")
MENU = ("navigation", "Harbour")


def page(*lines: Line, marker: str = "") -> list[Block]:
    return [
        Block(0, len(text), text, marker=marker, label=Label(label), score=0.9)
        for label, text in lines
    ]


def credits_on(*lines: Line, headline: int | None = None) -> list[tuple[Candidate, Facts]]:
    """The credits that are read on a page of these lines, each with its facts by name."""
    blocks = page(*lines)
    found, rows = look(blocks, as_labelled(blocks), headline)
    return [(one, dict(zip(NAMES, row, strict=True))) for one, row in zip(found, rows, strict=True)]


def facts(names: tuple[str, ...], *lines: Line, headline: int | None = None) -> Facts:
    """The facts of the credit of these names."""
    told = [known for one, known in credits_on(*lines, headline=headline) if one.names == names]
    assert len(told) == 1
    return told[0]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [("byline", "Ana Ruiz"), MENU, TITLE, BODY, BODY],
            {"over": 1, "over_far": log1p(2), "head": 0, "head_far": 0, "within": 0, "under": 0},
        ),
        (
            [TITLE, MENU, ("byline", "Ana Ruiz"), BODY, BODY],
            {"over": 0, "over_far": 0, "head": 1, "head_far": log1p(2), "touches": 0, "within": 0},
        ),
        ([TITLE, ("byline", "Ana Ruiz"), BODY, BODY], {"touches": 1, "head_far": log1p(1)}),
        (
            [TITLE, BODY, ("byline", "Ana Ruiz"), BODY, BODY],  # below a deck
            {"over": 0, "head": 0, "within": 0, "under": 0, "under_far": 0},
        ),
        ([TITLE, *[BODY] * 9, ("byline", "Ana Ruiz"), BODY], {"within": 1, "under": 0}),
        (
            [TITLE, BODY, BODY, MENU, ("byline", "Ana Ruiz")],
            {"within": 0, "under": 1, "under_far": log1p(2)},
        ),
        ([TITLE, BODY, ("body", "By Ana Ruiz")], {"under": 0}),
    ],
)
def test_a_credit_is_known_by_its_place_about_headline_and_story(
    lines: list[Line], expected: Facts
) -> None:
    told = facts(("Ana Ruiz",), *lines)
    assert {name: told[name] for name in expected} == pytest.approx(expected)


def test_a_headline_far_down_the_page_is_where_its_credit_stands() -> None:
    told = facts(("Ana Ruiz",), *[MENU] * 40, TITLE, ("byline", "Ana Ruiz"), BODY, BODY)
    assert told["touches"] == 1


def test_without_a_headline_it_is_guessed_above_the_story() -> None:
    told = facts(("Ana Ruiz",), *[MENU] * 9, ("byline", "Ana Ruiz"), MENU, BODY, BODY)
    assert (told["over"], told["head"]) == (0, 1)


def test_a_page_without_a_story_begins_at_its_first_line() -> None:
    told = facts(("Ana Ruiz",), MENU, ("byline", "Ana Ruiz"), MENU)
    assert (told["over"], told["under"], told["touches"]) == (0, 0, 1)


def test_a_line_alone_has_nothing_beside_it() -> None:
    told = facts(("Ana Ruiz",), ("byline", "Ana Ruiz"))
    assert (told["date_near"], told["byline_near"]) == (0, 0)


def test_a_credit_is_known_by_how_likely_each_kind_is() -> None:
    chances = {Label.SHARE: 0.2, Label.TAGS: 0.1, Label.METADATA: 0.3}
    blocks = page(TITLE, ("byline", "Ana Ruiz"), BODY)
    told = as_labelled(blocks)
    told[1] *= 0.4
    for label, chance in chances.items():
        told[1, ORDER[label]] = chance
    row = dict(zip(NAMES, look(blocks, told)[1][0], strict=True))
    assert row["share"] == pytest.approx(log(0.2 + LEAST), abs=1e-5)
    assert row["meta"] == pytest.approx(log(0.4 + LEAST), abs=1e-5)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("ANA RUIZ", ("ANA RUIZ",), {"capitals": 1, "lower": 0, "glued": 0}),
        ("ana ruiz", ("ana ruiz",), {"capitals": 0, "lower": 1, "led": 0}),
        ("Ana McCann", ("Ana McCann",), {"capitals": 0, "glued": 0, "digits": 0, "stop": 0}),
        ("By SavePage", ("SavePage",), {"glued": 1, "words": log(2), "lone": 1}),
        ("By ana7", ("ana7",), {"digits": 1, "lone_led": 1}),
        ("Ana Ruiz.", ("Ana Ruiz",), {"stop": 1}),
        ("Ana Ruiz, 3 May 2024", ("Ana Ruiz",), {"dated": 1, "rest": log1p(3), "whole": 0}),
        ("Ana Ruiz", ("Ana Ruiz",), {"dated": 0, "rest": 0, "whole": 1, "bare": 1, "person": 1}),
        ("By Ana Ruiz", ("Ana Ruiz",), {"bare": 1, "rest": log1p(1), "words": log(3)}),
        ("Ana Ruiz, Editor", ("Ana Ruiz",), {"bare": 0, "role": 1}),
        ("Harbour News", ("Harbour News",), {"titled": 0.5, "person": 0}),
    ],
)
def test_a_credit_is_known_by_how_it_reads(
    text: str, names: tuple[str, ...], expected: Facts
) -> None:
    told = facts(names, TITLE, ("byline", text), BODY, BODY)
    assert {name: told[name] for name in expected} == pytest.approx(expected)


def test_of_several_names_the_share_counts() -> None:
    names = ("Ana Ruiz", "Harbour Lights")
    below = ("footer", "Ana Ruiz is a writer.")
    told = facts(names, TITLE, ("byline", "Ana Ruiz and Harbour Lights"), BODY, BODY, below)
    assert (told["person"], told["told_after"], told["titled"]) == (0.5, 0.5, 0.25)
    assert (told["names"], told["names_person"]) == (log1p(1), log1p(1) / 2)


def test_only_a_line_that_begins_with_the_name_says_who_it_is() -> None:
    lines = (TITLE, ("byline", "Ana Ruiz"), BODY, BODY)
    inside = facts(("Ana Ruiz",), *lines, ("footer", "Follow Ana Ruiz here"))
    assert inside["told_after"] == 0


@pytest.mark.parametrize(("above", "near"), [(2, 1), (3, 0)])
def test_a_lead_word_counts_close_to_the_headline(above: int, near: int) -> None:
    told = facts(("Ana Ruiz",), ("byline", "By Ana Ruiz"), *[MENU] * (above - 1), TITLE, BODY, BODY)
    assert (told["led"], told["led_near"]) == (1, near)


def test_names_on_several_lines_are_as_sure_as_the_least_of_these() -> None:
    lines = (TITLE, ("byline", "Ana Ruiz"), ("byline", "Tom Lee"), BODY, BODY)
    both = facts(("Ana Ruiz", "Tom Lee"), *lines)
    assert (both["spread"], both["bare"], both["more"], both["more_sure"]) == (1, 0, 0, 0)
    assert both["spread_sure"] == pytest.approx(log(0.9 + LEAST), abs=1e-5)
    first = facts(("Ana Ruiz",), *lines)
    assert (first["spread"], first["more"], first["spread_sure"]) == (0, 1, 0)
    assert first["more_sure"] == both["spread_sure"]
    last = facts(("Tom Lee",), *lines)
    assert (last["more"], last["more_sure"]) == (0, 0)


def read(*lines: Line) -> dict[tuple[str, ...], Candidate]:
    return {one.names: one for one, _ in credits_on(*lines)}


def test_lines_are_tied_by_a_bullet_or_an_open_end_only() -> None:
    lines = [("byline", "Ana Ruiz"), ("byline", "Tom Lee"), ("byline", "Bo Ek")]
    assert not any(one.tied for one in read(TITLE, *lines, BODY).values())
    comma = read(TITLE, ("byline", "Ana Ruiz,"), ("byline", "Tom Lee"), BODY)
    assert comma["Ana Ruiz", "Tom Lee"].tied
    items = [*page(TITLE), *page(*lines, marker="•"), *page(BODY)]
    bullets = {one.names: one.tied for one in look(items, as_labelled(items))[0]}
    assert bullets["Ana Ruiz", "Tom Lee"]
    assert bullets["Ana Ruiz", "Tom Lee", "Bo Ek"]
    assert not bullets["Ana Ruiz",]


def test_the_first_of_several_names_is_a_credit_of_its_own() -> None:
    found = read(TITLE, ("byline", "Ana Ruiz and Harbour Lights"), BODY)
    first = found["Ana Ruiz",]
    assert (first.text, first.cut, first.beside) == ("Ana Ruiz", True, True)


def test_lines_between_two_names_part_them_where_there_are_many() -> None:
    roles = [("byline", "Reporter")]
    assert ("Ana Ruiz", "Tom Lee") in read(
        TITLE, ("byline", "Ana Ruiz"), *roles * 3, ("byline", "Tom Lee"), BODY
    )
    assert ("Ana Ruiz", "Tom Lee") not in read(
        TITLE, ("byline", "Ana Ruiz"), *roles * 5, ("byline", "Tom Lee"), BODY
    )


def test_a_credit_spreads_over_so_many_lines() -> None:
    names = [("byline", f"Ana Ruiz{chr(97 + k // 26)}{chr(97 + k % 26)}") for k in range(60)]
    longest = max(len(one.lines) for one in read(TITLE, *names, BODY).values())
    assert longest == FURTHER + 1


@pytest.mark.parametrize(
    "text", ["One Two Three Four Five Six", "gizmo ruiz", f"N{'i' * 20} R{'u' * 20}"]
)
def test_what_is_no_plain_name_is_not_read_below_the_headline(text: str) -> None:
    assert read(TITLE, ("navigation", text), BODY) == {}


def test_only_the_likeliest_lines_are_read_far_from_the_story() -> None:
    far = [("byline", f"Tom Lee {chr(65 + k)}") for k in range(TAKEN + 3)]
    lines = (*[MENU] * 9, TITLE, BODY, *[MENU] * 12, *far)
    assert len({one.block for one, _ in credits_on(*lines)}) == TAKEN


def test_a_lead_word_is_read_close_above_the_headline_whatever_its_label() -> None:
    assert ("Ana Ruiz",) in read(("share", "By Ana Ruiz"), MENU, MENU, TITLE, BODY)


def test_a_line_as_long_as_prose_is_no_credit() -> None:
    assert read(TITLE, ("byline", "By Ana Ruiz" + " and the sea" * LINE_WORDS), BODY) == {}


def test_who_signs_a_story_off_is_known_for_it() -> None:
    found = read(TITLE, BODY, BODY, ("byline", "Reporting by Ana Ruiz"))
    assert found["Ana Ruiz",].signs_off
    assert not found["Ana Ruiz",].agency


def test_a_credit_is_as_sure_as_it_and_its_parts_are() -> None:
    lines = (("byline", "Tom Lee"), *[MENU] * 9, TITLE, ("byline", "By Ana Ruiz"), BODY, BODY)
    found = pick(page(*lines))
    assert found is not None
    assert found.evidence.confidence is not None
    assert found.evidence.confidence < 0.99
    told = [phrase for both in PHRASES.values() for phrase in both]
    assert found.evidence.reason
    assert set(found.evidence.reason.split(", ")) <= set(told)


@pytest.mark.parametrize(
    "date",
    [
        "3 May 2024",
        "03.05.24",
        "2024-05-03",
        "May 3, 2024",
        "3 May, 17:46",
        "3 de mayo de 2024",
        "3 de mayo de 202417:46",  # a renderer glued the time to it
        "3 พฤษภาคม 2567",
        "2024年5月",
    ],
)
def test_a_line_holds_a_date_in_any_of_the_ways_to_write_one(date: str) -> None:
    assert DATED.search(f"Ana Ruiz | {date}")
