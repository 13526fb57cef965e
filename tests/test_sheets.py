"""Sheets: what is longer than any page is labelled piece by piece."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import features
from cleaner.article import Block
from cleaner.labeller import label, sheets

PROSE = (
    "The ferry to Port Hale sails again from Monday, two years after a storm broke its pier.",
    "Six sailings a day are planned until the end of October, and four in winter, at nine crowns.",
    "The gulls have missed it too, said the harbour master, who waved it off when it last sailed.",
)


@given(st.lists(st.integers(0, 9), max_size=20), st.integers(1, 6), st.integers(1, 12))
def test_sheets_are_small_and_make_up_the_page(
    sizes: list[int], most_blocks: int, most_characters: int
) -> None:
    page = [Block(i, i + 1, "x" * size) for i, size in enumerate(sizes)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "MOST_BLOCKS", most_blocks)
        patch.setattr(sheets, "MOST_CHARACTERS", most_characters)
        found = list(sheets.cut(page))
    assert [block for sheet in found for block in sheet] == page
    for sheet in found:
        assert len(sheet) <= most_blocks
        assert sum(len(block.text) for block in sheet) <= most_characters or len(sheet) == 1
    for one, other in pairwise(found):
        fuller = sum(len(block.text) for block in [*one, other[0]])
        assert len(one) == most_blocks or fuller > most_characters


def test_a_page_longer_than_a_sheet_is_labelled_sheet_by_sheet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    menu = [Block(i, i + 1, text) for i, text in enumerate(["Home", "News", "Sport", "Log in"])]
    story = [
        Block(i, i + 1, text) for i, text in enumerate(["Ferry returns to Port Hale", *PROSE], 4)
    ]
    alone = [label(part, features.describe) for part in (menu, story)]
    monkeypatch.setattr(sheets, "MOST_BLOCKS", 4)
    labelled, probability, _ = label([*menu, *story], features.describe)
    assert labelled == alone[0][0] + alone[1][0]
    assert [b.reason for b in labelled] == [b.reason for part, *_ in alone for b in part]
    assert probability == max(odds for _, odds, _ in alone)


def test_what_follows_in_a_block_longer_than_any_paragraph_tells_nothing() -> None:
    words = "The ferry left the harbour. " * (1 + sheets.TELLING // 28)
    (one, odds), (other, same) = (
        label([Block(0, 9, text)], features.describe)[:2]
        for text in (words, words + "Share Print Log in " * 99)
    )
    assert (one[0].label, one[0].score, odds) == (other[0].label, other[0].score, same)
    assert other[0].text.endswith("Log in ")
