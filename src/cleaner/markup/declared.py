"""What a page declares about itself: JSON-LD, OpenGraph and other meta tags, its `<title>`."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import regex

from cleaner.markup import metas
from cleaner.structure import Declared

# What schema.org calls a written work with a headline; `@graph` and lists may hold several.
_WORK = regex.compile(
    r"(?i)(?:article|blogposting|posting|report|review|recipe|creativework|webpage)$"
)
_ARTICLE = regex.compile(r"(?i)(?:article|posting|report|review)$")
_PAGE = regex.compile(r"(?i)\w*webpage")  # a page, of which a story may be a part

# The attributes that say what a tag is about, and those that hold what it says of that.
_META_NAMES = ("property", "name", "itemprop")
_CONTENTS = ("content", "value", "datetime", "title")

# An element of any tag may date the page: by what it is about, or by a name of its class and a
# moment in ISO 8601. The reader tells of elements that have one of these attributes.
_DATED = frozenset(("datepublished", "datecreated", "datemodified", "uploaddate"))
_TIMES = ("datetime", "data-date", "data-date-time", "data-datetime", "data-published")
_STAMPED = regex.compile(r"(?i)(?<![a-z])(?:published|pubdate|dt-published)(?![a-z])")
_MOMENT = regex.compile(r"\d{4}-\d\d-\d\d")
TELLING = frozenset(("itemprop", "property", "title", *_TIMES))

# A date in JSON that cannot be read as such, or that describes no written work.
_STATED = regex.compile(r'"(datePublished|dateModified)"\s*+:\s*+"([^"\\]{8,40}+)"')

# A day in any other script: "publishedAt":"2021-05-04T08:30:00Z", also with quotes escaped. Each
# begins with letters of one case, which are found fast.
_STATES = tuple(
    re.compile(
        rf"{key}[A-Za-z_]{{0,12}}\\?[\"']?\s?[:=]\s?\\?[\"']"
        r"(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,16}(?:Z|[+-]\d\d:?\d\d)?)?)"
    )
    for key in ("ublish(?:ed)?", "reat(?:ed|ion)")
)
_ISO_DAY = len("2021-05-04")

# Broken JSON that pages are known for: comments around it, a comma before the end.
_WRAPPED = regex.compile(
    r"^\s*+(?:<!--|//\s*+<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*+\]\]>|\]\]>)\s*+;?\s*+$"
)
_LAST_COMMA = regex.compile(r",\s*+(?=[}\]])")
_JSON_LD = "ld+json"  # in the type of a script, and in the name that some give to a meta
_LONGEST = 2_000_000  # characters of one script: more is no description of a page
_DEEPEST = 12  # levels of objects that are looked into
# Where an object of JSON-LD holds a written work.
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")


class Declarations:
    """Gathers what a page declares, told by the parser what it meets.

    >>> page = Declarations()
    >>> page.start("meta", {"property": "og:title", "content": "Ferry returns"})
    >>> page.gathered().titles
    ('Ferry returns',)
    """

    def __init__(self) -> None:
        self._metas = metas.Metas()
        self._titles: list[str] = []
        self._scripts: list[str] = []
        self._dates: dict[str, list[str]] = {}  # what elements of the text say of the page's days
        self._times: list[str] = []
        self._kept: list[str] | None = None  # the text of the script or title that is being read

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A `meta`, `link`, `title` or `script` begins, or an element with one of the attributes
        `TELLING`."""
        if tag == "meta":
            name = next(filter(None, map(attributes.get, _META_NAMES)), None)
            content = attributes.get("content") or attributes.get("value") or ""
            if name and _JSON_LD in name:
                self._scripts.append(content)
            elif name and (text := _text(content)):
                self._metas.add(name, text)
        elif tag == "link":
            if "canonical" in attributes.get("rel", "").lower():
                self._metas.add("canonical", attributes.get("href", ""))
        elif tag == "html":
            self._metas.add("language", attributes.get("lang") or attributes.get("xml:lang") or "")
        elif tag not in ("title", "script"):
            self._date(attributes)
        elif (tag == "title" and not self._titles) or _JSON_LD in attributes.get("type", ""):
            self._kept = []

    def _date(self, attributes: Mapping[str, str]) -> None:
        """An element says when the page was written, or when something on it was."""
        told = next(filter(None, map(attributes.get, _CONTENTS)), "")
        name = (attributes.get("itemprop") or attributes.get("property") or "").lower()
        about = name.rpartition(":")[2]
        if told and about in _DATED:
            self._dates.setdefault(about, []).append(_text(told))
        elif _MOMENT.match(told) and _STAMPED.search(attributes.get("class") or ""):
            self._dates.setdefault("stamped", []).append(_text(told))
        for key in _TIMES:
            if moment := attributes.get(key):
                self._times.append(moment)

    def data(self, text: str) -> None:
        """Text that readers do not see."""
        if self._kept is not None:
            self._kept.append(text)

    def end(self, tag: str) -> None:
        """An element ends that readers do not see."""
        if self._kept is not None and tag in ("title", "script"):
            (self._titles if tag == "title" else self._scripts).append("".join(self._kept))
            self._kept = None

    def gathered(self) -> Declared:
        """All that was declared."""
        parsed = [_parsed(script) for script in self._scripts]
        works = [work for one in parsed for work in _works(one)]
        works.sort(key=lambda work: not _ARTICLE.search(_kind(work)))  # stable: else page order
        people = dict(_known(parsed))

        def said(*keys: str, of: Sequence[dict[str, Any]] = works) -> list[str]:
            return [text for work in of for key in keys for text in _strings(work.get(key), people)]

        def dated(*names: str) -> list[str]:
            return [text for name in names for text in self._dates.get(name, ())]

        found = self._metas.found
        titles = [*said("headline"), *found("title"), *map(_text, self._titles), *said("name")]
        pages = [work for work in works if _PAGE.fullmatch(_kind(work))]
        stories = [work for work in works if not _PAGE.fullmatch(_kind(work))]
        made = [*said("datePublished", of=pages), *said("dateCreated", of=pages)]
        published = [*said("datePublished", of=stories), *found("published")]
        published += dated("datepublished", "stamped")
        published += said("dateCreated", "uploadDate", of=stories)
        published += [*found("created"), *dated("datecreated", "uploaddate")]
        updated = [*said("dateModified"), *found("updated"), *dated("datemodified")]
        return Declared(
            titles=_unique(titles),
            descriptions=_unique([*found("description"), *said("description")]),
            authors=_unique([*said("author", "creator"), *found("author")]),
            published=_unique([*published, *self._stated("datePublished", made)]),
            made=_unique(made),
            updated=_unique([*updated, *self._stated("dateModified")]),
            sites=_unique([*found("site"), *said("publisher")]),
            times=_unique(self._times),
            addresses=_unique(found("address")),
            languages=_unique(found("language")),
            pictures=_unique(found("picture")),
        )

    def _stated(self, key: str, known: Iterable[str] = ()) -> list[str]:
        """The dates in JSON-LD that is broken, or that describes no written work, but for those
        that are known."""
        found = (match for script in self._scripts for match in _STATED.findall(script[:_LONGEST]))
        told = set(known)
        return [text for name, text in found if name == key and text not in told]


def stated(page: str) -> tuple[str, ...]:
    """The day of publication, or else of creation, that the scripts of a page state: what they hold
    of other pages has other days, so it is one only if all of them are the same.

    >>> stated('<script>{"published_at": "2021-05-04T08:30:00Z"}</script>')
    ('2021-05-04T08:30:00Z',)
    """
    for state in _STATES:
        days = {text[:_ISO_DAY]: text for text in reversed(state.findall(page))}
        if len(days) == 1:
            return tuple(days.values())
    return ()


def _parsed(script: str) -> Any:
    """What a JSON-LD script holds, None where it cannot be mended."""
    text = _WRAPPED.sub("", script[:_LONGEST]).strip()
    for attempt in (text, _LAST_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, keys: Sequence[str], depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects of a value, of lists of them, and of what an object has under some keys."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, keys, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in keys:
            yield from _objects(value.get(key), keys, depth + 1)


def _works(value: Any) -> Iterator[dict[str, Any]]:
    """The written works among objects, lists of them and graphs."""
    return (one for one in _objects(value, _HOLDERS) if _WORK.search(_kind(one)))


def _kind(work: dict[str, Any]) -> str:
    kind = work.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def _known(value: Any) -> Iterator[tuple[str, str]]:
    """The names of what is described under an address of its own, by that address."""
    for one in _objects(value, ("@graph",)):
        if isinstance(one.get("@id"), str) and isinstance(one.get("name"), str):
            yield one["@id"], one["name"]


def _strings(value: Any, people: Mapping[str, str], depth: int = 0) -> Iterator[str]:
    """The texts of a value: its own, those of a list, the names of its persons, who may be
    described elsewhere."""
    if isinstance(value, str):
        if text := _text(value):
            yield text
    elif isinstance(value, dict) and depth < _DEEPEST:
        name = value.get("name") or people.get(str(value.get("@id")))
        yield from _strings(name, people, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _strings(item, people, depth + 1)


def _text(value: str) -> str:
    """A declared text as a reader would see it: no entities, white space folded."""
    return " ".join(html.unescape(value).split())


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
