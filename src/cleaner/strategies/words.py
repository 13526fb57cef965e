"""The words of a language: what stories and their cruft are made of, read from languages/*.toml."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cleaner.strategies.chance import Chance, maybe, pick, some

# The languages that there are words for: BCP-47 tags.
LANGUAGES = ("en", "de", "fr", "es", "ru", "el", "ar", "he", "hi", "th", "zh", "ja")

# Where some phrases are held out, a list of fewer is shared: half of it would be too few.
_SHARED = 4
# Years in which something in a story happened, and numbers that every language counts alike:
# after these a Russian or an Arabic noun has one form only.
_PAST = (1951, 2004)
_RECENT = (2005, 2014)
_SCORES = tuple(range(15, 65, 5))
_PERCENT = tuple(range(15, 90, 5))
_HUNDREDS = (3, 120)


Topic = Mapping[str, Any]  # the phrases of one story, by what they are for


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of a language by their names, and its topics."""

    language: str
    phrases: Mapping[str, Any]
    topics: tuple[Topic, ...]

    @property
    def stop(self) -> str:
        """What ends a sentence: nothing in Thai."""
        last = str(self.phrases["fillers"][0])[-1]
        return last if unicodedata.category(last).startswith("P") else ""

    @property
    def cased(self) -> bool:
        """Whether the script has small and capital letters."""
        return any(map(str.islower, self.phrases["sections"][0]))

    def __getitem__(self, name: str) -> Any:
        return self.phrases[name]


@cache
def words(language: str, half: int | None = None) -> Words:
    """The words of a language; of `half` 0 or 1, every other phrase and topic only.

    The halves share months, weekdays and lists of a few, and nothing else: what is learnt from
    pages of one half is tried on pages of the other. Raises ValueError for an unknown language, or
    another half.

    >>> words("en")["home"]
    ['Home', 'Front page']
    >>> words("en", half=1).topics[0]["tags"][0]
    'Schools'
    """
    if language not in LANGUAGES:
        raise ValueError(f"no words for {language!r}: choose from {', '.join(LANGUAGES)}")
    if half not in (None, 0, 1):
        raise ValueError(f"half: {half!r} is neither 0 nor 1; leave it out for all phrases")
    source = files("cleaner.strategies").joinpath(f"languages/{language}.toml")
    phrases = tomllib.loads(source.read_text("utf-8"))
    topics = tuple(phrases.pop("topics").values())
    if half is None:
        return Words(language, phrases, topics)
    kept = {name: _half(value, half) for name, value in phrases.items() if name not in _CALENDAR}
    return Words(language, phrases | kept, topics[half::2])


_CALENDAR = ("months", "weekdays", "on_days")


def _half(value: Any, half: int) -> Any:
    return value[half::2] if isinstance(value, list) and len(value) >= _SHARED else value


class Cast(dict[str, str]):
    """The people, places and digits of one page: what the slots of a phrase are filled with.

    `{place}`, `{outlet}`, `{woman}`, `{woman2}`, `{man}` and `{man2}` are the same all over a page
    (`{name}`, where a phrase has it, is whom it is about). Numbers are drawn anew for each slot:
    `{few}` from 3 to 9, `{n}` a multiple of five from 15 to 60, `{percent}` likewise to 85, `{big}`
    some hundreds to 12,000, `{year}` and `{recent}` years before the story; `{on_day}` is a
    weekday as an adverb.
    """

    def __init__(self, chance: Chance, words: Words) -> None:
        super().__init__()
        self._chance, self._words = chance, words
        women, men = some(chance, words["women"], 3, 3), some(chance, words["men"], 3, 3)
        self["woman"], self["woman2"], writer = women
        self["man"], self["man2"], other_writer = men
        self.writers = [writer, other_writer]
        self["place"] = pick(chance, words["places"])
        self["outlet"] = pick(chance, words["outlets"])
        native = "digits" in words.phrases and maybe(chance)
        self.digits = str.maketrans("0123456789", words["digits"]) if native else {}

    def fill(self, phrase: str, *filled: str, **more: str) -> str:
        """A phrase with its slots filled: `{}` by `filled` in turn, `{name}` by `more` or drawn."""
        for text in filled:
            phrase = phrase.replace("{}", text, 1)
        return phrase.format_map(_Slots(self, more)) if "{" in phrase else phrase

    def number(self, name: str) -> str:
        """A number as printed, of the kind that a slot asks for. Raises KeyError for no such."""
        chance = self._chance
        match name:
            case "few":
                value = str(chance.integer(3, 9))
            case "n":
                value = str(pick(chance, _SCORES))
            case "percent":
                value = str(pick(chance, _PERCENT))
            case "year":
                value = self.year(chance.integer(*_PAST))
            case "recent":
                value = self.year(chance.integer(*_RECENT))
            case "big":
                hundreds = chance.integer(*_HUNDREDS)
                value = f"{hundreds * 100:,}".replace(",", self._words["thousands"])
            case "on_day":
                return str(pick(chance, self._words["on_days"]))
            case _:
                raise KeyError(name)
        return value.translate(self.digits)

    def year(self, year: int) -> str:
        """A year as the calendar of the language counts it."""
        return str(year + int(self._words.phrases.get("years_ahead", 0)))

    def names(self) -> Sequence[str]:
        """What a story may link to: its people and its place."""
        return [self[name] for name in ("place", "woman", "man", "woman2", "man2")]


class _Slots(dict[str, str]):
    def __init__(self, cast: Cast, more: Mapping[str, str]) -> None:
        super().__init__(cast)
        self.update(more)
        self._cast = cast

    def __missing__(self, name: str) -> str:
        return self._cast.number(name)
