"""The catalogue of hostile inputs, small: every one gives a lawful article. At full size, and how
time and memory grow, is for `python -m bench hostile` and `python -m bench linear`."""

from __future__ import annotations

import json
from mmap import PAGESIZE, mmap

import pytest

import cleaner
from bench import hostile, linear

SIZE = 20_000  # characters, as a long page has


def lawful(article: cleaner.Article) -> bool:
    """Whether blocks stand in order within the source, and the answer is ready for JSON."""
    at = 0
    for block in article.blocks:
        if not at <= block.start < block.end <= len(article.source):
            return False
        at = block.end
    return bool(json.dumps(article.to_dict()))


@pytest.mark.parametrize("name", hostile.FAMILIES)
def test_a_hostile_dump_gives_a_lawful_article(name: str) -> None:
    text = hostile.FAMILIES[name](SIZE)
    article = cleaner.clean_text(text)
    assert article.source == text
    assert lawful(article)


@pytest.mark.parametrize("name", hostile.HTML)
def test_hostile_markup_gives_a_lawful_article(name: str) -> None:
    assert lawful(cleaner.clean_html(hostile.HTML[name](SIZE)))


@pytest.mark.parametrize(
    "name", ["attributes", "classes", "one tag name", "open comment", "open script"]
)
def test_the_paragraph_beside_hostile_markup_is_read(name: str) -> None:
    assert hostile.SENTENCE.strip() in cleaner.clean_html(hostile.HTML[name](SIZE)).source


def test_text_behind_deep_elements_is_read() -> None:
    page = "<div>" * 10_000 + hostile.PARAGRAPH + "</div>" * 10_000
    assert hostile.SENTENCE.strip() in cleaner.clean_html(page).source


@pytest.mark.parametrize("name", [*hostile.FAMILIES, *hostile.HTML])
def test_a_family_is_as_long_as_it_is_asked_to_be(name: str) -> None:
    for size in (1_000, 10_000):
        assert abs(len(hostile.make(name, size)) - size) < 500


def test_every_case_is_of_a_family() -> None:
    assert {case.family for case in hostile.CASES.values()} <= {*hostile.FAMILIES, *hostile.HTML}


def test_every_plane_is_in_the_catalogue() -> None:
    text = hostile.make("every plane", 20_000)
    assert {ord(character) >> 16 for character in text} == set(range(17))


def test_a_page_is_measured_in_a_process_of_its_own() -> None:
    def hold(page: str | bytes) -> mmap:
        held = mmap(-1, 10 * len(page))  # what is allocated may be memory that was freed before
        for at in range(0, len(held), PAGESIZE):
            held[at] = 1
        return held

    found = linear.measure(hold, lambda size: "a" * size, 1 << 20)
    assert found is not None
    assert found.size == 1 << 20
    assert found.peak == 0 or 9 << 20 <= found.peak < 12 << 20


def test_a_killed_process_is_told() -> None:
    def end(_: str | bytes) -> None:
        import os

        os._exit(1)

    assert linear.measure(end, lambda size: "a" * size, 10) is None


def test_growth_beyond_the_limits_is_told() -> None:
    def growth(power: float, more: int) -> linear.Growth:
        sizes = (1_000, 10_000, 100_000)
        allowed = [linear.Measure(size, 0, 0.0, 0).allowed for size in sizes]
        pairs = zip(sizes, allowed, strict=True)
        of = [linear.Measure(size, 0, size**power, most + more) for size, most in pairs]
        return linear.Growth("a", tuple(of))

    assert growth(1.0, 0).linear
    assert not growth(1.2, 0).linear
    assert not growth(1.0, 1).linear
    assert not linear.Growth("a", (*growth(1.0, 0).measures, None)).linear


def test_memory_is_allowed_by_the_byte_and_by_the_block() -> None:
    def most(size: int, blocks: int) -> int:
        return linear.Measure(size, blocks, 0.0, 0).allowed

    assert most(10, 0) - most(0, 0) == 10 * linear.BYTES
    assert most(10, 3) - most(10, 0) == 3 * linear.BLOCK_BYTES
