"""The elements of a page that are called an author's: what they say, and in which block."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What an element of an author's name is called, and what others are that are called after it.
_CALLED = re.compile(r"author|byline|autor", re.IGNORECASE)
_OTHER = re.compile(
    r"comment|bio|avatar|image|photo|picture|related|authori[stz]|social|desc|role|date|time|count"
    r"|twitter|mail|follow|teaser",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|staff|people|reporters?|writers?|contributors?)/"
)
_ADDRESS_CHARS = 300  # of a link: a longer one leads to no profile
_NAME_CHARS = 60  # of what an element says: more is no name
_MOST = 40  # credits: a page of more lists the authors of others


class Credits:
    """Gathers what elements say that are called an author's, the innermost where they nest.

    >>> page = Credits()
    >>> page.start({"rel": "author", "href": "/staff/ann"}, "a", 2)
    >>> page.data("Ann Example")
    >>> page.end(1, 7)
    >>> page.found
    [(7, 'Ann Example')]
    """

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self.depth = 0  # of the element that is being read; 0 for none
        self._pieces: list[str] = []

    def start(self, attributes: Mapping[str, str], tag: str, depth: int) -> None:
        """An element begins: `depth` elements are open with it."""
        if _is_credit(attributes, tag):
            self.depth, self._pieces = depth, []

    def data(self, text: str) -> None:
        """Text stands in the element that is being read."""
        self._pieces.append(text)

    def end(self, depth: int, block: int) -> None:
        """An element ends while one is being read: `depth` are still open, and what was read last
        stands in `block`."""
        if self.depth > depth:
            text = " ".join("".join(self._pieces).split())
            if text and len(text) <= _NAME_CHARS and len(self.found) < _MOST:
                self.found.append((block, text))
            self.depth = 0


def _is_credit(attributes: Mapping[str, str], tag: str) -> bool:
    """Whether an element is called an author's, or links to an author's page."""
    if "rel" in attributes or "itemprop" in attributes:
        rel = attributes.get("rel") or ""
        if "author" in rel.split() or attributes.get("itemprop") == "author":
            return True
    called = attributes.get("class")
    # Most elements have a class: to look for these letters takes a fifth of the pattern's time.
    if called and ("utho" in called or "yline" in called or "utor" in called):
        return any(_CALLED.search(name) and not _OTHER.search(name) for name in called.split())
    if tag != "a":
        return False
    return _PROFILE.search(attributes.get("href", ""), 0, _ADDRESS_CHARS) is not None
