"""Where the story of an HTML page ends: what only announces something else is no part of it."""

from __future__ import annotations

from cleaner.article import Block, Label

_STORY = frozenset({Label.BODY, Label.HEADING})
_LEAD = 60  # characters of a line that announces what follows: "Read more on the ferry:"
_WHY = "announces what is not of the story"


def ended(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without a heading or a short line with a colon as the story's end: what these
    announce, a list of related stories or a form, has been taken for something else.

    >>> page = (Block(0, 9, "It sails.", label=Label.BODY), Block(0, 5, "More:", label=Label.BODY))
    >>> [str(block.label) for block in ended(page)]
    ['body', 'related']
    """
    told = list(blocks)
    for k in range(len(told) - 1, -1, -1):
        block = told[k]
        if block.label in _STORY:
            if not _announces(block):
                break
            told[k] = block._replace(label=Label.RELATED, why=_WHY)
    else:
        return blocks  # nothing but headings: better these than none of the page
    return tuple(told)


def _announces(block: Block) -> bool:
    if block.label is Label.HEADING:
        return True
    return len(block.text) <= _LEAD and block.text.endswith((":", "："))
