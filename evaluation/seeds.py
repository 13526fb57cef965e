"""Seed dumps: every field exactly right, and nearly every line of its kind.

A seed is NAME.txt beside NAME.json, which holds title, byline (names), date, date_text,
body (paragraphs) and kinds: the label of each non-blank line by its number from 1.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

from cleaner.article import Article
from evaluation.runs import Clean

LABELLED = 0.95  # share of a seed's lines that must be labelled right
QUOTE = 60  # characters shown of a line
FIELDS = ("title", "byline", "date", "date_text", "body")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a seed came out: the fields that differ, and the lines labelled wrongly."""

    name: str
    fields: Mapping[str, bool]
    share: float
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every field is exact and enough lines are labelled right."""
        return all(self.fields.values()) and self.share >= LABELLED

    def __str__(self) -> str:
        marks = "".join(f"{name} {'ok' if ok else 'WRONG':7}" for name, ok in self.fields.items())
        return f"{self.name:24}{marks}lines {self.share:.3f}  {'ok' if self.passed else 'FAILED'}"


def line_labels(article: Article) -> dict[int, str | None]:
    """Give the label of each non-blank line of the source: that of the block which covers its
    first character that is no space; None where none does."""
    starts = [block.start for block in article.blocks]
    labels: dict[int, str | None] = {}
    offset = 0
    for number, line in enumerate(article.source.split("\n"), 1):
        if line.strip():
            first = offset + len(line) - len(line.lstrip())
            at = bisect_right(starts, first) - 1
            covered = at >= 0 and first < article.blocks[at].end
            labels[number] = str(article.blocks[at].label) if covered else None
        offset += len(line) + 1
    return labels


def outcome(name: str, article: Article, gold: Mapping[str, Any]) -> Outcome:
    """Compare the article of a seed with its gold."""
    found: dict[str, Any] = {
        "title": article.title,
        "byline": list(article.authors),
        "date": article.date.isoformat() if article.date else None,
        "date_text": article.date_text,
        "body": article.body.split("\n\n") if article.body else [],
    }
    wanted = {field: gold[field] for field in FIELDS} | {"byline": gold["byline"] or []}
    labels = line_labels(article)
    lines = article.source.split("\n")
    wrong = {
        int(number): kind
        for number, kind in gold["kinds"].items()
        if labels.get(int(number)) != kind
    }
    differences = [
        *(line for field in FIELDS for line in _differing(field, found[field], wanted[field])),
        *(
            f"line {number}: {labels.get(number)}, not {kind}: {lines[number - 1].strip()[:QUOTE]}"
            for number, kind in wrong.items()
        ),
    ]
    fields = {field: found[field] == wanted[field] for field in FIELDS}
    share = 1 - len(wrong) / len(gold["kinds"])
    return Outcome(name, fields, share, tuple(differences))


def _differing(field: str, found: Any, wanted: Any) -> Iterator[str]:
    if field == "body":
        changed = unified_diff(wanted, found, lineterm="", n=0)
        yield from (f"body {line}" for line in changed if not line.startswith(("---", "+++", "@")))
    elif found != wanted:
        yield f"{field}: {found!r}, not {wanted!r}"


def check(folder: Path, clean: Clean) -> list[Outcome]:
    """Clean every seed of a folder and compare it with its gold."""
    outcomes = []
    for path in sorted(folder.glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        text = path.read_bytes().decode("utf-8")  # line ends as they are
        outcomes.append(outcome(path.stem, clean(text), gold))
    return outcomes
