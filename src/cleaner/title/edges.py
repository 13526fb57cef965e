"""What may be glued to the ends of a headline and is none of it: the bars of a table, the name of a
picture, a number in a list, a date, and a credit's opening ("Bridge opens 3 May 2024 by")."""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from cleaner import credit, lexicon

BRACKETED: Final = 40  # characters, at most, of a picture's name
END: Final = 80  # characters at a line's end in which a date or marks are looked for
CREDIT_WORDS: Final = 6  # words, at most, of a credit behind a headline

_MARKS: Final = r"[|｜#*>»›·•⋅▪●◦/\s–—-]"
_PICTURE: Final = rf"\[[^\[\]]{{1,{BRACKETED}}}\.(?:gif|png|jpe?g|svg|webp)\]"
_DAY: Final = (
    r"(?:\d\d?[./-]\d\d?[./-]\d{2,4}|\d{4}[./-]\d\d?[./-]\d\d?|\d{4}年\d\d?月\d\d?日"
    r"|\d\d?(?:st|nd|rd|th|\.)?\s(?:de\s)?\p{L}{3,12}\.?,?\s(?:de\s)?\d{4}"
    r"|\p{L}{3,12}\.?\s\d\d?(?:st|nd|rd|th)?,?\s\d{4})"
)
_CLOCK: Final = r"\d\d?[:.]\d\d(?:\s?(?:Uhr|h|[ap]\.?m\.?))?"
_OPENING: Final = regex.compile(
    rf"(?:{_MARKS}++|{_PICTURE}|{_DAY}(?:,?\s{_CLOCK})?(?!\d)|\d\d?[.)](?=\s))++(?=\S)"
)
# A date that goes on in a small letter is the headline's: "3 May 2024 ends an era". So may one be
# in writing without case, unless a sign sets it off, or a space where else there are none.
_DATED: Final = regex.compile(
    rf"{_MARKS}*+(?P<day>{_DAY})(?:,?\s{_CLOCK})?+(?!\d)"
    rf"(?:{_MARKS}++(?=[\p{{Lu}}\p{{Lt}}\p{{Han}}\p{{Hiragana}}\p{{Katakana}}])"
    r"|\s?[|｜–—-]\s?(?=\p{Lo}))"
)
_MONTH: Final = regex.compile(r"\p{L}{3,}+")
_NUMBER: Final = regex.compile(r"\d++")
_LAST_DAY, _LAST_MONTH = 31, 12
_YEARS: Final = (range(100), range(1000, 10_000))  # of two digits, and of four
_CLOSING: Final = regex.compile(
    rf"(?:{_MARKS}++|{_PICTURE}|[,(]|(?<!\w){_DAY}(?:[\s,|·-]*+{_CLOCK})?+[,)]?)++$"
)
# A month without a day is cut where a sign sets it off: "Bridge opens / Dec 2025".
_MONTH_AND_YEAR: Final = regex.compile(r"\s[|｜/·•–—-]\s(?P<month>\p{L}{3,12}+)\.?,?\s\d{4}$")
# What closes a line ends so: a mark, a bracket, or a figure and what may follow it.
_HINT: Final = regex.compile(rf"(?:{_MARKS}|[\](),\d日]|\d\s?(?:Uhr|h|[ap]\.?m\.?))$")
_BY: Final = regex.compile(r"\s(?:by|von|par|por|door|di)(?=\s|$)")


def trimmed(line: str) -> str:
    """A line without what its ends show to be none of a headline; the line itself if all is well.

    >>> trimmed("| | Bridge opens at noon | 3 May 2024 |")
    'Bridge opens at noon'
    >>> trimmed("4. Bridge opens at noon by Ana Ruiz"), trimmed("Bridge opens at noon")
    ('Bridge opens at noon', 'Bridge opens at noon')
    >>> trimmed("Mayor: «Bridge opens» » News"), trimmed("Mayor: «Bridge opens» 3 May 2024")
    ('Mayor: «Bridge opens» » News', 'Mayor: «Bridge opens»')
    >>> trimmed("Bridge opens at noon / Dec 2025"), trimmed("Films - Best 2025")
    ('Bridge opens at noon', 'Films - Best 2025')
    """
    start = match.end() if (match := _OPENING.match(line)) else 0
    line = line[start:]
    line = _without_credit(line)
    cut = max(0, len(line) - END)
    last = line[cut:]
    found = _CLOSING.search(last) if _HINT.search(last) else None
    kept = cut + found.start() if found else len(line)
    if line.startswith("»", kept) and line.count("«", 0, kept) > line.count("»", 0, kept):
        kept += 1  # it closes a quotation
    line = line[:kept].rstrip() or line
    month = _MONTH_AND_YEAR.search(line, max(0, len(line) - END))
    if month and _is_day(month["month"]):
        return line[: month.start()].rstrip() or line
    return line


def ends_in(line: str, part: str) -> bool:
    """Whether a line ends in a part that does not begin within a word.

    >>> ends_in("Opinion: Bridge opens", "Bridge opens"), ends_in("Footbridge", "bridge")
    (True, False)
    """
    return line.endswith(part) and not line[: -len(part)][-1:].isalnum()


def after_date(line: str) -> int:
    """Where a line goes on after a date that opens it and is set off from the rest; 0 where none
    does.

    >>> after_date("3 May 2024 Bridge opens"), after_date("20 Best 2024 Films")
    (11, 0)
    """
    date = _DATED.match(line)
    return date.end() if date and _is_day(date["day"]) else 0


def _is_day(date: str) -> bool:
    """Whether what is written as a date or a month is one: "10 Best 2024" and "24/7/365" are
    none."""
    if words := _MONTH.findall(date):
        return any(word.casefold() in _months() for word in words)
    least, middle, greatest = sorted(map(int, _NUMBER.findall(date)))
    year = any(greatest in years for years in _YEARS)
    return least <= _LAST_MONTH and middle <= _LAST_DAY and year


@cache
def _months() -> frozenset[str]:
    tables = lexicon.load("months").values()
    names = [entry for table in tables for entry in table.get("months", ())]
    return frozenset(form for entry in names for form in entry.split("|"))


def _without_credit(line: str) -> str:
    """A line without the credit at its end, if that is a lead word with nothing but names."""
    for lead in _BY.finditer(line):
        names = line[lead.end() :].strip(" |")
        if not line[: lead.start()].strip():
            break
        if not names:
            return line[: lead.start()]
        if names.count(" ") < CREDIT_WORDS:
            spans = credit.read(names, strict=True).spans
            if spans and spans[0][0] == 0 and spans[-1][1] == len(names):
                return line[: lead.start()]
    return line
