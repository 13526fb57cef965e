"""Read HTML into blocks: what a reader sees, in reading order, and the elements around it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from io import StringIO
from typing import NamedTuple

from lxml import etree

from cleaner.article import Block
from cleaner.markup.credits import Credits
from cleaner.markup.declared import TELLING, Declarations, stated
from cleaner.structure import Declared, Structure

# What a tag does to the line of text that is being read; any other tag begins and ends one.
_UNSEEN, _INLINE, _LINK, _BOLD, _BREAK, _VOID, _MARKED, _BLOCK = range(8)
_TAGS = {
    # These hold no text for readers.
    _UNSEEN: (
        "script style noscript template svg title iframe object select textarea video audio canvas"
        " datalist"
    ),
    # These run on within a line.
    _INLINE: (
        "abbr acronym bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp"
        " small span strike sub sup time tt u var"
    ),
    _LINK: "a",
    _BOLD: "b strong",
    # These have no content: a line ends there, or nothing happens.
    _BREAK: "br hr img input embed",
    _VOID: "area base col link meta wbr param source track",
    # These put a mark before their line.
    _MARKED: "h1 h2 h3 h4 h5 h6 li",
}
_EFFECT = {tag: effect for effect, tags in _TAGS.items() for tag in tags.split()}
_MARKS = {f"h{level}": "#" * level for level in range(1, 7)} | {"li": "•"}

# These say something about the page.
_DECLARING = frozenset(("html", "meta", "link", "title", "script"))

# The attributes by which pages name their parts.
_NAMED = frozenset(
    ("class", "id", "role", "rel", "itemprop", "data-testid", "data-component", "aria-label")
)
_CHARS_OF_A_NAME = 4096  # that are kept: hostile ones have megabytes
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# Characters that print nothing and part no words: soft hyphen, zero-width space, word joiner, byte
# order mark, direction marks.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class Page(NamedTuple):
    """A page as its HTML has it: the text in reading order, its blocks, and what stands around."""

    text: str
    blocks: tuple[Block, ...]
    structure: Structure
    declared: Declared


def read(html: str) -> Page:
    """Read a page: a line of text for every paragraph, heading (`#`), list item (`•`) and cell.

    What browsers never show is left out; what a style hides is kept, and marked. Malformed HTML is
    read as browsers do, and an empty page is the empty text; nothing is raised, and nothing lost
    however deep the elements nest.

    >>> page = read("<title>Ferry</title><h1>Ferry returns</h1><ul><li>News<li>Sport</ul>")
    >>> page.text, page.declared.titles
    ('# Ferry returns\\n• News\\n• Sport\\n', ('Ferry',))
    """
    reader = _Reader()
    # Events, not a tree: libxml2 refuses a tree of more than some 2,000 levels and drops the rest.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=reader)
    etree.fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser)
    page = reader.page()
    if page.declared.published or page.declared.made or page.declared.times:
        return page
    return page._replace(declared=page.declared._replace(stated=stated(html)))


class _Reader:
    """Collects the blocks of a page, told by the parser what it meets in document order.

    What is known of elements and blocks stands in columns, and numbers in arrays: a page may have
    millions that are never closed, and an object for each would be most of the memory that it
    takes.
    """

    def __init__(self) -> None:
        self.text = StringIO()
        self.blocks: list[Block] = []
        self.declarations = Declarations()
        self._credits = Credits()
        # Elements that hold text.
        self._tags: list[str] = []
        self._names: list[str] = []
        self._parents = array("i")
        self._hidden = array("b")
        self._ends = array("i")
        # Where blocks stand.
        self._outers = array("i")
        self._inners = array("i")
        self._links_of = array("i")
        self._bolds_of = array("i")
        # Open elements: effect, tag, attributes, and index among those that hold text (-1: none
        # yet).
        self._effects = bytearray([_BLOCK])
        self._opened = ["html"]
        self._attributes: list[Mapping[str, str]] = [{}]
        self._indexes = array("i", [-1])
        self._one = {"html": "html"}  # each tag once: the parser gives a new string for every one
        self._offset = 0
        self._unseen = 0  # elements around that hold no text for readers
        self._links = self._bolds = 0  # elements around of these kinds
        self._mark = ""
        self._pieces: list[str] = []  # of the line that is being read
        self._inner, self._longest = -1, 0  # where its longest piece stands
        self._linked = self._bolded = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        effect = _EFFECT.get(tag, _BLOCK)
        if tag in _DECLARING or not TELLING.isdisjoint(attributes):
            self.declarations.start(tag, attributes)
        if self._unseen or effect == _UNSEEN:
            self._unseen += effect == _UNSEEN
            return
        if effect >= _BREAK:
            if effect == _VOID:
                return
            if self._pieces:
                self._end_line()
            if effect == _BREAK:
                return
            if effect == _MARKED:
                self._mark = _MARKS[tag]
        elif effect == _LINK:
            self._links += 1
        elif effect == _BOLD:
            self._bolds += 1
        self._effects.append(effect)
        self._opened.append(self._one.setdefault(tag, tag))
        self._attributes.append(attributes)
        self._indexes.append(-1)
        if attributes:
            self._credits.start(attributes, tag, len(self._effects))

    def end(self, tag: str) -> None:
        """An element ends."""
        effect = _EFFECT.get(tag, _BLOCK)
        if self._unseen:
            self._unseen -= effect == _UNSEEN
            self.declarations.end(tag)
            return
        if effect in (_BREAK, _VOID) or len(self._effects) == 1:
            return
        if effect >= _BREAK:
            if self._pieces:
                self._end_line()
            if effect == _MARKED:
                self._mark = ""  # an empty item marks nothing that follows it
        elif effect == _LINK:
            self._links -= 1
        elif effect == _BOLD:
            self._bolds -= 1
        self._effects.pop()
        self._opened.pop()
        self._attributes.pop()
        index = self._indexes.pop()
        if self._credits.depth:
            self._credits.end(len(self._effects), len(self.blocks) - (not self._pieces))
        if index >= 0:
            self._ends[index] = len(self._tags)

    def data(self, text: str) -> None:
        """Text stands in the innermost element."""
        if self._unseen:
            self.declarations.data(text)
            return
        if self._credits.depth:
            self._credits.data(text)
        letters = len(text.strip())
        if letters or self._pieces:  # what opens a line is no space
            self._pieces.append(text)
        if letters:
            if letters > self._longest:
                self._longest = letters
                inner = self._indexes[-1]
                self._inner = inner if inner >= 0 else self._registered(len(self._effects) - 1)
            if self._links:
                self._linked += letters
            if self._bolds:
                self._bolded += letters

    def close(self) -> None:
        """The parser asks for this at the end of the page: what is still open ends there."""
        self._end_line()
        last = len(self._tags)
        for index in self._indexes:
            if index >= 0:
                self._ends[index] = last
        self._opened, self._attributes = [], []

    def page(self) -> Page:
        """All that was read."""
        structure = Structure(
            self._tags,
            self._names,
            self._parents,
            self._ends,
            self._hidden,
            self._outers,
            self._inners,
            self._links_of,
            self._bolds_of,
        )
        declared = self.declarations.gathered()._replace(credits=tuple(self._credits.found))
        return Page(self.text.getvalue(), tuple(self.blocks), structure, declared)

    def _start_line(self) -> None:
        self._pieces = []
        self._inner, self._longest = -1, 0
        self._linked = self._bolded = 0

    def _end_line(self) -> None:
        text = "".join(self._pieces)
        if not text.isascii():
            text = _INVISIBLE.sub("", text)
        if text := " ".join(text.split()):
            self._add(text)
        self._start_line()

    def _add(self, text: str) -> None:
        mark = self._mark
        line = f"{mark} {text}" if mark else text
        depth = len(self._effects) - 1
        while self._effects[depth] < _BREAK:
            depth -= 1
        self._outers.append(self._registered(depth))
        self._inners.append(self._inner)
        self._links_of.append(self._linked)
        self._bolds_of.append(self._bolded)
        self.blocks.append(Block(self._offset, self._offset + len(line), text, 0, mark, 0))
        self.text.write(f"{line}\n")
        self._offset += len(line) + 1
        self._mark = ""

    def _registered(self, depth: int) -> int:
        """The index of the open element at this depth, which holds text now."""
        known = depth
        while known >= 0 and self._indexes[known] < 0:
            known -= 1
        index = self._indexes[known] if known >= 0 else -1
        for at in range(known + 1, depth + 1):
            names, hidden = _called(self._attributes[at])
            self._tags.append(self._opened[at])
            self._names.append(names)
            self._parents.append(index)
            self._hidden.append(hidden)
            self._ends.append(0)
            index = self._indexes[at] = len(self._tags) - 1
        return index


def _called(attributes: Mapping[str, str]) -> tuple[str, bool]:
    """What an element of these attributes is called, and whether it is not shown."""
    if not attributes:
        return "", False
    names = " ".join([value for name, value in attributes.items() if name in _NAMED])
    names = names[:_CHARS_OF_A_NAME]
    style = attributes.get("style")
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return names, hidden or bool(style and _NOT_SHOWN.search(style))
