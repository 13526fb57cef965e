"""The rules by which a page's date of publication is found, each a date and the reason for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

import regex

from cleaner.article import Label
from cleaner.dates.page import Mention, Page
from cleaner.dates.stamps import Stamp, scan

NEAR = 12  # blocks around headline and first paragraph: farther off, a date is hardly the story's
UNDER = 4  # blocks from a headline on where what stands under it may date it, whatever it is called
KICKERS = 2  # blocks between a headline and a date above it that is still its own
MASTHEAD = 60  # characters of a line that is only a date, with its weekday, place and time
DATELINES = 3  # first paragraphs that may open with a dateline: decks can precede it
DATELINE_START = 80  # characters before which its date begins
DATELINE_SMALL_WORDS = 2  # in the place before it: "San Sebastián de los Reyes"
DATELINE_REACH = 160  # characters in which it ends

POSSIBLE = 0.08  # a line of another label that is less likely a date line or byline is none
HARDLY_ONE = 0.02  # and beside the story, where nothing better stands on the page
AFTER = 6  # blocks behind the story in which a line may date it
AHEAD, BRIEF = 5, 9  # words before a date, and beside it, in a line that states it

LINES = frozenset({Label.DATE, Label.BYLINE})
METADATA = frozenset({Label.METADATA})
HEADERS = METADATA | {Label.TITLE}
ITS_OWN = frozenset(Label) - {Label.RELATED, Label.TICKER}  # what may tell of this story
BRIEF_CHARS = 120  # of a line of another label
MASTHEADS = frozenset({Label.NAVIGATION, Label.OTHER})
HARDLY = MASTHEADS | {Label.BODY, Label.TITLE}  # what a date line is taken for

# What follows the date of a dateline: an agency in brackets, slashes or capitals, if any, and then
# a dash, a colon or the Chinese "by wire": "(EFE).-", "/PRNewswire/ --", ". INTERFAX.RU -", "电".
_DATELINE_END = regex.compile(
    r"\.?\s?(?:\([^()]{1,40}+\)|/[^/\s][^/]{0,40}+/|[.,]?\s?[\p{Lu}./]{2,30}+)?"
    r"[\s.,)】]{0,3}+(?:[-–—―:]|电|電)"
)
# What precedes it: nothing, a place and a sign, capitals, or Chinese; no sentence.
_DATELINE_PLACE = regex.compile(
    r"(?!.*\p{Ll}{2}[.!?]\s\p{L})(?:|.*[,.()\-–—―/】|]\s?|[^\p{Ll}]*|.*\p{Han})"
)
_BRACKETED = regex.compile(
    r"\s?(?:\(\)|\[\]|（）|【】)"
)  # around it: "(3 May 2024) The ferry is back."
_SMALL_WORD = regex.compile(r"\b\p{Ll}")
_EDGE = regex.compile(r"[|\-,(:]")  # kinds of signs that part a headline from a date
_SENTENCE = regex.compile(r"[.!?。！？]\W*+$")
_DIGIT = regex.compile(r"\d")
_YEAR = regex.compile(r"\d{4}|\d[./-]\d\d?[./-]\d\d")  # of a day in figures it may be two

Found = tuple[Mention, str] | None


def _date_line(page: Page) -> Found:
    lines = page.dates(page.within(LINES, 0, page.last))
    found = best(page, (line for line in lines if _telling(line) and not _aloft(page, line)))
    return (found, _reason(found, "a date line")) if found else None


def _metadata(page: Page) -> Found:
    start, end = min(page.title, page.first) - NEAR, min(page.first + NEAR, page.last)
    headers = page.dates(with_digits(page, HEADERS, start, end))
    text = page.first if page.body else page.title + NEAR
    under = page.dates(with_digits(page, MASTHEADS, page.title + 1, text))
    lines = [
        mention
        for mention in headers
        if (_at_edge if page.blocks[mention.block].label is Label.TITLE else _stated)(mention)
    ]
    lines += [mention for mention in under if mention.bare or mention.role]
    found = best(page, lines)
    return (found, _reason(found, "a line near the headline")) if found else None


def _short_line(page: Page) -> Found:
    start, end = page.title - KICKERS, page.first + DATELINES
    lines = page.dates(
        at
        for at in with_digits(page, HARDLY, start, end + 1)
        if at < len(page.likely) and page.likely[at] >= POSSIBLE
    )
    found = best(page, (line for line in lines if _brief(line)))
    reason = _reason(found, "a short line where the story starts") if found else ""
    return (found, reason) if found else None


def _brief(mention: Mention) -> bool:
    """Whether a line states a date in few words, or begins with one, rather than tells of it."""
    if not _known(mention):
        return False
    ahead = mention.before.count("x")
    return ahead <= AHEAD and (_few(mention) or bool(mention.role and not ahead))


def _few(mention: Mention) -> bool:
    return mention.before.count("x") + mention.after.count("x") <= BRIEF


def _dateline(page: Page) -> Found:
    for at in page.body[:DATELINES]:
        text = page.blocks[at].text[:DATELINE_REACH]
        if not _DIGIT.search(text, 0, DATELINE_START):
            continue
        stamps = scan(text, page.today, page.language)[0]
        if not stamps or stamps[0].form not in ("full", "no year", "numeric"):
            continue
        if _opens(text, stamps[0]):
            return Mention(at, stamps[0], "", "", ""), "the dateline that opens the text"
    return None


def _opens(text: str, stamp: Stamp) -> bool:
    """Whether a date is that of a dateline: place before it, agency and dash after it."""
    place, end = text[: stamp.start], _DATELINE_END.match(text, stamp.end)
    if _BRACKETED.fullmatch(place + text[stamp.end : stamp.end + 1]):
        return stamp.form != "no year"
    if end is None or stamp.start >= DATELINE_START:
        return False
    if not place.strip() and stamp.form == "no year" and "(" not in end[0]:
        return False
    small = _SMALL_WORD.findall(place)
    return bool(_DATELINE_PLACE.fullmatch(place)) and len(small) <= DATELINE_SMALL_WORDS


def _line_above(page: Page) -> Found:
    lines = page.dates(page.within(LINES, 0, page.title))
    found = best(page, (line for line in lines if _aloft(page, line)))
    reason = "a bare date line above the headline, and no date nearer to the story"
    return (found, reason) if found else None


def _line_below(page: Page) -> Found:
    lines = page.dates(page.within(LINES, page.last, page.last + NEAR))
    found = best(page, (line for line in lines if line.bare or line.role or _brief(line)))
    return (found, _reason(found, "a date line after the story")) if found else None


def _masthead(page: Page) -> Found:
    above = with_digits(page, MASTHEADS, 0, page.title)
    short = (at for at in above if len(page.blocks[at].text) <= MASTHEAD)
    bare = [mention for mention in page.dates(short) if mention.bare and mention.stamp.days]
    reason = "a bare date above the headline, and nothing better on the page"
    return (bare[-1], reason) if bare else None


def _alone(page: Page) -> Found:
    lines = page.dates(_dated(page, page.title - KICKERS, page.first + DATELINES + 1))
    found = best(page, (line for line in lines if line.bare and _known(line)))
    return (found, "a bare date where the story starts") if found else None


def _under_headline(page: Page) -> Found:
    under = _dated(page, page.title + 1, page.title + UNDER)
    lines = page.dates(at for at in under if not _SENTENCE.search(page.blocks[at].text))
    found = best(page, (line for line in lines if _brief(line) and _few(line)))
    return (found, _reason(found, "a short line under the headline")) if found else None


def _beside_story(page: Page) -> Found:
    start, end = page.title - NEAR, page.last + AFTER
    around = {*range(start, page.first + DATELINES), *range(page.last, end)}
    lines = page.dates(
        at
        for at in _dated(page, start, end)
        if at in around and at < len(page.likely) and page.likely[at] >= HARDLY_ONE
    )
    found = best(page, (line for line in lines if _brief(line) and _few(line)))
    return (found, _reason(found, "a short line beside the story")) if found else None


def _published_elsewhere(page: Page) -> Found:
    lines = page.dates(_dated(page, 0, len(page.blocks)))
    marked = [line for line in lines if line.role == "p" and _brief(line) and _few(line)]
    if len({line.stamp.days for line in marked}) != 1:
        return None
    return marked[0], "the only date marked as published, and none stands near the story"


def _dated(page: Page, start: int, end: int) -> list[int]:
    """The short lines in a range that may hold a date with its year and are of this story."""
    lines = page.within(ITS_OWN, start, end)
    texts = ((at, page.blocks[at].text) for at in lines)
    return [at for at, text in texts if len(text) <= BRIEF_CHARS and _YEAR.search(text)]


def _known(mention: Mention) -> bool:
    return mention.stamp.form in ("full", "numeric") and bool(mention.stamp.days)


# Each with the share of the dates it gave on the training pages that were right, by role: marked as
# published, unmarked, marked as updated. Where it decided on a few pages only, as its like.
RULES: tuple[tuple[Callable[[Page], Found], dict[str, float]], ...] = (
    (_date_line, {"p": 0.98, "": 0.97, "U": 0.87}),
    (_metadata, {"p": 0.98, "": 0.9, "U": 0.85}),
    (_short_line, {"p": 0.95, "": 0.85, "U": 0.85}),
    (_dateline, {"": 0.9}),
    (_line_above, {"": 0.95}),
    (_line_below, {"p": 0.95, "": 0.83, "U": 0.8}),
    (_masthead, {"": 0.8}),
    (_alone, {"": 0.95}),
    (_under_headline, {"p": 0.9, "": 0.9, "U": 0.85}),
    (_published_elsewhere, {"p": 0.85, "": 0.85}),
    (_beside_story, {"p": 0.85, "": 0.85, "U": 0.85}),
)


def best(page: Page, mentions: Iterable[Mention]) -> Mention | None:
    """Choose the mention that is near, not of an update, of a known day, marked as published,
    no part of a sentence, nearest, first: the earlier condition counts for more."""

    def rank(mention: Mention) -> tuple[bool | int, ...]:
        distance = page.distance(mention.block)
        return (
            distance > NEAR,
            mention.role == "U",
            not mention.stamp.days,
            mention.role != "p",
            mention.wordy,
            distance,
            mention.block,
        )

    return min(mentions, key=rank, default=None)


def with_digits(page: Page, labels: Set[Label], start: int, end: int) -> list[int]:
    return [at for at in page.within(labels, start, end) if _DIGIT.search(page.blocks[at].text)]


def _aloft(page: Page, line: Mention) -> bool:
    """Whether it may be today's date in the masthead rather than the story's."""
    return line.block < page.title - KICKERS and line.bare and not line.role


def _telling(mention: Mention) -> bool:
    """Whether a relative date is one: "today" beside a time or alone, not "USA TODAY"."""
    counted = mention.stamp.form != "relative" or _DIGIT.search(mention.stamp.text)
    return bool(counted or mention.bare or mention.role)


def _stated(mention: Mention) -> bool:
    """Whether a line of metadata states the date rather than mentions it in a sentence."""
    if mention.stamp.form in ("full", "numeric"):
        return not mention.wordy
    return mention.bare or bool(mention.role)


def _at_edge(mention: Mention) -> bool:
    """Whether a sign parts the date from the headline that it precedes or follows."""
    opens = not mention.before and _EDGE.match(mention.after)
    closes = not mention.after and _EDGE.search(mention.before[-1:])
    return mention.stamp.form == "full" and bool(opens or closes)


def _reason(mention: Mention, line: str) -> str:
    if mention.role == "U":
        return f"{line} marked as updated, the only date shown for the story"
    return f"{line} marked as published" if mention.role == "p" else line
