"""What the HTML of a page says beside its text: the elements of its blocks, what it declares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# Elements around a part of a page that are kept: without a bound a deep page costs its depth anew
# for each part.
_AROUND = 64


class Structure(NamedTuple):
    """The elements of a page that hold text, in document order, and where its blocks stand.

    Of each element: its tag; its names (class, id, role and the like, parted by spaces); the index
    of the element around it (-1 for the outermost); the index after its last descendant; 1 where
    it is not shown, else 0. Of each block: its block element; the innermost element around its
    longest piece; and how many of its characters are linked and bold.
    """

    tags: Sequence[str] = ()
    names: Sequence[str] = ()
    parents: Sequence[int] = ()
    ends: Sequence[int] = ()
    hidden: Sequence[int] = ()
    outer: Sequence[int] = ()
    inner: Sequence[int] = ()
    linked: Sequence[int] = ()
    bold: Sequence[int] = ()

    def part(self, first: int, last: int) -> Structure:
        """The structure of the blocks from `first` to before `last`: their elements, and the
        nearest of those around them.

        >>> whole = Structure(("body", "p", "p"), ("",) * 3, (-1, 0, 0), (3, 2, 3), (False,) * 3)
        >>> whole._replace(outer=(1, 2), inner=(1, 2)).part(1, 2).tags
        ('body', 'p')
        """
        low, high = min(self.outer[first:last]), max(self.inner[first:last]) + 1
        above: list[int] = []
        place = self.parents[low]
        while place >= 0 and len(above) < _AROUND:
            above.append(place)
            place = self.parents[place]
        chosen = [*reversed(above), *range(low, high)]
        index = {old: new for new, old in enumerate(chosen)}
        shift = len(above) - low
        return Structure(
            tuple([self.tags[k] for k in chosen]),
            tuple([self.names[k] for k in chosen]),
            tuple([index.get(self.parents[k], -1) for k in chosen]),
            tuple([min(self.ends[k], high) + shift for k in chosen]),
            tuple([self.hidden[k] for k in chosen]),
            tuple([k + shift for k in self.outer[first:last]]),
            tuple([k + shift for k in self.inner[first:last]]),
            self.linked[first:last],
            self.bold[first:last],
        )


class Declared(NamedTuple):
    """What a page declares about itself, the surest source first; texts as a reader would see them.

    `published` and `updated` are as written, mostly ISO 8601; `times` those of the
    `<time>` elements in page order; `sites` are names of the outlet, `addresses` the page's own,
    `languages` those of its text (BCP-47, as written). `stated` are days of publication in scripts
    that are no description of the page, `made` when the page was, where it declares no story of its
    own, `pictures` the addresses of the picture that stands for it.
    `credits` are the texts of elements that are called an author's, each after its block.
    """

    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    credits: tuple[tuple[int, str], ...] = ()
