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

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

import numpy as np

from cleaner.article import Block
from cleaner.description import Bools, Ints, Recurrence
from cleaner.template import written
from cleaner.template.lines import LINE, joined, keys

# Pages of a site that are kept. A line on a twentieth of its pages is then on six of them, and a
# template of pages of 120 lines has some 120 KB.
KEPT_PAGES = 128

# Other pages that have to be known: of two pages that share a line none says that it is furniture.
_WITNESSES = 2

# A story that was edited, or has an address more, stands on few pages, and they share most of its
# long lines. What is on more pages than that is furniture.
_VERSIONS = 0.25
_SAME_STORY = 0.5
_LONG = 60  # characters

_DIGEST = 8


@dataclass(frozen=True)
class Template:
    """What is known of the pages of a site: of each page that is kept its lines, as hashes.

    A page is the hashes of its lines, sorted, one after the other (`template.page`); pages stand in
    the order of their digests. Templates of the same pages are equal.

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
        """Say on how many other pages of the site each block of a page stands.

        The page itself is no other page, nor is one that tells the same story. None where fewer
        than two others are known.

        >>> from cleaner.template import learn
        >>> site = learn(["Port Hale Courier\\n\\nTom waves.\\n", "Port Hale Courier\\n\\nHm.\\n"])
        >>> seen = site.seen([Block(0, 17, "Port Hale Courier"), Block(19, 28, "It sails.")])
        >>> seen.on.tolist(), seen.pages
        ([2, 0], 2)
        """
        if self.known < _WITNESSES or not blocks:
            return None
        own = keys(blocks)
        lines, where = self._lines
        numbers = _numbers(b"".join(own))
        places = np.minimum(np.searchsorted(lines, numbers), len(lines) - 1)
        on = where[places] & (lines[places] == numbers)[:, None]
        others = self._digests != _digest(joined(own))
        others &= ~_same_story(on, np.array([len(block.text) for block in blocks]))
        pages = int(others.sum())
        return Recurrence(on[:, others].sum(1), pages) if pages >= _WITNESSES else None

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
    def _digests(self) -> Ints:
        return np.array([_digest(page) for page in self.pages], np.uint64)

    @cached_property
    def _lines(self) -> tuple[Ints, Bools]:
        """All lines, sorted, and on which pages each stands: (lines,), (lines, pages)."""
        numbers = [_numbers(page) for page in self.pages]
        lines, places = np.unique(np.concatenate(numbers), return_inverse=True)
        where = np.zeros((len(lines), len(numbers)), np.bool_)
        where[places, np.arange(len(numbers)).repeat(list(map(len, numbers)))] = True
        return lines, where


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
        digest = _digest(page)
        if not page or digest in self._pages:
            return
        if len(self._pages) == KEPT_PAGES:
            if digest > -self._largest[0]:
                return
            del self._pages[-heappop(self._largest)]
        self._pages[digest] = page
        heappush(self._largest, -digest)

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


def _same_story(on: Bools, sizes: Ints) -> Bools:
    """Which pages hold most of what is long and rare of a page: `on` is (lines, pages)."""
    rare = on.sum(1) <= max(1.0, _VERSIONS * on.shape[1])
    story = sizes * (rare & (sizes >= _LONG))
    shared = (on * story[:, None]).sum(0)
    same: Bools = (shared > _SAME_STORY * story.sum()) & (shared > 0)
    return same


def _digest(page: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(page, digest_size=_DIGEST).digest(), "big")


def _numbers(page: bytes) -> Ints:
    """Hashes as numbers, in the same order."""
    padded = np.zeros((len(page) // LINE, 8), np.uint8)
    padded[:, -LINE:] = np.frombuffer(page, np.uint8).reshape(-1, LINE)
    return padded.view(">u8").astype(np.uint64).ravel()
