"""What among the words of a credit is a name: roles, alt texts and prose are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import regex

from cleaner.credit.tokens import Token
from cleaner.writing import UNSPACED

NAME_WORDS: Final = 7  # "Univ.-Prof. Dr. Maria del Carmen Ruiz Soler"; what is longer is prose
NAME_CHARS: Final = 60
CROWD: Final = 6  # an even number of capitalised words from here is several names of two words
BARRED_WORDS: Final = 3  # words, at most, of a name after "|", where sections stand too
HOUSES: Final = frozenset({"agency", "desk"})
NO_NAME: Final = frozenset({"place", "stop", "house", "lead", "other"})  # begin no full name

ACRONYM: Final = regex.compile(r"\p{Lu}[\p{Lu}\p{N}.]{1,6}")
_CRAFTS: Final = ("redakteur", "korrespondent", "reporter", "journalist", "-expert")
_COMPOUNDS: Final = (
    *_CRAFTS,
    "-experte",
    *(f"{craft}in" for craft in _CRAFTS),
    "-editor",
    "-writer",
)
_UNSPACED: Final = regex.compile(rf"[{UNSPACED}\p{{Hangul}}]")
_OUTLET: Final = regex.compile(r"(?!M{0,3}[CDXLVI]{1,5}+$)\p{Lu}{3,5}")  # no number of a king
# A full stop, the number of a footnote, the day of a date, or a role in capitals or behind a low
# line that is glued to the name.
_TAIL: Final = regex.compile(
    r"(?<=\p{Ll}{3})\.$|(?<=\p{Ll}{2})\p{N}{1,2}\.?$|(?<=\p{Ll}{3})\p{Lu}{2,}$|(?<=\p{Ll}{2})_\p{L}+$"
)
# Labels of buttons without spaces between: "CopySaveFacebook" (not "DeLaCruz"), "ViberΕκτύπωση".
_NOT_LATIN: Final = r"[\p{Greek}\p{Cyrillic}\p{Hebrew}\p{Arabic}\p{Devanagari}\p{Thai}]"
_BUTTONS: Final = regex.compile(
    r"\p{Ll}\p{Lu}\p{Ll}{3,}+\p{Lu}"
    rf"|\p{{Latin}}{{2}}{_NOT_LATIN}{{2}}|{_NOT_LATIN}{{2}}\p{{Latin}}{{2}}"
)
_HAN: Final = regex.compile(r"[\p{Han}·]{2,6}")
_HANGUL: Final = regex.compile(r"\p{Hangul}{2,5}")
_HALF: Final = regex.compile(r"\p{Hangul}{1,2}")  # a place, or half a name
FULL: Final = 2  # words of a full name
ARTICLE: Final = 3  # letters: "The Sun Reporter" is no role
FULL_HANGUL: Final = 3  # syllables


class Setting(NamedTuple):
    """Where in a credit a name is looked for."""

    strict: bool = False  # only what looks like a full name counts
    led: bool = False  # a lead word opens the credit,
    clear: bool = False  # and beyond doubt: one of several words, or after a date
    last: str = ""  # the name before, if any,
    joined: bool = False  # to which "and" joins,
    barred: bool = False  # or from which "|" parts


def named(item: Sequence[Token], setting: Setting) -> list[Sequence[Token]]:
    """Find the names in a run of words between two marks: mostly one, or none."""
    item = _without_outlet(_without_void(item))
    rest = _without_role(item, 1 if setting.last else 2)
    if not rest and item and not setting.last and (setting.led or not setting.strict):
        rest = item if item[0].kinds.get("desk", 0) > (not setting.led) else []
    whole = len(rest) == len(item)
    return [
        name
        for name in _parted(rest, setting.led, whole)
        if _fits(name, setting) and not (setting.last and not whole and _lone(name))
    ]


def _lone(name: Sequence[Token]) -> bool:
    """Whether a name is one word of writing that has spaces."""
    return len(name) == 1 and not _UNSPACED.match(name[0].text)


def _without_void(item: Sequence[Token]) -> Sequence[Token]:
    """What a portrait's text says of the name: "Ana Ruiz Headshot", "Portrait of Ana Ruiz"."""
    voids = [at for at, token in enumerate(item) if "void" in token.kinds]
    if not voids:
        return item
    if voids[-1] == len(item) - 1:
        return item[: voids[0]]
    first = voids[-1] + 1
    return item[first + ("particle" in item[first].kinds) :]


def _without_outlet(item: Sequence[Token]) -> Sequence[Token]:
    """A full name without the letters of an outlet behind it: "Ana Ruiz KHPN"."""
    if len(item) > FULL and _OUTLET.fullmatch(item[-1].text) and not item[-2].text.isupper():
        return item[:-1]
    return item


def _without_role(item: Sequence[Token], least: int) -> Sequence[Token]:
    """A name without the role before it ("Editor Ana Ruiz") or, after some words, behind it."""
    roles = [token.word.endswith(_COMPOUNDS) for token in item]
    for at, token in enumerate(item):
        if size := token.kinds.get("role", 0):
            roles[at : at + size] = [True] * min(size, len(item) - at)
    if not any(roles):
        return _without_end(item)
    part = [role or "modifier" in token.kinds for role, token in zip(roles, item, strict=True)]
    first = next((at for at, flag in enumerate(part) if not flag), len(item))
    first = first if any(roles[:first]) else 0
    last = len(item)
    role = next((at for at in range(first + 1, last) if roles[at]), None)
    if role and not first and part[0] and least > 1 and len(item[0].word) > ARTICLE:
        return []  # "Senior Project Manager"
    roving = role == 1 == last - 1 and least > 1 and item[0].text[0].isupper()
    if role is not None and not roving:  # "Roving Reporter" signs so
        last = next((at for at in range(first + least, role) if part[at]), role)
    return _without_end(item[first:last])


def _without_end(item: Sequence[Token]) -> Sequence[Token]:
    """Words without the particles that stand last: "Ana Ruiz of"."""
    last = len(item)
    while last and "particle" in item[last - 1].kinds and not item[last - 1].capital:
        last -= 1
    return item[:last]


def _parted(name: Sequence[Token], led: bool, whole: bool) -> list[Sequence[Token]]:
    """The names of a run of words: one, or several where the writing shows it."""
    if not name:
        return []
    words = [token.word for token in name]
    if len(name) == 2 and words[0] == words[1]:  # "Photo of Kev Kev"
        return [name[:1]]
    for size in range(2, len(name) // 2 + 1):  # a portrait's text, and the name
        if words[:size] == words[size : 2 * size]:
            return [name[:size], *_parted(name[2 * size :], led, whole)]
    if len(name) >= CROWD and len(name) % 2 == 0 and all(t.text[0].isupper() for t in name):
        return [name[at : at + 2] for at in range(0, len(name), 2)]
    if led and all(_HAN.fullmatch(token.text) for token in name):
        return [[token] for token in name]
    if not whole and all(_HANGUL.fullmatch(token.text) for token in name):
        full = [[token] for token in name[:-1] if len(token.text) == FULL_HANGUL]
        return [*full, [name[-1]]]
    return [name]


def _fits(name: Sequence[Token], setting: Setting) -> bool:
    """Whether words read as one name, in their place."""
    kinds = name[0].kinds
    if kinds and any(kinds.get(house) == len(name) for house in HOUSES):
        return not setting.barred
    if len(name) > NAME_WORDS or sum([len(token.text) for token in name]) > NAME_CHARS:
        return False
    if any(_BUTTONS.search(token.text) for token in name):
        return False
    if len(name) == len(name[0].text) == 1 or any(token.text == "©" for token in name):
        return False
    lower = sum([not token.capital and "particle" not in token.kinds for token in name])
    if setting.last:
        return _follows(name, lower, setting)
    if not setting.led and not NO_NAME.isdisjoint(kinds) and (setting.strict or _lone(name)):
        return False
    if not setting.led and name[-1].word.endswith("'s"):
        return False
    if setting.strict:
        sign = setting.clear or (setting.led and ACRONYM.fullmatch(name[0].text))
        return bool(sign) if _lone(name) else not lower
    if setting.led:
        return lower * 2 <= len(name) or len(name) == 1
    if len(name) == 1 and _HALF.fullmatch(name[0].text):
        return False
    return not lower or len(name) <= 2


def _follows(name: Sequence[Token], lower: int, setting: Setting) -> bool:
    """Whether words read as a further name of a credit, rather than a place, section or house."""
    if _lone(name):
        sign = lower and setting.last.islower()  # "abc, dan"
        city = "city" in name[0].kinds
        return bool(sign or (setting.joined and not lower and not city and not setting.barred))
    if lower or not name[0].capital or name[0].kinds.get("city") == len(name):
        return False
    if setting.barred and len(name) > BARRED_WORDS:
        return False
    home = any("house" in token.kinds or token.word == "&" for token in name)
    return not home or "agency" in name[0].kinds


def bounds(name: Sequence[Token]) -> tuple[int, int]:
    """Where a name starts and ends, a full stop or a footnote's number left out."""
    tail = _TAIL.search(name[-1].text) if len(name) > 1 else None
    return name[0].start, name[-1].start + tail.start() if tail else name[-1].end
