"""Put the labelled blocks of a page together as an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from cleaner.article import Block, Label

_STORY = frozenset({Label.BODY, Label.HEADING})
_KEPT = _STORY | {Label.CAPTION, Label.TAGS}

# "Topics: harbour, ferries": the lead names the list, the separators part it.
_TAGS_LEAD = regex.compile(r"^[\p{L} ]{1,24}+[:：]\s*+")
# White space before a separator is looked at from its first character only: once, not from each.
_TAGS_SEPARATOR = regex.compile(r"(?:(?<!\s)\s++)?+[,;|·•#、，]\s*+")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the labelled blocks say by themselves: the body, the captions, the tags."""

    body: str
    captions: tuple[str, ...]
    tags: tuple[str, ...]


def assemble(blocks: Sequence[Block]) -> Parts:
    r"""Join body and headings in page order, a blank line between them; list captions and tags.

    >>> story = [Block(0, 6, "Ferry.", label=Label.BODY), Block(8, 13, "Share", label=Label.SHARE)]
    >>> assemble(story).body
    'Ferry.'
    """
    kept = [block for block in blocks if block.label in _KEPT]
    return Parts(
        "\n\n".join([block.text for block in kept if block.label in _STORY]),
        _unique(block.text for block in kept if block.label is Label.CAPTION),
        _unique(tag for block in kept if block.label is Label.TAGS for tag in _tags(block.text)),
    )


def _tags(text: str) -> list[str]:
    return [tag for tag in _TAGS_SEPARATOR.split(_TAGS_LEAD.sub("", text)) if tag]


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
