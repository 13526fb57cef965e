"""What the fuzzer found, and that its targets would notice a broken law."""

from __future__ import annotations

import dataclasses

import pytest

import cleaner
from bench import fuzz

# Inputs that once broke a target, with what they showed.
FOUND: dict[str, tuple[str, bytes]] = {
    # Link numbers that lynx sets inside a headline are left out: its words stand in the dump in
    # order, but not in a row.
    "a headline with link numbers": (
        "text",
        b"   [1]Home [2]News [3]Sport\n\n   Ferry [4]returns to [5]Port Hale after two years\n\n"
        + b"   It sails again from Monday, the harbour office said, two years after a storm.\n" * 3,
    ),
    # What a page only declares stands in no line of it: its evidence says so, and that is lawful.
    "a headline that is declared only": (
        "bytes",
        b"<title>Ferry returns after two years of storms",
    ),
}
ALWAYS = {
    "nothing": b"",
    "a NUL": b"\0",
    "a mark of UTF-16 alone": b"\xff\xfe",
    "half of a character": b"\xe6\xb8",
    "a declared encoding of no text": b"<meta charset=zip><p>\xff",
    "a declared encoding of none": b"<meta charset=nosuch><p>\xff",
    "a broken fixture": b"\2#! title: a\nno label\n",
    "a row that is no row": b"\4{\n[]\nnull\n",
    "half a gzip": b"\7\x1f\x8b\x08\0\0\0",
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_lawful_now(name: str) -> None:
    target, data = FOUND[name]
    fuzz.TARGETS[target](data)


@pytest.mark.parametrize("data", ALWAYS.values(), ids=ALWAYS)
@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_every_target_takes_any_bytes(target: str, data: bytes) -> None:
    fuzz.TARGETS[target](data)


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_a_target_starts_from_the_fixtures(target: str) -> None:
    seeds = list(fuzz._seeds(target))
    assert len(seeds) > 20
    fuzz.TARGETS[target](seeds[0])


@pytest.mark.parametrize(
    "broken",
    [
        {"source": ""},
        {"title": "Another headline"},
        {"body": "harbour ferry ferry"},
        {"blocks": (cleaner.Block(9, 3, "a"),)},
        {"blocks": (cleaner.Block(0, 5, "a"), cleaner.Block(3, 6, "a"))},
        {"blocks": (cleaner.Block(0, 5, "a", score=2.0),)},
    ],
)
def test_a_broken_law_is_noticed(broken: dict[str, object]) -> None:
    source = "The ferry left the harbour."
    fine = cleaner.Article(source=source)
    fuzz._lawful(fine, source)
    with pytest.raises(AssertionError):
        fuzz._lawful(dataclasses.replace(fine, **broken), source)  # type: ignore[arg-type]
