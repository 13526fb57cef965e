"""Dumps are crowded with teasers of other sites, and these are told to be related."""

from __future__ import annotations

import random
from typing import Any

import pytest

from cleaner import dump
from cleaner.article import Label
from training import encode
from training.teasers import Teaser, crowded, crowds

STORY = [
    "The ferry to Port Hale sails again from Monday, and the town is glad of it after two years.",
    "The harbour office said on Friday that the new pier had cost twice what was planned for it.",
    "Those who live on the island had to drive for three hours, and many of them had moved away.",
]
GOLD = {"title": "Ferry returns", "body": STORY}
TEXT = "\n\n".join(["Home", "Sport", "Ferry returns", *STORY, "About us"])
LEAD = "On the flat roof of school number {}, beans now climb to the height of a door."


def task(number: int, **changed: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A page of a site of its own, with a dump."""
    gold = {"title": f"The roof of school {number}", "body": [LEAD.format(number), *STORY]}
    record = {
        "id": f"page {number}",
        "domain": f"{number}.example",
        "renderer": "lynx",
        "text": "\n\n".join([gold["title"], *gold["body"]]),
        "gold": gold,
    }
    return {"id": f"page {number}"}, [record | changed]


TEASERS = [
    Teaser(f"Roof number {n}", LEAD.format(n), f"{n}.example") for n in ("four", "five", "six")
]


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n\n", "\n")])
@pytest.mark.parametrize("seed", range(20))
def test_a_wall_stands_above_the_headline_or_below_the_story_and_all_else_is_left(
    text: str, seed: int
) -> None:
    made = crowded(text, GOLD, TEASERS, random.Random(seed))
    assert made is not None
    page, (start, end) = made
    wall = page[start:end]
    for teaser in TEASERS:
        assert wall.count(teaser.headline) == 1
    around = f"{page[:start]}\n{page[end:]}".split("\n")
    assert [line for line in around if line.strip(" *•")] == [
        line for line in text.split("\n") if line
    ]
    assert page[:start].rstrip(" *•\n").endswith(("Sport", STORY[-1]))
    assert page[end:].lstrip("\n").startswith(("Ferry returns", "About us"))
    assert ("\n\n" in page) is ("\n\n" in text)


def test_walls_stand_at_both_places_with_leads_and_without() -> None:
    above, led = set(), set()
    for seed in range(40):
        made = crowded(TEXT, GOLD, TEASERS, random.Random(seed))
        assert made is not None
        page, (start, end) = made
        above.add(start < page.index("Ferry returns"))
        led.add(sum(teaser.lead in page[start:end] for teaser in TEASERS))
    assert above == {True, False}
    assert led > {len(TEASERS)}


def test_a_dump_without_the_story_is_not_crowded() -> None:
    assert crowded("Home\n\nSport", GOLD, TEASERS, random.Random(0)) is None
    assert crowded("", GOLD, TEASERS, random.Random(0)) is None


def test_teasers_are_those_of_other_sites_in_the_language_of_the_page() -> None:
    same_site = task(9, domain="0.example")
    foreign = task(8)
    foreign[1][0]["gold"] = {
        "title": "Die Fähre fährt wieder",
        "body": ["Die Fähre zur Insel fährt von Montag an wieder, sagt das Hafenamt der Stadt."],
    }
    no_article = ({"id": "menu"}, [{"id": "menu", "domain": "menu.example", "text": "Home"}])
    made = crowds([*(task(n) for n in range(5)), same_site, foreign, no_article])
    assert [page["id"] for page, _ in made] == [f"page {n}" for n in (*range(5), 9)]
    for page, (record,) in made:
        assert len(page["teasers"]) >= 3
        for teaser in page["teasers"]:
            assert teaser.domain not in (record["domain"], "8.example")
            assert teaser.headline.startswith("The roof of school ")


def test_a_long_lead_is_cut_between_words() -> None:
    long = task(7)
    long[1][0]["gold"]["body"] = [LEAD * 9]
    made = crowds([*(task(n) for n in range(4)), long])
    leads = {teaser.lead for page, _ in made for teaser in page["teasers"]}
    (cut,) = [lead for lead in leads if lead.endswith("…")]
    assert len(cut) <= 301
    assert (LEAD * 9).startswith(cut[:-1] + " ")


def test_what_is_set_in_is_related_and_the_rest_is_labelled_as_before() -> None:
    page, dumps = {"id": "a", "teasers": TEASERS}, [task(1)[1][0] | {"text": TEXT, "gold": GOLD}]
    (more,) = encode.encode_crowded((page, dumps))
    (plain,) = encode.encode_page(({"id": "a"}, dumps))
    related = [label is Label.RELATED for label in Label]
    wall = (more.masks == related).all(1)
    assert len(TEASERS) <= wall.sum() == len(more.masks) - len(dump.read(TEXT))
    assert (more.masks[~wall] == plain.masks).all()


def test_a_page_without_its_story_teaches_nothing() -> None:
    page, dumps = {"id": "a", "teasers": TEASERS}, [task(1)[1][0] | {"text": "Home", "gold": GOLD}]
    assert encode.encode_crowded((page, dumps)) == []
