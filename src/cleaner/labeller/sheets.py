"""Pages of any size in bounded memory: a long one is described and labelled sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.article import Block

# No page known comes near: of some 5,700 the longest had 7,107 lines and 334,479 characters. What
# is beyond is a dump of many pages, a table or an attack, and its sheets are labelled one by one.
MOST_BLOCKS = 16_384
MOST_CHARACTERS = 1 << 19

# So much of a block tells what it is: a paragraph is never so long.
TELLING = 1 << 14


def cut(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Cut the blocks of a page into sheets of bounded size; one sheet if it is a page of any kind.

    >>> [len(sheet) for sheet in cut([Block(0, 1, "a")] * 20_000)]
    [16384, 3616]
    """
    if len(blocks) <= MOST_BLOCKS and sum([len(block.text) for block in blocks]) <= MOST_CHARACTERS:
        yield blocks
        return
    first, size = 0, 0
    for at, block in enumerate(blocks):
        size += min(len(block.text), TELLING)
        if at - first == MOST_BLOCKS or (size > MOST_CHARACTERS and at > first):
            yield blocks[first:at]
            first, size = at, min(len(block.text), TELLING)
    yield blocks[first:]


def telling(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks with as much of their text as is looked at.

    >>> [len(block.text) for block in telling([Block(0, 1, "a"), Block(1, 10**6, "b" * 10**6)])]
    [1, 16384]
    """
    if max([len(block.text) for block in blocks]) <= TELLING:
        return blocks
    return [block._replace(text=block.text[:TELLING]) for block in blocks]
