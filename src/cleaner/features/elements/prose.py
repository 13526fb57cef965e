"""Where the prose of a page stands among its elements: the story's container, lists of teasers."""

from __future__ import annotations

import numpy as np

from cleaner.description import Bools, Floats, Ints
from cleaner.features.elements.tree import Tree

# Elements above a block whose content is looked at.
_LEVELS = (1, 2, 3, 5)
_ALIKE_LEVELS = 5
_ALIKE_FARTHEST = 12

# An element is the story's container as far as prose stands right in it (which is how paragraphs
# stand in theirs), in its children and theirs (readability's idea, with weights by hand).
_RIGHT_IN, _IN_CHILDREN, _IN_GRANDCHILDREN = 0.3, 1.0, 0.6


def _phrases() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for k in _LEVELS:
        place = f"the element {k} above"
        found |= {
            f"prose of parent {k}": (f"{place} holds much prose", f"{place} holds little prose"),
            f"linked of parent {k}": (f"{place} is full of links", f"{place} has few links"),
            f"blocks of parent {k}": (f"{place} holds many lines", f"{place} holds few lines"),
            f"long of parent {k}": (f"{place} holds long lines", f"{place} holds no long lines"),
        }
    for k in range(_ALIKE_LEVELS):
        place = f"the element {k} above" if k else "its element"
        found[f"alike at {k}"] = (f"{place} has many like it", f"{place} has none like it")
    return found | {
        "alike above": ("in one of many like elements", "not in one of many like elements"),
        "up to container": ("outside the element of the prose", "in the element of the prose"),
        "down from container": ("far down in the prose's element", "right in the prose's element"),
        "container share": ("one element holds the prose", "no element holds most of the prose"),
        "prose of path": ("lines set alike hold the prose", "lines set alike hold no prose"),
        "linked of path": ("lines set alike are links", "lines set alike are no links"),
        "blocks of path": ("many lines set alike", "few lines set alike"),
        "size of path": ("lines set alike are long", "lines set alike are short"),
    }


PHRASES = _phrases()


def prose(tree: Tree, sizes: Floats, long: Bools, linked: Floats) -> dict[str, Floats]:
    """The prose around n blocks of these sizes (in words), keyed by feature name.

    `long` are the long lines, `linked` is which share of each block is a link.
    """
    mass = np.where(long, sizes, 0.0)
    whole = max(float(mass.sum()), 1.0)
    counted = np.stack([sizes, mass, sizes * linked, np.ones(len(sizes)), long * 1.0], axis=1)
    within = tree.sums(counted)
    above = tree.climbed(_ALIKE_FARTHEST)
    columns: dict[str, Floats] = {}
    for k in _LEVELS:
        size, held, links, blocks, lines = within[above[k]].T
        columns[f"prose of parent {k}"] = held / whole
        columns[f"linked of parent {k}"] = links / np.maximum(size, 1)
        columns[f"blocks of parent {k}"] = np.log1p(blocks)
        columns[f"long of parent {k}"] = np.log1p(lines)
    beside = _alike(tree)
    alike = [beside[places] for places in above]
    columns |= {f"alike at {k}": alike[k] for k in range(_ALIKE_LEVELS)}
    columns["alike above"] = np.max(alike[1:], axis=0)
    return columns | _container(tree, mass, whole) | _path(tree, sizes, mass / whole, linked)


def _alike(tree: Tree) -> Floats:
    """For each element the logarithm of how many like it stand beside it, itself counted."""
    structure = tree.structure
    groups: dict[tuple[int, str, str], int] = {}
    first_names = [names.split(" ", 1)[0] for names in structure.names]
    keys = zip(structure.parents, structure.tags, first_names, strict=True)
    group = np.array([groups.setdefault(key, len(groups)) for key in keys], np.int64)
    logarithms: Floats = np.log(np.bincount(group))[group]
    return logarithms


def _container(tree: Tree, mass: Floats, whole: float) -> dict[str, Floats]:
    """How far each block is from the element whose children hold most of the prose."""
    score = np.zeros(len(tree))
    parent = tree.parents[tree.outer]
    np.add.at(score, tree.outer, mass * _RIGHT_IN)
    np.add.at(score, parent, mass * _IN_CHILDREN)
    np.add.at(score, tree.parents[parent], mass * _IN_GRANDCHILDREN)
    best = int(score.argmax())
    both = tree.met(best)[tree.outer]
    return {
        "up to container": np.log1p(tree.depths[best] - both),
        "down from container": np.log1p(tree.depths[tree.outer] - both),
        "container share": np.full(len(mass), score[best] / whole),
    }


def _path(tree: Tree, sizes: Floats, mass: Floats, linked: Floats) -> dict[str, Floats]:
    """What stands in elements of the same tags and names, all the way up."""
    path: Ints = tree.paths[tree.outer]
    blocks, size = np.bincount(path), np.bincount(path, weights=sizes)
    links = np.bincount(path, weights=sizes * linked) / np.maximum(size, 1)
    return {
        "prose of path": np.bincount(path, weights=mass)[path],
        "linked of path": links[path],
        "blocks of path": np.log1p(blocks[path]),
        "size of path": np.log1p(size[path] / blocks[path]),
    }
