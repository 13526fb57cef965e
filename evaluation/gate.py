"""Floors: figures that a corpus must reach, kept in a file beside its checksum.

{"dumps.dev": {"checksum": "sha256 of the corpus file", "limit": 120,
               "dataset": {"wcxb": {"F1": 0.86}}, "renderer": {"bs4": {"F1": 0.86}},
               "lang": {"en": {"F1": 0.86}}}}

A floor holds for the pages it was set on: all, or the evenly spread `limit`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import report
from evaluation.benchmarks import CorpusError
from evaluation.runs import Result

CORPUS_FOLDER = "CLEANER_CORPUS"  # environment variable: the folder that holds the corpus files
GROUPINGS = ("dataset", "renderer", "lang")
SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.xz")
# How far under its figure a floor is set: retrained weights move a mean by about as much.
MARGIN = 0.01
# A language of fewer dumps gets no floor: one page would make up most of a difference.
FEWEST = 50
FREE = ("n", "P", "R")  # get no floor of their own: F1 holds both, and lets them trade

Floors = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """A floor beside the figure measured; no figure, no pass."""

    grouping: str
    group: str
    figure: str
    floor: float
    measured: float | None

    @property
    def held(self) -> bool:
        """Whether the figure reaches the floor."""
        return self.measured is not None and self.measured >= self.floor

    def __str__(self) -> str:
        measured = "-" if self.measured is None else f"{self.measured:.4f}"
        verdict = "held" if self.held else "NOT HELD"
        return (
            f"{self.grouping:10}{self.group:14}{self.figure:10}"
            f"{measured:>8}  floor {self.floor:.4f}  {verdict}"
        )


def find(name: str) -> Path | str:
    """Find a corpus file by its path, or by its name in the folder of CLEANER_CORPUS.

    Gives the path, or why there is none.
    """
    folder = os.environ.get(CORPUS_FOLDER)
    if Path(name).is_file():
        return Path(name)
    if not folder:
        return f"{CORPUS_FOLDER} is not set and there is no file {name}"
    for suffix in ("", *SUFFIXES):
        path = Path(folder) / f"{name}{suffix}"
        if path.is_file():
            return path
    return f"there is no {name} in {folder}"


def stem(path: Path) -> str:
    """Give the name that floors know a corpus file by.

    >>> stem(Path("corpus/dumps.dev.jsonl.xz"))
    'dumps.dev'
    """
    return path.name.partition(".jsonl")[0]


def checksum(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load(path: Path) -> dict[str, Floors]:
    """Give the floors that a file holds, by the names of their corpora.

    Raises CorpusError where the file cannot be read or holds none.
    """
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, TypeError) as error:
        raise CorpusError(f"{path} holds no floors: {error}") from error


def tables(results: Iterable[Result]) -> dict[str, report.Table]:
    """Give the table of figures per grouping that floors are set on."""
    results = list(results)
    return {name: report.table(results, [name]) for name in GROUPINGS}


def check(floors: Floors, measured: Mapping[str, report.Table]) -> list[Check]:
    """Put every floor of a corpus beside the figure measured."""
    return [
        Check(grouping, group, figure, floor, measured[grouping].get(group, {}).get(figure))
        for grouping in GROUPINGS
        for group, row in floors.get(grouping, {}).items()
        for figure, floor in row.items()
    ]


def lowered(before: Mapping[str, Floors], after: Mapping[str, Floors]) -> list[str]:
    """Name every floor that is lower in one file of floors than in another, or gone from it.

    >>> lowered({"a": {"lang": {"en": {"F1": 0.9}}}}, {"a": {"lang": {"en": {"F1": 0.8}}}})
    ['a lang en F1: 0.9 to 0.8']
    """
    return [
        f"{corpus} {grouping} {group} {figure}: {floor} to {now or 'none'}"
        for corpus, floors in before.items()
        for grouping in GROUPINGS
        for group, row in floors.get(grouping, {}).items()
        for figure, floor in row.items()
        for now in [after.get(corpus, {}).get(grouping, {}).get(group, {}).get(figure, 0.0)]
        if now < floor
    ]


def raised(floors: Floors, measured: Mapping[str, report.Table]) -> Floors:
    """Give the floors lifted to MARGIN under the figures; none is lowered or dropped.

    Figures that had no floor get one, but for those of FREE, and of a language that is not told or
    has fewer dumps than FEWEST.
    """
    out = dict(floors)
    for grouping in GROUPINGS:
        rows = {group: dict(row) for group, row in floors.get(grouping, {}).items()}
        for group, figures in measured.get(grouping, {}).items():
            unfit = group == report.UNTOLD or figures["n"] < FEWEST
            if grouping == "lang" and group not in rows and unfit:
                continue
            row = rows.setdefault(group, {})
            for name, value in figures.items():
                if name not in FREE:
                    row[name] = max(row.get(name, 0.0), round(value - MARGIN, 3))
        out[grouping] = rows
    return out
