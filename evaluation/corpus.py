"""Read a corpus file or a benchmark's folder into pages with gold."""

from __future__ import annotations

import gzip
import json
import lzma
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypeVar

from evaluation import benchmarks
from evaluation.benchmarks import CorpusError

T = TypeVar("T")

ARTICLE_KINDS = (None, "article")  # a page whose kind is not told is an article


@dataclass(frozen=True, slots=True)
class Page:
    """A page or one dump of it: what `cleaner.clean` is given, its gold, where it is from.

    `gold` holds title, byline, date, body, with, without, article; absent is not scored.
    """

    id: str
    source: str | bytes
    gold: Mapping[str, Any] = field(default_factory=dict)
    renderer: str | None = None
    dataset: str | None = None
    domain: str | None = None
    lang: str | None = None
    kind: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """The page's own name, which its dumps share."""
        return self.dataset, self.id


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Give the records of a JSON lines file, packed (.gz, .xz) or not.

    Raises CorpusError where the file cannot be read, or a line is no object in JSON.
    """
    read = 0  # lines
    try:
        with _open(path) as file:
            for line in file:
                read += 1
                if line.strip():
                    yield dict(json.loads(line))
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror or error}") from error
    except (lzma.LZMAError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} is damaged behind line {read}: {error}") from error
    except (ValueError, TypeError) as error:
        raise CorpusError(f"{path}, line {read}: no object in JSON") from error


def _open(path: Path) -> IO[str]:
    match path.suffix:
        case ".gz":
            return gzip.open(path, "rt", encoding="utf-8")
        case ".xz":
            return lzma.open(path, "rt", encoding="utf-8")
        case _:
            return path.open(encoding="utf-8")


def page(record: Mapping[str, Any]) -> Page:
    """Make a page of a record that holds `text` (a dump) or `html`, and perhaps gold.

    >>> page({"id": "a", "text": "Menu", "kind": "listing"}).gold
    {'article': False}
    """
    kind = record.get("kind")
    gold = dict(record.get("gold") or {})
    if kind is not None or "body" in gold:
        gold["article"] = kind in ARTICLE_KINDS
    return Page(
        id=record["id"],
        source=record["text"] if "text" in record else record["html"],
        gold=gold,
        renderer=record.get("renderer"),
        dataset=record.get("dataset"),
        domain=record.get("domain"),
        lang=record.get("lang"),
        kind=kind,
    )


def pages(path: Path) -> Iterator[Page]:
    """Give the pages of a corpus: a JSON lines file or the folder of a public benchmark.

    Raises as `lines` does, and CorpusError for a folder of any other layout, and for a record
    without id and text.
    """
    for record in benchmarks.records(path) if path.is_dir() else lines(path):
        if "id" not in record or not {"text", "html"} & set(record):
            raise CorpusError(f"{path} has a record without id, or without text and html")
        yield page(record)


def spread(path: Path, limit: int | None) -> Iterator[Page]:
    """Give all dumps of `limit` pages that are spread evenly over a corpus, always the same.

    None, or more than there are, gives every page.
    """
    if limit is None:
        return pages(path)
    chosen = set(evenly([page.key for page in pages(path)], limit))
    return (page for page in pages(path) if page.key in chosen)


def evenly(items: Iterable[T], limit: int) -> list[T]:
    """Choose `limit` of the distinct items at even distances, in their order.

    >>> evenly("aabbccddee", 2)
    ['a', 'c']
    """
    distinct = list(dict.fromkeys(items))
    count = min(limit, len(distinct))
    return [distinct[at * len(distinct) // count] for at in range(count)]
