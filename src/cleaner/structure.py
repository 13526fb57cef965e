"""What the HTML of a page says beside its text: the elements of its blocks, what it declares."""

from __future__ import annotations

from typing import NamedTuple


class Structure(NamedTuple):
    """The elements of a page that hold text, in document order, and where its blocks stand.

    Of each element: its tag; its names (class, id, role and the like, parted by spaces); the index
    of the element around it (-1 for the outermost); the index after its last descendant; whether
    it is not shown. Of each block: its block element; the innermost element around its longest
    piece; and how many of its characters are linked and bold.
    """

    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    parents: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    hidden: tuple[bool, ...] = ()
    outer: tuple[int, ...] = ()
    inner: tuple[int, ...] = ()
    linked: tuple[int, ...] = ()
    bold: tuple[int, ...] = ()


class Declared(NamedTuple):
    """What a page declares about itself, the surest source first; texts as a reader would see them.

    `published` and `updated` are as written, mostly ISO 8601; `times` those of the
    `<time>` elements in page order; `sites` are names of the outlet.
    """

    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
