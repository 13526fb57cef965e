"""Render HTML as the text that a reader would see, in reading order."""

from __future__ import annotations

import regex
from lxml import etree
from lxml.html import HTMLParser, document_fromstring

# Elements that hold no text for readers.
_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select")
)
# Elements that run on within a line of text.
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_HEADINGS = {f"h{level}": f"{'#' * level} " for level in range(1, 7)}
_SPACE = regex.compile(r"\s++")


def render(html: str) -> str:
    """Give the text of a page: a line for every paragraph, heading (`#`), list item (`•`) and cell.

    What browsers never show is left out. Malformed HTML is read as browsers do, an empty or
    unreadable page is the empty text; nothing is raised.

    >>> render("<h1>Ferry returns</h1><ul><li>News<li>Sport</ul><script>x()</script>")
    '# Ferry returns\\n• News\\n• Sport\\n'
    """
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return ""
    page = _Page()
    for event, element in _walk(root):
        page.add(event, element)
    return page.text()


def _walk(root: etree._Element) -> list[tuple[str, etree._Element]]:
    """Start and end of every element that is shown, in document order, without recursion."""
    events = []
    stack = [("start", root)]
    while stack:
        event, element = stack.pop()
        if event == "start" and (not isinstance(element.tag, str) or element.tag in _UNSEEN):
            event = "unseen"
        elif event == "start":
            stack.append(("end", element))
            stack += [("start", child) for child in reversed(element)]
        events.append((event, element))
    return events


class _Page:
    """Collects pieces of text into lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.mark = ""

    def add(self, event: str, element: etree._Element) -> None:
        if event != "unseen" and element.tag not in _INLINE:
            self.end_line()
        if event == "start":
            self.mark = "• " if element.tag == "li" else _HEADINGS.get(element.tag, self.mark)
            self.pieces.append(element.text or "")
        else:
            self.pieces.append(element.tail or "")

    def end_line(self) -> None:
        line = _SPACE.sub(" ", "".join(self.pieces)).strip()
        if line:
            self.lines.append(self.mark + line)
            self.mark = ""
        self.pieces = []

    def text(self) -> str:
        self.end_line()
        return "".join(f"{line}\n" for line in self.lines)
