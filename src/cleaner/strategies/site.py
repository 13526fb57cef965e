"""Pages of one site: the same furniture around many stories, and what tells stories from it.

What stands on every page: name, menu, share bar, a place for comments, the footer, and below the
story a notice in prose, which one page alone cannot tell from it. What
changes from page to page though it is cruft: the ticker, related headlines, captions. What recurs
though it is the story's: the standing intro of a series.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.article import Label
from cleaner.strategies import cruft, styles
from cleaner.strategies.chance import Chance, maybe, pick
from cleaner.strategies.page import between, sampled
from cleaner.strategies.seeded import Seeded
from cleaner.strategies.story import Story, paragraph, story
from cleaner.strategies.styles import STYLES
from cleaner.strategies.values import Kind, Part, Piece, Sample, not_among
from cleaner.strategies.words import LANGUAGES, Cast, Words, words

# One page in so many is of a series, whose intro stands above its story.
_SERIES = 5
_YEAR = 2031


class Site(NamedTuple):
    """What all pages of a site show: its look as a dump, what stands above and below the story, the
    notice; and the intro of its series."""

    look: styles.Look
    above: tuple[Part, ...]
    below: tuple[Part, ...]
    intro: Piece
    notice: Piece


def site_samples(
    count: int,
    *,
    site: str = "site",
    seed: int = 0,
    language: str = "en",
    style: str = "lynx",
    half: int | None = None,
    syndicated: int = 0,
) -> Iterator[Sample]:
    """Give `count` pages of a site of this name: the same for the same arguments.

    The first `syndicated` of them tell stories that every site of the same seed, language and half
    tells. One page in five opens with the intro of a series. `half` as in `samples`. Raises
    ValueError for a language or style that there is not, a negative `count` and another `half`.

    >>> pages = list(site_samples(6, site="courier", style="wet"))
    >>> [page.body[0] == pages[4].body[0] for page in pages].count(True)
    1
    """
    for value, known, what in ((language, LANGUAGES, "language"), (style, STYLES, "style")):
        if value not in known:
            raise not_among([value], known, what)
    if count < 0:
        raise ValueError(f"count: {count} pages; give 0 or more")
    return _pages(count, words(language, half), style, (seed, language, site), syndicated)


def _pages(
    count: int, known: Words, style: str, names: tuple[int, str, str], syndicated: int
) -> Iterator[Sample]:
    """The pages of a site, by its seed, language and name."""
    seed, language, site = names
    chance = Seeded(f"{seed} {language} {style} {site}")
    cast = Cast(chance, known)
    drawn = _site(chance, known, cast, style)
    told = list(_stories(count, known, drawn, cast["outlet"], names, syndicated))
    shown = {_bare(text) for _, tale in told for text in (tale.deck, *_texts(tale)) if text}
    for at, (people, tale) in enumerate(told):
        around = Seeded(f"{seed} {language} {site} around {at}")
        parts = _parts(around, known, people, tale, drawn)
        kept = tuple(part for part in (_new(part, shown) for part in parts) if part)
        yield sampled(kept, tale, drawn.look, language)


def _stories(
    count: int,
    words: Words,
    drawn: Site,
    outlet: str,
    names: tuple[int, str, str],
    syndicated: int,
) -> Iterator[tuple[Cast, Story]]:
    """The stories of a site, each with its people; one in five has the intro above."""
    seed, language, site = names
    before = {_bare(drawn.notice.text), _bare(drawn.intro.text)}
    for at in range(count):
        own = Seeded(f"{seed} {language} {'wire' if at < syndicated else site} {at}")
        people = Cast(own, words)
        people["outlet"] = outlet
        tale = _untold(story(own, words, people), before)
        if at % _SERIES == _SERIES - 1:
            tale = tale._replace(paragraphs=(drawn.intro, *tale.paragraphs))
        yield people, tale


def _texts(tale: Story) -> Iterator[str]:
    return (piece.text for piece in tale.paragraphs)


def _new(part: Part, shown: set[str]) -> Part:
    """A part without cruft that says what a story of the site does: there are few phrases."""
    return tuple(
        piece
        for piece in part
        if piece.label is not Label.RELATED or _bare(piece.text) not in shown
    )


def _untold(tale: Story, before: set[str]) -> Story:
    """A story without what earlier pages of the site told: there are few phrases to tell with.

    What is left is added to that.
    """
    deck = tale.deck if tale.deck and _bare(tale.deck) not in before else None
    left = tuple(piece for piece in tale.paragraphs if _bare(piece.text) not in before)
    before.update(_bare(text) for text in (deck, *(piece.text for piece in left)) if text)
    return tale._replace(deck=deck, paragraphs=left)


def _bare(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() and not letter.isdigit())


def _site(chance: Chance, words: Words, cast: Cast, style: str) -> Site:
    intro = Piece(Label.BODY, paragraph(chance, words, cast), Kind.PARAGRAPH)
    notice = Piece(Label.OTHER, paragraph(chance, words, cast), Kind.PARAGRAPH)
    above = (
        cruft.skips(chance, words),
        cruft.masthead(chance, words, cast, None),
        cruft.menu(chance, words),
        cruft.tools(chance, words),
    )
    below = (
        cruft.share_bar(chance, words),
        cruft.promo(chance, words),
        _form(chance, words, cast),
        *cruft.footer(chance, words, cast, _YEAR),
    )
    return Site(styles.look(chance, style), above, below, intro, notice)


def _form(chance: Chance, words: Words, cast: Cast) -> Part:
    """The place for comments, without any."""
    texts = pick(chance, words["comments"])
    return tuple(Piece(Label.COMMENTS, cast.fill(text)) for text in texts)


def _parts(chance: Chance, words: Words, cast: Cast, told: Story, drawn: Site) -> Iterator[Part]:
    parts = [
        cruft.ticker(chance, words),
        *drawn.above,
        *between(chance, words, cast, told, drawn.look),
        (drawn.notice,),
        cruft.tags(chance, words, told.topic) if maybe(chance) else (),
        cruft.teasers(chance, words, cast, told.topic),
        *drawn.below,
    ]
    yield from (part for part in parts if part)
