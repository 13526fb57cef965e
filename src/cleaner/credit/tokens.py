"""The words and marks of a credit line, each word with what the lexicon `credits` knows of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

import regex

from cleaner import lexicon

REMEMBERED: Final = 64  # lines; a page's are read several times, as they are and strictly
CREDIT_CHARS: Final = 600  # credits of twenty names are shorter: no more of a block is read
DATE_LETTERS: Final = 3  # a shorter word before a number ("di", "on") is no weekday
HAN_NAME: Final = 3  # characters of a full name, as a rule; a place follows ("王小明台北報導")
UNKNOWN: Final[Mapping[str, int]] = MappingProxyType({})

_TOKEN: Final = regex.compile(
    r"""
    (?P<word> \p{L}++ (?=[\s,]|$)  # most are: told first, the others cost three times as much
            | (?<=^(?:[Bb]y\ )?\p{Lu}\p{L}+\ ) \(\p{Lu}\p{Ll}++\) (?=\ \p{Lu}) )  # Ana (Nina) Ruiz
  | (?P<aside> [\w.+-]++@[\w-]++\.[\w.-]++ | @\w++ | (?:https?://|www\.)\S++ | \#\w++
             | (?<=.)\([^()\p{Han}\p{Hangul}]{0,90}+\) | \[[^\[\]\p{Han}\p{Hangul}]{0,90}+\]
             | [\w%-]++\.(?:jpe?g|png|webp|gif)\b )
  | (?P<number> \+?\p{N}++ (?!\p{L}{4}) (?:[.:/,-]?\p{N}++)*+ \p{L}{0,3}+ (?!\p{L})
              | \p{N}{4} (?=\p{Lu}) )
  | (?P<hard> [|｜•⋅∙~»›…‖▪●◦—［］【】（）「」〔〕()\[\]] | (?<!\S)[-–*_](?!\S) | __++ )
  | (?P<colon> [:：=＝] )
  | (?P<soft> [,;/、،，；／؛・·] )
  | (?P<word> [&+©]
            | (?: (?!\p{N}{1,2}[./]\p{N}) (?!__|_(?!\S)) [\p{L}\p{M}\p{N}_]
                | (?<!-)['’.‐‑-](?=[\p{L}\p{N}])
                | [\u200C\u200D](?=\p{L})  # joiners, of Persian, Malayalam and Sinhala
                | :(?=in(?:nen)?\b) | (?<=\p{Katakana})[・·](?=\p{Katakana})
                | (?<=\p{Han})·(?=\p{Han}) )++ \.?+ )
    """,
    regex.VERBOSE,
)
_LEAD: Final = regex.compile(r"(?:[Bb]y|[Vv]on|Par|Por|Door|Autore?|Author)(?=\p{Lu})")
_HUMP: Final = regex.compile(r"(?<=\p{Ll})(?=\p{Lu}\p{Ll}++\.?$)")
_LETTERS: Final = str.maketrans({"’": "'", "ı": "i", "\u0307": None})  # "İ" is a small i and a dot
_CASELESS: Final = regex.compile(r"\p{Lo}")


class Token(NamedTuple):
    """A word or mark of a credit: word, soft, hard, colon, number or aside by `kind`."""

    kind: str
    start: int
    end: int
    text: str
    word: str  # lower-case, without final dot; "" of a mark
    kinds: Mapping[str, int] = UNKNOWN  # the lexicon's phrases from here: kind to words

    @property
    def capital(self) -> bool:
        """Whether it is written as names are, in whatever script."""
        return not self.text.islower() or self.text == self.text.capitalize()


# To call the class takes twice as long.
_token = partial(tuple.__new__, Token)


@lru_cache(maxsize=REMEMBERED)
def tokens(text: str) -> tuple[Token, ...]:
    """Split a credit line; a month, weekday or unit beside a number is a number too.

    >>> [(token.kind, token.text) for token in tokens("By Ana, 3 May")]
    [('word', 'By'), ('word', 'Ana'), ('number', ','), ('number', '3'), ('number', 'May')]
    """
    found: list[Token] = []
    for token in _split(text):
        if token.kind != "word":
            if token.kind == "number" and found:
                found[-1:] = _without_month(found[-1])
            found.append(token)
        elif token.text.isascii() and token.text[1:].islower():  # most are so: nothing is glued
            found.append(token)
        else:
            found += _unglued(token, found[0].word if found else "")
    _mark_dates(found)
    words = [token.word if token.kind == "word" else "" for token in found]
    for at in [at for at, word in enumerate(words) if word in phrases()]:
        found[at] = _token((*found[at][:-1], _kinds(words, at)))
    return tuple(found)


def cut(token: Token, *places: int) -> list[Token]:
    """Part a word at the given places, counted from its start."""
    bounds = pairwise([0, *places, len(token.text)])
    parts = [(at, token.text[at:to]) for at, to in bounds if at < to]
    return [
        Token("word", token.start + at, token.start + at + len(part), part, fold(part))
        for at, part in parts
    ]


def fold(word: str) -> str:
    """A word as the lexicon has it, however its accents and the Turkish i are written.

    >>> fold("MAYIS") == fold("mayıs"), fold("aou\u0302t.") == fold("AOÛT")
    (True, True)
    """
    if word.isascii():
        return word.lower().rstrip(".")
    # The small form of some letters, of "ΐ" in "Μαΐου", is the letter and its accents apart.
    small = unicodedata.normalize("NFC", word.casefold())
    return small.translate(_LETTERS).rstrip(".")


@cache
def phrases() -> dict[str, dict[tuple[str, ...], frozenset[str]]]:
    """The lexicon by first word: each phrase, and the kinds it is of."""
    found: dict[tuple[str, ...], set[str]] = {}
    for kind, languages in lexicon.load("credits").items():
        for entries in languages.values():
            for entry in entries:
                phrase = tuple(token.word for token in _split(entry))
                found.setdefault(phrase, set()).add(kind)
    table: dict[str, dict[tuple[str, ...], frozenset[str]]] = {}
    for phrase, kinds_of in found.items():
        table.setdefault(phrase[0], {})[phrase] = frozenset(kinds_of)
    return table


def _kinds(words: list[str], at: int) -> dict[str, int]:
    """The kinds of phrase that begin at a word, each with the words of its longest one."""
    found: dict[str, int] = {}
    table = phrases()[words[at]]
    for size in _sizes()[words[at]]:
        phrase = tuple(words[at : at + size])
        for kind in table.get(phrase, ()):
            found[kind] = len(phrase)
    return found


@cache
def _sizes() -> dict[str, tuple[int, ...]]:
    """How many words the phrases have that begin with a word, the fewest first."""
    return {word: tuple(sorted(set(map(len, table)))) for word, table in phrases().items()}


@cache
def first_words(*wanted: str) -> frozenset[str]:
    """The first words of the phrases of some kinds."""
    table = phrases().items()
    return frozenset(w for w, t in table if any(not k.isdisjoint(wanted) for k in t.values()))


@cache
def _calendar() -> frozenset[str]:
    """What stands beside a number and belongs to it: months, weekdays and units."""
    months = [entry for table in lexicon.load("months").values() for entry in table.values()]
    weekdays = lexicon.load("date_words")["weekdays"].values()
    units = lexicon.load("credits")["unit"].values()
    groups = [*months, *weekdays, *units]
    return frozenset(fold(form) for group in groups for e in group for form in e.split("|"))


@cache
def _glued() -> regex.Pattern[str]:
    """A word of unspaced writing: a lead, the name, and what it does."""
    table = lexicon.load("credits")["glued"]
    before, after = ("|".join(map(regex.escape, table[side])) for side in ("before", "after"))
    return regex.compile(rf"(?P<before>{before})?+(?P<name>.*?)(?P<after>{after})?")


def _split(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind, printed = match.lastgroup or "", match[0]
        word = fold(printed) if kind == "word" else ""
        yield _token((kind, match.start(), match.end(), printed, word, UNKNOWN))


def _without_month(token: Token) -> list[Token]:
    """A word that ends in a month ("RuizMay", before "5"), parted from it."""
    if hump := _HUMP.search(token.text):
        parts = cut(token, hump.start())
        if parts[1].word in _calendar():
            return parts
    return [token]


def _unglued(token: Token, first: str) -> list[Token]:
    """Part a name from the lead or role, or its own first word again, that is glued to it."""
    if not token.text[1:].islower() and token.word not in phrases():  # else no capital follows
        if lead := _LEAD.match(token.text):
            return cut(token, lead.end())
        if hump := _HUMP.search(token.text):
            parts = cut(token, hump.start())
            glued = first_words("role", "modifier", "stop")
            if parts[1].word in (first, "by") or parts[1].word in glued:
                return parts
    if token.text.isascii() or not _CASELESS.match(token.text) or token.word in phrases():
        return [token]
    match = _glued().fullmatch(token.text)
    if not match or not match["name"]:
        return [token]
    start, end = match.span("name")
    if start and end < len(token.text) and end - start > HAN_NAME + 1:
        return cut(token, start, start + HAN_NAME)[:2]
    return cut(token, start, end)


def _mark_dates(found: list[Token]) -> None:
    """Make numbers of the words that belong to one: "Friday, 3 May", "5 minutes"."""
    for at in [at for at, token in enumerate(found) if token.kind == "number"]:
        ahead, back = at + 1, at
        while ahead < len(found) and found[ahead].word in _calendar():
            found[ahead] = found[ahead]._replace(kind="number")
            ahead += 1
        while back and found[at].text.isdecimal() and _leads_to_day(found[back - 1]):
            back -= 1
            found[back] = found[back]._replace(kind="number")


def _leads_to_day(token: Token) -> bool:
    dated = len(token.word) >= DATE_LETTERS and token.word in _calendar()
    return dated or token.kind == "soft" or token.text == "On"
