"""The day of publication of an HTML page: the declared one, with what the page shows beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import regex

from cleaner.article import NOWHERE, Block, Evidence, Label
from cleaner.dates import Dates
from cleaner.dates.stamps import find
from cleaner.structure import Declared

# ISO 8601 as pages write it, with the liberties that they take.
_MOMENT = regex.compile(
    r"(\d{4})[-/]?(\d\d)[-/]?(\d\d)(?:[T\s]\s*+(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,]\d++)?)?"
    r"\s*+(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?"
)
# A day in a page's address: "/2021/05/04/", "/2021/5/4/", "/2021-05-04-", "/20210504/", and with
# the day first "/04-05-2021-".
_ADDRESS = regex.compile(
    r"[/_~-](?P<year>(?:19|20)\d\d)(?:"
    r"(?P<sign>[/-]?)(?P<month>0[1-9]|1[0-2])(?P=sign)(?P<day>0[1-9]|[12]\d|3[01])"
    r"|/(?P<month>[1-9])/(?P<day>[12]?\d|3[01])|/(?P<month>1[0-2])/(?P<day>[1-9]))(?!\d)"
    r"|[/_~-](?P<day>0[1-9]|[12]\d|3[01])-(?P<month>0[1-9]|1[0-2])-(?P<year>(?:19|20)\d\d)(?!\d)"
)
_ADDRESS_CHARS = 1000
_LONGEST = 100  # characters of a declared date
_SURE = 0.96  # the confidence of a date line that is not marked as updated
_BESIDE = 3  # blocks around a date line where another one dates the same story
_EARLIEST = (
    1990  # no page of the web is older; zeros and epochs are what programs write for nothing
)

_LINES = frozenset({Label.DATE, Label.BYLINE})

_Told = tuple[str, datetime.date | datetime.datetime]  # a text that dates the page, and its day


def day(
    blocks: Sequence[Block],
    declared: Declared,
    shown: Dates | None,
    *,
    today: datetime.date | None = None,
    url: str | None = None,
) -> Dates | None:
    """Find the day of publication of an HTML page; None where nothing of it tells one.

    `shown` is what the labels give, and counts where a date line of the story gives it, or where it
    is the day beside the declared one, and that is not shown too: a moment in UTC may fall on
    another day than where the page was written. Else the declared day counts, and what is printed
    stays in `date_text` where it is the same day or names none. When the page itself was made,
    where it declares no story, counts where a day is shown, but alone dates no story. Where the
    page neither declares nor shows a day, what a `<time>` element says stands in for it, then a day
    in the page's address (`url`, or a declared one), one that a script states, one in its picture's
    address. A day later than `today` is none.

    >>> day([], Declared(published=("2021-05-04T08:30:00+02:00",)), None).date
    datetime.date(2021, 5, 4)
    """
    told = _first([*declared.published, *(declared.made if shown else ())], today)
    if told is None and (shown is None or shown.date is None):
        told = _instead(declared, url, today)
    if told is None:
        return shown
    text, moment = told
    date = _day_of(moment)
    if shown and shown.date and shown.date != date and _outweighs(shown, date, blocks):
        return shown
    updated = _first(declared.updated, today)
    timed = moment if isinstance(moment, datetime.datetime) else None
    later = updated[1] if updated and isinstance(updated[1], datetime.datetime) else None
    if shown and shown.date in (date, None):
        reason = f"{shown.evidence.reason}; declared as {text}"
        evidence = Evidence("date", shown.evidence.block, shown.evidence.text, reason)
        published = timed or shown.published
        return Dates(date, published, shown.updated or later, shown.date_text, evidence)
    reason = "declared, and not shown" if shown is None else "declared; another day is shown"
    return Dates(date, timed, later, text, Evidence("date", NOWHERE, text, reason))


def _outweighs(shown: Dates, declared: datetime.date, blocks: Sequence[Block]) -> bool:
    """Whether a day that is shown counts for more than another one that is declared."""
    day = shown.date
    assert day
    at = shown.evidence.block
    if abs(day - declared) == datetime.timedelta(days=1):
        return not _shows(declared, blocks[max(at - _BESIDE, 0) : at + _BESIDE])
    if (day.year, day.day, day.month) == (declared.year, declared.month, declared.day):
        return False  # the same figures in the other order: what is declared tells which is meant
    sure = (shown.evidence.confidence or 0.0) >= _SURE
    return sure and not _shows(declared, blocks[: at + _BESIDE])


def _shows(day: datetime.date, blocks: Sequence[Block]) -> bool:
    """Whether a date line among these blocks shows a day."""
    lines = (block.text for block in blocks if block.label in _LINES)
    return any(day in stamp.days for text in lines for stamp in find(text[:_LONGEST]))


def _instead(declared: Declared, url: str | None, today: datetime.date | None) -> _Told | None:
    """What tells the day of a page that neither declares nor shows it."""
    days, pictured = _addressed((url, *declared.addresses)), _addressed(declared.pictures)
    return _first([*declared.times, *days, *declared.stated, *pictured], today)


def _addressed(addresses: Iterable[str | None]) -> list[str]:
    """The days that addresses hold, in ISO 8601."""
    found = (_ADDRESS.search((text or "")[:_ADDRESS_CHARS]) for text in addresses)
    return [f"{one['year']}-{one['month']:0>2}-{one['day']:0>2}" for one in found if one]


def _first(texts: Sequence[str], today: datetime.date | None) -> _Told | None:
    """The first of these that is a day, and the moment where it is one."""
    for text in texts:
        moment = _read(text)
        if moment and (today is None or _day_of(moment) <= today):
            return text, moment
    return None


def _day_of(moment: datetime.date | datetime.datetime) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _read(text: str) -> datetime.date | datetime.datetime | None:
    """What a declared text means: ISO 8601, or a date as a page would print it."""
    if found := _MOMENT.match(text):
        moment = _moment(found)
        return moment and (moment if found[4] else moment.date())
    printed = find(text[:_LONGEST])
    date = printed[0].date if printed else None
    return date and (printed[0].at(date) or date)


def _moment(found: regex.Match[str]) -> datetime.datetime | None:
    year, month, number, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        moment = datetime.datetime(
            year, month, number, hour, minute, second, tzinfo=_zone(found[7])
        )
    except ValueError:
        return None
    return moment if year >= _EARLIEST else None


def _zone(text: str | None) -> datetime.timezone | None:
    if text is None:
        return None
    if text == "Z":
        return datetime.UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return datetime.timezone(-offset if text[0] == "-" else offset)
