"""What day a printed date is: years of several eras, orders of numbers, the latest such day."""

from __future__ import annotations

import datetime

from cleaner import lexicon
from cleaner.dates.words import BUDDHIST, FIRST_YEAR, LAST_YEAR

FIRST_SHORT_YEAR = FIRST_YEAR % 100  # of two digits: 90..99 are the 1990s, all others 20xx
THAI_CENTURY = 2500  # of two digits beside a Thai month
IRANIAN_SHIFT = 11  # brings year 0 to the start of a leap cycle
IRANIAN_EPOCH = 222_511  # ordinal of the day before that cycle
LEAP_CYCLE = 8  # years in which 29 February is sure to come back


def day(year: int, month: int, number: int) -> datetime.date | None:
    """Give the day, or None where there is none or the year is not plausible.

    >>> day(2566, 6, 3), day(2023, 2, 30)
    (datetime.date(2023, 6, 3), None)
    """
    if FIRST_YEAR + BUDDHIST <= year <= LAST_YEAR + BUDDHIST:
        year -= BUDDHIST
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


def full_year(short: int, *, thai: bool = False) -> int:
    """Give the year that two digits stand for.

    >>> full_year(23), full_year(98), full_year(66, thai=True)
    (2023, 1998, 2566)
    """
    if thai and THAI_CENTURY + short >= FIRST_YEAR + BUDDHIST:
        return THAI_CENTURY + short
    return short + (1900 if short >= FIRST_SHORT_YEAR else 2000)


def iranian(year: int, month: int, number: int) -> datetime.date | None:
    """Give the day of a date in the Iranian solar calendar.

    Leap years follow the 33-year cycle, which agrees with the official calendar from 1960 on.

    >>> iranian(1402, 3, 13)
    datetime.date(2023, 6, 3)
    """
    if not (1 <= month <= 12 and 1 <= number <= (31 if month < 7 else 30)):
        return None
    before = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    cycle, rest = divmod(year + IRANIAN_SHIFT, 33)
    leaps = cycle * 8 + (rest + 3) // 4
    days = 365 * (year + IRANIAN_SHIFT) + leaps + before + number
    return datetime.date.fromordinal(IRANIAN_EPOCH + days)


def latest(today: datetime.date, month: int, number: int) -> datetime.date | None:
    """Give the latest such day that is not after today.

    >>> latest(datetime.date(2021, 10, 5), 9, 30), latest(datetime.date(2021, 10, 5), 10, 6)
    (datetime.date(2021, 9, 30), datetime.date(2020, 10, 6))
    """
    years = range(today.year, today.year - LEAP_CYCLE - 1, -1)
    days = (day(year, month, number) for year in years)
    return next((found for found in days if found and found <= today), None)


def orders(
    first: int, second: int, third: int, mark: str, language: str | None
) -> tuple[datetime.date, ...]:
    """Give the days that three numbers can mean, only the likelier where one is known.

    `third` counts as written: of two digits where below 100. A dot goes with the day first;
    else the language decides, and where it does not both orders stand.

    >>> orders(3, 6, 2023, "/", "es"), len(orders(3, 6, 2023, "/", None))
    ((datetime.date(2023, 6, 3),), 2)
    """
    order = lexicon.load("date_words")["order"]
    short = third < 100
    if short and (language or "").partition("-")[0] in order["year_first"]:
        year_first = day(full_year(first), second, third)
        if year_first:
            return (year_first,)
    year = full_year(third) if short else third
    readings = [day(year, second, first), day(year, first, second)]
    if language in order["month_first"]:
        readings.reverse()
        decided = True
    else:
        decided = mark == "." or (language is not None and language not in order["undecided"])
    found = tuple(dict.fromkeys(filter(None, readings)))
    return found[:1] if decided else found


def locale(language: str | None, zone: str) -> str | None:
    """Give the language with the region that a time zone betrays, where its order needs one.

    >>> locale("en", "EDT"), locale("en", "CET"), locale("en", "UTC"), locale("es", "EDT")
    ('en-US', 'en-GB', 'en', 'es')
    """
    order = lexicon.load("date_words")["order"]
    if zone in order["universal_zones"] or (language and language not in order["undecided"]):
        return language
    return "en-US" if zone in order["american_zones"] else "en-GB"
