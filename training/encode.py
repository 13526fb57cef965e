"""Turns dumps into arrays: features by the package's own template, and the labels allowed."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner import dump, features
from cleaner.article import Block, Label
from training.align import CRUFT, allowed
from training.corpus import Record, pages
from training.kinds import Kinds


@dataclass(frozen=True, slots=True)
class Example:
    """One dump, encoded: n blocks, their features, word ids and allowed labels."""

    id: str
    dataset: str
    renderer: str
    domain: str
    values: NDArray[np.float16]
    ids: NDArray[np.uint16]
    counts: NDArray[np.int32]  # ids per block
    masks: NDArray[np.bool_]
    article: bool


def encode_blocks(
    blocks: Sequence[Block],
    masks: NDArray[np.bool_],
    *,
    id: str,
    dataset: str,
    domain: str,
    article: bool,
    renderer: str = "",
) -> Example:
    """Describe blocks by the package's own template, in as few bytes as learning needs."""
    described = features.describe(blocks)
    counts = np.bincount(described.owners, minlength=len(blocks)).astype(np.int32)
    return Example(
        id,
        dataset,
        renderer,
        domain,
        described.values.astype(np.float16),
        described.ids.astype(np.uint16),
        counts,
        masks,
        article,
    )


def encode_page(task: tuple[Record, list[Record]]) -> list[Example]:
    """All dumps of one page, encoded."""
    page, dumps = task
    kinds = Kinds(page["html"]) if "html" in page else None
    examples = []
    for record in dumps:
        blocks = dump.read(record["text"])
        if not blocks:
            continue
        if "gold" in record:
            masks = allowed(blocks, record["gold"], kinds)
        else:
            masks = np.zeros((len(blocks), len(Label)), np.bool_)
            masks[:, [tuple(Label).index(label) for label in (*CRUFT, Label.TITLE)]] = True
        examples.append(
            encode_blocks(
                blocks,
                masks,
                id=record["id"],
                dataset=str(record.get("dataset") or record.get("kind")),
                renderer=record["renderer"],
                domain=record["domain"],
                article="gold" in record,
            )
        )
    return examples


def encode(corpus: Path, split: str, cache: Path, processes: int) -> list[Example]:
    """The examples of a split, read from the cache where an earlier run left them."""
    path = cache / f"{split}.pickle"
    if path.exists():
        with path.open("rb") as file:
            return list(_unpickle(file))
    cache.mkdir(parents=True, exist_ok=True)
    tasks = pages(corpus, split)
    with Pool(processes) as pool:
        examples = [e for found in pool.imap(encode_page, tasks, chunksize=8) for e in found]
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        pickle.dump(examples, file)
    partial.rename(path)
    return examples


def _unpickle(file: object) -> Iterator[Example]:
    yield from pickle.load(file)  # type: ignore[arg-type]  # our own cache, written above
