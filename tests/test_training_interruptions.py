"""Lines that interrupt are set into stories of HTML, and are told to be none of it."""

from __future__ import annotations

import random

import pytest

from cleaner import markup
from cleaner.article import Label
from training import encode
from training.interruptions import interrupted

STORY = [
    "The ferry to Port Hale sails again from Monday, and the town is glad of it after two years.",
    "The harbour office said on Friday that the new pier had cost twice what was planned for it.",
    "Those who live on the island had to drive for three hours, and many of them had moved away.",
    "In the first week the crossing is free for all, said the mayor, who was the first on board.",
]
GOLD = {"title": "Ferry returns", "body": STORY}
HTML = "<h1>Ferry returns</h1>" + "".join(
    f'<p class="lead {n}">{p}</p>' for n, p in enumerate(STORY)
)


@pytest.mark.parametrize("seed", range(20))
def test_lines_of_the_language_stand_between_paragraphs_and_are_made_as_the_one_above(
    seed: int,
) -> None:
    made = interrupted(HTML, GOLD, random.Random(seed))
    assert made is not None
    page = markup.read(made[0])
    lines = [block.text for block in page.blocks]
    new = [k for k, line in enumerate(lines) if line not in (*STORY, "Ferry returns")]
    assert 1 <= len(new) <= 3
    assert {lines[k] for k in new} == set(made[1])
    assert [line for line in lines[1:] if line in STORY] == STORY
    assert lines[-1] == STORY[-1]
    names = [page.structure.names[at] for at in page.structure.outer]
    assert all(names[k] == names[k - 1] != "" for k in new)
    assert all(line.isascii() or "’" in line for line in (lines[k] for k in new))


def test_what_is_set_in_has_its_label_and_the_rest_is_labelled_as_before() -> None:
    dump = {"gold": GOLD, "domain": "ferry.example"}
    (plain,) = encode.encode_html(({"id": "a", "html": HTML}, [dump]))
    (more,) = encode.encode_interrupted_html(({"id": "a", "html": HTML}, [dump]))
    kinds = [list(Label).index(Label(kind)) for kind in ("related", "promo")]
    sure = (more.masks.sum(1) == 1) & more.masks[:, kinds].any(1)
    assert sure.sum() == len(more.masks) - len(plain.masks) > 0
    assert (more.masks[~sure] == plain.masks).all()


@pytest.mark.parametrize(
    ("html", "gold"),
    [
        (HTML, {"body": STORY[:2]}),  # too few paragraphs
        (HTML, {"body": ["Lodz, Krakow, Poznan"] * 4}),  # none of them on the page
        ("<div>The ferry sails.</div>", {"body": STORY}),
    ],
)
def test_a_story_that_is_short_or_not_found_is_left_as_it_is(
    html: str, gold: dict[str, list[str]]
) -> None:
    assert interrupted(html, gold, random.Random(0)) is None
    assert encode.encode_interrupted_html(({"id": "a", "html": html}, [{"gold": gold}])) == []


def test_a_page_without_html_teaches_nothing() -> None:
    assert encode.encode_interrupted_html(({"id": "a"}, [{"gold": GOLD}])) == []
