"""Bars as SVG, drawn by pygal (the extra `report`) and coloured by the page's own styles."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from lxml import etree

from cleaner.report import document

MISSING = "a report needs pygal: pip install 'newsdump-cleaner[report]'"

_WIDTH, _HEIGHT = 520, 240
_TICKS = 3  # at an axis, beside 0
# Scripts and styles of pygal's own, and the words of its tooltips. With its comments goes the day
# on which it was drawn: the same run gives the same page.
_LEFT_OUT = ("defs", "desc", "title", etree.Comment)


class MissingExtraError(ImportError):
    """An extra that is not installed; the message says how to install it."""


def bars(name: str, labels: Sequence[str], counts: Sequence[int]) -> str:
    """Give a bar for each count as an SVG element whose name for screen readers is `name`.

    Raises MissingExtraError where pygal is not installed.
    """
    chart = _pygal().Bar(
        width=_WIDTH,
        height=_HEIGHT,
        margin=4,
        spacing=4,
        css=(),
        js=(),
        show_legend=False,
        print_values=False,
        show_minor_x_labels=False,
        x_labels_major_count=6,
        truncate_label=-1,
        value_formatter=lambda value: f"{value:,.0f}",
    )
    chart.x_labels = list(labels)
    chart.y_labels = ticks(max(counts, default=0))
    chart.add("", list(counts))
    tree = chart.render_tree()
    etree.strip_elements(tree, *_LEFT_OUT, with_tail=False)
    tree.attrib.pop("id")
    for element in tree.iter():
        element.attrib.pop("style", None)  # the page's policy would refuse them
    svg = etree.tostring(tree, encoding="unicode")
    opening, rest = svg.split(">", 1)
    return f'{opening} role="img" aria-label="{document.attribute(name)}">{rest}'


def ticks(most: int) -> list[int]:
    """Give what stands at an axis up to the greatest count: whole numbers, few, round.

    >>> ticks(0), ticks(3), ticks(870)
    ([0, 1], [0, 1, 2, 3], [0, 500, 1000])
    """
    step = 1
    while most > _TICKS * step:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return [step * n for n in range(-(-max(most, 1) // step) + 1)]


def _pygal() -> Any:
    try:
        return import_module("pygal")
    except ImportError as error:
        raise MissingExtraError(MISSING) from error
