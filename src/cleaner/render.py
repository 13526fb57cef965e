"""An article as text, Markdown or JSON, and its dump with what each line was taken for."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from cleaner.article import Article, Block, Evidence, Label

# What Markdown would take for its own: emphasis, code, links, tags, entities ...
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)")
# ... and what opens a heading, quote, list, rule, table or code fence at the start of a line.
_MARKDOWN_OPENING = re.compile(r"^(?=[#>+=~|-])|^(\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE)

# How a terminal shows a label (SGR codes): what is kept stands out, the cruft steps back.
_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_COLOURS = {
    Label.TITLE: "\x1b[1;32m",
    Label.BYLINE: "\x1b[36m",
    Label.DATE: "\x1b[33m",
    Label.BODY: "\x1b[32m",
    Label.HEADING: "\x1b[1;34m",
    Label.CAPTION: "\x1b[35m",
    Label.TAGS: "\x1b[35m",
    Label.TICKER: "\x1b[31m",
    Label.RELATED: "\x1b[31m",
    Label.PROMO: "\x1b[31m",
}
_CRUFT_COLOUR = "\x1b[90m"

_LABEL_WIDTH = max(len(label) for label in Label)
# Control characters of a dump are shown, not obeyed: a terminal would.
_VISIBLE = {code: chr(0x2400 + code) for code in range(0x20)}
_VISIBLE |= dict.fromkeys((*range(0x7F, 0xA0), 0x2028, 0x2029), "\ufffd")


_Paint = Callable[[str, str], str]


def text(article: Article) -> str:
    """Give an article as plain text: title, byline and date on a line each, a blank line, the body.

    The date is the ISO day, or as the page prints it where its day is not known. What was not
    found takes no line; nothing found gives "".

    >>> print(text(Article(source="", title="Ferry returns", body="It sails at noon.")), end="")
    Ferry returns
    <BLANKLINE>
    It sails at noon.
    """
    head = "\n".join(filter(None, (article.title, article.byline, day(article))))
    return _paragraphs(head, article.body)


def markdown(article: Article) -> str:
    r"""Give an article as Markdown: `# title`, `*byline · date*`, the body, `## ` its headings.

    Markdown's own marks in the words of the page are escaped; nothing found gives "".

    >>> print(markdown(Article(source="", title="2 * 2 = 4", byline="Ann Example")), end="")
    # 2 \* 2 = 4
    <BLANKLINE>
    *Ann Example*
    """
    headings = {block.text for block in article.blocks if block.label is Label.HEADING}
    title = article.title and f"# {_escaped(article.title)}"
    credit = " · ".join(_escaped(part) for part in (article.byline, day(article)) if part)
    body = (
        ("## " if paragraph in headings else "") + _escaped(paragraph)
        for paragraph in article.body.split("\n\n")
    )
    return _paragraphs(title, credit and f"*{credit}*", *body)


def json_text(values: Any, indent: int | None = None) -> str:
    r"""Give JSON-ready values as JSON: its characters as they are, but lone surrogates escaped.

    >>> json_text({"title": "Fähre", "id": "\udce4.txt"})
    '{"title": "Fähre", "id": "\\udce4.txt"}'
    """
    plain = json.dumps(values, ensure_ascii=False, indent=indent)
    # Python's escape of a surrogate is JSON's too.
    return plain.encode("utf-8", "backslashreplace").decode("utf-8")


def explain(article: Article, *, colour: bool = False) -> Iterator[str]:
    r"""Give what was found and why, then every line of the dump with its label, score and reason.

    A line of the dump is shown as `number label score │ text ← reason`; the further lines of a
    block have `┆` for a score, and the reason stands on its last. Blank lines stay blank. Colour
    adds escape codes and changes nothing else.

    >>> block = Block(0, 13, "Ferry returns", label=Label.TITLE, score=0.97, why="a headline")
    >>> page = Article("Ferry returns\n", title="Ferry returns", blocks=(block,))
    >>> print(list(explain(page))[-1])
    1 title      0.97 │ Ferry returns  ← a headline
    """
    paint = _painted if colour else _plain
    lines = article.source.splitlines(keepends=True)
    starts = list(accumulate(map(len, lines), initial=0))
    yield from _findings(article, starts, paint)
    yield ""
    width = len(str(len(lines)))
    for row in _rows(lines, article.blocks):
        yield _margin(row, width, paint)


class _Row(NamedTuple):
    number: int
    block: Block | None
    first: bool
    last: bool
    text: str


def _rows(lines: list[str], blocks: tuple[Block, ...]) -> Iterator[_Row]:
    """Every line, or every block's piece of it where several share one."""
    offset = 0
    position = 0
    open_block: Block | None = None
    for number, line in enumerate(lines, 1):
        end = offset + len(line)
        pieces: list[tuple[int, Block | None]] = [(offset, open_block)] if open_block else []
        while position < len(blocks) and blocks[position].start < end:
            pieces.append((blocks[position].start if pieces else offset, blocks[position]))
            position += 1
        pieces = pieces or [(offset, None)]
        stops = [*(start for start, _ in pieces[1:]), end]
        for (start, block), stop in zip(pieces, stops, strict=True):
            first = block is not None and block.start >= start
            last = block is not None and block.end <= end
            yield _Row(number, block, first, last, line[start - offset : stop - offset])
        final = pieces[-1][1]
        open_block = final if final and final.end > end else None
        offset = end


def _margin(row: _Row, width: int, paint: _Paint) -> str:
    shown = printable(row.text)
    if row.block is None:
        return f"{row.number:>{width}} {'-':<{_LABEL_WIDTH}}      │ {shown}" if shown else ""
    label = f"{row.block.label:<{_LABEL_WIDTH}}"
    score = f"{row.block.score:.2f}" if row.first else "┆   "
    reason = f"  ← {printable(row.block.reason)}" if row.last and row.block.reason else ""
    colour = _COLOURS.get(row.block.label, _CRUFT_COLOUR)
    number = paint(_DIM, f"{row.number:>{width}}")
    shown = shown if row.block.label is Label.BODY else paint(colour, shown)
    return f"{number} {paint(colour, label)} {score} │ {shown}{paint(_DIM, reason)}"


def _findings(article: Article, starts: list[int], paint: _Paint) -> Iterator[str]:
    verdict = "yes" if article.is_article else "no"
    language = f", language {article.language}" if article.language else ""
    yield _finding("article", f"{verdict}, confidence {article.confidence:.2f}{language}", paint)
    yield from _field(article, ("title",), article.title, starts, paint)
    authors = f" (authors: {'; '.join(article.authors)})" if article.authors else ""
    byline = article.byline and article.byline + authors
    yield from _field(article, ("byline", "authors"), byline, starts, paint)
    yield from _field(article, ("date", "published", "updated"), _dates(article), starts, paint)


def _field(
    article: Article, names: tuple[str, ...], value: str | None, starts: list[int], paint: _Paint
) -> Iterator[str]:
    yield _finding(names[0], printable(value or "not found"), paint)
    for evidence in article.evidence:
        if evidence.field in names or (evidence.field == "date_text" and "date" in names):
            place = "the page's declarations"
            if 0 <= evidence.block < len(article.blocks):
                start = article.blocks[evidence.block].start
                place = f"line {bisect_right(starts, start)}"
            words = f"{place}, {printable(evidence.text)!r}: {printable(evidence.reason)}"
            yield _finding("", paint(_DIM, words + _second(evidence)), paint)


def _second(evidence: Evidence) -> str:
    """How sure the field is, and what would have been taken instead."""
    sure = "" if evidence.confidence is None else f"; confidence {evidence.confidence:.2f}"
    other = evidence.runner_up
    return sure if other is None else f"{sure}; runner-up {printable(other)!r}"


def _finding(name: str, value: str, paint: _Paint) -> str:
    return f"{paint(_BOLD, f'{name:<{_LABEL_WIDTH}}')} {value}"


def _dates(article: Article) -> str | None:
    printed = day(article)
    if printed and not article.date:
        printed += " (as printed; its day is not known)"
    times = {"published": article.published, "updated": article.updated}
    known = [f"{name} {time.isoformat()}" for name, time in times.items() if time]
    return ", ".join([*filter(None, (printed,)), *known]) or None


def day(article: Article) -> str | None:
    return article.date.isoformat() if article.date else article.date_text


def _paragraphs(*parts: str | None) -> str:
    joined = "\n\n".join(filter(None, parts))
    return f"{joined}\n" if joined else ""


def _escaped(words: str) -> str:
    marked = _MARKDOWN_SPECIAL.sub(r"\\\g<0>", words)
    return _MARKDOWN_OPENING.sub(r"\1\\", marked)


def _painted(code: str, words: str) -> str:
    return f"{code}{words}{_RESET}" if words else ""


def _plain(code: str, words: str) -> str:
    return words


def printable(words: str) -> str:
    r"""Show the control characters of a line, where a terminal would obey them.

    >>> printable("a\x1b[2Jb\n")
    'a␛[2Jb'
    """
    return words.rstrip().expandtabs().translate(_VISIBLE)
