"""The picture of how it works: a page from top to bottom, and how likely it is the story's."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import groupby

from cleaner import dump, features, labeller
from cleaner.article import Block, Label
from cleaner.description import Floats
from cleaner.labeller import decision
from cleaner.labeller.model import STORY
from cleaner.report import rows
from tools.pictures.paper import Paper

_WIDTH = 1120.0
_MARGIN = 22.0
_TOP = 82.0
_GUTTER = 128.0
_COLUMNS, _PER_CHARACTER = 104, 4.9  # of a line of the dump, drawn as a stroke
_ROW, _STROKE, _BLANK = 6.6, 4.2, 4.6
_APART = 10.8  # names of labels are no closer
_LEFT, _LENGTH = 680.0, 400.0  # of the bars


def draw(text: str, paper: Paper) -> str:
    """Draw a dump as strokes, and beside each block the probability that it is the story's."""
    blocks = dump.read(text)
    found, _, chances = labeller.label(blocks, features.describe)
    story = chances[:, STORY].sum(1)
    words = features.describe(blocks).counts
    bound = decision.bound(story, words)
    paper.parts = []
    bottom = _page(text, found, story, paper)
    _axis(bound, bottom, paper)
    drawn, paper.parts = paper.parts, []
    height = bottom + 34
    paper.sheet(0.5, 0.5, _WIDTH - 1, height - 1)
    paper.parts += drawn
    return paper.svg(
        _WIDTH,
        height,
        "A page and its story",
        "On the left a page from top to bottom, each line a stroke in the colour of its label; on "
        "the right a bar for each block, as long as it is likely to be the story's. Menus, ticker "
        "and footer have none, the paragraphs long ones, and a line shows from where on a block is "
        "taken.",
    )


def _page(
    text: str,
    found: Sequence[Block],
    story: Floats,
    paper: Paper,
) -> float:
    paper.text(_MARGIN, 34, "The page", 15, weight=650)
    told = "from top to bottom, a stroke for each line of the dump"
    paper.text(_MARGIN + 82, 34, told, 13, colour=paper.muted)
    y, named = _TOP, 0.0
    for label, run in groupby(rows.of_blocks(text, found), key=lambda row: row.label):
        top = y
        for row in run:
            first = y
            for line in row.text.strip("\n").split("\n"):
                for part in textwrap.wrap(line, _COLUMNS) or [""]:
                    _stroke(part, label, y, paper)
                    y += _ROW
            likely = float(story[row.block])
            thick = max(y - first - (_ROW - _STROKE), 2.0)
            paper.box(_LEFT, first, max(likely * _LENGTH, 0.5), thick, paper.bar(label))
            y += _BLANK
        paper.box(_GUTTER - 10, top, 4, y - top - _BLANK - 1, paper.fill(label))
        if top >= named + _APART:
            named = top
            colour = paper.word(label)
            paper.text(
                _GUTTER - 17, top + 6, str(label), 10.5, anchor="end", colour=colour, weight=600
            )
    return y


def _stroke(part: str, label: Label, y: float, paper: Paper) -> None:
    indent = len(part) - len(part.lstrip())
    x, width = _GUTTER + indent * _PER_CHARACTER, len(part.strip()) * _PER_CHARACTER
    paper.box(x, y, width, _STROKE, paper.bar(label), ' rx="1.5"')


def _axis(least: float, bottom: float, paper: Paper) -> None:
    paper.text(_LEFT, 34, "How likely it is the story's", 15, weight=650)
    for share in (0, 0.5, 1):
        x, line = _LEFT + share * _LENGTH, paper.colours["line"]
        paper.box(x, _TOP - 10, 1, bottom - _TOP + 10, line)
        paper.text(x, _TOP - 16, f"{share:g}", 11, anchor="middle", colour=paper.muted)
    x = _LEFT + least * _LENGTH
    paper.box(x, _TOP - 10, 1.5, bottom - _TOP + 20, paper.colours["accent"])
    words = f"taken from {least:.2f} on"
    paper.text(x + 8, bottom + 14, words, 12, colour=paper.colours["accent"], weight=600)
