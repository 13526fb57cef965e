"""Stories: headline, deck, credit, day and paragraphs, from the phrases of one topic."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.article import Label
from cleaner.strategies.chance import Chance, maybe, pick, some
from cleaner.strategies.values import Credit, Day, Kind, Piece, links
from cleaner.strategies.words import Cast, Topic, Words

_FIRST_DAY = datetime.date(2015, 1, 1)
_DAYS = 5_800  # into 2030
# The shortest story that a page is sure to hold has three paragraphs of two sentences.
_PARAGRAPHS = (3, 9)
_SENTENCES = (2, 3)
_LINKS = 2  # in a paragraph, at most
# One paragraph in so many has links, if it names anyone: 14 % of all, and 7 % where letters have no
# case. Of real paragraphs of news 13 to 26 % hold another element, without case 6.5 % (of 2,282,
# most of them Chinese).
_LINKED, _LINKED_WITHOUT_CASE = 4, 8


class Story(NamedTuple):
    """What a page tells. `paragraphs` are body and heading pieces."""

    topic: Topic
    title: str
    deck: str | None
    credit: Credit | None
    day: Day | None
    updated: Day | None
    paragraphs: tuple[Piece, ...]


def story(chance: Chance, words: Words, cast: Cast, linked: int | None = None) -> Story:
    """A story about one topic. The headline is sure; deck, credit and day may be missing.

    One paragraph in `linked` has links, or as many as are usual.
    """
    topic = pick(chance, words.topics)
    title = cast.fill(pick(chance, topic["headlines"]))
    paragraphs = _paragraphs(chance, words, topic, cast, linked)
    deck = _deck(chance, words, topic, cast) if maybe(chance) else None
    signed = credit(chance, words, cast.writers) if maybe(chance, 6) else None
    printed = day(chance, words, cast) if maybe(chance, 9) else None
    changed = printed and maybe(chance) and chance.integer(0, 2) == 2
    updated = _updated(chance, words, cast, printed.date) if changed and printed else None
    return Story(topic, title, deck, signed, printed, updated, paragraphs)


def _deck(chance: Chance, words: Words, topic: Topic, cast: Cast) -> str:
    """What stands below a headline, in one page of three closed as a sentence."""
    text = cast.fill(pick(chance, topic["decks"]))
    return text + words.stop if chance.integer(0, 2) == 2 else text


def headline(chance: Chance, words: Words, cast: Cast) -> str:
    """The headline of a story."""
    return cast.fill(pick(chance, pick(chance, words.topics)["headlines"]))


def paragraph(chance: Chance, words: Words, cast: Cast) -> str:
    """The first paragraph of a story, or a later one."""
    told = _paragraphs(chance, words, pick(chance, words.topics), cast)
    return pick(chance, [piece.text for piece in told if piece.label is Label.BODY])


def credit(chance: Chance, words: Words, names: Sequence[str]) -> Credit:
    """A byline of one or two of some names."""
    authors = tuple(names[: 2 if chance.integer(0, 4) == 4 else 1])
    byline = str(words["and"]).join(authors)
    return Credit(pick(chance, words["credits"]).replace("{}", byline), byline, authors)


def day(chance: Chance, words: Words, cast: Cast) -> Day:
    """A date line, in one of the ways in which a language writes it."""
    date = _FIRST_DAY + datetime.timedelta(chance.integer(0, _DAYS))
    text = date_text(chance, words, cast, date)
    return Day(pick(chance, words["published"]).replace("{}", text), text, date)


def _updated(chance: Chance, words: Words, cast: Cast, since: datetime.date) -> Day:
    date = since + datetime.timedelta(chance.integer(0, 3))
    text = date_text(chance, words, cast, date)
    return Day(pick(chance, words["updated"]).replace("{}", text), text, date)


def date_text(chance: Chance, words: Words, cast: Cast, date: datetime.date) -> str:
    """A day as printed in one of the formats of a language."""
    text: str = pick(chance, words["dates"])
    numbers = {
        "day": str(date.day),
        "dd": f"{date.day:02}",
        "mm": f"{date.month:02}",
        "m": str(date.month),
        "year": cast.year(date.year),
    }
    if "{hour}" in text:
        numbers["hour"] = f"{chance.integer(6, 22):02}"
        numbers["minute"] = f"{5 * chance.integer(0, 11):02}"
    names = {
        "month": words["months"][date.month - 1],
        "weekday": words["weekdays"][date.weekday()],
    }
    printed = {name: value.translate(cast.digits) for name, value in numbers.items()}
    return text.format(**names, **printed)


def _paragraphs(
    chance: Chance, words: Words, topic: Topic, cast: Cast, linked: int | None = None
) -> tuple[Piece, ...]:
    """Body and heading pieces: the lead first, then facts, sayings and what else is to tell."""
    left = [*topic["facts"], *words["fillers"]]
    sayings = list(zip(words["quotes"], some(chance, topic["claims"], 4, 4), strict=False))
    headings = list(topic["headings"])
    space = words["space"]
    one_in = linked or (_LINKED if words.cased else _LINKED_WITHOUT_CASE)
    sentences = [cast.fill(pick(chance, topic["leads"]))]
    pieces: list[Piece] = []
    count = chance.integer(*_PARAGRAPHS)
    for number in range(count):
        if number and sayings and chance.integer(0, 2) == 2:
            frame, claim = sayings.pop(chance.integer(0, len(sayings) - 1))
            sentences.append(cast.fill(frame, cast.fill(claim)))
        size = chance.integer(*_SENTENCES) if number else _SENTENCES[0]
        while len(sentences) < size and left:
            sentences.append(cast.fill(left.pop(chance.integer(0, min(len(left), 7) - 1))))
        if not sentences:
            break
        if len(sentences) == 1 and not words.stop:
            pieces[-1] = _longer(pieces[-1], space + sentences[0])
            break
        if number > 1 and headings and chance.integer(0, 4) == 4:
            heading = headings.pop(chance.integer(0, len(headings) - 1))
            pieces.append(Piece(Label.HEADING, cast.fill(heading), Kind.HEADING, 1))
        text = space.join(sentences)
        shown = chance.integer(1, one_in) == one_in
        spans = links(text, cast.names(), _LINKS) if shown else ()
        pieces.append(Piece(Label.BODY, text, Kind.PARAGRAPH, 0, spans))
        sentences = []
    return tuple(pieces)


def _longer(piece: Piece, more: str) -> Piece:
    """A paragraph and what is left to say: alone, without a full stop, it reads as a headline."""
    return piece._replace(text=piece.text + more)
