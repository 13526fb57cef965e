"""Fixtures: dumps of our own making with a label before every line, and what a page should give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cleaner.article import Label

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
    line has no label or one that is not a `Label`.

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


def _split(row: str, number: int) -> tuple[str, str]:
    if not row.strip():
        return "", row
    label, tab, line = row.partition("\t")
    if not tab or label not in _LABELS:
        raise ValueError(f"line {number}: no label and tab before {row[:40]!r}")
    return label, line
