"""Reads one credit line: where its authors' names stand.

A credit is read from left to right, by the words of the lexicon `credits`: what opens it ("By",
"Von", "记者"), what ends a name (a role, a place, a date, a button) and what parts two names.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

import regex

from cleaner import lexicon
from cleaner.credit.names import ACRONYM, HOUSES, NAME_WORDS, Setting, bounds, named
from cleaner.credit.tokens import CREDIT_CHARS, REMEMBERED, Token, cut, first_words, fold, tokens

LEAD_CHARS: Final = 120  # a lead word stands this near the start of a line
SHORT: Final = 3  # letters: "Le" ends no name, as "le" does; "7" may open one ("7 News")
COMMAS: Final = frozenset(",、،，")  # behind one, or one alone, a name must follow
ENDS: Final = frozenset({"conjunction", "stop", "place", "role", "lead"})  # of a name

_WORD: Final = regex.compile(r"\p{Lu}?(?:[\p{L}\p{M}--\p{Lu}])++|\p{Lu}++", regex.VERSION1)
_ASCII_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")  # the same, in a third of the time
_UNSPACED: Final = regex.compile(r"[\p{Han}\p{Hangul}\p{Thai}]")
_SENTENCE: Final = regex.compile(r"\p{Ll}{3}\.$")
_CASELESS: Final = regex.compile(r"\p{Lo}")
_WAW: Final = regex.compile(r"[وו]\p{L}{3}")  # "and", glued to the next name


class Credit(NamedTuple):
    """What was read of a credit line."""

    spans: tuple[tuple[int, int], ...]  # its names
    led: bool  # a lead word opens it
    waits: bool  # it ends where a name must follow: "By", "Ana Ruiz and", "Ana Ruiz,"
    role: bool = False  # a role stands beside a name: "Ana Ruiz, Editor"
    clear: bool = False  # the lead is beyond doubt: of several words, or after a date
    agency: bool = False  # an agency or a desk is among the names


def read(text: str, *, strict: bool = False) -> Credit:
    """Find the authors' names in a credit line; `strict` takes only what looks like a full name.

    >>> line = "Posted on 3 May by Ana Ruiz and Tom Lee, Editor"
    >>> [line[start:end] for start, end in read(line).spans]
    ['Ana Ruiz', 'Tom Lee']
    """
    return _read(text[:CREDIT_CHARS], strict)


@lru_cache(maxsize=REMEMBERED)
def _read(text: str, strict: bool) -> Credit:
    return _Reader(text, strict).read()


def may_lead(text: str) -> bool:
    """Say cheaply whether a lead word may stand in a line: never False where one opens it.

    >>> may_lead("By Ana Ruiz"), may_lead("Ana Ruiz")
    (True, False)
    """
    start = text[:LEAD_CHARS]
    leads = first_words("lead")
    if start.isascii():
        return not leads.isdisjoint(map(str.lower, _ASCII_WORD.findall(start)))
    unspaced = _UNSPACED.search(start) is not None
    start = text[:CREDIT_CHARS] if unspaced else start
    words = map(fold, _WORD.findall(start))
    glued = unspaced and _caseless_leads().search(start)
    return bool(glued) or not leads.isdisjoint(words)


@cache
def _caseless_leads() -> regex.Pattern[str]:
    """The lead words of writing that may glue them to a name."""
    leads = sorted(word for word in first_words("lead") if word.upper() == word)
    return regex.compile("|".join(map(regex.escape, leads)))


def signs_off(text: str) -> bool:
    """Say whether a line names a story's reporters at its end.

    >>> signs_off("(Reporting by Ana Ruiz; editing by Tom Lee)")
    True
    """
    return text.lstrip("([—–- ")[:LEAD_CHARS].casefold().startswith(_signoffs())


@cache
def _signoffs() -> tuple[str, ...]:
    return tuple(f"{e} " for group in lexicon.load("credits")["signoff"].values() for e in group)


class _Reader:
    """Reads one credit from left to right: words gather in `item`, marks turn it into a name."""

    def __init__(self, text: str, strict: bool) -> None:
        self.text, self.strict = text, strict
        self.tokens = tokens(text)
        words = [token.text for token in self.tokens if token.kind == "word"]
        self.capitals = len(words) > 1 and all(word.isupper() for word in words[1:])
        self.spans: list[tuple[int, int]] = []
        self.item: list[Token] = []
        self.passing = ""  # the mark up to which words are passed over
        self.done = False  # the credit has ended; only a lead word opens one again
        self.led = self.clear = self.joined = self.barred = False  # as in Setting
        self.role = self.agency = False
        self.qualified = False  # the name before has a degree behind it: "Ana Ruiz, MD"

    def read(self) -> Credit:
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind != "word":
                at += self._mark(at)
            elif token.kinds:
                at += self._word(at)
            else:  # most are so: a name, or a word of a sentence
                if not (self.done or self.passing):
                    self._append(token)
                at += 1
        self._flush()
        if self.spans:
            waits = self.joined or (not self.done and self.tokens[-1].text in COMMAS)
        else:
            waits = self.joined or (self.led and not self.passing) or self.text in COMMAS
        named = bool(self.spans)
        return Credit(
            tuple(self.spans),
            self.led,
            waits,
            self.role and named,
            self.led and self.clear,
            self.agency and named,
        )

    def _mark(self, at: int) -> int:
        token = self.tokens[at]
        if token.kind == "number" and self.led and not self.item and not self.spans:
            if len(token.text) <= SHORT and self._words_from(at + 1):
                self.item = [token]  # "By 7 News"
                return 1
            self.led = False  # "von 12.05.2024"
        if token.kind == "colon" and at + 1 < len(self.tokens):  # what follows "Photo:" is no name
            self.item = self.item[:-1] if self.led else []
            self._flush()
            self.passing = self.passing or "hard"
        self._flush()
        if token.kind == self.passing or (token.kind == "number" and self.passing != "lead"):
            self.passing = ""
        if self.spans and token.kind == "aside":  # (AFP), an address
            self.passing = "soft"
        elif self.spans and token.kind in ("number", "colon"):
            self.done = True
        elif self.spans and token.kind == "hard":
            self.done, self.barred = self.done or token.text != "|", True
        return 1

    def _word(self, at: int) -> int:
        token = self.tokens[at]
        kinds = token.kinds
        if size := self._lead(at) or self._shut(at):
            return size
        low = token.text == token.text.lower() or self.capitals
        if "conjunction" in kinds and low and self._joins(at):
            self._flush()
            self.joined = at + 1 == len(self.tokens) or self.tokens[at + 1].kind == "word"
            self.passing = self.passing if self.passing != "soft" else ""
        elif self.done or self.passing:
            pass
        elif "particle" in kinds and self.item and low and self._words_from(at + 1):
            self.item.append(token)
        elif kinds.get("stop", 0) > 1 or (
            "stop" in kinds and (token.text == token.text.lower() or len(token.word) > SHORT)
        ):
            if self.spans and _CASELESS.match(token.text):
                self.item = []  # the place of "台北報導"
            self._flush()
            self.done, self.passing = bool(self.spans), "hard"
        elif "place" in kinds and self.item and (low or ("titled" in kinds and len(self.item) > 1)):
            self._flush()
            self.passing = "soft"
        else:
            self._append(token)
        return 1

    def _lead(self, at: int) -> int:
        """How many tokens of a lead to pass over; 0 where none opens a credit."""
        kinds = self.tokens[at].kinds
        size = kinds.get("lead", 0)
        if not size or kinds.get("other", 0) > size:
            return 0
        after = self.tokens[at + size] if at + size < len(self.tokens) else None
        if not self._opens(at, size, after):
            return 0
        self._flush()
        if self.led and self.spans:
            self.done = self.done or not self.joined
        else:
            self.spans, self.led, self.done, self.passing = [], True, False, ""
            self.clear = size > 1 or (at > 0 and self.tokens[at - 1].kind == "number")
        return size + (after is not None and _closes(after, at == 0))

    def _opens(self, at: int, size: int, after: Token | None) -> bool:
        """Whether a lead opens a credit here, rather than standing in a name or in prose."""
        kinds = self.tokens[at].kinds
        before = self.tokens[at - 1].kind if at else "hard"
        if (after is None and "desk" in kinds) or (
            self.strict and size == 1 and before in ("word", "soft")
        ):
            return False
        if _closes(after, at == 0) if after else at == 0:
            return True
        if kinds.get("colon") == size:
            return False
        if kinds.get("ambiguous") != size:
            return True
        if at and "lead" in self.tokens[at - 1].kinds and self.led and not self.spans:
            return False  # "By Nina Pine": a lead word elsewhere, and a name here
        house = after is not None and not HOUSES.isdisjoint(after.kinds)
        short = kinds.get("short") == size and at == 0 and self._words_from(at + size) < 2
        return not self.item and (house or not short)

    def _shut(self, at: int) -> int:
        """How many tokens of a credit of another craft to pass over, with what it credits."""
        kinds = self.tokens[at].kinds
        size = kinds.get("other", 0)
        size = size if size >= kinds.get("void", 0) else 0  # "portrait of": whose, is told next
        if size == 1 and (self.item or "desk" in kinds or self.led):
            after = self.tokens[at + 1 : at + 2]
            size = 1 if after and after[0].kind == "colon" else 0
        if size:
            self._flush()
            self.done, self.passing = self.done or bool(self.spans), "lead"
        return size

    def _words_from(self, at: int) -> int:
        """How many words of one name stand from here."""
        words = 0
        for token in self.tokens[at : at + NAME_WORDS]:
            ends = "particle" not in token.kinds and not ENDS.isdisjoint(token.kinds)
            if token.kind != "word" or ends:
                break
            words += 1
        return words

    def _joins(self, at: int) -> bool:
        """Whether a conjunction parts two names, rather than standing inside one."""
        left, right = len(self.item), self._words_from(at + 1)
        if at + 1 == len(self.tokens) or (left and not right and not self.passing):
            return True
        if self.passing or not left:
            goes_on = bool(self.spans) or (at == 0 and self.tokens[at].text == "&")
            return goes_on and right > 0
        if self.spans and all(self._qualifies(token) for token in self.item):
            return right > 0
        house = "agency" in self.tokens[at + 1].kinds or "agency" in self.item[0].kinds
        if "weak" in self.tokens[at].kinds:
            return left > 1 and (right > 1 or house)
        return right > 0 and (left > 1 or right == 1 or house)

    def _append(self, token: Token) -> None:
        glued = len(self.item) > 1 and not token.text.isascii() and _WAW.match(token.text)
        if glued and "waw" not in token.kinds:
            self._flush()
            self.joined, token = True, cut(token, 1)[1]
        self.item.append(token)
        if token.text[-1] == "." and _SENTENCE.search(token.text) and "title" not in token.kinds:
            self._flush()
            self.done = bool(self.spans)

    def _flush(self) -> None:
        """Take the words gathered so far for a name, if they are one."""
        item, self.item = self.item, []
        if not item:
            return
        if self.spans and all(self._qualifies(token) for token in item):
            self.spans[-1] = (self.spans[-1][0], item[-1].end)
            self.qualified = True
        else:
            self.qualified = "credential" in item[-1].kinds
            last = self.text[slice(*self.spans[-1])] if self.spans else ""
            setting = Setting(self.strict, self.led, self.clear, last, self.joined, self.barred)
            self.spans += [bounds(name) for name in named(item, setting)]
            self.role |= any("role" in token.kinds for token in item)
            self.agency |= not HOUSES.isdisjoint(item[0].kinds)
        self.joined = False

    def _qualifies(self, token: Token) -> bool:
        """Whether a word is a degree or title behind a name: of several few are in any lexicon."""
        if "credential" in token.kinds or not self.qualified:
            return "credential" in token.kinds
        return not (self.joined or token.kinds) and bool(ACRONYM.fullmatch(token.text))


def _closes(mark: Token, first: bool) -> bool:
    """Whether a mark sets off the lead before it: "Text:", and "文/" or "By |" at the start."""
    return mark.kind == "colon" or (first and (mark.kind == "hard" or mark.text in "/／・"))
