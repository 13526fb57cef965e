"""More dump styles than a corpus has: rendered by the package itself, or made of another dump.

What a page looks like in a style that training has not seen is guessed from its like; so a dump is
set flat, spaced, wrapped, parted where links might stand, interleaved with buttons, cut short, and
learnt from again. So it is with a story of a few lines among as much cruft as ever: pages seldom
have one, and most of them are taken for something else.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np

from cleaner import dump, markup
from training import corpus
from training.align import allowed, settled
from training.corpus import Record, Task
from training.insets import inset, replaced

_MARGINS = " \t•*+-"
_NARROWEST, _WIDEST = 60, 120  # columns
_LONG = 60  # characters: a line that may hold a link
_STYLES_OF_A_PAGE = 2
_PARTED = 0.5  # of the long lines
_STOPS = tuple('.!?…。！？।؟”»"')  # a wrapped line seldom ends in one
_BUTTON = 15  # characters of a line that may stand between all paragraphs
_GLUED = 0.3  # of the pages that are interleaved
_CUT = 0.3  # of the lines, at most, at either end
_BRIEF = 4  # blocks of a story cut down, at most


def flat(text: str, _: random.Random) -> str:
    """Each line by itself, without indents, bullets and blank lines, as in a WET file."""
    lines = (line.strip(_MARGINS) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def spaced(text: str, _: random.Random) -> str:
    """A blank line after each line."""
    return "\n\n".join(line for line in text.splitlines() if line.strip())


def wrapped(text: str, chance: random.Random) -> str:
    """Lines broken at some width."""
    width = chance.randint(_NARROWEST, _WIDEST)
    lines = []
    for line in text.splitlines():
        margin = _margin(line)
        parts = textwrap.wrap(line, max(width, 2 * len(margin)), subsequent_indent=margin)
        lines += parts or [""]
    return "\n".join(lines)


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def parted(text: str, chance: random.Random) -> str:
    """Long lines broken before and after some of their words, as where a link stands."""
    lines = []
    for line in text.splitlines():
        words = line.split()
        if len(line) < _LONG or len(words) < 5 or chance.random() > _PARTED:
            lines.append(line)
            continue
        first = chance.randrange(1, len(words) - 1)
        last = min(len(words), first + chance.randint(1, 3))
        pieces = (words[:first], words[first:last], words[last:])
        lines += [" ".join(piece) for piece in pieces if piece]
    return "\n".join(lines)


def interleaved(text: str, chance: random.Random) -> str:
    """The same short line after each paragraph, as counters, buttons and ads are set; or a counter
    glued to the beginning of each."""
    lines = text.splitlines()
    short = [line.strip() for line in lines if 0 < len(line.strip()) <= _BUTTON]
    number = str(chance.randint(0, 99))
    if chance.random() < _GLUED:
        return "\n".join(_glued(line, number) for line in lines)
    between = chance.choice([number, chance.choice(short or ["+"])])
    found = []
    for line in lines:
        found.append(line)
        if len(line) >= _LONG and line.rstrip().endswith(_STOPS):
            margin = _margin(line)
            found.append(margin + between)
    return "\n".join(found)


def _glued(line: str, number: str) -> str:
    margin = _margin(line)
    return f"{margin}{number}{line[len(margin) :]}" if len(line) >= _LONG else line


def cut(text: str, chance: random.Random) -> str:
    """The page without some of its first and last lines."""
    lines = text.splitlines()
    first = int(len(lines) * chance.uniform(0, _CUT))
    last = len(lines) - int(len(lines) * chance.uniform(0, _CUT))
    return "\n".join(lines[first:last])


def brief(text: str, gold: dict[str, Any], chance: random.Random) -> str | None:
    """The page with the first lines of its story alone; None where it has hardly more."""
    blocks = dump.read(text)
    if not blocks:
        return None
    story, cruft = settled(allowed(blocks, gold, None))
    sure = np.flatnonzero(story).tolist()
    if len(sure) < _BRIEF:
        return None
    kept = sure[: chance.randint(1, min(_BRIEF, len(sure) - 2))]
    left = [blocks[at] for at in np.flatnonzero(~cruft).tolist() if at not in kept]
    return replaced(text, [(block.start, block.end) for block in left], [""] * len(left))


STYLES: dict[str, Callable[[str, random.Random], str]] = {
    "flat": flat,
    "spaced": spaced,
    "wrapped": wrapped,
    "parted": parted,
    "cut": cut,
    "interleaved": interleaved,
}


def more(task: Task) -> Task:
    """The same page as the package renders it, and some of its dumps in other styles."""
    page, dumps = task
    chance = corpus.chance(page)
    found: list[Record] = []
    for style in chance.sample(sorted(STYLES), _STYLES_OF_A_PAGE):
        one = chance.choice(dumps)
        text = STYLES[style](one["text"], chance)
        found.append(one | {"text": text, "renderer": f"{style} {one['renderer']}"})
    one = chance.choice(dumps)
    if "gold" in one and (shorter := brief(one["text"], one["gold"], chance)):
        found.append(one | {"text": shorter, "renderer": f"brief {one['renderer']}"})
    one = chance.choice(dumps)
    if "gold" in one and (set_in := inset(one["text"], one["gold"], chance)):
        text, gold = set_in
        found.append(one | {"text": text, "gold": gold, "renderer": f"inset {one['renderer']}"})
    if "html" in page:
        found.append(dumps[0] | {"text": markup.read(page["html"]).text, "renderer": "cleaner"})
    return page, found
