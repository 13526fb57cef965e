"""What the HTML of a page says about its text: which words stand in menus, captions, footers.

Only for teaching: where an element is named for what it holds (`<nav>`, `class="related"`), the
same words in the page's text dumps are taken to be of that kind.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import lxml.html
from lxml.etree import ParserError, _Element

from cleaner.article import Label
from training.tokens import grams, tokens

_TAGS = {
    "nav": Label.NAVIGATION,
    "menu": Label.NAVIGATION,
    "footer": Label.FOOTER,
    "figcaption": Label.CAPTION,
    "figure": Label.CAPTION,
    "time": Label.DATE,
}

# Words of class and id names (parted at hyphens, underscores and capitals), the telling ones first:
# within one name the first group that matches wins.
_HINTS: tuple[tuple[Label, str], ...] = (
    (Label.COMMENTS, "comment comments disqus respond livefyre coral"),
    (Label.TICKER, "ticker breaking marquee newsflash newsticker livebar flash"),
    (
        Label.RELATED,
        (
            "related recommended recommendations recommendation recirc mostread popular trending"
            " teaser teasers readmore readnext outbrain taboola similar latest latestnews"
            " morenews seealso moreon upnext topstories mostpopular recent"
        ),
    ),
    (Label.SHARE, "share sharing social socials addthis sharedaddy addtoany sharebar shares"),
    (
        Label.PROMO,
        (
            "newsletter subscribe subscription promo promotion advert advertisement ad ads adv"
            " banner paywall donate donation cookie cookies consent gdpr sponsor sponsored"
            " signup cta"
        ),
    ),
    (Label.CAPTION, "caption captions wp-caption-text credit credits figcaption legend"),
    (Label.TAGS, "tags taglist tagcloud keywords topics"),
    (Label.BYLINE, "byline author authors autor auteur writer"),
    (Label.DATE, "date time timestamp published publishdate pubdate datetime datum fecha dateline"),
    (Label.METADATA, "readingtime kicker fontsize wordcount views entrymeta postmeta meta"),
    (
        Label.NAVIGATION,
        (
            "nav navbar navigation menu menus breadcrumb breadcrumbs crumbs topbar masthead skip"
            " hamburger login signin search language languages lang submenu sitenav"
        ),
    ),
    (Label.FOOTER, "footer colophon copyright legal bottom foot impressum"),
)
_HINTED = {
    word: (rank, kind) for rank, (kind, words) in enumerate(_HINTS) for word in words.split()
}
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_SKIPPED = {"script", "style", "noscript", "template", "svg", "head"}

# A block named for several kinds is taken for the one that so great a part of its words vote for.
_MAJORITY = 0.6
_GRAM = 3

# Where a page says what its story is about: in its own words, mostly those of the deck.
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_DECK = 5  # words: a shorter one is a menu entry as well


class Kinds:
    """Looks up the kind of a text among the words of one page's HTML."""

    def __init__(self, html: str) -> None:
        self.whole: dict[tuple[str, ...], Counter[Label | None]] = defaultdict(Counter)
        self.grams: dict[tuple[str, ...], Counter[Label | None]] = defaultdict(Counter)
        self.headings: set[tuple[str, ...]] = set()
        root = _root(html)
        self.decks = [found for text in _declared(root) if len(found := tokens(text)) >= _DECK]
        words: list[str] = []
        kinds: list[Label | None] = []
        for text, kind, heading in _texts(root):
            found = tokens(text)
            if not found:
                continue
            self.whole[tuple(found)][kind] += 1
            if heading:
                self.headings.add(tuple(found))
            words += found
            kinds += [kind] * len(found)
        for size in range(1, _GRAM + 1):
            for gram, kind in zip(grams(words, size), kinds, strict=False):
                self.grams[gram][kind] += 1

    def of(self, words: list[str]) -> Label | None:
        """The kind of a block of these words, None where the HTML does not tell."""
        votes: dict[Label | None, float] = dict(self.whole.get(tuple(words), {}))
        if not votes:
            for gram in grams(words, min(_GRAM, len(words))):
                for kind, count in self.grams.get(gram, {}).items():
                    weight = count / sum(self.grams[gram].values())
                    votes[kind] = votes.get(kind, 0.0) + weight
        if not votes:
            return None
        kind, most = max(votes.items(), key=lambda vote: vote[1])
        return kind if most >= _MAJORITY * sum(votes.values()) else None

    def is_heading(self, words: list[str]) -> bool:
        """Whether these words stand in an <h1> to <h6>."""
        return tuple(words) in self.headings

    def is_deck(self, words: list[str]) -> bool:
        """Whether these words are what the page declares as its description, or begin it."""
        return len(words) >= _DECK and any(_begins(words, deck) for deck in self.decks)


def _begins(one: list[str], other: list[str]) -> bool:
    """Whether the longer of two begins with the shorter: what is declared may be cut short."""
    return all(a == b for a, b in zip(one, other, strict=False))


def _declared(root: _Element | None) -> list[str]:
    """What the page says in its head that its story is about."""
    metas = root.iter("meta") if root is not None else ()
    described = [m.get("content", "") for m in metas if _meta_name(m) in _DESCRIPTIONS]
    return [text.rstrip(".… ") for text in described]


def _meta_name(meta: _Element) -> str:
    return (meta.get("name") or meta.get("property") or "").lower()


def _root(html: str) -> _Element | None:
    try:
        return lxml.html.fromstring(html.encode("utf-8", "replace"), parser=_PARSER)
    except (ParserError, ValueError):
        return None


def _texts(root: _Element | None) -> Iterator[tuple[str, Label | None, bool]]:
    """Every text of a page with the kind of the element it stands in, and whether in a heading."""
    if root is None:
        return
    stack: list[tuple[_Element, Label | None, bool]] = [(root, None, False)]
    while stack:
        element, kind, heading = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            continue
        kind = _kind(element) or kind
        heading = heading or element.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        if element.text:
            yield element.text, kind, heading
        if alt := element.get("alt"):
            yield alt, Label.CAPTION, False
        for child in element:
            if child.tail:
                yield child.tail, kind, heading
        stack += [(child, kind, heading) for child in reversed(element)]


_PARSER = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)


def _kind(element: _Element) -> Label | None:
    named = f"{element.get('class', '')} {element.get('id', '')}"
    hints = []
    # A page's outermost elements are named for the page, not for what they hold.
    if element.tag not in ("html", "body", "main", "article") and named != " ":
        for name in named.split():
            parts = [part.lower() for part in _NAME_PARTS.findall(name)]
            joined = ["".join(parts[i : i + 2]) for i in range(len(parts) - 1)]
            hints += [_HINTED[part] for part in (*joined, *parts) if part in _HINTED]
    if element.tag in _TAGS:
        return _TAGS[element.tag]
    return min(hints)[1] if hints else None
