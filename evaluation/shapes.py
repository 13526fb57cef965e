"""What shape a page's story has, by its gold: how long, of how short lines, how much of the page.

Each is the name of a class, so that a table can be made by it: "50 to 99".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation import figures

# Where one class ends and the next begins.
_WORDS = (0, 50, 100, 200, 400, 800, 1600)  # tokens of the story
_SHARES = (0, 5, 10, 20, 40, 60, 80, 101)  # per cent of a dump's tokens that are the story's
_SHORT = (0, 10, 25, 50, 75, 101)  # per cent of the story's paragraphs that are short
_SHORT_PARAGRAPH = 10  # tokens: a headline or list item is seldom longer


def words(gold: Mapping[str, Any]) -> str | None:
    """Give how long the story is, in tokens; None where there is no gold body.

    >>> words({"body": ["The ferry sails again."]})
    '0000 to 0049'
    """
    if not gold.get("body"):
        return None
    return _class(len(figures.tokens(figures.plain(gold["body"]))), _WORDS, width=4)


def share(gold: Mapping[str, Any], dump: str) -> str | None:
    """Give how much of a dump is the story, in per cent.

    >>> share({"body": ["The ferry sails."]}, "Home News Sport The ferry sails.")
    '40 to 59'
    """
    whole = len(figures.tokens(dump))
    if not gold.get("body") or not whole:
        return None
    part = len(figures.tokens(figures.plain(gold["body"])))
    return _class(min(100 * part // whole, 100), _SHARES)


def short(gold: Mapping[str, Any]) -> str | None:
    """Give how many of the story's paragraphs are short, in per cent: lists, results, code.

    >>> short({"body": ["Eggs", "Two cups of flour", "Stir."]})
    '75 to 100'
    """
    sizes = [len(figures.tokens(part)) for part in figures.paragraphs(gold.get("body"))]
    if not sizes:
        return None
    few = sum(size <= _SHORT_PARAGRAPH for size in sizes)
    return _class(100 * few // len(sizes), _SHORT)


def _class(number: int, edges: Sequence[int], width: int = 2) -> str:
    at = bisect_right(edges, number)
    first = f"{edges[at - 1]:0{width}}"
    return f"{first} to {edges[at] - 1:0{width}}" if at < len(edges) else f"{first} and more"
