"""Sets lists, tables and code into stories, of dumps and of HTML: pages harder than most.

Stories of the corpus are prose for the most part. One that is a recipe, a comparison or a manual
has many short lines in its midst, and prose behind them; who has seen few such takes the first long
list for the end of the story. So a stretch of a story is broken into points, or a table or some
code made of its own words is set behind a paragraph, in the page and in the gold alike.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from cleaner import dump
from cleaner.article import Block
from training.align import allowed, settled
from training.tokens import tokens

T = TypeVar("T")

_LISTS = 1 / 3  # of the pages have a list, the others a table or code
_MARKS = ("", "", "* ", "• ", "- ", "  * ", "    • ")  # before a point, as dumps have them
_GAPS = ("\n", "\n", "\n\n")
_POINT = (2, 9)  # words
_STRETCH = (2, 6)  # paragraphs broken into points
_ROWS = (6, 40)  # lines of a table, or of code
_FEWEST = 3  # words of a paragraph that a line of code takes
_TAIL = 5  # words by which the end of a paragraph is known again
_PROSE = 15  # words of a block whose words will do for a table
_WORD = re.compile(r"[^\W\d_]{3,}")
_BETWEEN = (" | ", "  ", "\t", " ")  # the cells of a row
_COLUMNS = (2, 5)
_HIGHEST = 2000

_PARAGRAPH = re.compile(r"<p\b[^>]*>((?:(?!</?p\b).)*)</p>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_GLUED = 0.2  # of HTML pages have a counter glued to each paragraph instead
_MARGINS = ("", "", "    ", "  ")  # before a line of code

# Lines of code, of words in small letters: {0}, {1}, {2}; {n} is a number.
_CODE = (
    "{0} {1} {2}",
    "{0} --{1} {2}",
    "$ {0} {1} -{2[0]}",
    "# {0} {1} {2}",
    "// {0} the {1} {2}",
    "-- {0} {1} ({2})",
    "{0}_{1} = {2}({n})",
    "{0}.{1}({2}, {n});",
    "const {0} = await {1}.{2}();",
    "def {0}_{1}({2}):",
    "    return {0}[{1}] + {n}",
    "if ({0} > {n} && {1}) {{",
    "for {0} in {1}.{2}:",
    "}} else {{",
    "end",
    "SELECT {0}, {1} FROM {2} WHERE {0}_id = {n};",
    "INSERT INTO {0} ({1}) VALUES ('{2}');",
    '<div class="{0}-{1}">{2}</div>',
    '"{0}": "{1}",',
    '"{0}": {n},',
    "{0}: {1}",
    "import {0} from '{1}/{2}'",
    ".{0} {{ {1}: {n}px; }}",
)


def inset(
    text: str, gold: dict[str, Any], chance: random.Random
) -> tuple[str, dict[str, Any]] | None:
    """The page and its gold, with a list, a table or code in its story; None where none fits."""
    blocks = dump.read(text)
    if not blocks:
        return None
    story, _ = settled(allowed(blocks, gold, None))
    prose = [i for i in np.flatnonzero(story).tolist() if len(tokens(blocks[i].text)) >= _PROSE]
    if len(prose) < 2:
        return None
    if chance.random() < _LISTS:
        return _in_points(text, blocks, prose, chance), gold
    return _with_lines(text, gold, blocks, prose, chance)


def _in_points(
    text: str, blocks: tuple[Block, ...], prose: list[int], chance: random.Random
) -> str:
    """The page with some paragraphs in a row broken into lines of a few words."""
    chosen = _stretch(prose, chance)
    mark, gap = chance.choice(_MARKS), chance.choice(_GAPS)
    points = [gap.join(mark + point for point in _points(blocks[i].text, chance)) for i in chosen]
    where = [(blocks[i].start, blocks[i].end) for i in chosen]
    return replaced(text, where, points)


def _with_lines(
    text: str,
    gold: dict[str, Any],
    blocks: tuple[Block, ...],
    prose: list[int],
    chance: random.Random,
) -> tuple[str, dict[str, Any]] | None:
    """The page with a table or code behind a paragraph that ends as one of the gold does."""
    ends = _ends(gold)
    known = [i for i in prose if _tail(blocks[i].text) in ends]
    if not known:
        return None
    at = chance.choice(known)
    words = _WORD.findall(blocks[at].text)
    if len(words) < _FEWEST:
        return None
    lines = chance.choice((_table, _program))(words, chance.randint(*_ROWS), chance)
    gap = chance.choice(_GAPS)
    end = text.find("\n", blocks[at].end)
    end = len(text) if end < 0 else end
    told = f"{text[:end]}\n\n{gap.join(lines)}\n{text[end:]}"
    return told, _with(gold, lines, ends[_tail(blocks[at].text)])


def inset_html(
    page: str, gold: dict[str, Any], chance: random.Random
) -> tuple[str, dict[str, Any]] | None:
    """The same of HTML, in elements made for it; or a counter at the head of each paragraph."""
    prose = paragraphs(page, gold)
    if len(prose) < 2:
        return None
    if chance.random() < _GLUED:
        heads = [(one.found.start(1), one.found.start(1)) for one in prose]
        return replaced(page, heads, [f"<a>{chance.randint(0, 99)}</a>"] * len(heads)), gold
    if chance.random() < _LISTS:
        chosen = _stretch(prose, chance)
        lists = [_element("ul", "li", _points(one.text, chance)) for one in chosen]
        return replaced(page, [one.found.span() for one in chosen], lists), gold
    one = chance.choice(prose[:-1])  # cells behind the last would be no story's for `align`
    words = _WORD.findall(one.text)
    if len(words) < _FEWEST:
        return None
    number = chance.randint(*_ROWS)
    if chance.random() < 0.5:
        lines = _program(words, number, chance)
        made = f"<pre><code>{html.escape(chr(10).join(lines))}</code></pre>"
    else:
        rows = _rows(words, number, chance.randint(*_COLUMNS), chance)
        lines = [" ".join(row) for row in rows]
        cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
        made = _element("table", "tr", cells)
    end = one.found.end()
    return replaced(page, [(end, end)], [made]), _with(gold, lines, one.nth)


class Paragraph(NamedTuple):
    """A paragraph in HTML: where it was found, its text, and which of the gold's it is."""

    found: re.Match[str]
    text: str
    nth: int

    @property
    def tag(self) -> str:
        """The tag that begins it."""
        return self.found[0][: self.found.start(1) - self.found.start()]


def paragraphs(page: str, gold: dict[str, Any]) -> list[Paragraph]:
    """The paragraphs of a page's HTML that are long and end as one of the gold does."""
    ends = _ends(gold)
    told = [(one, html.unescape(_TAG.sub("", one[1]))) for one in _PARAGRAPH.finditer(page)]
    return [
        Paragraph(one, text, ends[tail])
        for one, text in told
        if len(tokens(text)) >= _PROSE and (tail := _tail(text)) in ends
    ]


def _element(whole: str, part: str, parts: list[str]) -> str:
    return f"<{whole}>{''.join(f'<{part}>{one}</{part}>' for one in parts)}</{whole}>"


def replaced(text: str, where: list[tuple[int, int]], pieces: list[str]) -> str:
    """A text in which some stretches say something else."""
    found, end = [], 0
    for (first, last), piece in zip(where, pieces, strict=True):
        found += [text[end:first], piece]
        end = last
    return "".join([*found, text[end:]])


def _tail(text: str) -> tuple[str, ...]:
    """The words by which the end of a paragraph is known again."""
    return tuple(tokens(text)[-_TAIL:])


def _ends(gold: dict[str, Any]) -> dict[tuple[str, ...], int]:
    """Which paragraph of the gold ends so."""
    return {_tail(paragraph): k for k, paragraph in enumerate(gold["body"])}


def _with(gold: dict[str, Any], lines: list[str], behind: int) -> dict[str, Any]:
    """The gold with lines behind one of its paragraphs."""
    body = gold["body"]
    return gold | {"body": [*body[: behind + 1], *lines, *body[behind + 1 :]]}


def _stretch(prose: Sequence[T], chance: random.Random) -> Sequence[T]:
    """Some paragraphs in a row."""
    number = chance.randint(*_STRETCH)
    first = chance.randrange(max(1, len(prose) - number + 1))
    return prose[first : first + number]


def _points(text: str, chance: random.Random) -> list[str]:
    """A paragraph in pieces of a few words."""
    words, points = text.split(), []
    while words:
        size = chance.randint(*_POINT)
        points.append(" ".join(words[:size]))
        words = words[size:]
    return points


def _table(words: list[str], number: int, chance: random.Random) -> list[str]:
    """Rows of a table as a dump shows them."""
    between, columns = chance.choice(_BETWEEN), chance.randint(*_COLUMNS)
    return [between.join(row) for row in _rows(words, number, columns, chance)]


def _rows(words: list[str], number: int, columns: int, chance: random.Random) -> list[list[str]]:
    """What each row of a table is about, and its cells of a word or a number."""

    def cell() -> str:
        return str(chance.randint(1, _HIGHEST)) if chance.random() < 0.5 else chance.choice(words)

    def row() -> list[str]:
        about = chance.sample(words, min(len(words), chance.randint(1, 3)))
        return [" ".join(about).capitalize(), *(cell() for _ in range(columns))]

    return [row() for _ in range(number)]


def _program(words: list[str], number: int, chance: random.Random) -> list[str]:
    """Lines of code."""

    def row() -> str:
        names = [word.lower() for word in chance.sample(words, 3)]
        line = chance.choice(_CODE).format(*names, n=chance.randint(0, _HIGHEST))
        return chance.choice(_MARGINS) + line

    return [row() for _ in range(number)]
