"""A dump as rows of HTML: what stands on a page from one block, or one line, to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise
from typing import NamedTuple

import regex

from cleaner.article import Block, Label
from cleaner.report import document

# A block whose label is less likely than this is marked as one to look at.
UNSURE = 0.6

# So many rows are laid out together, and only where they are in view.
_CHUNK = 200

_LINE_END = regex.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Row(NamedTuple):
    """A row: its block (an index, -1 for none), its label and its slice of the source."""

    block: int
    label: Label
    text: str
    unsure: bool


def of_blocks(source: str, blocks: Sequence[Block]) -> list[Row]:
    r"""Part a source into a row for each block, from the line on which it begins to the next row.

    The rows together are the source. A source without blocks is one row, of no block.

    >>> blocks = (Block(2, 7, "Ferry"), Block(9, 13, "Menu"))
    >>> [row.text for row in of_blocks("\n\nFerry\n Menu\n", blocks)]
    ['\n\nFerry\n', ' Menu\n']
    """
    if not blocks:
        return [Row(-1, Label.OTHER, source, False)] if source else []
    starts = [0]
    for above, block in pairwise(blocks):
        # What indents a block is its own; what ends the line above is not.
        ends = [found.end() for found in _LINE_END.finditer(source, above.end, block.start)]
        starts.append(ends[-1] if ends else block.start)
    starts.append(len(source))
    return [
        Row(i, block.label, source[starts[i] : starts[i + 1]], block.score < UNSURE)
        for i, block in enumerate(blocks)
    ]


def of_lines(source: str, blocks: Sequence[Block], labels: Sequence[str]) -> list[Row]:
    r"""Part a source into a row for each line that has a label, with the blank ones below it.

    `labels` runs beside `source.split("\n")`, "" for a blank line. A row has the block that its
    line is of, -1 where no block holds any of it. The rows together are the source.

    >>> blocks = (Block(0, 10, "Ferry back"),)
    >>> labels = ("body", "body", "", "other")
    >>> [(row.block, row.text) for row in of_lines("Ferry\nback\n\n|", blocks, labels)]
    [(0, 'Ferry\n'), (0, 'back\n\n'), (-1, '|')]
    """
    found: list[tuple[int, str]] = []
    starts: list[int] = []
    start = place = 0
    for line, label in zip(source.split("\n"), labels, strict=True):
        if label:
            while place < len(blocks) and blocks[place].end <= start:
                place += 1
            held = place < len(blocks) and blocks[place].start < start + len(line)
            found.append((place if held else -1, label))
            starts.append(start if starts else 0)
        start += len(line) + 1
    stops = [*starts[1:], len(source)]
    return [
        Row(block, Label(label), source[start:stop], block >= 0 and blocks[block].score < UNSURE)
        for (block, label), start, stop in zip(found, starts, stops, strict=False)
    ]


def runs(found: Iterable[Row]) -> Iterator[str]:
    """Give rows as HTML: a list for each run of one label, lists in chunks."""
    chunk: list[tuple[Row, ...]] = []
    held = 0
    for _, run in groupby(found, key=_label):
        for part in _batched(run, _CHUNK):
            if held and held + len(part) > _CHUNK:
                yield from _chunk(chunk)
                chunk, held = [], 0
            chunk.append(part)
            held += len(part)
    yield from _chunk(chunk)


def lines(found: Iterable[Row]) -> Iterator[str]:
    """Give rows as HTML, each with a label of its own, in chunks."""
    for part in _batched(found, _CHUNK):
        yield f'<div class="chunk" data-lines="{_height(part)}"><ul>'
        for row in part:
            unsure = " unsure" if row.unsure else ""
            text = document.text(row.text)
            yield f'<li class="{row.label}{unsure}" data-l="{row.label}">{text}'
        yield "</ul></div>"


def _chunk(parts: list[tuple[Row, ...]]) -> Iterator[str]:
    yield f'<div class="chunk" data-lines="{sum(map(_height, parts))}">'
    for part in parts:
        label = _label(part[0])
        yield f'<ul class="{label}" aria-label="{label} · {len(part)}">'
        yield from map(_item, part)
        yield "</ul>"
    yield "</div>"


def _batched(rows: Iterable[Row], size: int) -> Iterator[tuple[Row, ...]]:
    """Part rows into tuples of so many (`itertools.batched` is of Python 3.12)."""
    left = iter(rows)
    while part := tuple(islice(left, size)):
        yield part


def _height(part: Iterable[Row]) -> int:
    return sum(row.text.count("\n") for row in part)


def _label(row: Row) -> str:
    return str(row.label) if row.block >= 0 else "none"


def _item(row: Row) -> str:
    return f"<li{' class=unsure' if row.unsure else ''}>{document.text(row.text)}"
