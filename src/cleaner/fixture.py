"""Fixtures: dumps of our own making with a label before every line, and what a page should give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cleaner.article import Article, Label

HEADER = "#! "
_LABELS = frozenset(str(label) for label in Label)


@dataclass(frozen=True, slots=True)
class Fixture:
    """A dump, a label for each of its lines ("" for a blank one) and the header of its file.

    `labels` runs beside `dump.split("\\n")`.
    """

    dump: str
    labels: tuple[str, ...]
    header: Mapping[str, str] = field(default_factory=dict)


def parse(text: str) -> Fixture:
    r"""Read the text of a fixture file: `#! key: value` lines, then `label<TAB>line` for each line.

    A blank line has no label and stays as it is. Raises ValueError, naming the line, where a
    line has no label or one that is not a `Label`, and where there are no lines.

    >>> fixture = parse("#! language: en\ntitle\tFerry returns\n\nbody\tIt sails at noon.")
    >>> fixture.dump
    'Ferry returns\n\nIt sails at noon.'
    >>> fixture.labels, fixture.header["language"]
    (('title', '', 'body'), 'en')
    """
    header: dict[str, str] = {}
    labels: list[str] = []
    lines: list[str] = []
    in_header = True
    for number, row in enumerate(text.split("\n"), 1):
        in_header = in_header and row.startswith(HEADER)
        if in_header:
            key, _, value = row.removeprefix(HEADER).partition(":")
            header[key.strip()] = value.strip()
        else:
            label, line = _split(row, number)
            labels.append(label)
            lines.append(line)
    if not lines:
        raise ValueError("a fixture with no lines: after the header comes label<TAB>line for each")
    return Fixture("\n".join(lines), tuple(labels), header)


def render(fixture: Fixture) -> str:
    r"""Write a fixture as the text of its file: `parse` gives it back.

    Raises ValueError where labels and lines differ in number.

    >>> render(Fixture("Ferry returns\n", ("title", ""), {"language": "en"}))
    '#! language: en\ntitle\tFerry returns\n'
    """
    rows = [f"{HEADER}{key}: {value}".rstrip() for key, value in fixture.header.items()]
    for label, line in zip(fixture.labels, fixture.dump.split("\n"), strict=True):
        rows.append(f"{label}\t{line}" if line.strip() else line)
    return "\n".join(rows)


def of(article: Article) -> Fixture:
    r"""Give the fixture of what the program makes of a page: a start for who labels it by hand.

    A line has the label of the first block that holds some of it, `other` where none does.

    >>> from cleaner.article import Block
    >>> block = Block(0, 15, "Ferry, returned", label=Label.TITLE)
    >>> of(Article("Ferry,\nreturned\n", title="Ferry, returned", blocks=(block,))).labels
    ('title', 'title', '')
    """
    lines = article.source.split("\n")
    labels = []
    start = place = 0
    for line in lines:
        end = start + len(line)
        while place < len(article.blocks) and article.blocks[place].end <= start:
            place += 1
        held = place < len(article.blocks) and article.blocks[place].start < end
        label = article.blocks[place].label if held else Label.OTHER
        labels.append(str(label) if line.strip() else "")
        start = end + 1
    return Fixture(article.source, tuple(labels), header(article))


def header(article: Article) -> dict[str, str]:
    """Give the header that a fixture of an article begins with; style and shows are for a person.

    >>> header(Article("", authors=("Ann Lee", "Tom Sample")))["authors"]
    'Ann Lee; Tom Sample'
    """
    return ({} if article.is_article else {"article": "no"}) | {
        "style": "",
        "language": article.language or "",
        "title": article.title or "",
        "authors": "; ".join(article.authors),
        "date": article.date.isoformat() if article.date else "",
        "date_text": article.date_text or "",
        "shows": "",
    }


def _split(row: str, number: int) -> tuple[str, str]:
    if not row.strip():
        return "", row
    label, tab, line = row.partition("\t")
    if not tab or label not in _LABELS:
        raise ValueError(f"line {number}: no label and tab before {row[:40]!r}")
    return label, line
