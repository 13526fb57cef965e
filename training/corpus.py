"""Reads the corpus, the seeds and the fixtures as lists of examples to learn from."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Block, Label

Record = dict[str, Any]


def lines(path: Path) -> Iterator[Record]:
    """The records of a .jsonl.xz file; none where the file is missing."""
    if path.exists():
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


def pages(corpus: Path, split: str) -> list[tuple[Record, list[Record]]]:
    """The pages of a split that have a gold body, each with its dumps; other pages last.

    A page that is no article has neither HTML nor gold: its record holds `kind`.
    """
    dumps: dict[str, list[Record]] = {}
    for name in (f"dumps.{split}", f"extra-dumps.{split}"):
        for record in lines(corpus / f"{name}.jsonl.xz"):
            if record.get("gold", {}).get("body"):
                dumps.setdefault(record["id"], []).append(record)
    found: list[tuple[Record, list[Record]]] = []
    for name in (f"pages.{split}", f"extra-pages.{split}"):
        every = lines(corpus / f"{name}.jsonl.xz")
        found += [(page, dumps[page["id"]]) for page in every if page["id"] in dumps]
    others = lines(corpus / f"other.{split}.jsonl.xz")
    return found + [(record, [record]) for record in others]


def by_hand(labels: dict[int, str], text: str, blocks: tuple[Block, ...]) -> NDArray[np.bool_]:
    """The label masks of blocks whose lines (from 1) were labelled by hand."""
    starts = np.cumsum([0, *(len(line) for line in text.splitlines(keepends=True))])
    every = tuple(Label)
    masks = np.zeros((len(blocks), len(every)), np.bool_)
    for i, block in enumerate(blocks):
        line = int(np.searchsorted(starts, block.start, "right"))
        masks[i, every.index(Label(labels[line]))] = True
    return masks
