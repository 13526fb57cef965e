"""Sets lists, tables and code into stories: a page as `styles` makes it, harder than most.

Stories of the corpus are prose for the most part. One that is a recipe, a comparison or a manual
has many short lines in its midst, and prose behind them; who has seen few such takes the first long
list for the end of the story. So a stretch of a story is broken into points, or a table or some
code made of its own words is set behind a paragraph, in the dump and in the gold alike.
"""

from __future__ import annotations

import random
import re
from typing import Any

import numpy as np

from cleaner import dump
from cleaner.article import Block
from cleaner.labeller.model import STORY
from training.align import allowed
from training.tokens import tokens

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
    masks = allowed(blocks, gold, None)
    story = np.flatnonzero(masks[:, STORY].any(1) & ~masks[:, ~STORY].any(1)).tolist()
    prose = [i for i in story if len(tokens(blocks[i].text)) >= _PROSE]
    if len(prose) < 2:
        return None
    if chance.random() < _LISTS:
        return _in_points(text, blocks, prose, chance), gold
    return _with_lines(text, gold, blocks, prose, chance)


def _in_points(
    text: str, blocks: tuple[Block, ...], prose: list[int], chance: random.Random
) -> str:
    """The page with some paragraphs in a row broken into lines of a few words."""
    number = chance.randint(*_STRETCH)
    first = chance.randrange(max(1, len(prose) - number + 1))
    chosen = prose[first : first + number]
    mark, gap = chance.choice(_MARKS), chance.choice(_GAPS)
    pieces, end = [], 0
    for i in chosen:
        words = blocks[i].text.split()
        points = []
        while words:
            size = chance.randint(*_POINT)
            points.append(mark + " ".join(words[:size]))
            words = words[size:]
        pieces += [text[end : blocks[i].start], gap.join(points)]
        end = blocks[i].end
    return "".join([*pieces, text[end:]])


def _with_lines(
    text: str,
    gold: dict[str, Any],
    blocks: tuple[Block, ...],
    prose: list[int],
    chance: random.Random,
) -> tuple[str, dict[str, Any]] | None:
    """The page with a table or code behind a paragraph that ends as one of the gold does."""
    ends: dict[tuple[str, ...], int] = {}
    for k, paragraph in enumerate(gold["body"]):
        ends[tuple(tokens(paragraph)[-_TAIL:])] = k
    tails = {i: tuple(tokens(blocks[i].text)[-_TAIL:]) for i in prose}
    known = [i for i in prose if tails[i] in ends]
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
    body = gold["body"]
    behind = ends[tails[at]] + 1
    return told, gold | {"body": [*body[:behind], *lines, *body[behind:]]}


def _table(words: list[str], rows: int, chance: random.Random) -> list[str]:
    """Rows of what each is about, and cells of a word or a number."""
    between, columns = chance.choice(_BETWEEN), chance.randint(*_COLUMNS)

    def cell() -> str:
        return str(chance.randint(1, _HIGHEST)) if chance.random() < 0.5 else chance.choice(words)

    def row() -> str:
        about = chance.sample(words, min(len(words), chance.randint(1, 3)))
        return between.join([" ".join(about).capitalize(), *(cell() for _ in range(columns))])

    return [row() for _ in range(rows)]


def _program(words: list[str], rows: int, chance: random.Random) -> list[str]:
    """Lines of code."""

    def row() -> str:
        names = [word.lower() for word in chance.sample(words, 3)]
        line = chance.choice(_CODE).format(*names, n=chance.randint(0, _HIGHEST))
        return chance.choice(_MARGINS) + line

    return [row() for _ in range(rows)]
