"""Reads the corpus, the seeds and the fixtures as lists of examples to learn from."""

from __future__ import annotations

import json
import lzma
import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Block, Label

Record = dict[str, Any]
Task = tuple[Record, list[Record]]  # a page and its dumps


def lines(path: Path) -> Iterator[Record]:
    """The records of a .jsonl.xz file; none where the file is missing."""
    if path.exists():
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


def chance(page: Record, of: str = "") -> random.Random:
    """What a page draws its chances from, for one thing `of` several: the same in each run."""
    return random.Random(zlib.crc32(f"{of}{page['id']}".encode()))


def pages(corpus: Path, split: str) -> list[Task]:
    """The pages of a split that have a gold body, each with its dumps; other pages last.

    A page that is no article has neither HTML nor gold: its record holds `kind`.
    """
    others = lines(corpus / f"other.{split}.jsonl.xz")
    return [
        *_tasks(corpus, split, ("", "extra-"), with_body=True),
        *((record, [record]) for record in others),
    ]


def pages_without_body(corpus: Path, split: str) -> list[Task]:
    """The pages of a split whose gold has no body, each with its dumps."""
    return list(_tasks(corpus, split, ("fields-", "extra-"), with_body=False))


def _tasks(corpus: Path, split: str, names: Sequence[str], *, with_body: bool) -> Iterator[Task]:
    for name in names:
        dumps: dict[str, list[Record]] = {}
        for record in lines(corpus / f"{name}dumps.{split}.jsonl.xz"):
            if bool(record.get("gold", {}).get("body")) is with_body:
                dumps.setdefault(record["id"], []).append(record)
        for page in lines(corpus / f"{name}pages.{split}.jsonl.xz"):
            if page["id"] in dumps:
                yield page, dumps[page["id"]]


def by_hand(labels: dict[int, str], text: str, blocks: tuple[Block, ...]) -> NDArray[np.bool_]:
    """The label masks of blocks whose lines (from 1) were labelled by hand."""
    starts = np.cumsum([0, *(len(line) for line in text.splitlines(keepends=True))])
    every = tuple(Label)
    masks = np.zeros((len(blocks), len(every)), np.bool_)
    for i, block in enumerate(blocks):
        line = int(np.searchsorted(starts, block.start, "right"))
        masks[i, every.index(Label(labels[line]))] = True
    return masks
