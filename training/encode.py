"""Turns dumps into arrays: features by the package's own template, and the labels allowed."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner import dump, features
from cleaner.article import Block, Label
from training import styles
from training.align import CRUFT, allowed
from training.corpus import Task, pages, pages_without_body
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
    return Example(
        id,
        dataset,
        renderer,
        domain,
        described.values.astype(np.float16),
        described.ids.astype(np.uint16),
        described.counts.astype(np.int32),
        masks,
        article,
    )


def encode_page(task: Task) -> list[Example]:
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


def encode_silver(task: Task) -> list[Example]:
    """All dumps of a page without gold body, encoded with what two extractors agree on."""
    from training import silver  # its extractors are installed only to train

    page, dumps = task
    gold = page.get("gold", {})
    body = silver.body(page["html"], gold)
    if body is None:
        return []
    return encode_page((page, [dump | {"gold": gold | {"body": body}} for dump in dumps]))


def encode_styles(task: Task) -> list[Example]:
    """More dumps of a page with gold, in other styles."""
    return encode_page(styles.more(task))


# What is encoded together, and left in a file of its own: (where the pages come from, how).
PARTS: dict[str, tuple[Callable[[Path], list[Task]], Callable[[Task], list[Example]]]] = {
    "train": (lambda corpus: pages(corpus, "train"), encode_page),
    "styles": (lambda corpus: pages(corpus, "train"), encode_styles),
    "silver": (lambda corpus: pages_without_body(corpus, "train"), encode_silver),
    "dev": (lambda corpus: pages(corpus, "dev"), encode_page),
}


# The modules beside this one that have a part in what comes out.
_ENCODING = ("align", "corpus", "encode", "kinds", "silver", "styles", "tokens")


def fingerprint(corpus: Path) -> str:
    """What encoded examples depend on: the corpus and the code that reads and describes pages."""
    digest = hashlib.sha256()
    package, beside = Path(dump.__file__).parent, Path(__file__).parent
    code = [package / "dump.py", *sorted((package / "features").glob("*.py"))]
    code += [beside / f"{name}.py" for name in _ENCODING]
    for path in (*code, *sorted(corpus.glob("*.jsonl.xz"))):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def encode(corpus: Path, part: str, cache: Path, processes: int) -> list[Example]:
    """The examples of a part, read from the cache where an earlier run left them."""
    path = cache / f"{part}.pickle"
    if path.exists():
        with path.open("rb") as file:
            return list(_unpickle(file))
    cache.mkdir(parents=True, exist_ok=True)
    find, work = PARTS[part]
    with Pool(processes) as pool:
        examples = [e for found in pool.imap(work, find(corpus), chunksize=8) for e in found]
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        pickle.dump(examples, file)
    partial.rename(path)
    return examples


def _unpickle(file: object) -> Iterator[Example]:
    yield from pickle.load(file)  # type: ignore[arg-type]  # our own cache, written above
