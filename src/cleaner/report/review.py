"""A page to correct labels in, which saves a fixture; how the program differs from a fixture."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import PurePath
from typing import Any

from cleaner import fixture
from cleaner.article import Article, Label
from cleaner.fixture import Fixture
from cleaner.report import document, explanation, rows
from cleaner.report.page import facts, head

# The key that gives selected lines a label.
KEYS = {
    Label.TITLE: "t",
    Label.BYLINE: "y",
    Label.DATE: "d",
    Label.BODY: "b",
    Label.HEADING: "h",
    Label.CAPTION: "c",
    Label.TAGS: "g",
    Label.METADATA: "m",
    Label.NAVIGATION: "n",
    Label.TICKER: "k",
    Label.RELATED: "r",
    Label.PROMO: "p",
    Label.SHARE: "s",
    Label.COMMENTS: "o",
    Label.FOOTER: "f",
    Label.OTHER: "x",
}
_MORE_KEYS = (
    ("Shift ↑ ↓", "select several lines"),
    ("a letter", "give what is selected a label: the letters stand in the menu"),
    ("w, W", "to the next, the last line whose label is not the program's"),
    ("z", "take the last change back"),
)

# What a fixture's header asks for, beside what each field holds.
_FIELDS = {
    "article": "no, where the page is none",
    "style": "resiliparse, inscriptis, html2text, lynx, bs4, wet, clipboard",
    "language": "a BCP-47 tag",
    "title": "as printed",
    "authors": "A; B",
    "date": "YYYY-MM-DD",
    "date_text": "as printed",
    "shows": "what this fixture is there to show",
}
_QUOTED = 60  # characters of a line that a difference quotes


def page(article: Article, *, name: str = "", gold: Fixture | None = None) -> str:
    """Give an explanation in which labels can be corrected, and that saves a fixture.

    The labels are those of `gold`, a fixture of the same dump that was made before, else those of
    the program. Saved without a change, it is `cleaner.fixture.render` of that fixture.

    >>> "Save the fixture" in page(Article(source="Ferry"), name="page.txt")
    True
    """
    start = gold or fixture.of(article)
    keys = explanation.keys(_MORE_KEYS)
    return document.document(
        f"{name or 'A page'}, to review",
        [
            '<main class="wide">',
            head("Review", name or "A page", facts(article), keys),
            *_fragment(article, start, f"{PurePath(name).stem or 'page'}.tsv"),
            "</main>",
        ],
        styles=(*explanation.STYLES, "review.css"),
        scripts=(*explanation.SCRIPTS, "review.js"),
    )


def differences(gold: Fixture, article: Article) -> list[str]:
    """Say in a line each where the program differs from a fixture: lines first, then the header.

    `article` is what the program makes of `gold.dump`; header fields that the fixture does not
    have are not compared.

    >>> gold = Fixture("Ferry", ("title",), {"language": "en"})
    >>> differences(gold, Article(source="Ferry"))
    ["line 1: other, not title: 'Ferry'", "language: '', not 'en'"]
    """
    made = fixture.of(article)
    lines = gold.dump.split("\n")
    told = [
        f"line {number}: {ours}, not {theirs}: {line.strip()[:_QUOTED]!r}"
        for number, (line, ours, theirs) in enumerate(
            zip(lines, made.labels, gold.labels, strict=True), 1
        )
        if ours != theirs
    ]
    return told + [
        f"{field}: {made.header.get(field, '')!r}, not {gold.header[field]!r}"
        for field in ("article", "language", "title", "authors", "date", "date_text")
        if field in gold.header and made.header.get(field, "") != gold.header[field]
    ]


def _fragment(article: Article, start: Fixture, file: str) -> Iterator[str]:
    found = rows.of_lines(article.source, article.blocks, start.labels)
    yield '<section class="explanation review">'
    yield _header(start.header)
    yield explanation.filters(Counter(str(row.label) for row in found))
    yield '<div class="panes"><div class="dump-pane">'
    yield '<div class="dump" data-name="The dump, line by line">'
    yield from rows.lines(found)
    yield "</div>"
    yield f'<div class="foot">{explanation.INSPECTOR}{_EDITOR}</div>'
    yield "</div>"
    yield from explanation.clean(article, level=1)
    yield "</div>"
    yield document.data("reasons", explanation.reasons(article))
    yield document.data("lines", _lines(article, start, found, file))
    yield "</section>"


_EDITOR = (
    '<div class="editor"><label>Label <select class="relabel"><option value="">choose …</option>'
    + "".join(
        f'<option value="{label}" data-key="{key}">{label} ({key})</option>'
        for label, key in KEYS.items()
    )
    + '</select></label><label><input type="checkbox" class="single"> line by line, not whole '
    'blocks</label><button type="button" class="undo" disabled>Undo</button>'
    '<output class="changed">nothing changed</output>'
    '<button type="button" class="save">Save the fixture</button></div>'
)


def _header(header: Mapping[str, str]) -> str:
    fields = "".join(
        f"<label>{document.text(key)}"
        f'<input name="{document.attribute(key)}" value="{document.attribute(header.get(key, ""))}"'
        f' placeholder="{_FIELDS.get(key, "")}" dir="auto" autocomplete="off"></label>'
        for key in (*_FIELDS, *(key for key in header if key not in _FIELDS))
    )
    return f'<details class="header"><summary>Header of the fixture</summary>{fields}</details>'


def _lines(article: Article, start: Fixture, found: list[rows.Row], file: str) -> dict[str, Any]:
    """What the script saves: the lines as they are, which of them a row is, and by the program."""
    numbers = [number for number, label in enumerate(start.labels) if label]
    begins = list(accumulate((len(row.text) for row in found), initial=0))[:-1]
    program = fixture.of(article).labels
    return {
        "file": file,
        "source": article.source.split("\n"),
        "header": dict(start.header),
        "rows": [[number, row.block] for number, row in zip(numbers, found, strict=True)],
        "program": [program[number] for number in numbers],
        "blocks": [bisect_right(begins, block.start) - 1 for block in article.blocks],
    }
