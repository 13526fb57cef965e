"""What is known of a site: the lines of some of its pages.

Which pages is decided by what they hold, not by when they came: those of the smallest digests. So a
template is a set, and merging is the union of two sets, cut to its smallest members: associative,
commutative and idempotent. What is learned from some pages is the same template, byte for byte, in
any order, in any split that is merged in any order, and with some of the pages twice. (To keep the
lines that were seen most often would have none of this: one that is forgotten before it comes again
is counted anew.)

Digests fall where chance has them, so the pages that are kept are a fair sample of all: a line on a
share of a site's pages is on about that share of them. (A bottom-k sketch: Cohen and Kaplan,
"Summarizing Data using Bottom-k Sketches", 2007.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from cleaner.article import Block
from cleaner.template import written
from cleaner.template.lines import digest

if TYPE_CHECKING:
    from cleaner.description import Recurrence
    from cleaner.template.places import Places

# Pages of a site that are kept. A line on a twentieth of its pages is then on six of them, and a
# template of pages of 120 lines has some 240 KB.
KEPT_PAGES = 128


@dataclass(frozen=True)
class Template:
    """What is known of the pages of a site: of each page that is kept its lines, as hashes.

    A page is the hashes of its lines in their order (`template.page`); pages stand in the order of
    their digests. Templates of the same pages are equal.

    >>> from cleaner.template import learn
    >>> one, other = learn(["Port Hale Courier\\n\\nIt sails.\\n"]), learn(["Port Hale Courier\\n"])
    >>> one | other == other | one, (one | other).known
    (True, 2)
    """

    pages: tuple[bytes, ...] = ()

    @property
    def known(self) -> int:
        """How many pages are kept: all that were seen, up to `KEPT_PAGES`."""
        return len(self.pages)

    def __or__(self, other: Template) -> Template:
        """Give the template of the pages of both."""
        learner = Learner()
        for page in (*self.pages, *other.pages):
            learner.add(page)
        return learner.template

    def seen(self, blocks: Sequence[Block]) -> Recurrence | None:
        """Say on how many other pages of the site each block of a page stands, and on how many of
        those beside the same line.

        The page itself is no other page, nor is one that tells the same story. None where fewer
        than two others are known.

        >>> from cleaner.template import learn
        >>> site = learn(["Port Hale Courier\\n\\nTom waves.\\n", "Port Hale Courier\\n\\nHm.\\n"])
        >>> seen = site.seen([Block(0, 17, "Port Hale Courier"), Block(19, 28, "It sails.")])
        >>> seen.on.tolist(), seen.pages, seen.company.tolist()
        ([2, 0], 2, [2, 0])
        """
        return self._places.seen(blocks) if self.pages else None

    def shared(self, blocks: Sequence[Block]) -> int:
        """Count the blocks of a page that the site repeats."""
        seen = self.seen(blocks)
        return 0 if seen is None else int((seen.on > 1).sum())

    def to_json(self) -> str:
        """Give the template as JSON, which `from_json` reads: equal ones as equal text."""
        return written.text({"pages": written.pages(self.pages)})

    @classmethod
    def from_json(cls, text: str | bytes) -> Template:
        """Read a template. Raises TemplateError where the text is none that this version knows.

        >>> Template.from_json(Template().to_json()).known
        0
        """
        return learned(written.read_pages(written.values(text).get("pages")))

    def __reduce__(self) -> tuple[type[Template], tuple[tuple[bytes, ...]]]:
        return Template, (self.pages,)  # what is worked out from them stays behind

    @cached_property
    def _places(self) -> Places:
        from cleaner.template.places import Places  # numpy is slow to import

        return Places(self.pages)


class Learner:
    """Learns the template of a site page by page, in memory that does not grow with their number.

    >>> from cleaner.template import page
    >>> learner = Learner()
    >>> learner.add(page([Block(0, 17, "Port Hale Courier")]))
    >>> learner.template.known
    1
    """

    def __init__(self) -> None:
        self._pages: dict[int, bytes] = {}
        self._largest: list[int] = []  # digests with their sign turned: a heap has its least first

    def add(self, page: bytes) -> None:
        """Learn the lines of a page; one that is known already, or has none, adds nothing."""
        own = digest(page)
        if not page or own in self._pages:
            return
        if len(self._pages) == KEPT_PAGES:
            if own > -self._largest[0]:
                return
            del self._pages[-heappop(self._largest)]
        self._pages[own] = page
        heappush(self._largest, -own)

    @property
    def template(self) -> Template:
        """What was learned so far."""
        return Template(tuple([page for _, page in sorted(self._pages.items())]))


def learned(pages: Sequence[bytes]) -> Template:
    """Give the template of pages, in whatever order they are."""
    learner = Learner()
    for page in pages:
        learner.add(page)
    return learner.template
