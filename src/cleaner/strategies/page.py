"""Pages: a story and the cruft around and within it, as parts in the order of the page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cleaner.article import Label
from cleaner.strategies import cruft, styles
from cleaner.strategies.chance import Chance, maybe, pick
from cleaner.strategies.story import Story, story
from cleaner.strategies.styles import FLAT
from cleaner.strategies.values import (
    CRUFT,
    WHERE,
    Kind,
    Names,
    Part,
    Piece,
    Sample,
    links,
    named,
)
from cleaner.strategies.words import Cast, Words

_UNDATED = 2031  # the year below a page whose story bears no date
# Characters after which the beginning of a paragraph is told from a name or a headline.
_OPENING = 20
_SEPARATORS = (" | ", " - ", " – ")  # of headline and site in a page-title line


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which kinds of cruft a page may have and where, and which paragraphs have links."""

    kinds: Collection[str] = CRUFT
    where: Collection[str] = WHERE
    linked: int | None = None  # one in so many; as many as are usual, where it is None


def wanted(cruft: Names, where: Names, linked: int | None = None) -> Wanted:
    """These kinds of cruft, one or some, at these places, and links in one paragraph of so many;
    ValueError for what there is not."""
    if linked is not None and linked < 1:
        raise ValueError(f"linked: one paragraph in {linked}; give 1 for all, or leave it out")
    kinds, places = named(cruft, CRUFT, "cruft"), named(where, WHERE, "where")
    return Wanted(frozenset(kinds), frozenset(places), linked)


def sample(chance: Chance, words: Words, style: str, wanted: Wanted) -> Sample:
    """Draw a page of a language in a style, with its truth."""
    cast = Cast(chance, words)
    told = story(chance, words, cast, wanted.linked)
    look = styles.look(chance, style)
    parts = tuple(part for part in _parts(chance, words, cast, told, look, wanted) if part)
    return sampled(parts, told, look, words.language)


def sampled(parts: Sequence[Part], told: Story, look: styles.Look, language: str) -> Sample:
    """The page of these parts that tells a story, with its truth."""
    text, labels = styles.render(parts, look)
    plain, plain_labels = styles.render(tuple(part for part in parts if part[0].label.kept), look)
    return Sample(
        text=text,
        labels=labels,
        title=told.title,
        byline=told.credit.byline if told.credit else None,
        authors=told.credit.authors if told.credit else (),
        date=told.day.date if told.day else None,
        date_text=told.day.date_text if told.day else None,
        body=(*((told.deck,) if told.deck else ()), *(piece.text for piece in told.paragraphs)),
        language=language,
        style=look.style,
        plain=plain,
        plain_labels=plain_labels,
        paragraphs=told.paragraphs,
    )


def _parts(
    chance: Chance, words: Words, cast: Cast, told: Story, look: styles.Look, wanted: Wanted
) -> Iterator[Part]:
    for where, parts in (
        ("before", _before(chance, words, cast, told, look)),
        ("between", between(chance, words, cast, told, look)),
        ("after", _after(chance, words, cast, told)),
    ):
        for part in parts:
            kept = part and part[0].label.kept
            if kept or (part and part[0].label in wanted.kinds and where in wanted.where):
                yield part


def _before(
    chance: Chance, words: Words, cast: Cast, told: Story, look: styles.Look
) -> Iterator[Part]:
    if look.page_title:
        line = told.title + pick(chance, _SEPARATORS) + cast["outlet"]
        yield (Piece(Label.METADATA, line),)
    if look.residue:
        yield (Piece(Label.OTHER, "#alternate"),)
    breaking = cruft.ticker(chance, words) if chance.integer(0, 2) == 2 else ()
    if look.style in FLAT:  # with no blank line below them its headlines would run into the title
        yield breaking
    if maybe(chance):
        yield cruft.skips(chance, words)
    if maybe(chance, 4):
        yield cruft.masthead(chance, words, cast, told.day.date if told.day else None)
    for _ in range(chance.integer(0, 2)):
        yield cruft.menu(chance, words)
    if maybe(chance):
        yield cruft.tools(chance, words)
    if chance.integer(0, 5) == 5:
        yield cruft.promo(chance, words)
    if look.style not in FLAT:
        yield breaking
    if maybe(chance):
        yield cruft.trail(chance, words)
    if chance.integer(0, 2) == 2:
        yield cruft.kicker(chance, words)


def _head(chance: Chance, words: Words, told: Story) -> Iterator[Part]:
    """Credit, the author's job and days, on lines of their own or on one."""
    signed = told.credit and Piece(
        Label.BYLINE,
        told.credit.text,
        Kind.STRONG,
        0,
        links(told.credit.text, told.credit.authors, 2),
    )
    dated = told.day and Piece(Label.DATE, told.day.text)
    updated = told.updated and Piece(Label.DATE, told.updated.text)
    if told.credit and told.day and chance.integer(0, 5) == 5:
        line = told.credit.text + pick(chance, (" | ", " - ", ", ", "  ")) + told.day.date_text
        yield (Piece(Label.BYLINE, line),)
        dated, signed = None, None
    if dated and updated and chance.integer(0, 2) == 2:
        dated, updated = dated._replace(text=f"{dated.text} {updated.text}"), None
    job = None
    if signed and chance.integer(0, 5) == 5:
        job = Piece(Label.BYLINE, pick(chance, words["jobs"]))
    order = (dated, updated, signed, job) if maybe(chance) else (signed, job, dated, updated)
    yield tuple(piece for piece in order if piece)


def between(
    chance: Chance, words: Words, cast: Cast, told: Story, look: styles.Look
) -> Iterator[Part]:
    """The headline and all below it, to the last paragraph.

    A deck stands below byline and date only where it is a sentence: what is none, there, reads as
    the caption of a picture.
    """
    yield (Piece(Label.TITLE, told.title, Kind.TITLE),)
    deck = (Piece(Label.BODY, told.deck, Kind.PARAGRAPH),) if told.deck else ()
    head = _head(chance, words, told)
    sentence = told.deck and words.stop and told.deck.endswith(words.stop)
    if sentence and maybe(chance):
        yield from head
        yield deck
    else:
        yield deck
        yield from head
    if chance.integer(0, 2) == 2:
        yield cruft.metadata(chance, words, cast)
    if maybe(chance):
        yield cruft.share_bar(chance, words)
    if maybe(chance):
        yield cruft.picture(chance, words, cast, told.topic)
    for at, paragraph in enumerate(told.paragraphs):
        after_heading = at and told.paragraphs[at - 1].label is Label.HEADING
        if at and not after_heading:
            part = _interruption(chance, words, cast, told)
            if part and (part[0].label is not Label.RELATED or _apart(look, paragraph)):
                yield part
        yield (paragraph,)


def _interruption(chance: Chance, words: Words, cast: Cast, told: Story) -> Part:
    """What may stand between two paragraphs: nothing, mostly."""
    match chance.integer(0, 15):
        case 15 | 14:
            return cruft.read_more(chance, words)
        case 13:
            return cruft.teasers(chance, words, cast, told.topic)
        case 12:
            return cruft.promo(chance, words)
        case 11:
            return cruft.advert(chance, words)
        case 10:
            return cruft.picture(chance, words, cast, told.topic)
    return ()


def _apart(look: styles.Look, below: Piece) -> bool:
    """Whether a reader sees where related headlines end that stand above a piece.

    Blank lines, indents or marks show it. Without them only a sentence does: a subheading is one
    more headline, and so is a name that stands on a line of its own.
    """
    if look.style not in FLAT:
        return True
    opening = below.text[: below.links[0][0]] if below.links else below.text
    return below.label is Label.BODY and len(opening) > _OPENING


def _after(chance: Chance, words: Words, cast: Cast, told: Story) -> Iterator[Part]:
    if chance.integer(0, 4) == 4:
        yield cruft.notice(chance, words, cast)
    if maybe(chance):
        yield cruft.tags(chance, words, told.topic)
    if told.credit and chance.integer(0, 3) == 3:
        yield cruft.bio(chance, words, cast, told.credit.authors[0])
    if maybe(chance):
        yield cruft.share_bar(chance, words)
    if chance.integer(0, 2) == 2:
        yield cruft.promo(chance, words)
    for _ in range(chance.integer(0, 2)):
        yield cruft.teasers(chance, words, cast, told.topic)
    if chance.integer(0, 2) == 2:
        yield cruft.comments(chance, words, cast, told.topic)
    if maybe(chance):
        yield cruft.ranking(chance, words)
    if maybe(chance, 4):
        yield from cruft.footer(chance, words, cast, told.day.date.year if told.day else _UNDATED)
