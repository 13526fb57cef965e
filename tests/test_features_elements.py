"""What HTML tells of a block: elements around, prose beside, likeness to declarations, names."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner import features, markup
from cleaner.description import Description
from cleaner.features.elements.names import names
from cleaner.features.elements.tree import Tree

LEAD = "The ferry to Port Hale sails again from Monday, the harbour office said on Friday."

tags = st.sampled_from(["div", "p", "ul", "li", "article", "nav", "h1", "a", "b", "section"])
pages = st.recursive(
    st.sampled_from(["Ferry", LEAD, "", "x"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag} class=c>{''.join(parts)}</{tag}>",
        tags,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def described(html: str) -> Description:
    page = markup.read(html)
    return features.describe_elements(
        page.blocks, page=page.blocks, structure=page.structure, declared=page.declared
    )


def column(html: str, name: str) -> list[float]:
    place = len(features.NAMES) + features.ELEMENT_NAMES.index(name)
    return described(html).values[:, place].round(3).tolist()


@given(pages)
def test_every_block_is_described_in_finite_numbers_and_words(html: str) -> None:
    found = described(html)
    if len(found.values):
        columns = len(features.NAMES) + len(features.ELEMENT_NAMES)
        assert found.values.shape[1] == columns == len(found.phrases)
        assert np.isfinite(found.values).all()
        assert found.names is not None
        assert len(found.names.of) == len(found.values)
        assert found.names.counts.sum() == len(found.names.ids)
        assert found.names.of.max() < len(found.names.counts)


@given(pages)
def test_text_features_are_those_of_the_same_blocks_in_a_dump(html: str) -> None:
    blocks = markup.read(html).blocks
    found = described(html).values[:, : len(features.NAMES)]
    assert found.tolist() == features.describe(blocks).values.tolist()


def test_the_elements_around_a_block_are_told() -> None:
    html = "<nav><a href=x>News</a></nav><article><p>Ferry</p></article>"
    assert column(html, "within nav") == [1, 0]
    assert column(html, "within article") == [0, 1]
    assert column(html, "linked") == [1, 0]
    assert column(html, "is p") == [0, 1]


def test_the_container_of_the_prose_is_found() -> None:
    story = f"<div><p>{LEAD}</p><p>{LEAD}</p></div>"
    html = f"<div><ul><li>News<li>Sport</ul></div>{story}<div><p>Contact</p></div>"
    up = column(html, "up to container")
    assert up[2] == up[3] == 0
    assert min(up[0], up[1], up[4]) > 0


def test_teasers_in_like_elements_are_told_from_the_story() -> None:
    teasers = "".join(f"<li class='item n{k}'><div><p>{LEAD}</p></div></li>" for k in range(4))
    html = f"<ul>{teasers}</ul><article><div><p>{LEAD}</p></div></article>"
    above = column(html, "alike above")
    assert min(above[:4]) > above[4]


def test_what_follows_the_declared_title_is_told() -> None:
    html = f"<title>Ferry returns - Post</title><p>{LEAD}</p><h1>Ferry returns</h1><p>{LEAD}</p>"
    assert column(html, "below title") == [0, 0, 1]
    assert round(column(html, "like title")[1], 3) == 0.8


def test_a_block_that_stands_in_the_description_is_told() -> None:
    html = f'<meta name=description content="{LEAD}"><p>Sport</p><p>{LEAD}</p>'
    assert column(html, "in description") == [0, 1]


def test_blocks_called_the_same_all_the_way_up_share_their_names() -> None:
    page = markup.read("<ul class=menu><li>News<li>Sport</ul><div class=story-text>Ferry</div>")
    bag = names(Tree(page.structure))
    assert bag.of[0] == bag.of[1] != bag.of[2]
    assert len(bag.counts) == 2


def test_names_are_parted_into_their_words_in_any_case() -> None:
    def ids(name: str) -> set[int]:
        page = markup.read(f"<div class={name}>Ferry</div>")
        return set(names(Tree(page.structure)).ids.tolist())

    assert len(ids("storyText") & ids("text")) > len(ids("stories") & ids("text"))
    assert ids("STORY") == ids("story")
