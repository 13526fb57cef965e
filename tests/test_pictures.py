"""The pictures of the documentation are what the library gives."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

import cleaner
from cleaner import fixture
from tools import pictures
from tools.pictures.paper import Paper, oklch


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return {path.name: picture for path, picture in pictures.drawn()}


def test_every_picture_is_what_the_library_would_draw_now() -> None:
    assert pictures.stale() == [], "python -m tools.pictures draws them anew"


def test_each_is_drawn_on_light_and_on_dark_paper(drawn: dict[str, str]) -> None:
    assert len(drawn) == 2 * len(pictures.PICTURES)
    for name in pictures.PICTURES:
        light, dark = drawn[f"{name}-light.svg"], drawn[f"{name}-dark.svg"]
        assert light != dark
        words = [[one.text for one in _texts(picture)] for picture in (light, dark)]
        assert words[0] == words[1]


def test_each_is_told_to_those_who_do_not_see_it(drawn: dict[str, str]) -> None:
    for picture in drawn.values():
        root = ElementTree.fromstring(picture)
        told = [root.find(f"{{http://www.w3.org/2000/svg}}{tag}") for tag in ("title", "desc")]
        assert all(one is not None and one.text for one in told)
        assert "script" not in picture
        assert "href" not in picture


def test_no_text_stands_beyond_the_sheet(drawn: dict[str, str]) -> None:
    for picture in drawn.values():
        width = float(ElementTree.fromstring(picture).get("width") or 0)
        for one in _texts(picture):
            size, x = float(one.get("font-size") or 0), float(one.get("x") or 0)
            if one.get("text-anchor") == "start":
                # A letter of any of these types takes .54 of its size at most, on average.
                assert x + len(one.text or "") * size * 0.54 < width, one.text


def test_the_picture_of_the_readme_shows_every_line_and_the_article(drawn: dict[str, str]) -> None:
    shown = " ".join((one.text or "").strip() for one in _texts(drawn["before-after-light.svg"]))
    _, source = pictures.PICTURES["before-after"]
    article = cleaner.clean(fixture.parse(source.read_text("utf-8")).dump)
    for block in article.blocks:
        assert block.text.split()[-1] in shown
    for paragraph in (article.title or "", *article.body.split("\n\n")):
        assert paragraph in shown


def test_a_pixel_more_or_less_is_the_same_picture() -> None:
    assert pictures.same('<rect x="10.0" y="3"/>', '<rect x="11.2" y="3"/>')
    assert not pictures.same('<rect x="10.0"/>', '<rect x="19.0"/>')
    assert not pictures.same("<text>body</text>", "<text>related</text>")


def test_colours_are_those_of_the_report() -> None:
    assert oklch(0.5, 0, 0) == "#636363"
    assert Paper("light").colours["paper"] == "#fcfbf9"
    assert Paper("dark").colours["paper"] == "#17181b"


def _texts(picture: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(picture).findall(".//{http://www.w3.org/2000/svg}text")
