"""The authors of an HTML page: those whom it declares, where it shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

import regex

from cleaner import credit
from cleaner.agreement.folding import fold
from cleaner.article import NOWHERE, Block, Evidence, Label
from cleaner.byline import Byline, names
from cleaner.credit.given import is_person
from cleaner.credit.tokens import first_words
from cleaner.structure import Declared

_NO_NAME = regex.compile(r"(?i)https?:|www\.|@|\.(?:com|org|net|de|co|uk|fr)\b|\w\.[a-z]{2}$")
# What systems write where nobody is named.
_NOBODY = frozenset(
    (
        *("admin", "administrator", "anonymous", "author", "editor", "guest", "name", "none"),
        *("no author", "null", "root", "undefined", "unknown", "user", "webmaster"),
    )
)
# "Example, Ann", as libraries write names; "Ann Example, PhD" has more words before its comma.
_REVERSED = regex.compile(r"^(\p{Lu}[\p{L}'’-]++), (\p{Lu}\p{Ll}[\p{L}'’.-]*+(?: \p{Lu}\.?)*+)$")
# A declared credit without a sign that could part a role or a second name from it.
_PLAIN = regex.compile(r"[\p{L}\p{M}\p{N} .'’&-]++")
_LONGEST = 120  # characters of a declared credit: more is no name
_SHOWN = 12  # authors: who declares more declares whom the page cites
_SURE = 0.9  # the confidence of a credit that outweighs declared names of no persons
_LINES = frozenset(
    {Label.BYLINE, Label.DATE, Label.METADATA}
)  # where elements of an author credit the story's
_BESIDE = 2  # blocks from the first of them on where more follow, and from a person's name
_LEAST = 3  # letters of an account
_DECLARED = 4 * _SHOWN  # each may be declared in several places


def author(blocks: Sequence[Block], declared: Declared, shown: Byline | None) -> Byline | None:
    """Find the authors of an HTML page; None where it neither shows nor declares any.

    `shown` is the credit that the labels give. Declared names that the page shows as well are
    surer, if they are not a house's or an account's beside a sure credit of persons. Where there
    are none and no credit is shown, the elements that are called an author's give it; names that
    are only declared are the last resort.

    >>> page = [Block(0, 11, "Ann Example")]
    >>> author(page, Declared(authors=("Ann Example", "https://courier.example")), None).authors
    ('Ann Example',)
    """
    told = _names(declared)
    called = {fold(text): k for k, text in declared.credits if 0 <= k < len(blocks)}
    places = {}
    for name in told:
        place = _place(name, blocks, called.get(fold(name)))
        if place is not None:
            places[name] = place
    found = _together(places)
    if shown and _more(shown, found):
        return shown
    if found and not _outweighs(shown, found):
        block = places[found[0]]
        reason = "declared, and shown on the page"
        text = ", ".join(found)
        return Byline(text, tuple(found), Evidence("byline", block, text, reason))
    credited = _credited(blocks, declared, shown)
    if credited or shown:
        return credited or shown
    whole = {fold(text) for text in declared.authors}
    full = [name for name in told if " " in name or not name.isascii() or fold(name) in whole]
    if not full:
        return None
    text = ", ".join(full)
    return Byline(text, tuple(full), Evidence("byline", NOWHERE, text, "declared, and not shown"))


def _together(places: Mapping[str, int]) -> list[str]:
    """The names, each with its block, without houses that stand far from the persons: who publishes
    is often declared beside who writes."""
    persons = [place for name, place in places.items() if is_person(name)]
    return [
        name
        for name, place in places.items()
        if not persons or is_person(name) or any(abs(place - one) <= _BESIDE for one in persons)
    ]


def _more(shown: Byline, told: Sequence[str]) -> bool:
    """Whether a credit names all that are declared, and other persons beside them."""
    known, named = set(map(fold, told)), {fold(name): name for name in shown.authors}
    others = named.keys() - known
    return (
        bool(known and others)
        and known <= named.keys()
        and all(is_person(named[other]) for other in others)
    )


def _outweighs(shown: Byline | None, told: Sequence[str]) -> bool:
    """Whether a credit counts for more than what is declared: a sure one of persons beside no
    person, but a house, a first name or an account."""
    if shown is None or (shown.evidence.confidence or 0.0) < _SURE:
        return False
    return all(map(is_person, shown.authors)) and not any(map(is_person, told))


def _credited(blocks: Sequence[Block], declared: Declared, shown: Byline | None) -> Byline | None:
    """The authors by elements that are called theirs, in a line of their credit: where no other
    credit is shown, or as parts of it that the line has glued to other words."""
    lines = [(k, text) for k, text in declared.credits if _credits(blocks, k)]
    if shown:
        lines = [
            (k, text)
            for k, text in lines
            if k == shown.evidence.block and any(text in name != text for name in shown.authors)
        ]
    if not lines:
        return None
    first = lines[0][0]
    near = [text for k, text in lines if k - first <= _BESIDE]
    found = [name for text in near for name in names(text) or _single(text)]
    unique = tuple({fold(name): name for name in found}.values())
    if not 0 < len(unique) <= _SHOWN:
        return None
    said = ", ".join(unique)
    return Byline(said, unique, Evidence("byline", first, said, "in an element of its author"))


def _credits(blocks: Sequence[Block], k: int) -> bool:
    return 0 <= k < len(blocks) and blocks[k].label in _LINES


def _single(text: str) -> tuple[str, ...]:
    """A text as a name if it is one word: an account. What ends a credit, as a button does, is
    none."""
    known = fold(text) in _NOBODY or fold(text) in first_words("stop")
    return (text,) if " " not in text and len(text) >= _LEAST and not known else ()


def _names(declared: Declared) -> tuple[str, ...]:
    """The names of persons among the declared authors, without sites, addresses and accounts."""
    if len(declared.authors) > _DECLARED:
        return ()
    sites = {fold(site) for site in declared.sites}
    found = []
    for text in declared.authors:
        if not _NO_NAME.search(text) and len(text) <= _LONGEST:
            found += [name for name in _declared(text) if _is_author(name, sites)]
    unique = {fold(name): name for name in found}
    whole = [name for fold, name in unique.items() if not _within(fold, unique)]
    return tuple(whole) if len(whole) <= _SHOWN else ()


def _declared(text: str) -> Sequence[str]:
    """The names of a declared credit. That of a house is one as a whole, whatever its words mean
    beside a person's name: "Harbour Travel Expert"."""
    turned = _REVERSED.sub(r"\2 \1", text)
    found = names(turned)
    house = len(found) == 1 and not is_person(found[0]) and not credit.read(turned).led
    return (turned,) if house and _PLAIN.fullmatch(turned) else found


def _is_author(name: str, sites: Set[str]) -> bool:
    """Whether a declared name is one, and not that of the site, which a person may lend it."""
    said = fold(name)
    return said not in _NOBODY and (said not in sites or is_person(name))


def _within(fold: str, others: Iterable[str]) -> bool:
    """Whether a name is a part of another: "Example" beside "Ann Example"."""
    words = set(fold.split(" "))
    return any(words < set(other.split(" ")) for other in others)


def _place(name: str, blocks: Sequence[Block], called: int | None) -> int | None:
    """The block that shows a name: the first that is a credit's, or else the one with an element
    that is called an author's, or else, of a person, the first at all; None where there is none.
    The name of a house stands in many a line that credits nobody."""
    words = fold(name)
    if not words:
        return None
    near = words.split(" ")[-1]
    shown = [
        k
        for k, block in enumerate(blocks)
        if near in (text := block.text.casefold()) and f" {words} " in f" {fold(text)} "
    ]
    credited = [k for k in shown if blocks[k].label in _LINES]
    if credited or called is not None:
        return credited[0] if credited else called
    return shown[0] if shown and is_person(name) else None
