"""A line as a string of word kinds, one character per word, number or sign.

The grammar of dates is then one regular expression over kinds, whatever the language:
"Sat, 3 June 2023" reads `w,nmy`. Spaces and invisible characters leave no kind.

    n  number of 1-2 digits     4  4 digits         0  any other number
    y  year                     b  Buddhist year    j  year of the Iranian calendar
    m  month   A  weak month    J  Iranian month    w  weekday   E  era
    f  filler  e  year suffix   o  ordinal          Y M D h i s  unit signs (年 月 日 時 分 秒)
    a  meridiem  z  zone        k  "at"             t  "Uhr"     T  the T of ISO 8601
    R  "yesterday"  G g B  "ago" before, after, either  q  "an"  u  unit   V  vague unit   d  dual
    p  "published"  U  "updated"  r  "joined"   x  anything else; signs stand for themselves
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from cleaner import lexicon

FIRST_YEAR, LAST_YEAR = 1990, 2100  # the press is online since 1990; no archive is of the future
BUDDHIST = 543  # years ahead of the Christian era
IRANIAN = 621  # years behind it, at the Iranian new year in March
_REMEMBERED = 1024  # words; dates are made of few, and credits too

# Letters and their marks: all that is not space, digit, sign or an East Asian character, each of
# which is a word of its own. Ranges rather than properties: this runs over every candidate line.
_SIGN_RANGES = (
    r"\u0000-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b9\u00bb-\u00bf\u00d7\u00f7\u05be"
    r"\u05f3\u05f4\u060c\u061b\u061f\u06d4\u0964\u0965\u0970\u1361-\u1368\u2000-\u200b\u200e-\u2bff"
    r"\u3000-\u3004\u3008-\u3030\ufd3e\ufd3f\ufe10-\ufe6f\ufeff-\uff20\U0001f000-\U0001faff"
)
_EAST_ASIAN = (
    r"\u1100-\u11ff\u2e80-\u2fff\u3005-\u3007\u3031-\u9fff\uac00-\ud7ff\uf900-\ufaff"
    r"\uff66-\uff9d\U00020000-\U0003ffff"
)
# Invisible characters, and the backslash with which a renderer escapes a dot.
_IGNORED = r"\\\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# Accents, Arabic vowel signs and joiners: pages print a word with and without them.
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u0655\u200c\u200d]")
# The minutes of a zone to which a renderer glued a day: "2022-12-07T10:10:52+01:0025 December".
_GLUED_ZONE = r"\d\d(?<=T\d\d:\d\d:\d\d[+-]\d\d:\d\d)(?=\d)"
_CAMEL = re.compile(r"(?<=[a-zß-öø-ÿа-яё])(?=[A-ZÀ-ÖØ-ÞА-ЯЁ])")
_LETTERS = str.maketrans("ıيىك", "iییک")  # Turkish dotless i, Arabic for Persian letters
_SIGNS = {
    sign: kind
    for kind, signs in {
        ".": ".।॰׳",
        "/": "/⁄／",
        "-": "-‐‑‒–—―−",
        ":": ":：∶",
        ",": ",，、،",
        "|": "|·•∙⋅・｜¦@",
        "(": "(（[",
        ")": ")）]",
        "'": "'’‘",
        "+": "+",
        "o": "ºª°",
    }.items()
    for sign in signs
}


Phrase = tuple[tuple[str, ...], str, Any]  # the words after the first, kind, value


class Token(NamedTuple):
    """Where a word stands in the text and what it is worth: a number, a month, minutes."""

    start: int
    end: int
    value: Any


def read(text: str) -> tuple[str, list[Token]]:
    """Give the kinds of a text and, index by index, its tokens.

    >>> read("Sat, 3 June 2023")[0]
    'w,nmy'
    """
    found = _pieces(text)
    kinds: list[str] = []
    tokens: list[Token] = []
    at = 0
    while at < len(found):
        (raw, start), length = found[at], 1
        kind, value, phrases = _meaning(raw)
        if raw in "Tt" and kinds[-1:] == ["n"] and tokens[-1].end == start:
            kind = "T"
        elif phrases:
            length, kind, value = _longest(phrases, found, at)
        kinds.append(kind)
        last, last_start = found[at + length - 1]
        tokens.append(Token(start, last_start + len(last), value))
        at += length
    return "".join(kinds), tokens


@lru_cache(maxsize=_REMEMBERED)
def _meaning(raw: str) -> tuple[str, Any, tuple[Phrase, ...]]:
    """The kind and value of a word, number or sign by itself, and the phrases that it begins."""
    if raw.isdecimal():
        return (*_number(raw), ())
    if raw in _SIGNS:
        return _SIGNS[raw], None, ()
    zones = _zones()
    if raw in zones:
        return "z", zones[raw], ()
    return "x", None, _phrases().get(fold(raw), ())


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<number>{_GLUED_ZONE}|\d++)|(?P<word>[^\s\d{_SIGN_RANGES}{_EAST_ASIAN}]++)"
        rf"|(?P<letter>[{_EAST_ASIAN}])|(?P<sign>[^\s{_IGNORED}])"
    )


def _pieces(text: str) -> list[tuple[str, int]]:
    """Give words, numbers and signs with their starts."""
    pieces = []
    for match in _token().finditer(text):
        raw, start = match[0], match.start()
        if len(raw) > 1 and (cut := _glued(raw)):
            pieces.append((raw[:cut], start))
            raw, start = raw[cut:], start + cut
        pieces.append((raw, start))
    return pieces


@lru_cache(maxsize=_REMEMBERED)
def _glued(raw: str) -> int:
    """Where a word or number comes apart that a renderer glued together, 0 where it does not:
    "TimesNovember 21, 20251747" (a site, a year, a count)."""
    if raw.isdecimal():
        return 4 if len(raw) > 4 and _year(int(raw[:4])) == "y" else 0
    camel = None if raw[1:].islower() else _CAMEL.search(raw)
    return camel.start() if camel else 0


def fold(word: str) -> str:
    """Take case, accents and variant letters from a word.

    >>> fold("FÉVRIER"), fold("Août")
    ('fevrier', 'aout')
    """
    if word.isascii():
        return word.lower()
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return unicodedata.normalize("NFC", letters).translate(_LETTERS)


def _number(digits: str) -> tuple[str, int]:
    if len(digits) > 4:  # no part of a date; and int() refuses very long ones
        return "0", 0
    value = int(digits)
    if len(digits) < 3:
        return "n", value
    if len(digits) == 3:
        return "0", value
    return _year(value), value


def _year(value: int) -> str:
    for kind, ahead in (("y", 0), ("b", BUDDHIST), ("j", -IRANIAN)):
        if FIRST_YEAR <= value - ahead <= LAST_YEAR:
            return kind
    return "4"


def _longest(
    phrases: Iterable[Phrase], found: list[tuple[str, int]], at: int
) -> tuple[int, str, Any]:
    """Give the length, kind and value of the longest phrase that starts here."""
    for rest, kind, value in phrases:
        after = found[at + 1 : at + 1 + len(rest)]
        if not rest or tuple(fold(raw) for raw, _ in after) == rest:
            return 1 + len(rest), kind, value
    return 1, "x", None


@cache
def _phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """Compile the lexicons: first word to the phrases it begins, longest first."""
    merged: dict[tuple[str, ...], tuple[str, Any]] = {}
    for phrase, kind, value in _entries():
        merged[_split(phrase)] = (kind, value)
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for words, (kind, value) in merged.items():
        by_first[words[0]].append((words[1:], kind, value))
    return {
        first: tuple(sorted(phrases, key=lambda phrase: -len(phrase[0])))
        for first, phrases in by_first.items()
    }


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(fold(match[0]) for match in _token().finditer(phrase))


def _key(name: str) -> str:
    return " ".join(_split(name))


def _entries() -> Iterator[tuple[str, str, Any]]:
    """Give phrase, kind and value of every entry; a later one overrides an earlier one."""
    words = lexicon.load("date_words")
    yield from _weekdays(words)
    months = _months(words)
    for cells in words["jalali"].values():
        yield from ((n, "J", at) for at, cell in enumerate(cells, 1) for n in cell.split("|"))
    for name, meaning in months.items():
        yield name, "m", meaning
    for kind, section in (("f", "filler"), ("e", "year_suffix"), ("o", "ordinal")):
        yield from ((word, kind, None) for word in _all(words[section]))
    for unit, forms in words["sign"].items():
        yield from ((word, _SIGN_KINDS[unit], _HOURS.get(unit)) for word in _all(forms))
    yield from ((word, "E", years) for word, years in words["era"].items())
    for kind, section in (("k", "clock"), ("t", "clock_suffix")):
        yield from ((word, kind, None) for word in _all(words[section]))
    for hours, half in ((0, "am"), (12, "pm")):
        yield from ((word, "a", hours) for word in words["meridiem"][half])
    yield from ((word, "q", 1) for word in _all(words["one"]))
    for unit, forms in words["unit"].items():
        kind = "V" if unit == "vague" else "u"
        yield from ((word, kind, _HOURS.get(unit)) for word in _all(forms))
    yield from ((word, "d", hours) for word, hours in words["dual"].items())
    for days, forms in words["day_word"].items():
        yield from ((word, "R", int(days)) for word in forms)
    before, after = (set(words["ago"][side]) for side in ("before", "after"))
    for word in before | after:
        yield word, "B" if word in before & after else "G" if word in before else "g", None
    for kind, section in (("p", "published"), ("U", "updated"), ("r", "joined")):
        yield from ((word, kind, None) for word in _all(words[section]))
    for name in filter(months.__contains__, map(_key, words["weak"]["months"])):
        yield name, "A", months[name]


_SIGN_KINDS = {"year": "Y", "month": "M", "day": "D", "hour": "h", "minute": "i", "second": "s"}
# What lies under an hour is today.
_HOURS = {"second": 0, "minute": 0, "hour": 1, "day": 24, "week": 168}


def _all(by_language: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for forms in by_language.values():
        yield from forms


def _months(words: Mapping[str, Any]) -> dict[str, Any]:
    """Give folded name to month; to {language: month} where languages disagree."""
    meanings: dict[str, dict[str, int]] = defaultdict(dict)
    for language, at, name in _cells("months", words):
        meanings[name][language] = at + 1
    for name in words["excluded"]["months"]:
        meanings.pop(_key(name), None)
    return {
        name: meaning if len(set(meaning.values())) > 1 else next(iter(meaning.values()))
        for name, meaning in meanings.items()
    }


def _weekdays(words: Mapping[str, Any]) -> Iterator[tuple[str, str, int | None]]:
    """Give name, kind and weekday from Monday = 0; None where languages disagree."""
    meanings: dict[str, set[int]] = defaultdict(set)
    for _, at, name in _cells("weekdays", words):
        meanings[name].add(at)
    for name in words["excluded"]["weekdays"]:
        meanings.pop(_key(name), None)
    for name, days in meanings.items():
        yield name, "w", min(days) if len(days) == 1 else None


def _cells(field: str, words: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Give language, index and folded name from both lexicons."""
    rows = [(key, table[field]) for key, table in lexicon.load("months").items() if field in table]
    for language, cells in [*rows, *words[field].items()]:
        for at, cell in enumerate(cells):
            for name in filter(None, cell.split("|")):
                yield language, at, _key(name)


@cache
def _zones() -> Mapping[str, int | None]:
    words = lexicon.load("date_words")
    return {**dict.fromkeys(words["vague_zones"]["all"]), **words["zones"]}
