"""What is known of a page before its lines are weighed as headlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

import regex

from cleaner.article import Block, Label
from cleaner.description import ORDER, Floats
from cleaner.title.candidates import PLAIN, REMEMBERED, is_plain
from cleaner.writing import UNSPACED

STORY_CHARS: Final = 1500  # of the story's beginning whose words are known

_LISTS: Final = [
    *(ORDER[label] for label in (Label.NAVIGATION, Label.RELATED, Label.TICKER)),
    *(ORDER[label] for label in (Label.FOOTER, Label.SHARE, Label.COMMENTS)),
]
# The words that tell what a text is about: in writing without spaces, pairs of characters.
_TOLD: Final = regex.compile(rf"[{UNSPACED}]{{2}}|[\p{{L}}\p{{M}}\p{{N}}]{{4,}}+")
_PLAIN_TOLD: Final = re.compile(rf"{PLAIN}{{4,}}")


class Page(NamedTuple):
    """What is known of a page before its candidates are looked at.

    The arrays hold a number per block (n,): the probability of a title, of a link in some list, of
    a credit or date. `start` is the block where the story starts, `main` where its longest stretch
    does, `told` counts the words of its beginning, `address` are those of the page's address.
    """

    blocks: Sequence[Block]
    chances: Floats
    titles: Floats
    links: Floats
    signed: Floats
    top: int | None
    start: int
    main: int
    told: Counter[str]
    address: Counter[str]


def page(
    blocks: Sequence[Block],
    chances: Floats,
    top: int | None,
    bounds: tuple[int, int],
    url: str | None,
) -> Page:
    """Read what the facts of all candidates need; `bounds` are the story's `start` and `main`."""
    title, byline, date = (ORDER[label] for label in (Label.TITLE, Label.BYLINE, Label.DATE))
    return Page(
        blocks,
        chances,
        chances[:, title],
        chances[:, _LISTS].sum(1),
        chances[:, byline] + chances[:, date],
        top,
        *bounds,
        telling_words(_beginning(blocks, bounds[0])),
        telling_words([regex.sub(r"^\w+://[^/]*+|[-_+]", " ", url)]) if url else Counter(),
    )


def _beginning(blocks: Sequence[Block], start: int) -> Iterable[str]:
    room = STORY_CHARS
    for block in islice(blocks, start, None):
        if room <= 0:
            return
        if block.label is Label.BODY:
            yield block.text[:room]
            room -= len(block.text)


def telling_words(texts: Iterable[str]) -> Counter[str]:
    """The words of texts that tell what they are about, and how often each stands in them."""
    found: Counter[str] = Counter()
    for text in texts:
        folded = text.casefold()
        found.update((_PLAIN_TOLD if is_plain(folded) else _TOLD).findall(folded))
    return found


@lru_cache(maxsize=REMEMBERED)
def telling(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about."""
    return frozenset(telling_words([text]))
