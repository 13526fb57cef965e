"""What speaks for a slice of a page to be its headline, in numbers.

Each fact has a name, and what a high and a low value of it mean in words; its weight stands in
`weights/title.toml`. Logarithms keep what is long or far from drowning what is short or near.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum, log, log1p
from typing import Final, NamedTuple

from cleaner.article import Block, Label
from cleaner.description import ORDER
from cleaner.title.candidates import SEPARATOR, TOP_CHARS, WORD, Candidate, fold
from cleaner.title.known import Page, telling, telling_words

_LINE: Final = {
    "title": ("called a title", "hardly called a title"),
    "doubt": ("no title at all", "no doubt that it is a title"),
    "heading": ("like a heading", "unlike a heading"),
    "body": ("like a sentence of the story", "unlike a sentence of the story"),
    "byline": ("like a credit", "unlike a credit"),
    "caption": ("like a caption", "unlike a caption"),
    "link": ("like a link in a list", "unlike a link in a list"),
    "furniture": ("like tags or promotion", "unlike tags and promotion"),
    "likeliest": ("the likeliest title", "not the likeliest title"),
    "title_near": ("beside a likelier title", "beside no likelier title"),
    "title_above": ("a title right above", "no title right above"),
    "deck_below": ("a longer line below", "a shorter line below"),
    "below": ("below the story's start", "above the story's start"),
    "near": ("far above the story", "close to the story"),
    "apart": ("far from the main stretch of text", "close to the main stretch of text"),
    "first": ("on the first line", "not on the first line"),
    "credit_below": ("a credit or date right below", "no credit or date right below"),
    "credit_next": ("a credit or date soon below", "no credit or date soon below"),
    "credit_above": ("a credit or date above", "no credit or date above"),
    "list_above": ("a list of links above", "no list of links above"),
    "menu_above": ("a link right above", "no link right above"),
    "menu_below": ("a link right below", "no link right below"),
    "bullet": ("an item of a list", "no item of a list"),
    "lower_mark": ("marked as a lower heading", "not marked as a lower heading"),
    "gap": ("set off from what is above", "not set off from what is above"),
    "gap_below": ("set off from what is below", "not set off from what is below"),
}
_SLICE: Final = {
    "named": ("also in the page-title line", "not in the page-title line"),
    "first_whole": ("a first line without parts", "no first line without parts"),
    "first_part": ("a part of the page-title line", "no part of the page-title line"),
    "first_head": ("the page-title line without its site", "not the page-title line's beginning"),
    "again": ("stands again on the page", "stands once"),
    "within": ("part of other lines too", "part of no other line"),
    "again_above": ("stands above already", "does not stand above"),
    "words": ("many words", "few words"),
    "single": ("a word or two", "several words"),
    "usual": ("as long as headlines are", "not as long as headlines are"),
    "stop": ("ends as a sentence does", "does not end as a sentence does"),
    "colon": ("ends in a colon", "does not end in a colon"),
    "lower": ("begins with a small letter", "begins with a capital"),
    "told": ("words that the story says often", "words that the story says seldom"),
    "shared": ("its words stand in other lines too", "its words stand in no other line"),
    "broken_off": ("breaks off", "does not break off"),
    "part": ("a part of its line", "the whole line"),
    "share": ("most of its line", "little of its line"),
    "cut_short": ("what is cut off is short", "what is cut off is long"),
    "trimmed": ("freed of a date or mark", "not freed of a date or mark"),
    "cut_words": ("much is cut off", "little is cut off"),
    "cut_known": ("what is cut off stands elsewhere", "what is cut off stands only there"),
    "address": ("the words of the page's address", "not the words of the page's address"),
}
PHRASES: Final = {**_LINE, **_SLICE}
NAMES: Final = tuple(PHRASES)

LEAST: Final = 1e-3  # probabilities below are alike
NEAR: Final = 3  # blocks below in which a credit may follow
OVER: Final = 4  # blocks above in which there may be a list of links
FEW: Final = 2  # words, too few for most headlines
USUAL: Final = range(5, 13)
SITE_WORDS: Final = 5  # words, at most, of a site's name or a section
SITE_CHARS: Final = 40
WITHIN_CHARS: Final = 12  # a shorter text stands in other lines by chance
NOWHERE: Final = array("q")


def facts(page: Page, found: Sequence[Candidate]) -> list[list[float]]:
    """The facts of the candidates of a page: a row for each, in the order of `NAMES`."""
    blocks = {one.block for one in found}
    about = _About(
        _places(page.blocks, found),
        {fold(one.text) for one in found if one.block == page.top},
        "" if page.top is None else fold(page.blocks[page.top].text[:TOP_CHARS]),
        Counter(word for index in blocks for word in telling_words([page.blocks[index].text])),
        "\n".join(block.text for block in page.blocks).lower(),
    )
    likeliest = max((float(page.titles[one.block]) for one in found), default=0.0)
    marks = [len(m) for one in found if (m := page.blocks[one.block].marker).startswith("#")]
    highest = min(marks, default=0)
    lines = {index: _line(page, index, likeliest, highest) for index in blocks}
    return [[*lines[one.block], *_slice(page, one, about)] for one in found]


def _line(page: Page, index: int, likeliest: float, highest: int) -> list[float]:
    """The facts of a line, in the order of `_LINE`; `highest` is the best mark of a heading."""
    blocks, block, away = page.blocks, page.blocks[index], index - page.start
    first = max(0, index - OVER)
    around, at = slice(first, index + NEAR + 1), index - first
    titles, links, signed = (of[around].tolist() for of in (page.titles, page.links, page.signed))
    title = titles[at]
    heading, body, byline, caption, *furniture = page.chances[index, _KINDS].tolist()
    last = index + 1 == len(blocks)
    above = links[:at]
    odds = log(title + LEAST)
    marked = len(block.marker) - highest if block.marker.startswith("#") else FEW
    return [
        odds,
        odds**2,
        log(heading + LEAST),
        log(body + LEAST),
        log(byline + LEAST),
        log(caption + LEAST),
        log(links[at] + LEAST),
        log(sum(furniture) + LEAST),
        float(title >= likeliest),
        log(max(titles[max(0, at - 2) : at + 3]) + LEAST) - odds,
        log((titles[at - 1] if index else 0.0) + LEAST),
        0.0 if last else _longer(blocks[index + 1].text, block.text, titles[at + 1]),
        float(away >= 0),
        log1p(-away) if away < 0 else 0.0,
        log1p(abs(index - page.main)),
        float(index == page.top),
        0.0 if last else signed[at + 1],
        max(signed[at + 1 :], default=0.0),
        max(signed[max(0, at - 2) : at], default=0.0),
        sum(above) / len(above) if above else 0.0,
        links[at - 1] if index else 0.0,
        0.0 if last else links[at + 1],
        float(block.marker[:1] not in ("", "#")),
        float(marked) if highest else 0.0,
        log1p(block.gap),
        0.0 if last else log1p(blocks[index + 1].gap),
    ]


_KINDS: Final = [
    *(ORDER[label] for label in (Label.HEADING, Label.BODY, Label.BYLINE, Label.CAPTION)),
    *(ORDER[label] for label in (Label.TAGS, Label.METADATA, Label.PROMO, Label.OTHER)),
]
_SURELY: Final = 0.25  # from this probability on a line is as good as called a title


def _longer(text: str, other: str, chance: float) -> float:
    """How much longer a line is than another, if it may be a title itself: a deck is."""
    return log((len(text) + 1) / (len(other) + 1)) * min(1.0, chance / _SURELY)


class _About(NamedTuple):
    """What the candidates of a page are known by together."""

    where: dict[str, array[int]]  # in which blocks each stands alone, in page order
    parts: set[str]  # of the page-title line, folded
    first: str  # that line, folded
    spoken: Counter[str]  # in how many of their lines each word stands
    text: str  # of all lines, in lower case

    def names(self, folded: str) -> bool:
        """Whether the page-title line holds a text: as a part, or at an end of it."""
        if folded in self.parts:
            return True
        ends = self.first.startswith(f"{folded} ") or self.first.endswith(f" {folded}")
        return ends and folded.count(" ") >= FEW

    def within(self, text: str, line: str) -> int:
        """In how many other lines a slice of a line stands that is long enough to tell something;
        both are in lower case."""
        if len(text) < WITHIN_CHARS:
            return 0
        copies = self.text.count(line) if text != line else 0
        return max(0, self.text.count(text) - len(self.where.get(text, NOWHERE)) - copies)


def _slice(page: Page, one: Candidate, about: _About) -> list[float]:
    """The facts of a slice, in the order of `_SLICE`."""
    text, line = one.text, page.blocks[one.block].text
    folded, low = fold(text), text.lower()
    count = folded.count(" ") + 1
    alone = about.where.get(low, NOWHERE)
    known = telling(text)
    part, top = len(text) < len(line), one.block == page.top
    first = next((c for c in text if c.isalpha()), "")
    rest = line.replace(text, "", 1) if part else ""
    short, cut_known = _cut(rest, one.block, about.where)
    return [
        float(not top and about.names(folded)),
        float(top and not part),
        float(top and part),
        float(top and part and one.first == 0),
        log1p(len(alone) - alone.count(one.block)),
        log1p(about.within(low, line.lower())),
        float(any(i < one.block for i in alone[:1])),
        log1p(count),
        float(count <= FEW),
        float(count in USUAL),
        float(text[-1] in ".。։।"),
        float(text[-1] in ":："),
        float(first.islower()),
        fsum([log1p(page.told.get(word, 0)) for word in known]) / (len(known) + 1),
        sum([about.spoken.get(word, 0) > 1 for word in known]) / (len(known) + 1),
        float(text.endswith(("…", "..."))),
        float(part),
        len(text) / len(line),
        short,
        float(one.trimmed),
        log1p(fold(rest).count(" ")),
        cut_known * top,
        sum([word in page.address for word in known]) / (len(known) + 1),
    ]


def _cut(rest: str, block: int, where: Mapping[str, array[int]]) -> tuple[float, float]:
    """Whether all that is cut off is as short as the name of a site or section, and the share of
    it that stands elsewhere."""
    parts = [part for part in SEPARATOR.split(rest) if WORD.search(part)] if rest else []
    if not parts:
        return 0.0, 0.0
    short = all(len(p) <= SITE_CHARS and p.count(" ") < SITE_WORDS for p in parts)
    lines = (where.get(part.strip().lower(), NOWHERE) for part in parts)
    known = sum(len(each) > each.count(block) for each in lines)
    return float(short), known / len(parts)


def _places(blocks: Sequence[Block], found: Sequence[Candidate]) -> dict[str, array[int]]:
    """Where the lines stand that are equal to a candidate, in lower case."""
    where = {one.text.lower(): array("q") for one in found}
    sizes = {len(one.text) for one in found}
    for index, block in enumerate(blocks):
        if len(block.text) in sizes and (line := block.text.lower()) in where:
            where[line].append(index)
    return where
