"""The day of publication: which of a page's dates it is, rule by rule."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace

import regex

from cleaner.article import Block, Evidence, Label
from cleaner.dates.page import Mention, Page, read
from cleaner.dates.stamps import Stamp, scan
from cleaner.description import ORDER, Floats

NEAR = 12  # blocks around headline and first paragraph: farther off, a date is hardly the story's
KICKERS = 2  # blocks between a headline and a date above it that is still its own
MASTHEAD = 60  # characters of a line that is only a date, with its weekday, place and time
DATELINES = 3  # first paragraphs that may open with a dateline: decks can precede it
DATELINE_START = 80  # characters before which its date begins
DATELINE_SMALL_WORDS = 2  # in the place before it: "San Sebastián de los Reyes"
DATELINE_REACH = 160  # characters in which it ends
ALMOST_A_YEAR = datetime.timedelta(days=364)  # an update without a year follows within it

POSSIBLE = 0.08  # a line of another label that is less likely a date line or byline is none
AHEAD, BRIEF = 5, 9  # words before a date, and beside it, in a line that states it

LINES = frozenset({Label.DATE, Label.BYLINE})
METADATA = frozenset({Label.METADATA})
HEADERS = METADATA | {Label.TITLE}
MASTHEADS = frozenset({Label.NAVIGATION, Label.OTHER})
HARDLY = MASTHEADS | {Label.BODY, Label.TITLE}  # what a date line is taken for
BELOW = LINES | METADATA | {Label.OTHER}  # where the time of a date may stand alone

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
_SMALL_WORD = regex.compile(r"\b\p{Ll}")
_EDGE = regex.compile(r"[|\-,(:]")  # kinds of signs that part a headline from a date
_DIGIT = regex.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Dates:
    """When an article was published and updated, and where the page says so.

    `date` is None where the page does not tell the day (no year, "2 hours ago", 03/06/2023);
    `published` and `updated` are set only where a time is printed, aware only where a zone is.
    """

    date: datetime.date | None
    published: datetime.datetime | None
    updated: datetime.datetime | None
    date_text: str
    evidence: Evidence


def pick(
    blocks: Sequence[Block],
    chances: Floats | None = None,
    *,
    today: datetime.date | None = None,
    language: str | None = None,
    url: str | None = None,
) -> Dates | None:
    """Find the day of publication among labelled blocks, or None where they show no date.

    Rules in order, the first that finds a date decides: a date line or byline; metadata near
    the headline; a short line where the story starts that may be a date line by `chances`, the
    probabilities of all labels for each block (n, L); the dateline that opens the text; a date line
    far above the headline, then one after the story; a bare date in a masthead. Dates in prose,
    related items, tickers, comments, captions and footers never count. `today` is the day of the
    dump: with it, dates without a year and relative ones resolve, and no date lies after it.
    `language` (BCP-47), the page's other dates and `url`, its address, decide what 03/06/2023
    means. Nothing is raised.

    >>> line = Block(0, 29, "Published: 3 June 2023, 08:53", label=Label.DATE)
    >>> found = pick([line])
    >>> found.date_text, found.published
    ('3 June 2023, 08:53', datetime.datetime(2023, 6, 3, 8, 53))
    """
    page = read(blocks, today, language, _likely(chances), url)
    for rule, trust in _RULES:
        found = rule(page)
        if found:
            return _dates(page, *found, trust)
    return None


def _likely(chances: Floats | None) -> Sequence[float]:
    if chances is None:
        return ()
    found: list[float] = (chances[:, ORDER[Label.DATE]] + chances[:, ORDER[Label.BYLINE]]).tolist()
    return found


# --- the rules: each gives a mention and the reason for it

Found = tuple[Mention, str] | None


def _date_line(page: Page) -> Found:
    lines = page.dates(page.within(LINES, 0, page.last))
    best = _best(page, (line for line in lines if _telling(line) and not _aloft(page, line)))
    return (best, _reason(best, "a date line")) if best else None


def _metadata(page: Page) -> Found:
    start, end = min(page.title, page.first) - NEAR, min(page.first + NEAR, page.last)
    headers = page.dates(_with_digits(page, HEADERS, start, end))
    text = page.first if page.body else page.title + NEAR
    under = page.dates(_with_digits(page, MASTHEADS, page.title + 1, text))
    lines = [
        mention
        for mention in headers
        if (_at_edge if page.blocks[mention.block].label is Label.TITLE else _stated)(mention)
    ]
    lines += [mention for mention in under if mention.bare or mention.role]
    best = _best(page, lines)
    return (best, _reason(best, "a line near the headline")) if best else None


def _short_line(page: Page) -> Found:
    start, end = page.title - KICKERS, page.first + DATELINES
    lines = page.dates(
        at
        for at in _with_digits(page, HARDLY, start, end + 1)
        if at < len(page.likely) and page.likely[at] >= POSSIBLE
    )
    best = _best(page, (line for line in lines if _brief(line)))
    reason = _reason(best, "a short line where the story starts") if best else ""
    return (best, reason) if best else None


def _brief(mention: Mention) -> bool:
    """Whether a line states a date in few words, or begins with one, rather than tells of it."""
    if mention.stamp.form not in ("full", "numeric") or not mention.stamp.days:
        return False
    ahead, behind = mention.before.count("x"), mention.after.count("x")
    return ahead <= AHEAD and (ahead + behind <= BRIEF or bool(mention.role and not ahead))


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
    if end is None or stamp.start >= DATELINE_START:
        return False
    if not place.strip() and stamp.form == "no year" and "(" not in end[0]:
        return False
    small = _SMALL_WORD.findall(place)
    return bool(_DATELINE_PLACE.fullmatch(place)) and len(small) <= DATELINE_SMALL_WORDS


def _line_above(page: Page) -> Found:
    lines = page.dates(page.within(LINES, 0, page.title))
    best = _best(page, (line for line in lines if _aloft(page, line)))
    reason = "a bare date line above the headline, and no date nearer to the story"
    return (best, reason) if best else None


def _line_below(page: Page) -> Found:
    lines = page.dates(page.within(LINES, page.last, page.last + NEAR))
    best = _best(page, (line for line in lines if line.bare or line.role or _brief(line)))
    return (best, _reason(best, "a date line after the story")) if best else None


def _masthead(page: Page) -> Found:
    above = _with_digits(page, MASTHEADS, 0, page.title)
    short = (at for at in above if len(page.blocks[at].text) <= MASTHEAD)
    bare = [mention for mention in page.dates(short) if mention.bare and mention.stamp.days]
    reason = "a bare date above the headline, and nothing better on the page"
    return (bare[-1], reason) if bare else None


# Each with the share of the dates it gave on the training pages that were right, by role: marked as
# published, unmarked, marked as updated. Where it decided on a few pages only, as its like.
_RULES: tuple[tuple[Callable[[Page], Found], dict[str, float]], ...] = (
    (_date_line, {"p": 0.98, "": 0.97, "U": 0.87}),
    (_metadata, {"p": 0.98, "": 0.9, "U": 0.85}),
    (_short_line, {"p": 0.95, "": 0.85, "U": 0.85}),
    (_dateline, {"": 0.9}),
    (_line_above, {"": 0.95}),
    (_line_below, {"p": 0.95, "": 0.83, "U": 0.8}),
    (_masthead, {"": 0.8}),
)


def _best(page: Page, mentions: Iterable[Mention]) -> Mention | None:
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


def _with_digits(page: Page, labels: Set[Label], start: int, end: int) -> list[int]:
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


# --- from the chosen mention to the answer


def _dates(page: Page, mention: Mention, reason: str, trust: dict[str, float]) -> Dates:
    stamp = page.settle(mention.stamp)
    moment = stamp.at(stamp.date)
    if mention.role == "U":
        published, updated = None, moment
    else:
        published = moment or _time_below(page, mention, stamp.date)
        updated = _updated(page, stamp.date)
    sure = trust.get(mention.role, trust[""]) if stamp.date else 0.0
    other = _runner_up(page, stamp)
    evidence = Evidence("date", mention.block, stamp.text, reason, sure, other)
    return Dates(stamp.date, published, updated, stamp.text, evidence)


def _runner_up(page: Page, chosen: Stamp) -> str | None:
    """The best of the other days that were read."""
    read = (mention for mentions in page.known.values() for mention in mentions)
    others = (m for m in read if m.stamp.form != "time" and m.stamp.days != chosen.days)
    best = _best(page, others)
    return best.stamp.text if best else None


def _time_below(
    page: Page, mention: Mention, date: datetime.date | None
) -> datetime.datetime | None:
    """Join the time that stands alone in the line after the date."""
    if mention.after.strip(",|)-"):
        return None
    for at in page.within(BELOW, mention.block + 1, mention.block + 2):
        times = page.mentions(at)
        if len(times) == 1 and times[0].bare and times[0].role != "U":
            return times[0].stamp.at(date) if times[0].stamp.form == "time" else None
    return None


def _updated(page: Page, date: datetime.date | None) -> datetime.datetime | None:
    """Find the time of the update nearest to the story's start; its day is that of publication
    where only a time is printed."""
    lines = [
        *page.within(LINES, 0, page.last + 1),
        *_with_digits(page, METADATA, page.title - NEAR, page.first + NEAR),
    ]
    marked = [
        mention
        for at in lines
        for mention in page.mentions(at)
        if mention.role == "U" and mention.stamp.time
    ]
    if not marked:
        return None
    mention = min(marked, key=lambda mention: page.distance(mention.block))
    stamp = page.settle(mention.stamp)
    if stamp.form == "no year" and date is not None and date <= datetime.date.max - ALMOST_A_YEAR:
        later = replace(page, today=date + ALMOST_A_YEAR).read(mention.block)
        stamp = next((m.stamp for m in later if m.stamp.start == stamp.start), stamp)
    return stamp.at(date if stamp.form == "time" else stamp.date)
