"""Reads one credit line: where its authors' names stand.

A credit is read from left to right, by the words of the lexicon `credits`: what opens it ("By",
"Von", "记者"), what ends a name (a role, a place, a date, a button) and what parts two names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

import regex

from cleaner import lexicon

PHRASE_WORDS: Final = 6  # the longest phrase of the lexicon
NAME_WORDS: Final = 7  # "Univ.-Prof. Dr. Maria del Carmen Ruiz Soler"; what is longer is prose
CROWD: Final = 6  # an even number of capitalised words from here is several names of two words
NAME_CHARS: Final = 60
HAN_NAME: Final = 3  # characters of a full name, as a rule; a place follows ("王小明台北報導")
SHORT: Final = 3  # a word that ends names ("le 3 mai") may be a surname's part ("Le Clerc")
LEAD_CHARS: Final = 120  # a lead word stands this near the start of a line
CREDIT_CHARS: Final = 600  # credits of twenty names are shorter: no more of a block is read

_TOKEN: Final = regex.compile(
    r"""
    (?P<aside> [\w.+-]++@[\w-]++\.[\w.-]++ | @\w++ | (?:https?://|www\.)\S++ | (?<=.)\([^()\p{Han}\p{Hangul}]{0,90}+\)
             | \[[^\[\]\p{Han}\p{Hangul}]{0,90}+\] | \#\w++ | [\w%-]++\.(?:jpe?g|png|webp|gif)\b )
  | (?P<number> \+?\p{N}++(?!\p{L}{4})(?:[.:/,-]?\p{N}++)*+\p{L}{0,3}+(?!\p{L}) | \p{N}{4}(?=\p{Lu}) )
  | (?P<hard> [|｜•⋅∙~»›…‖▪●◦—［］【】（）「」〔〕()\[\]] | (?<!\S)[-–*](?!\S) )
  | (?P<colon> [:：=＝] )
  | (?P<soft> [,;/、،，；／؛・·] )
  | (?P<word> [&+]
            | (?:(?!\p{N}{1,2}[./]\p{N})[\p{L}\p{M}\p{N}_] | ['’.‐‑-](?=[\p{L}\p{N}]) | :(?=in(?:nen)?\b)
              | (?<=\p{Katakana})[・·](?=\p{Katakana}) | (?<=\p{Han})·(?=\p{Han}))++ \.?+ )
    """,
    regex.VERBOSE,
)
_BY: Final = regex.compile(r"(?:[Bb]y|[Vv]on|Par|Por|Door|Autore?|Author)(?=\p{Lu})")
_EDGE: Final = regex.compile(r"[^\p{L}\p{M}\p{N}'’:-]|:(?!in)|(?<=\p{N})(?=\p{L})")
_GLUED_LEAD: Final = regex.compile(r"[\p{Han}\p{Hangul}\p{Thai}]|(?:By|Von|Par|Por|by|von)(?=\p{Lu})")
_HUMP: Final = regex.compile(r"(?<=\p{Ll})(?=\p{Lu}\p{Ll}++\.?$)")
_SENTENCE: Final = regex.compile(r"\p{Ll}{3}\.$")
_TAIL: Final = regex.compile(
    r"(?<=\p{Ll}{3})\.$|(?<=\p{Ll}{2})\p{N}{1,2}$"
)  # a full stop, a footnote's number
_ACRONYM: Final = regex.compile(r"\p{Lu}[\p{Lu}\p{N}.]{1,6}")
_CASELESS: Final = regex.compile(r"[\p{Lo}]")
_WAW: Final = regex.compile(r"[وו]\p{L}{3}")  # "and", glued to the next name
_COMPOUND: Final = regex.compile(
    r"(?:redakteur|korrespondent|reporter|journalist)(?:in)?$|[-](?:editor|writer)$"
)
_UNSPACED: Final = regex.compile(
    r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
)
_HOUSES: Final = frozenset({"agency", "desk"})
_NO_NAME: Final = frozenset({"place", "stop", "house", "lead", "other"})  # open no full name
_STOPS: Final = frozenset({"conjunction", "stop", "place", "role", "lead"})  # end a name
_HAN: Final = regex.compile(r"[\p{Han}·]{2,6}")
_HALF: Final = regex.compile(r"\p{Hangul}{1,2}")  # a place, or half a name
_HANGUL: Final = regex.compile(r"\p{Hangul}{2,5}")


class _Token(NamedTuple):
    kind: str  # word, soft, hard, colon, number or aside
    start: int
    end: int
    text: str
    word: str  # lower-case, without final dots


class Credit(NamedTuple):
    """What was read of a credit line."""

    spans: tuple[tuple[int, int], ...]  # its names
    led: bool  # a lead word opens it
    waits: bool  # it ends where a name must follow: "By", "Ana Ruiz and"


@cache
def _phrases() -> dict[str, dict[tuple[str, ...], frozenset[str]]]:
    """The lexicon by first word: each phrase, and the kinds it is of."""
    kinds: dict[tuple[str, ...], set[str]] = {}
    for kind, languages in lexicon.load("credits").items():
        for entries in languages.values():
            for entry in entries:
                phrase = tuple(token.word for token in _split(entry))
                kinds.setdefault(phrase, set()).add(kind)
    table: dict[str, dict[tuple[str, ...], frozenset[str]]] = {}
    for phrase, found in kinds.items():
        table.setdefault(phrase[0], {})[phrase] = frozenset(found)
    return table


@cache
def _calendar() -> frozenset[str]:
    """What stands beside a number and belongs to it: months, weekdays and units."""
    months = [entry for table in lexicon.load("months").values() for entry in table.values()]
    units = lexicon.load("credits")["unit"].values()
    return frozenset(form for group in [*months, *units] for e in group for form in e.split("|"))


@cache
def _glued() -> regex.Pattern[str]:
    """A word of unspaced writing: a lead, the name, and what it does."""
    table = lexicon.load("credits")["glued"]
    before, after = ("|".join(map(regex.escape, table[side])) for side in ("before", "after"))
    return regex.compile(rf"(?P<before>{before})?+(?P<name>.*?)(?P<after>{after})?")


@cache
def _roles() -> frozenset[str]:
    """The first words of roles."""
    table = _phrases().items()
    return frozenset(
        w for w, t in table if any(k & {"role", "modifier", "stop"} for k in t.values())
    ) | {"by"}


@cache
def _leads() -> frozenset[str]:
    """The first words of leads."""
    return frozenset(w for w, t in _phrases().items() if any("lead" in k for k in t.values()))


def _split(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind, printed = match.lastgroup or "", match.group()
        word = printed.casefold().rstrip(".").replace("’", "'") if kind == "word" else ""
        yield _Token(kind, match.start(), match.end(), printed, word)


def _tokens(text: str) -> list[_Token]:
    """The words and marks of a credit; months and weekdays beside a number are numbers too."""
    tokens: list[_Token] = []
    for token in _split(text[:CREDIT_CHARS]):
        first = tokens[0].word if tokens else ""
        tokens += _unglued(token, first) if token.kind == "word" else [token]
        if token.kind == "number" and len(tokens) > 1 and (hump := _HUMP.search(tokens[-2].text)):
            parts = _cut(tokens[-2], hump.start())
            if parts[1].word in _calendar():
                tokens[-2:-1] = parts
    for at in [at for at, token in enumerate(tokens) if token.kind == "number"]:
        ahead, back = at + 1, at
        while ahead < len(tokens) and tokens[ahead].word in _calendar():
            tokens[ahead] = tokens[ahead]._replace(kind="number")
            ahead += 1
        whole = not tokens[at].text.isdecimal()  # "12.05.2024": the word before it is no month
        while back and not whole and _dates(tokens[back - 1]):
            back -= 1
            if tokens[back].kind == "word":
                tokens[back] = tokens[back]._replace(kind="number")
    return tokens


def _dates(token: _Token) -> bool:
    """Whether a token before a day's number belongs to the date."""
    return token.kind == "soft" or (len(token.word) >= SHORT and token.word in _calendar())


def _cut(token: _Token, *places: int) -> list[_Token]:
    bounds = [0, *places, len(token.text)]
    parts = [(a, token.text[a:b]) for a, b in zip(bounds, bounds[1:], strict=False) if a < b]
    return [
        _Token("word", token.start + at, token.start + at + len(part), part, part.casefold())
        for at, part in parts
    ]


def _unglued(token: _Token, first: str) -> list[_Token]:
    """Part a name from the lead or role, or its own first word again, that is glued to it."""
    if lead := _BY.match(token.text):
        return _cut(token, lead.end())
    if hump := _HUMP.search(token.text):
        parts = _cut(token, hump.start())
        if parts[1].word == first or parts[1].word in _roles():
            return parts
    if _CASELESS.match(token.text) and token.word not in _phrases():
        if (match := _glued().fullmatch(token.text)) and match["name"]:
            start, end = match.span("name")
            if start and end < len(token.text) and end - start > HAN_NAME + 1:
                return _cut(token, start, start + HAN_NAME)[:2]
            return _cut(token, start, end)
    return [token]


def _kinds(tokens: Sequence[_Token], at: int) -> dict[str, int]:
    """The kinds of phrase that begin at a token, each with the words of its longest one."""
    found: dict[str, int] = {}
    if table := _phrases().get(tokens[at].word):
        words = tuple(token.word for token in tokens[at : at + PHRASE_WORDS])
        for size in range(1, len(words) + 1):
            for kind in table.get(words[:size], ()):
                found[kind] = size
    return found


def read(text: str, *, strict: bool = False) -> Credit:
    """Find the authors' names in a credit line; `strict` takes only what looks like a full name.

    >>> line = "Posted on 3 May by Ana Ruiz and Tom Lee, Editor"
    >>> [line[start:end] for start, end in read(line).spans]
    ['Ana Ruiz', 'Tom Lee']
    """
    return _Reader(text, strict).read()


def may_lead(text: str) -> bool:
    """Say cheaply whether a lead word may stand in a line: never False where one opens it.

    >>> may_lead("By Ana Ruiz"), may_lead("Ana Ruiz")
    (True, False)
    """
    words = _EDGE.sub(" ", text[:LEAD_CHARS].casefold()).split()
    return not _leads().isdisjoint(words) or bool(_GLUED_LEAD.search(text[:LEAD_CHARS]))


def signs_off(text: str) -> bool:
    """Say whether a line names a story's reporters at its end.

    >>> signs_off("(Reporting by Ana Ruiz; editing by Tom Lee)")
    True
    """
    tokens = [token for token in _tokens(text[:LEAD_CHARS]) if token.kind == "word"]
    return bool(tokens) and "signoff" in _kinds(tokens, 0)


class _Reader:
    """Reads one credit from left to right: words gather in `item`, marks turn it into a name."""

    def __init__(self, text: str, strict: bool) -> None:
        self.text, self.strict = text, strict
        self.tokens = _tokens(text)
        words = [token.text for token in self.tokens if token.kind == "word"]
        self.capitals = len(words) > 1 and all(word.isupper() for word in words[1:])
        self.spans: list[tuple[int, int]] = []
        self.item: list[_Token] = []
        self.passing = ""  # the mark up to which words are passed over
        self.led = self.done = self.joined = self.barred = self.clear = False

    def read(self) -> Credit:
        at = 0
        while at < len(self.tokens):
            at += self._word(at) if self.tokens[at].kind == "word" else self._mark(at)
        self._flush()
        waits = self.joined or (self.led and not self.spans and not self.passing)
        return Credit(tuple(self.spans), self.led, waits)

    def _mark(self, at: int) -> int:
        token = self.tokens[at]
        if token.kind == "colon" and at + 1 < len(self.tokens):  # "Photo:": what follows is no name
            self.item = self.item[:-1] if self.led else []
            self._flush()
            self.passing = self.passing or "hard"
        name = token.kind == "number" and self.led and not (self.item or self.spans)
        if name and len(token.text) <= SHORT and self._words_from(at + 1):
            self.item.append(token._replace(kind="word"))  # "By 7 News"
            return 1
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
        kinds, token = _kinds(self.tokens, at), self.tokens[at]
        if size := self._lead(at, kinds) or self._shut(at, kinds):
            return size
        low = token.text == token.text.lower() or self.capitals
        if "conjunction" in kinds and low and self._joins(at, kinds):
            self._flush()
            self.joined = at + 1 == len(self.tokens) or self.tokens[at + 1].kind == "word"
            self.passing = self.passing if self.passing != "soft" else ""
        elif self.done or self.passing:
            pass
        elif "particle" in kinds and self.item and low and self._words_from(at + 1):
            self.item.append(token)
        elif "stop" in kinds and (token.text.islower() or len(token.word) > SHORT):
            if self.spans and _CASELESS.match(token.text):
                self.item = []  # the place of "台北報導"
            self._flush()
            self.done, self.passing = bool(self.spans), "hard"
        elif "place" in kinds and self.item and (low or "titled" in kinds and len(self.item) > 1):
            self._flush()
            self.passing = "soft"
        else:
            self._append(token, kinds)
        return 1

    def _lead(self, at: int, kinds: dict[str, int]) -> int:
        """How many tokens of a lead to pass over; 0 where none opens a credit."""
        size = kinds.get("lead", 0)
        if not size or kinds.get("other", 0) > size:
            return 0
        after = self.tokens[at + size] if at + size < len(self.tokens) else None
        closed = (
            after.kind == "colon" or (at == 0 and (after.kind == "hard" or after.text in "/／・"))
            if after
            else at == 0
        )
        if not after and "desk" in kinds or self.strict and at and size == 1:
            if self.tokens[at - 1].kind == "word":
                return 0
        if kinds.get("colon") == size and not closed:
            return 0
        if kinds.get("ambiguous") == size and not closed:
            short = kinds.get("short") == size and at == 0 and self._words_from(at + size) < 2
            short = short and _HOUSES.isdisjoint(_kinds(self.tokens, at + size) if after else ())
            if self.item or short:
                return 0
        self._flush()
        if self.led and self.spans:
            self.done = self.done or not self.joined
        else:
            self.spans, self.led, self.done, self.passing = [], True, False, ""
            self.clear = size > 1 or (at > 0 and self.tokens[at - 1].kind == "number")
        return size + (after is not None and closed)

    def _shut(self, at: int, kinds: dict[str, int]) -> int:
        """How many tokens of a credit of another craft to pass over, with what it credits."""
        size = kinds.get("other", 0)
        after = self.tokens[at + size] if at + size < len(self.tokens) else None
        if size == 1 and (self.item or "desk" in kinds or self.led):
            size = size if after and after.kind == "colon" else 0
        if size:
            self._flush()
            self.done, self.passing = self.done or bool(self.spans), "lead"
        return size

    def _words_from(self, at: int) -> int:
        """How many words of one name stand from here."""
        words = 0
        while at < len(self.tokens) and self.tokens[at].kind == "word" and words < NAME_WORDS:
            kinds = _kinds(self.tokens, at)
            if "particle" not in kinds and not _STOPS.isdisjoint(kinds):
                break
            words, at = words + 1, at + 1
        return words

    def _joins(self, at: int, kinds: dict[str, int]) -> bool:
        """Whether a conjunction parts two names, rather than standing inside one."""
        left, right = len(self.item), self._words_from(at + 1)
        if at + 1 == len(self.tokens) or (left and not right and not self.passing):
            return True
        if self.passing or not left:
            return bool(self.spans) and right > 0
        house = "agency" in _kinds(self.tokens, at + 1) or "agency" in _kinds(self.item, 0)
        if "weak" in kinds:
            return left > 1 and (right > 1 or house)
        return right > 0 and (left > 1 or right == 1 or house)

    def _append(self, token: _Token, kinds: dict[str, int]) -> None:
        if len(self.item) > 1 and _WAW.match(token.text) and "waw" not in kinds:
            self._flush()
            self.joined, token = True, _cut(token, 1)[1]
        self.item.append(token)
        if _SENTENCE.search(token.text) and "title" not in kinds:
            self._flush()
            self.done = bool(self.spans)

    def _flush(self) -> None:
        """Take the words gathered so far for a name, if they are one."""
        item, self.item = self.item, []
        if not item:
            return
        kinds = [_kinds(item, at) for at in range(len(item))]
        if self.spans and all("credential" in kind for kind in kinds):
            self.spans[-1] = (self.spans[-1][0], item[-1].end)
        else:
            item, kinds = _without_void(item, kinds)
            rest = _without_role(item, kinds, 1 if self.spans else 2)
            signs = kinds[0].get("desk", 0) > (not self.led) if item and not self.spans else False
            if not rest and signs and not self.strict:
                rest = item
            for name in _parted(rest, self.led, len(rest) < len(item)):
                lone = len(name) == 1 and name[0].text[0].isupper() and len(rest) < len(item)
                if not (self.spans and lone) and self._fits(name):
                    tail = _TAIL.search(name[-1].text) if len(name) > 1 else None
                    end = name[-1].start + tail.start() if tail else name[-1].end
                    self.spans.append((name[0].start, end))
        self.joined = False

    def _fits(self, name: list[_Token]) -> bool:
        """Whether words read as one name, here."""
        kinds = [_kinds(name, at) for at in range(len(name))]
        whole = {kind for kind, size in kinds[0].items() if size == len(name)}
        if not whole.isdisjoint(_HOUSES):
            return not self.barred
        if len(name) > NAME_WORDS or sum(len(token.text) for token in name) > NAME_CHARS:
            return False
        lower = sum(
            not _capital(t) and "particle" not in k for t, k in zip(name, kinds, strict=True)
        )
        single = len(name) == 1 and not _UNSPACED.match(name[0].text)
        if self.spans:
            if single and lower and self.text[slice(*self.spans[-1])].islower():  # "abc, dan"
                return True
            if (
                "city" in whole
                or lower
                or not _capital(name[0])
                or self.barred
                and len(name) > 3
                or (
                    any("house" in k or t.word == "&" for k, t in zip(kinds, name, strict=True))
                    and "agency" not in kinds[0]
                )
            ):
                return False
            alone = self.joined or bool(_ACRONYM.fullmatch(name[0].text))
            return not single or alone and not self.barred
        if self.strict and not self.led and not kinds[0].keys().isdisjoint(_NO_NAME):
            return False
        if self.strict:
            return self.clear if single else not lower
        if self.led:
            return lower * 2 <= len(name) or single
        if name[-1].word.endswith("'s") or (len(name) == 1 and _HALF.fullmatch(name[0].text)):
            return False
        return not lower or single or len(name) == 2


def _capital(token: _Token) -> bool:
    return not token.text.islower()


def _without_void(
    item: list[_Token], kinds: list[dict[str, int]]
) -> tuple[list[_Token], list[dict[str, int]]]:
    """What a portrait's text says of the name: "Ana Ruiz Headshot", "Portrait of Ana Ruiz"."""
    voids = [at for at, kind in enumerate(kinds) if "void" in kind]
    if not voids:
        return item, kinds
    if voids[-1] == len(item) - 1:
        return item[: voids[0]], kinds[: voids[0]]
    first = voids[-1] + 1
    first += "particle" in kinds[first]
    return item[first:], kinds[first:]


def _without_role(item: list[_Token], kinds: list[dict[str, int]], least: int) -> list[_Token]:
    """A name without the role before it ("Editor Ana Ruiz") or after it."""
    roles = [False] * len(item)
    for at, kind in enumerate(kinds):
        for place in range(at, at + kind.get("role", 0)):
            roles[place] = True
        roles[at] |= bool(_COMPOUND.search(item[at].word))
    part = [role or "modifier" in kind for role, kind in zip(roles, kinds, strict=True)]
    first = next((at for at, flag in enumerate(part) if not flag), len(item))
    if not any(roles[:first]):
        first = 0
    role = next((at for at in range(first + 1, len(item)) if roles[at]), None)
    last = len(item)
    if role == first + 1 == len(item) - 1 and least > 1 and item[0].text[0].isupper():
        role = None  # one word and a role: "Roving Reporter" signs so
    if role is not None:
        last = next((at for at in range(first + least, role) if part[at]), role)
    while last > first and "particle" in kinds[last - 1] and not _capital(item[last - 1]):
        last -= 1
    return item[first:last]


def _parted(name: list[_Token], led: bool, role: bool) -> list[list[_Token]]:
    """The names of a run of words: one, or in Han and Hangul writing one for each full name."""
    if not name:
        return []
    words = [token.word for token in name]
    for size in range(2, len(name) // 2 + 1):  # a portrait's text, and the name
        if words[:size] == words[size : 2 * size]:
            return [name[:size], *_parted(name[2 * size :], led, role)]
    if len(name) >= CROWD and len(name) % 2 == 0 and all(t.text[0].isupper() for t in name):
        return [name[at : at + 2] for at in range(0, len(name), 2)]
    if led and all(_HAN.fullmatch(token.text) for token in name):
        return [[token] for token in name]
    if role and all(_HANGUL.fullmatch(token.text) for token in name):
        full = [[token] for token in name[:-1] if len(token.text) == 3]
        return [*full, [name[-1]]]
    return [name]
