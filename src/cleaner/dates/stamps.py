"""Dates in a text: what a match of the grammar comes to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import regex

from cleaner.dates import calendar
from cleaner.dates.grammar import pattern
from cleaner.dates.words import Token, read

Days = tuple[datetime.date, ...]
HOURS_A_DAY = 24
_DATING = frozenset("nRGgBA")  # each alternative of the grammar holds one of these kinds
LEAP_YEAR = 2000  # to see whether a day without a year can be


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date (or a bare time) as a text prints it.

    `days` are the days it can mean: several where the order of its numbers is open, none
    where only the day of the dump would tell. `zone` is set only where the zone printed has
    one offset. `form` is "full", "numeric" (day and month in figures, in either order),
    "no year", "relative" or "time".
    """

    start: int
    end: int
    text: str
    form: str
    days: Days = ()
    time: datetime.time | None = None
    zone: datetime.timezone | None = None

    @property
    def date(self) -> datetime.date | None:
        """The one day that this can mean, if it is one."""
        return self.days[0] if len(self.days) == 1 else None

    def at(self, date: datetime.date | None) -> datetime.datetime | None:
        """Give the time printed, on a day; None where one of them is unknown."""
        if date is None or self.time is None:
            return None
        return datetime.datetime.combine(date, self.time, self.zone)


def find(
    text: str, *, today: datetime.date | None = None, language: str | None = None
) -> tuple[Stamp, ...]:
    """Find all dates that a text prints, in order.

    With `today`, dates without a year and relative ones resolve to the latest such day, and
    dates after it are left out. `language` (BCP-47) decides what 03/06/2023 means, and month
    names that differ between languages. Any text will do; nothing is raised.

    >>> [stamp.text for stamp in find("Sat, 3 June 2023 at 8:53 p.m., again 2023-06-04")]
    ['Sat, 3 June 2023 at 8:53 p.m.', '2023-06-04']
    >>> find("2 hours ago", today=datetime.date(2023, 6, 3))[0].date
    datetime.date(2023, 6, 3)
    >>> [str(day) for day in find("03/06/2023")[0].days]
    ['2023-06-03', '2023-03-06']
    """
    return tuple(stamp for stamp in scan(text, today, language)[0] if stamp.form != "time")


def scan(
    text: str, today: datetime.date | None, language: str | None
) -> tuple[tuple[Stamp, ...], tuple[str, ...]]:
    """Give all dates and bare times of a text, and the kinds of the words around them:
    one string before each, one after the last."""
    kinds, tokens = read(text)
    if _DATING.isdisjoint(kinds):
        return (), (kinds,)
    stamps: list[Stamp] = []
    gaps: list[str] = []
    done = at = 0
    while match := pattern().search(kinds, at):
        reading = _Reading(text, tokens, match)
        stamp = reading.stamp(today, language)
        if stamp is None:
            at = match.start() + 1
            continue
        first, at = reading.span(stamp.time)
        gaps.append(kinds[done:first])
        stamps.append(stamp)
        done = at
    return tuple(stamps), (*gaps, kinds[done:])


@dataclass(frozen=True, slots=True)
class _Reading:
    """One match of the grammar, with the tokens that its groups stand for."""

    text: str
    tokens: list[Token]
    match: regex.Match[str]

    def stamp(self, today: datetime.date | None, language: str | None) -> Stamp | None:
        """Give the stamp; None where the numbers make no date, or only one after today."""
        form, time = self.form(), self.time()
        days = self.days(form, today, language)
        if days is None or (form == "time" and time is None):
            return None
        if today is not None and days:
            days = tuple(day for day in days if day <= today)
            if not days:
                return None
        start, end = self.bounds(*self.span(time))
        zone = self.zone() if time else None
        return Stamp(start, end, self.text[start:end], form, days, time, zone)

    def form(self) -> str:
        if self.match["unit"] or self.match["back"]:
            return "relative"
        if not self.match["core"]:
            return "time"
        if self.match["f1"]:
            return "numeric"
        return "full" if self.match["y"] or self.match["e"] or self.match["j"] else "no year"

    def span(self, time: datetime.time | None) -> tuple[int, int]:
        """The tokens that count: without a time that is none ("3 June 2023 4.5 stars")."""
        timeless = time is None and self.match["core"] and self.match["H"]
        first, last = self.match.span("core" if timeless else 0)
        return first, last

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """The same in characters, without a bracket that was opened before or a last comma."""
        if self.match.string[last - 1] == ",":
            last -= 1
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        if self.match.string[last - 1] == ")" and "(" not in self.match.string[first:last]:
            end = self.tokens[last - 2].end
        return start, end

    def value(self, group: str) -> Any:
        start = self.match.start(group)
        return None if start < 0 else self.tokens[start].value

    def digits(self, group: str) -> int:
        first, last = self.match.span(group)
        length: int = self.tokens[last - 1].end - self.tokens[first].start
        return length

    def time(self) -> datetime.time | None:
        hour, minute, second = self.value("H"), self.value("N") or 0, self.value("S") or 0
        if hour is None or (self.match["N"] and self.digits("N") != 2):
            return None
        half = self.value("half")
        if half is not None and 1 <= hour <= 12:
            hour = hour % 12 + half
        if hour == HOURS_A_DAY:  # midnight, as some newsrooms count
            hour = 0
        if hour >= HOURS_A_DAY or minute > 59 or second > 59:
            return None
        return datetime.time(hour, minute, second)

    def zone(self) -> datetime.timezone | None:
        minutes = self.value("z")
        if self.match["sign"]:
            hours, rest = self.value("zh"), self.value("zn") or 0
            if self.match["zh"] == "4":  # +0530
                hours, rest = divmod(hours, 100)
            sign = self.tokens[self.match.start("sign")].start
            offset = hours * 60 + rest
            minutes = (minutes or 0) + (offset if self.text[sign] == "+" else -offset)
        if minutes is None or abs(minutes) >= HOURS_A_DAY * 60:
            return None
        return datetime.timezone(datetime.timedelta(minutes=minutes))

    def days(self, form: str, today: datetime.date | None, language: str | None) -> Days | None:
        """Give the possible days: none where only today would tell; None for no date."""
        if form == "time":
            return ()
        if form == "relative":
            return self.days_ago(today)
        if form == "numeric":
            return self.by_weekday(self.in_figures(language))
        months, number = self.months(language), self.value("d")
        if form == "full":
            if self.match["j"]:
                days = [calendar.iranian(self.value("j"), month, number) for month in months]
            else:
                days = [calendar.day(self.year(), month, number) for month in months]
            return self.by_weekday(filter(None, days))
        if not any(calendar.day(LEAP_YEAR, month, number) for month in months):
            return None
        if today is None:
            return ()
        return tuple(filter(None, (calendar.latest(today, month, number) for month in months)))

    def by_weekday(self, days: Iterable[datetime.date]) -> Days | None:
        """Keep the days that agree with the weekday printed, or all where none does."""
        every = tuple(dict.fromkeys(days))
        weekday = self.value("w") if self.match["w"] == "w" else None
        return tuple(day for day in every if day.weekday() == weekday) or every or None

    def in_figures(self, language: str | None) -> Days:
        year = self.value("f3")
        if self.match["f3"] == "n" and self.digits("f3") != 2:  # 1.2.3 is a version
            return ()
        zone = self.match.start("z")
        if zone >= 0:
            token = self.tokens[zone]
            language = calendar.locale(language, self.text[token.start : token.end])
        mark = self.match["mark"]
        return calendar.orders(self.value("f1"), self.value("f2"), year, mark, language)

    def months(self, language: str | None) -> tuple[int, ...]:
        value = next(filter(None, map(self.value, "mMJ")), 0)
        if isinstance(value, dict):  # a name that languages disagree on
            known = value.get((language or "").partition("-")[0])
            return (known,) if known else tuple(sorted(set(value.values())))
        return (value,)

    def year(self) -> int:
        if self.match["e"]:
            return int(self.value("e") + self.tokens[self.match.start("e") - 1].value)
        year = int(self.value("y"))
        if self.match["y"] != "n":
            return year
        month = self.match.start("m")
        thai = month >= 0 and "\u0e00" <= self.text[self.tokens[month].start] <= "\u0e7f"
        return calendar.full_year(year, thai=thai) if self.digits("y") == 2 else 0

    def days_ago(self, today: datetime.date | None) -> Days | None:
        """Count back from today; months and years ago name no day."""
        if today is None or self.match["unit"] in ("V", "M", "Y"):
            return ()
        if self.match["back"]:
            ago = self.value("back")
        elif self.match["unit"] == "d":
            ago = self.value("unit") // HOURS_A_DAY
        else:
            amount = self.value("n") if self.match["n"] in ("n", "q") else None
            ago = (1 if amount is None else amount) * self.value("unit") // HOURS_A_DAY
        try:
            return (today - datetime.timedelta(days=ago),)
        except OverflowError:
            return None
