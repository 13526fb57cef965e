"""The structure of a part of a page: its blocks stand as they do in the whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner import markup
from cleaner.structure import Structure

tags = st.sampled_from(["div", "p", "ul", "li", "b", "a", "section"])
pages = st.recursive(
    st.sampled_from(["Ferry", "", "It sails."]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", tags, st.lists(inner, max_size=4)
    ),
    max_leaves=20,
)


def path(structure: Structure, place: int) -> list[str]:
    found = []
    while place >= 0:
        found.append(structure.tags[place])
        place = structure.parents[place]
    return found


@given(pages, st.data())
def test_the_blocks_of_a_part_stand_in_the_same_elements(html: str, data: st.DataObject) -> None:
    whole = markup.read(html).structure
    blocks = len(whole.outer)
    if not blocks:
        return
    first = data.draw(st.integers(0, blocks - 1))
    last = data.draw(st.integers(first + 1, blocks))
    part = whole.part(first, last)
    assert len(part.outer) == last - first
    for k in range(last - first):
        assert path(part, part.outer[k]) == path(whole, whole.outer[first + k])
        assert path(part, part.inner[k]) == path(whole, whole.inner[first + k])
    for place, (parent, end) in enumerate(zip(part.parents, part.ends, strict=True)):
        assert -1 <= parent < place < end <= len(part.tags)


@given(pages)
def test_all_blocks_are_the_whole(html: str) -> None:
    whole = markup.read(html).structure
    if whole.outer:
        part = whole.part(0, len(whole.outer))
        assert [path(part, k) for k in part.inner] == [path(whole, k) for k in whole.inner]
