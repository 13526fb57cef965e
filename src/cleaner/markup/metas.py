"""The meta tags of a page, by what they tell: systems have names of their own for one thing."""

from __future__ import annotations

from collections.abc import Iterator

import regex

# The names that are known to tell something, the surest first; case and signs do not count. Beside
# them stands what any other name for it looks like: "w-published-date", "og:publish_date".
_NAMES = {
    "title": "og:title twitter:title dc.title dcterms.title headline title",
    "description": "og:description description twitter:description dc.description",
    "author": (
        "author article:author dc.creator dcterms.creator sailthru.author byl parsely-author"
        " article:author_name og:article:author citation_author dc.contributor"
    ),
    "published": (
        "article:published_time og:article:published_time datePublished article:published"
        " parsely-pub-date sailthru.date dc.date.issued dcterms.created dc.date.created pubdate"
        " publish-date publication_date date dc.date dcterms.date cXenseParse:recs:publishtime"
        " og:published_time citation_date citation_publication_date published_time date.release"
        " dcterms.issued lastpubdate bt:pubdate sort_date release_date article_date_original"
        " originalpublicationdate"
    ),
    "created": "dateCreated uploadDate og:upload_date cms_creationdate",
    "updated": (
        "article:modified_time og:updated_time dateModified dcterms.modified lastmod last-modified"
        " modified_time dc.date.modified article:modified dateUpdate"
    ),
    "site": "og:site_name application-name twitter:site publisher copyright",
    "address": "canonical og:url",
    "language": "language og:locale",
    "picture": "og:image twitter:image",
}
_OTHERS = {
    "author": regex.compile(r"(?:^|[^a-z])(?:authors?|author.?name|byline)$"),
    "published": regex.compile(
        r"publi(?:sh(?:ed)?|cation)(?:[^a-z]?(?:date|time|day|at|on))?$|pub[^a-z]?date$|date[^a-z]pub"
    ),
    "created": regex.compile(r"(?:creat(?:ed|ion)|upload(?:ed)?)(?:[^a-z]?(?:date|time|at|on))?$"),
}
_NO_OTHER = regex.compile(r"modif|updat|last|expir")
_SIGN = regex.compile(r"[^a-z0-9]++")

# Two numbered tags are a line of a card: what it is about, and what it says of that. These are the
# labels, in the languages of the systems that write them, beside which an author stands.
_LABEL, _DATA = "twitterlabel", "twitterdata"
_WRITTEN_BY = frozenset(
    (
        *("written by", "by", "author", "verfasst von", "geschrieben von", "von", "autor"),
        *("écrit par", "rédigé par", "par", "escrito por", "por", "scritto da", "geschreven door"),
        *("skrevet av", "skrevet af", "skriven av", "kirjoittanut", "napisane przez", "autore"),
        *("napsal", "yazan", "автор", "автор:", "написано автором", "作者", "執筆者", "글쓴이"),
    )
)


class Metas:
    """The meta tags of a page, in page order.

    >>> page = Metas()
    >>> page.add("w-published-date", "2021-05-04")
    >>> page.found("published")
    ['2021-05-04']
    """

    def __init__(self) -> None:
        self._texts: dict[str, list[str]] = {}  # by name, folded
        self._others: dict[str, list[str]] = {}  # by what an unknown name tells

    def add(self, name: str, text: str) -> None:
        """A tag of this name says this."""
        lower = name.lower()
        folded = _fold(lower)
        self._texts.setdefault(folded, []).append(text)
        if folded not in _KNOWN and not _NO_OTHER.search(lower):
            for what, looks in _OTHERS.items():
                if looks.search(lower):
                    self._others.setdefault(what, []).append(text)

    def found(self, what: str) -> list[str]:
        """What the tags say of a thing, the surest first."""
        known = [text for name in _FOLDED[what] for text in self._texts.get(name, ())]
        on_cards = self._on_cards() if what == "author" else ()
        return [*known, *self._others.get(what, ()), *on_cards]

    def _on_cards(self) -> Iterator[str]:
        for name, labels in self._texts.items():
            if name.startswith(_LABEL) and labels[0].casefold() in _WRITTEN_BY:
                yield from self._texts.get(_DATA + name[len(_LABEL) :], ())


def _fold(name: str) -> str:
    folded: str = _SIGN.sub("", name.lower())
    return folded


_FOLDED = {what: tuple(map(_fold, names.split())) for what, names in _NAMES.items()}
_KNOWN = frozenset(name for names in _FOLDED.values() for name in names)
