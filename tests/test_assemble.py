"""Putting the labelled blocks together: body, captions, tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.article import Block, Label
from cleaner.assemble import assemble

texts = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8)
pages = st.lists(st.builds(Block, st.just(0), st.just(1), texts, label=st.sampled_from(Label)))


def page(*lines: tuple[str, str]) -> list[Block]:
    return [Block(0, len(text), text, label=Label(label)) for label, text in lines]


@given(pages)
def test_the_body_is_the_story_and_its_headings_in_page_order(blocks: list[Block]) -> None:
    story = [block.text for block in blocks if block.label in (Label.BODY, Label.HEADING)]
    body = assemble(blocks).body
    assert body == "\n\n".join(story)
    assert body.split("\n\n") == (story or [""])


@given(pages)
def test_captions_are_told_once_each_in_page_order(blocks: list[Block]) -> None:
    captions = assemble(blocks).captions
    every = [block.text for block in blocks if block.label is Label.CAPTION]
    assert set(captions) == set(every)
    assert [every.index(caption) for caption in captions] == sorted(
        {every.index(caption) for caption in every}
    )


@given(pages)
def test_every_tag_stands_in_a_block_of_tags(blocks: list[Block]) -> None:
    tags = assemble(blocks).tags
    assert len(set(tags)) == len(tags)
    for tag in tags:
        assert tag
        assert any(tag in block.text for block in blocks if block.label is Label.TAGS)


@given(pages, pages)
def test_what_is_no_story_caption_or_tag_changes_nothing(
    blocks: list[Block], others: list[Block]
) -> None:
    used = (Label.BODY, Label.HEADING, Label.CAPTION, Label.TAGS)
    cruft = [block for block in others if block.label not in used]
    assert assemble([*cruft, *blocks, *cruft]) == assemble(blocks)


def test_a_page_of_nothing_gives_nothing() -> None:
    parts = assemble([])
    assert (parts.body, parts.captions, parts.tags) == ("", (), ())


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("Harbour", ("Harbour",)),
        ("Topics: harbour, ferries", ("harbour", "ferries")),
        ("Tags:", ()),
        ("Filed under: Outer islands | Ferries", ("Outer islands", "Ferries")),
        ("Thèmes : ports ; bacs", ("ports", "bacs")),
        ("#harbour #ferries", ("harbour", "ferries")),
        ("标签：渡轮、港口，海岛", ("渡轮", "港口", "海岛")),
        ("Harbour • Ferries · Gulls", ("Harbour", "Ferries", "Gulls")),
        ("harbour, ferries, harbour", ("harbour", "ferries")),
        ("Ferry 7: the return", ("Ferry 7: the return",)),
        ("harbour   ,  ferries", ("harbour", "ferries")),
    ],
)
def test_tags_are_parted_and_their_lead_is_left_out(line: str, tags: tuple[str, ...]) -> None:
    assert assemble(page(("tags", line))).tags == tags


def test_tags_of_several_blocks_are_one_list() -> None:
    lines = [("tags", "Tags:"), ("tags", "harbour"), ("body", "It sails."), ("tags", "gulls, sea")]
    assert assemble(page(*lines)).tags == ("harbour", "gulls", "sea")
