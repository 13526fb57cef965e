"""The picture of the README: a dump with every line tinted, and the article beside it."""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import groupby

import cleaner
from cleaner import render
from cleaner.article import Article, Label
from cleaner.report import rows
from tools.pictures.paper import MONO, SERIF, Paper

_WIDTH = 1000.0
_LEFT = 600.0  # of it the dump has so much
_GAP = 14.0
_MARGIN = 22.0
_TOP = 66.0  # where the first line stands
_GUTTER = 118.0  # for the names of the labels
_SIZE, _LEADING, _COLUMNS = 12.5, 18.0, 56  # of the dump's type
_BLANK = 9.0  # what is left for a blank line


def draw(dump: str, paper: Paper) -> str:
    """Draw a dump and its article."""
    article = cleaner.clean_text(dump)
    here, paper.parts = paper.parts, []
    bottom = _dump(article, paper)
    height = max(bottom, _article(article, paper)) + _MARGIN
    drawn, paper.parts = paper.parts, here
    paper.sheet(0.5, 0.5, _LEFT, height - 1)
    paper.sheet(_LEFT + _GAP, 0.5, _WIDTH - _LEFT - _GAP - 1, height - 1)
    paper.parts += drawn
    kinds = ", ".join(dict.fromkeys(str(block.label) for block in article.blocks))
    told = f"On the left the dump of a news page, each run of lines named: {kinds}. On the right "
    return paper.svg(
        _WIDTH, height, "A page before and after", f"{told}what is left: {article.title}."
    )


def _dump(article: Article, paper: Paper) -> float:
    paper.text(_MARGIN, 34, "The dump", 15, weight=650)
    paper.text(_MARGIN + 84, 34, "what a page is as plain text", 13, colour=paper.muted)
    y = _TOP
    found = rows.of_blocks(article.source, article.blocks)
    for label, run in groupby(found, key=lambda row: row.label):
        whole = list(run)
        lines = "".join(row.text for row in whole).strip("\n").split("\n")
        shown = [part for line in lines for part in _wrapped(line)]
        top, heights = y, [_LEADING if line.strip() else _BLANK for line in shown]
        paper.box(
            _GUTTER + 8, top, _LEFT - _GUTTER - 8 - _MARGIN, sum(heights) - 1, paper.tint(label)
        )
        paper.box(_GUTTER, top, 5, sum(heights) - 1, paper.fill(label))
        number = f" · {len(whole)}" if len(whole) > 1 else ""
        name = f"{label}{number}"
        paper.text(
            _GUTTER - 8, top + 13, name, 11.5, anchor="end", colour=paper.word(label), weight=600
        )
        ink = paper.colours["ink"] if label.kept else paper.muted
        for line, high in zip(shown, heights, strict=True):
            if line.strip():
                paper.text(_GUTTER + 18, y + 13, line, _SIZE, family=MONO, colour=ink)
            y += high
        y += 4
    return y


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, _COLUMNS, drop_whitespace=True) if line.strip() else [""]


def _article(article: Article, paper: Paper) -> float:
    x, width = _LEFT + _GAP + _MARGIN, _WIDTH - _LEFT - _GAP - 2 * _MARGIN
    paper.text(x, 34, "The article", 15, weight=650)
    words = f"confidence {article.confidence:.2f}, language {article.language}"
    paper.text(x + 92, 34, words, 13, colour=paper.muted)
    y = paper.paragraph(x, _TOP + 18, article.title or "", 20, 30, 26, family=SERIF, weight="700")
    credit = " · ".join(filter(None, (article.byline, render.day(article))))
    paper.text(x, y + 2, credit, 13, colour=paper.muted)
    y += 32
    for paragraph in article.body.split("\n\n"):
        y = paper.paragraph(x, y, paragraph, 14, 46, 20.5, family=SERIF) + 10
    counts = Counter(block.label for block in article.blocks)
    y += 16
    for words, kept in (("Kept", True), ("Left out, by name", False)):
        paper.text(x, y, words, 12.5, weight=650)
        chosen = {label: counts[label] for label in Label if label.kept is kept and counts[label]}
        y = paper.legend(x, y + 22, chosen, width) + 14
    return y - 14
