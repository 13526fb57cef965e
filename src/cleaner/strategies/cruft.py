"""Cruft: what stands around and within the story of a page, a function for each kind of part."""

from __future__ import annotations

import datetime

from cleaner.article import Label
from cleaner.strategies.chance import Chance, maybe, pick, some
from cleaner.strategies.story import date_text
from cleaner.strategies.values import Kind, Part, Piece
from cleaner.strategies.words import Cast, Topic, Words

_MENU = (3, 14)  # entries
_TEASERS = (2, 5)
# A page is seldom read on the day of its story.
_DAYS_LATER = 400


def skips(chance: Chance, words: Words) -> Part:
    """Links past the menu."""
    return tuple(
        Piece(Label.NAVIGATION, text, Kind.ITEM) for text in some(chance, words["skips"], 1, 2)
    )


def masthead(chance: Chance, words: Words, cast: Cast, day: datetime.date | None) -> Part:
    """The outlet's name; and where the story is dated, the day on which the page was read."""
    pieces = [Piece(Label.NAVIGATION, cast["outlet"])]
    if day and chance.integer(0, 4) == 4:
        today = day + datetime.timedelta(chance.integer(0, _DAYS_LATER))
        pieces.append(Piece(Label.NAVIGATION, date_text(chance, words, cast, today)))
    return tuple(pieces)


def menu(chance: Chance, words: Words) -> Part:
    """Sections; in one menu of three, with sections of their own below, two levels or three."""
    nested = chance.integer(0, 2) == 2
    entries = [(0, text) for text in some(chance, words["sections"], *_MENU)]
    for depth in range(1, 1 + (chance.integer(1, 2) if nested else 0)):
        entries = [entry for above in entries for entry in _below(chance, words, above, depth)]
    return tuple(
        Piece(Label.NAVIGATION, text, Kind.ITEM, depth, ((0, len(text)),))
        for depth, text in entries
    )


def _below(
    chance: Chance, words: Words, entry: tuple[int, str], depth: int
) -> list[tuple[int, str]]:
    """An entry of a menu and those below it."""
    below = some(chance, words["sections"], 0, 4) if entry[0] == depth - 1 else []
    return [entry, *((depth, text) for text in below)]


def tools(chance: Chance, words: Words) -> Part:
    """Search, log in and the like."""
    kind = pick(chance, (Kind.LINE, Kind.BUTTON))
    return tuple(Piece(Label.NAVIGATION, text, kind) for text in some(chance, words["tools"], 1, 3))


def trail(chance: Chance, words: Words) -> Part:
    """Where the story stands: home, section and section."""
    steps = [pick(chance, words["home"]), *some(chance, words["sections"], 1, 2)]
    if maybe(chance):
        return (Piece(Label.NAVIGATION, pick(chance, (" > ", " / ", " › ")).join(steps)),)
    return tuple(Piece(Label.NAVIGATION, step, Kind.ITEM) for step in steps)


def kicker(chance: Chance, words: Words) -> Part:
    """The section's name above the headline."""
    return (Piece(Label.NAVIGATION, pick(chance, words["sections"])),)


def ticker(chance: Chance, words: Words) -> Part:
    """Breaking news: a lead word and a few headlines."""
    kind = pick(chance, (Kind.LINE, Kind.ITEM))
    head = Piece(Label.TICKER, pick(chance, words["breaking"]))
    return head, *(Piece(Label.TICKER, text, kind) for text in some(chance, words["briefs"], 1, 4))


def teasers(chance: Chance, words: Words, cast: Cast, about: Topic | None = None) -> Part:
    """Related headlines below a heading, some with the lead or the day of their stories."""
    heading = Piece(Label.RELATED, pick(chance, words["related"]), Kind.HEADING, 1)
    other = [topic for topic in words.topics if topic is not about]
    heads = [headline for topic in other or words.topics for headline in topic["headlines"]]
    kind = pick(chance, (Kind.ITEM, Kind.LINE))
    decked, dated = chance.integer(0, 3) == 3, chance.integer(0, 3) == 3
    decks = [deck for topic in other or words.topics for deck in topic["decks"]]
    pieces = [heading]
    for text in some(chance, [*words["briefs"], *heads], *_TEASERS):
        filled = cast.fill(text, place=pick(chance, words["places"]))
        pieces.append(Piece(Label.RELATED, filled, kind, 0, ((0, len(filled)),)))
        if decked and decks:
            deck = cast.fill(decks.pop(chance.integer(0, len(decks) - 1)))
            pieces.append(Piece(Label.RELATED, deck))
        if dated:
            pieces.append(Piece(Label.RELATED, pick(chance, words["ago"])))
    return tuple(pieces)


def ranking(chance: Chance, words: Words) -> Part:
    """The most read stories, numbered or not."""
    heading = Piece(Label.RELATED, pick(chance, words["most_read"]), Kind.HEADING, 1)
    kind = pick(chance, (Kind.ITEM, Kind.NUMBERED))
    heads = some(chance, words["briefs"], *_TEASERS)
    return heading, *(Piece(Label.RELATED, head, kind) for head in heads)


def read_more(chance: Chance, words: Words) -> Part:
    """One related headline between two paragraphs."""
    headline = pick(chance, words["briefs"])
    lead = pick(chance, words["read_more"])
    text = lead.replace("{}", headline)
    at = lead.index("{}")
    linked = ((at, at + len(headline)),)
    return (Piece(Label.RELATED, text, Kind.PARAGRAPH, 0, linked),)


def share_bar(chance: Chance, words: Words) -> Part:
    """Names of networks, below a word that says what they are for."""
    pieces = []
    if maybe(chance):
        pieces.append(Piece(Label.SHARE, pick(chance, words["share_heads"])))
    kind = pick(chance, (Kind.ITEM, Kind.BUTTON, Kind.LINE))
    pieces += [Piece(Label.SHARE, text, kind) for text in some(chance, words["shares"], 2, 5)]
    return tuple(pieces)


def promo(chance: Chance, words: Words) -> Part:
    """A plea to subscribe, follow, give or install."""
    first, *more = pick(chance, words["promos"])
    kind = pick(chance, (Kind.PARAGRAPH, Kind.HEADING)) if more else Kind.PARAGRAPH
    rest = (Piece(Label.PROMO, text) for text in more)
    return Piece(Label.PROMO, first, kind, 1), *rest


def advert(chance: Chance, words: Words) -> Part:
    """The word that stands where an advertisement was."""
    return (Piece(Label.PROMO, pick(chance, words["adverts"])),)


def picture(chance: Chance, words: Words, cast: Cast, topic: Topic) -> Part:
    """Caption and credit of a picture, and in some pages what it shows for those who do not see."""
    shown = cast.fill(pick(chance, topic["captions"]))
    frame = pick(chance, words["photos"])
    credit = {"name": pick(chance, (*words["women"], *words["men"]))}
    caption = Piece(Label.CAPTION, cast.fill(frame, shown, **credit), Kind.CAPTION)
    return (Piece(Label.CAPTION, shown, Kind.IMAGE), caption) if maybe(chance) else (caption,)


def tags(chance: Chance, words: Words, topic: Topic) -> Part:
    """The topics of the story, in a list or in a row."""
    named = some(chance, topic["tags"], 2, 4)
    head = pick(chance, words["tag_heads"])
    if maybe(chance):
        row = head + words["colon"] + words["comma"].join(named)
        return (Piece(Label.TAGS, row),)
    return Piece(Label.TAGS, head), *(Piece(Label.TAGS, tag, Kind.ITEM) for tag in named)


def metadata(chance: Chance, words: Words, cast: Cast) -> Part:
    """How long it takes to read, or how many did."""
    return (Piece(Label.METADATA, cast.fill(pick(chance, words["reading"]))),)


def bio(chance: Chance, words: Words, cast: Cast, author: str) -> Part:
    """Who wrote this."""
    text = cast.fill(pick(chance, words["bios"]), name=author)
    return (Piece(Label.OTHER, text, Kind.PARAGRAPH),)


def notice(chance: Chance, words: Words, cast: Cast) -> Part:
    """Whose the text is, who answers for it, or what to do about a mistake in it."""
    text = cast.fill(pick(chance, words["notices"]))
    return (Piece(Label.FOOTER, text, Kind.PARAGRAPH),)


def comments(chance: Chance, words: Words, cast: Cast, topic: Topic) -> Part:
    """The place for comments, in one page of three with some."""
    some_wrote = chance.integer(0, 2) == 2
    # The last of the frames asks for the first comment.
    frames = words["comments"][: -1 if some_wrote else None]
    first, *more = [cast.fill(text) for text in pick(chance, frames)]
    pieces = [Piece(Label.COMMENTS, first, Kind.HEADING, 1)]
    if some_wrote:
        pieces += _opinions(chance, words, cast, topic)
    return *pieces, *(Piece(Label.COMMENTS, text) for text in more)


def _opinions(chance: Chance, words: Words, cast: Cast, topic: Topic) -> list[Piece]:
    """What readers wrote, each with name and time."""
    stop = words.stop
    pieces = []
    for claim in some(chance, topic["claims"], 1, 3):
        pieces.append(Piece(Label.COMMENTS, pick(chance, (*words["men"], *words["women"]))))
        pieces.append(Piece(Label.COMMENTS, pick(chance, words["ago"])))
        pieces.append(Piece(Label.COMMENTS, cast.fill(claim) + stop, Kind.PARAGRAPH))
    return pieces


def footer(chance: Chance, words: Words, cast: Cast, year: int) -> tuple[Part, ...]:
    """Links to what an outlet has to say of itself, and whose all this is."""
    kind = pick(chance, (Kind.ITEM, Kind.LINE))
    entries = some(chance, words["footers"], 2, 7)
    link_list = tuple(Piece(Label.FOOTER, text, kind) for text in entries)
    year_text = cast.year(year).translate(cast.digits)
    legal = [Piece(Label.FOOTER, cast.fill(pick(chance, words["legal"]), year=year_text))]
    if chance.integer(0, 2) == 2:
        legal.append(Piece(Label.FOOTER, pick(chance, words["top"])))
    return link_list, tuple(legal)
