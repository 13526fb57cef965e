"""Render HTML as the text that a reader would see, in reading order."""

from __future__ import annotations

from lxml import etree

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


def render(html: str) -> str:
    """Give the text of a page: a line for every paragraph, heading (`#`), list item (`•`) and cell.

    What browsers never show is left out. Malformed HTML is read as browsers do, and an empty page
    is the empty text; nothing is raised, and nothing lost however deep the elements nest.

    >>> render("<h1>Ferry returns</h1><ul><li>News<li>Sport</ul><script>x()</script>")
    '# Ferry returns\\n• News\\n• Sport\\n'
    """
    page = _Page()
    # Events, not a tree: libxml2 refuses a tree of more than some 2,000 levels and drops the rest.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=page)
    etree.fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser)
    return page.text()


class _Page:
    """Collects pieces of text into lines, told by the parser what it meets in document order."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.mark = ""
        self.unseen = 0  # elements around that hold no text for readers

    def start(self, tag: str, _attributes: object) -> None:
        self.unseen += tag in _UNSEEN
        if self.unseen:
            return
        if tag not in _INLINE:
            self.end_line()
        self.mark = "• " if tag == "li" else _HEADINGS.get(tag, self.mark)

    def end(self, tag: str) -> None:
        if not self.unseen and tag not in _INLINE:
            self.end_line()
        if tag == "li" or tag in _HEADINGS:
            self.mark = ""  # an empty item marks nothing that follows it
        self.unseen -= tag in _UNSEEN

    def data(self, text: str) -> None:
        if not self.unseen:
            self.pieces.append(text)

    def close(self) -> None:
        """The parser asks for this at the end of the page."""
        self.end_line()

    def end_line(self) -> None:
        line = " ".join("".join(self.pieces).split())
        if line:
            self.lines.append(self.mark + line)
            self.mark = ""
        self.pieces = []

    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)
