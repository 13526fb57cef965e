"""Turns dumps into arrays: features by the package's own template, and the labels allowed."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner import dump, features, markup
from cleaner.article import Block, Label
from cleaner.description import Bag, Description
from training import styles
from training.align import CRUFT, allowed
from training.corpus import Task, chance, pages, pages_without_body
from training.insets import inset_html
from training.interruptions import interrupted
from training.kinds import Kinds
from training.teasers import crowded, crowds


@dataclass(frozen=True, slots=True)
class Example:
    """One dump or HTML page, encoded: n blocks, their features, word ids and allowed labels."""

    id: str
    dataset: str
    renderer: str
    domain: str
    values: NDArray[np.float16]
    ids: NDArray[np.uint32]
    counts: NDArray[np.int32]  # ids per block
    masks: NDArray[np.bool_]
    article: bool
    names: Bag | None = None  # of the elements around, where it is HTML


def encode_blocks(
    described: Description,
    masks: NDArray[np.bool_],
    *,
    id: str,
    dataset: str,
    domain: str,
    article: bool,
    renderer: str = "",
) -> Example:
    """What learning needs of a description, in as few bytes."""
    names = described.names
    return Example(
        id,
        dataset,
        renderer,
        domain,
        described.values.astype(np.float16),
        described.ids.astype(np.uint32),
        described.counts.astype(np.int32),
        masks,
        article,
        names and Bag(names.ids.astype(np.uint32), names.counts, names.of.astype(np.int32)),
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
        examples.append(_example(record, blocks, masks))
    return examples


def _example(
    record: dict[str, Any], blocks: tuple[Block, ...], masks: NDArray[np.bool_]
) -> Example:
    return encode_blocks(
        features.describe(blocks),
        masks,
        id=record["id"],
        dataset=str(record.get("dataset") or record.get("kind")),
        renderer=record["renderer"],
        domain=record["domain"],
        article="gold" in record,
    )


def encode_silver(task: Task) -> list[Example]:
    """All dumps of a page without gold body, encoded with what two extractors agree on."""
    return [found for told in _with_silver(task) for found in encode_page(told)]


def _with_silver(task: Task) -> list[Task]:
    from training import silver  # its extractors are installed only to train

    page, dumps = task
    gold = page.get("gold", {})
    body = silver.body(page["html"], gold)
    if body is None:
        return []
    told = gold | {"body": body, "vouched": True}
    return [(page, [dump | {"gold": told} for dump in dumps])]


def encode_untold(task: Task) -> list[Example]:
    """All dumps of a page on whose body no two extractors agree: every label is allowed."""
    records = () if _with_silver(task) else task[1]
    return [
        _example(record, blocks, np.ones((len(blocks), len(Label)), np.bool_))
        for record in records
        if (blocks := dump.read(record["text"]))
    ]


def encode_styles(task: Task) -> list[Example]:
    """More dumps of a page with gold, in other styles."""
    return encode_page(styles.more(task))


def encode_crowded(task: Task) -> list[Example]:
    """A dump of a page with gold, encoded with a wall of teasers of other sites."""
    page, dumps = task
    made = crowded(dumps[0]["text"], dumps[0]["gold"], page["teasers"], chance(page, "wall"))
    if not made:
        return []
    text, (start, end) = made
    blocks = dump.read(text)
    masks = allowed(blocks, dumps[0]["gold"], Kinds(page["html"]) if "html" in page else None)
    for row, block in zip(masks, blocks, strict=True):
        if start <= block.start < end:
            row[:] = [label is Label.RELATED for label in Label]
    return [_example(dumps[0], blocks, masks)]


def describe_html(read: markup.Page) -> Description:
    """The blocks of a page of HTML, and the elements that they stand in."""
    return features.describe_elements(
        read.blocks, page=read.blocks, structure=read.structure, declared=read.declared
    )


def encode_html(task: Task, known: Mapping[str, str] = MappingProxyType({})) -> list[Example]:
    """The HTML of a page with gold, encoded with what its elements say; of some of its lines the
    label is known."""
    page, dumps = task
    if "html" not in page:
        return []
    read = markup.read(page["html"])
    if not read.blocks:
        return []
    masks = allowed(read.blocks, dumps[0]["gold"], Kinds(page["html"]))
    for row, block in zip(masks, read.blocks, strict=True):
        if label := known.get(block.text):
            row[:] = [label == each for each in Label]
    described = describe_html(read)
    name, dataset = page["id"], str(page.get("dataset"))
    domain = dumps[0]["domain"]
    return [encode_blocks(described, masks, id=name, dataset=dataset, domain=domain, article=True)]


def encode_html_styles(task: Task) -> list[Example]:
    """The HTML of a page with gold, and the same with a list, a table or code in its story."""
    page, dumps = task
    found = encode_html(task)
    if not found:
        return []
    made = inset_html(page["html"], dumps[0]["gold"], chance(page))
    if made:
        told, gold = made
        found += encode_html((page | {"html": told}, [dumps[0] | {"gold": gold}]))
    return found


def encode_interrupted_html(task: Task) -> list[Example]:
    """The HTML of a page with gold, encoded with lines that interrupt its story."""
    page, dumps = task
    if "html" not in page:
        return []
    made = interrupted(page["html"], dumps[0]["gold"], chance(page, "interrupted"))
    if not made:
        return []
    told, labels = made
    return encode_html((page | {"html": told}, dumps), labels)


def encode_silver_html(task: Task) -> list[Example]:
    """The HTML of a page without gold body, encoded with what two extractors agree on."""
    return [found for told in _with_silver(task) for found in encode_html(told)]


# What is encoded together, and left in a file of its own: (where the pages come from, how).
PARTS: dict[str, tuple[Callable[[Path], list[Task]], Callable[[Task], list[Example]]]] = {
    "train": (lambda corpus: pages(corpus, "train"), encode_page),
    "styles": (lambda corpus: pages(corpus, "train"), encode_styles),
    "silver": (lambda corpus: pages_without_body(corpus, "train"), encode_silver),
    "untold": (lambda corpus: pages_without_body(corpus, "train"), encode_untold),
    "crowded": (lambda corpus: crowds(pages(corpus, "train")), encode_crowded),
    "dev": (lambda corpus: pages(corpus, "dev"), encode_page),
    "train html": (lambda corpus: pages(corpus, "train"), encode_html_styles),
    "silver html": (lambda corpus: pages_without_body(corpus, "train"), encode_silver_html),
    "interrupted html": (lambda corpus: pages(corpus, "train"), encode_interrupted_html),
    "dev html": (lambda corpus: pages(corpus, "dev"), encode_html),
}


# The modules beside this one that have a part in what comes out.
_ENCODING = (
    "align corpus encode generated insets interruptions kinds plain silver styles teasers tokens"
)


def fingerprint(corpus: Path) -> str:
    """What encoded examples depend on: the corpus and the code that reads and describes pages."""
    digest = hashlib.sha256()
    package, beside = Path(dump.__file__).parent.parent, Path(__file__).parent
    code = [
        path
        for part in ("dump", "features", "markup", "strategies")
        for path in sorted((package / part).rglob("*.py"))
    ]
    code += [package / "language.py", *(beside / f"{name}.py" for name in _ENCODING.split())]
    for path in (*code, *sorted(corpus.glob("*.jsonl.xz"))):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def encode(corpus: Path, part: str, cache: Path, processes: int) -> list[Example]:
    """The examples of a part, read from the cache where an earlier run left them."""
    path = cache / f"{part.replace(' ', '-')}.pickle"
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
