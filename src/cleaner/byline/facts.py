"""What speaks for a line to be the credit of the story's authors, in numbers.

Each fact has a name, and what a high and a low value of it mean in words; its weight stands in
`weights/byline.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log, log1p
from typing import Final, NamedTuple

import regex

from cleaner.article import Block, Label
from cleaner.byline.candidates import DATED, Candidate, Story
from cleaner.credit.given import is_person
from cleaner.credit.tokens import first_words
from cleaner.description import ORDER, Floats

PHRASES: Final = {
    "byline": ("called a byline", "hardly called a byline"),
    "date": ("called a date", "hardly called a date"),
    "body": ("like a sentence of the story", "unlike a sentence of the story"),
    "title": ("called a title", "hardly called a title"),
    "caption": ("like a caption", "unlike a caption"),
    "menu": ("like a menu", "unlike a menu"),
    "related": ("like a teaser or a comment", "unlike a teaser or a comment"),
    "footer": ("like a footer", "unlike a footer"),
    "share": ("like a share bar", "unlike a share bar"),
    "meta": ("like tags or metadata", "unlike tags and metadata"),
    "likeliest": ("the likeliest byline", "not the likeliest byline"),
    "over": ("above the headline", "not above the headline"),
    "over_far": ("far above the headline", "close to the headline"),
    "head": ("between headline and story", "not between headline and story"),
    "head_far": ("far below the headline", "right below the headline"),
    "touches": ("right below the headline", "not right below the headline"),
    "within": ("in the midst of the story", "not in the midst of the story"),
    "under": ("below the story", "not below the story"),
    "under_far": ("far below the story", "not far below the story"),
    "date_near": ("beside a date", "not beside a date"),
    "byline_near": ("beside a likelier byline", "beside no likelier byline"),
    "menu_near": ("beside menus", "beside no menus"),
    "led": ("opens with a lead word", "opens with no lead word"),
    "led_near": ("a lead word near the headline", "no lead word near the headline"),
    "clear": ("opens with a clear lead", "opens with no clear lead"),
    "full": ("holds a full name", "holds no full name"),
    "strict": ("read strictly", "read freely"),
    "role": ("names what the author does", "names no role"),
    "signs_off": ("signs the story off", "does not sign the story off"),
    "dated": ("holds a date", "holds no date"),
    "rest": ("much beside the names", "the names alone"),
    "whole": ("nothing but names", "more than names"),
    "bare": ('no word beside names and "and"', "words beside the names"),
    "lone": ("one word for a name", "no name of one word"),
    "lone_led": ("one word after a lead word", "no one word after a lead word"),
    "names": ("several names", "one name"),
    "names_bare": ("several names and nothing else", "no line of several names alone"),
    "names_led": ("several names after a lead word", "not several names after a lead word"),
    "names_called": ("several names, called a byline", "not several names called a byline"),
    "names_person": ("several common given names", "not several common given names"),
    "names_spread": ("several names on several lines", "no names on several lines"),
    "spread": ("names on several lines", "names on one line"),
    "spread_sure": ("each line called a byline", "a line hardly called a byline"),
    "more": ("more names follow", "no more names follow"),
    "more_sure": ("no more bylines follow", "more bylines follow"),
    "stop": ("ends as a sentence does", "does not end as a sentence does"),
    "lower": ("a name without capitals", "names with capitals"),
    "capitals": ("names in capitals", "names not in capitals"),
    "digits": ("a name with figures", "names without figures"),
    "glued": ("a capital within a word of a name", "no capital within a word of a name"),
    "words": ("names of many words", "names of few words"),
    "titled": ("its words are the headline's", "its words are not the headline's"),
    "again": ("the name is read again", "the name is read once"),
    "told_after": ("a line below says who it is", "no line below says who it is"),
    "alone": ("the name is a line of the page", "the name is no line of the page"),
    "known": ("its words are other than names", "its words may be names"),
    "cut": ("the first of several names", "all names"),
    "cut_person": ("the only person of several names", "not the only person of several names"),
    "agency": ("an agency or a desk", "no agency and no desk"),
    "person": ("a common given name", "no common given name"),
    "owner": ("the site's name, or whose it is", "not the site's name"),
    "holder": ("a person whose the page is", "not from a notice of copyright"),
}
NAMES: Final = tuple(PHRASES)
LEAST: Final = 1e-3  # probabilities below are alike
DECK: Final = 4  # blocks of the story (a deck in its sentences) that may stand above the byline
NO_NAMES: Final = ("unit", "stop", "other", "void", "role")  # kinds of words that are seldom names
NEAR: Final = 2  # blocks on each side that are beside a line

_CHAIN: Final = [ORDER[label] for label in (Label.BYLINE, Label.DATE, Label.BODY, Label.TITLE)] + [
    ORDER[Label.CAPTION]
]
_RELATED: Final = [ORDER[Label.RELATED], ORDER[Label.COMMENTS]]
_FOOTER: Final = [ORDER[Label.FOOTER], ORDER[Label.OTHER], ORDER[Label.PROMO]]
_MENU: Final = [ORDER[Label.NAVIGATION], ORDER[Label.TICKER]]
_SHARE: Final = ORDER[Label.SHARE]
_META: Final = [ORDER[Label.TAGS], ORDER[Label.METADATA]]
_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}]++")
# As in "SavePage", and not in "McCann" and "DeLuca".
_GLUED: Final = regex.compile(r"(?<!\b\p{Lu}\p{Ll}{1,2})(?<=\p{Ll})\p{Lu}")
_DIGIT: Final = regex.compile(r"\d")  # without one there is no date


def facts(
    blocks: Sequence[Block],
    chances: Floats,
    story: Story,
    found: Sequence[Candidate],
    owned: str,
) -> list[list[float]]:
    """The facts of the candidates of a page: a row for each, in the order of `NAMES`; `owned` is
    what names the site and whose it is."""
    if not found:
        return []
    sizes = {len(one.names[0]) for one in found}
    page = _Page(
        blocks,
        story,
        chances,
        chances[:, ORDER[Label.BYLINE]].astype(float),
        chances[:, ORDER[Label.DATE]].astype(float),
        chances[:, _MENU].sum(1).astype(float),
        max(float(chances[one.block, ORDER[Label.BYLINE]]) for one in found),
        set(_WORD.findall(blocks[story.headline].text.lower()[:300]))
        if story.headline < len(blocks)
        else set(),
        _lines_of(found),
        {one.lines[0]: one.lines for one in found if len(one.lines) > 1},
        {block.text.lower() for block in blocks if len(block.text) in sizes},
        "\n".join(["", *(block.text for block in blocks[max(story.start, story.end - 1) :])]),
        owned,
    )
    places = {one.block: _place(page, one.block) for one in found}
    return [[*places[one.block], *_line(page, one)] for one in found]


class _Page(NamedTuple):
    blocks: Sequence[Block]
    story: Story
    chances: Floats
    bylines: Floats
    dates: Floats
    menus: Floats
    likeliest: float
    headline: set[str]
    lines: dict[str, set[int]]  # in which blocks each name is read
    spread: dict[int, tuple[int, ...]]  # over which blocks the credit spreads that begins in one
    said: set[str]  # all that a block says which is as long as a name, in lower case
    after: str  # the story's last lines and all below, a line for each block
    owned: str  # what names the site and whose it is


def _lines_of(found: Sequence[Candidate]) -> dict[str, set[int]]:
    lines: dict[str, set[int]] = {}
    for one in found:
        for name in one.names:
            lines.setdefault(name.lower(), set()).add(one.block)
    return lines


def _place(page: _Page, index: int) -> list[float]:
    story = page.story
    own = page.chances[index].tolist()
    byline, date, body, title, caption = (own[at] for at in _CHAIN)
    around = range(max(0, index - NEAR), min(len(page.blocks), index + NEAR + 1))
    over = index < story.headline
    under = index > story.end
    head = story.headline < index < story.start
    deck = story.start <= index <= story.start + DECK and not under
    return [
        log(byline + LEAST),
        log(date + LEAST),
        log(body + LEAST),
        log(title + LEAST),
        log(caption + LEAST),
        log(sum(own[at] for at in _MENU) + LEAST),
        log(sum(own[at] for at in _RELATED) + LEAST),
        log(sum(own[at] for at in _FOOTER) + LEAST),
        log(own[_SHARE] + LEAST),
        log(sum(own[at] for at in _META) + LEAST),
        float(byline >= page.likeliest),
        float(over),
        log1p(story.headline - index) if over else 0.0,
        float(head),
        log1p(index - story.headline) if head else 0.0,
        float(index == story.headline + 1),
        float(not (over or under or head or deck)),
        float(under),
        log1p(index - story.end) if under else 0.0,
        max((page.dates[i] for i in around if i != index), default=0.0),
        log(max(page.bylines[i] for i in around) + LEAST) - log(byline + LEAST),
        sum(page.menus[i] for i in around) / len(around),
    ]


def _line(page: _Page, one: Candidate) -> list[float]:
    """What a credit's line and its names are like."""
    bare = float(_bare(page, one))
    persons = sum(map(is_person, one.names)) / len(one.names)
    return [
        *_reading(page, one),
        bare,
        *_extent(page, one, bare, persons),
        *_names(page, one),
        persons,
        sum(name.lower() in page.owned for name in one.names) / len(one.names),
        float(one.holder),
    ]


def _reading(page: _Page, one: Candidate) -> list[float]:
    """How the line is read, and what it has beside its names."""
    text, story = page.blocks[one.block].text, page.story
    start = text[:200]
    near = story.headline - 2 <= one.block <= story.start + DECK
    rest = text.count(" ") + 1 - sum(name.count(" ") + 1 for name in one.names)
    return [
        float(one.led),
        float(one.led and near),
        float(one.clear),
        float(one.full),
        float(one.strict),
        float(one.role),
        float(one.signs_off),
        float(bool(_DIGIT.search(start) and DATED.search(start))),
        log1p(max(0, rest)),
        float(rest <= 0),
    ]


def _bare(page: _Page, one: Candidate) -> bool:
    """Whether a line holds names, what ties them, and its lead word, and nothing else."""
    if len(one.lines) > 1:
        return False
    text = page.blocks[one.block].text
    for name in one.names:
        text = text.replace(name, " ", 1)
    ties = first_words("conjunction", "lead") if one.led else first_words("conjunction")
    return ties.issuperset(_WORD.findall(text.lower()))


def _extent(page: _Page, one: Candidate, bare: float, persons: float) -> list[float]:
    """How many names there are, on how many lines, and whether more follow; `bare` and `persons`
    count for as much as there are several."""
    lone = any(" " not in name and name.isascii() for name in one.names)
    several = log1p(len(one.names) - 1)
    lines = len(one.lines) > 1
    spread = page.spread.get(one.block, ())
    more = bool(spread) and not lines
    sure = log(min((page.bylines[i] for i in spread), default=0.0) + LEAST)
    return [
        float(lone),
        float(lone and one.led),
        several,
        several * bare,
        several * one.led,
        several * page.bylines[one.block],
        several * persons,
        several * lines,
        float(lines),
        sure if lines else 0.0,
        float(more),
        sure if more else 0.0,
    ]


def _names(page: _Page, one: Candidate) -> list[float]:
    """How the names are written, and where else they stand."""
    words = [word for name in one.names for word in _WORD.findall(name.lower())]
    count = len(one.names)
    again = max(len(page.lines[name.lower()]) for name in one.names) - 1
    other = first_words(*NO_NAMES)
    told = (f"\n{name}{sign}" in page.after for name in one.names for sign in " :")
    return [
        float(page.blocks[one.block].text[-1:] in ".!?:…。"),
        float(any(name == name.lower() != name.upper() for name in one.names)),
        float(all(name == name.upper() != name.lower() for name in one.names)),
        float(any(c.isdigit() for name in one.names for c in name)),
        float(any(map(_GLUED.search, one.names))),
        log(len(words) / count + 1),
        sum(word in page.headline for word in words) / max(1, len(words)),
        log1p(again),
        sum(told) / count,
        float(one.names[0].lower() in page.said),
        sum(word in other for word in words) / max(1, len(words)),
        float(one.cut),
        float(one.beside),
        float(one.agency),
    ]
