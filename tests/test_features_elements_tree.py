"""The elements of a page as arrays, beside what is told by climbing from each element."""

from __future__ import annotations

from hypothesis import example, given
from test_features_elements import pages

from cleaner import markup
from cleaner.description import Ints
from cleaner.features.elements.tree import Tree


def tree_of(html: str) -> Tree:
    return Tree(markup.read(html).structure)


def around(tree: Tree, element: int) -> list[int]:
    """An element and those around it, by the parents that the page gives."""
    found = [element]
    while (parent := tree.structure.parents[found[-1]]) >= 0:
        found.append(parent)
    return found


def depth_of_shared(tree: Tree, one: int, other: int) -> int:
    held = set(around(tree, one))
    both = [k for k in around(tree, other) if k in held]
    return int(tree.depths[both[0]]) if both else 0


@given(pages)
@example("<div>Ferry<p>Ferry</p>Ferry<p><b>Ferry</b></p>Ferry</div><p>Ferry</p>")
def test_how_deep_two_blocks_in_a_row_meet_is_told_as_by_climbing(html: str) -> None:
    tree = tree_of(html)
    where: Ints = tree.outer
    pairs = zip(where[:-1].tolist(), where[1:].tolist(), strict=True)
    if len(where):
        met = tree.met_next(where).tolist()
        assert met == [depth_of_shared(tree, *pair) for pair in pairs]


@given(pages)
def test_how_deep_an_element_meets_each_is_told_as_by_climbing(html: str) -> None:
    tree = tree_of(html)
    for one in range(len(tree.structure.tags)):
        every = range(len(tree.structure.tags))
        assert tree.met(one).tolist() == [depth_of_shared(tree, one, each) for each in every]


@given(pages)
def test_how_many_chosen_elements_an_element_stands_in_is_told_as_by_climbing(html: str) -> None:
    tree = tree_of(html)
    tags = tree.structure.tags
    chosen = [k for k, tag in enumerate(tags) if tag in ("div", "p")]
    held = [len(set(chosen).intersection(around(tree, one))) for one in range(len(tags))]
    assert tree.covered(chosen).tolist() == held
