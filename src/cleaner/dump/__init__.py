"""Read a plain-text dump into blocks: its lines, unwrapped, without the marks of its renderer.

Every renderer writes a page in its own way: nested bullets, indented columns, Markdown, lines
wrapped at some width, one line for every text node. Which of these a dump shows is detected
from the dump as a whole, never assumed; what is joined or left out is said by the offsets.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise, repeat

from cleaner.article import Block
from cleaner.dump.folding import folding
from cleaner.dump.joins import joined
from cleaner.dump.lines import Line, hides, read_lines

# To call the class takes twice as long.
_block = partial(tuple.__new__, Block)
_UNLABELLED = Block(0, 0, "")[-3:]  # label, score and reason before there are any


def read(text: str) -> tuple[Block, ...]:
    r"""Read a dump into its blocks, in order; between them lie white space and bare bullets.

    Lines that the renderer wrapped, or split where a link begins and ends, are joined again;
    every other line is a block of its own. Takes time linear in the length of `text`.

    >>> [(block.marker, block.text) for block in read("  • News\n  •\n\n# Ferry returns\n")]
    [('•', 'News'), ('#', 'Ferry returns')]
    """
    hidden = hides(text)
    lines = read_lines(text, hidden=hidden)
    goes_on = joined(lines)
    fold = folding(text, lines, hidden=hidden, unwraps=True in goes_on)
    if True in goes_on:
        lines = _unwrapped(text, lines, goes_on)
    if not lines:
        return ()
    starts, ends, pieces, *drawn = zip(*lines, strict=True)
    columns = (starts, ends, map(fold, pieces), *drawn, *map(repeat, _UNLABELLED))
    return tuple(map(_block, zip(*columns, strict=False)))


def _unwrapped(text: str, lines: list[Line], goes_on: list[bool]) -> list[Line]:
    """The lines, those that go on with the one before as one with it."""
    heads = [i for i, part in enumerate(goes_on) if not part]
    whole = []
    for head, after in pairwise([*heads, len(lines)]):
        line = lines[head]
        if after > head + 1:
            start, first_end, piece, indent, marker, gap = line
            end = lines[after - 1][1]
            line = (start, end, text[first_end - len(piece) : end], indent, marker, gap)
        whole.append(line)
    return whole
