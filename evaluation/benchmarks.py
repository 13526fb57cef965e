"""Read the folders of two public benchmarks into records like those of a corpus file.

article-extraction-benchmark   `ground-truth.json`, {id: {"articleBody", "url"}}, beside
                               `html/ID.html.gz`; its gold is the body alone.
WCXB                           `ground-truth/ID.json` beside `html/ID.html.gz`; the gold is
                               title, author, publish_date, main_content, with, without.

WCXB's files have changed shape between releases, so a key is looked for in the object
`ground_truth`, then at the top, then in the objects under it, two levels down. A key that is
not there gives no gold; one that is null or empty says that the page has none. A date that
does not begin with a day in ISO 8601 gives no gold. A page type, plain or {"primary": ...},
becomes `kind`.
Pages without an HTML file are left out, and HTML is handed on as bytes, undecoded.
"""

from __future__ import annotations

import datetime
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DEPTH = 2  # objects under the top of a WCXB file in which a key may stand
# Between the names of a credit; surname-first names, which hold a comma, are not foreseen.
BETWEEN_NAMES = re.compile(r"\s*(?:[,;&|]|\band\b)\s*")

Record = dict[str, Any]


class CorpusError(ValueError):
    """A corpus, or a file of floors, that cannot be read: the message names it and says why."""


def records(folder: Path) -> Iterator[Record]:
    """Give a record per page of a benchmark's folder.

    Raises CorpusError where the folder is of neither layout.
    """
    if (folder / "ground-truth.json").is_file():
        return _article_extraction_benchmark(folder)
    if (folder / "ground-truth").is_dir():
        return _wcxb(folder)
    raise CorpusError(
        f"{folder} holds neither ground-truth.json nor ground-truth/;"
        " name a benchmark's folder, or a .jsonl[.gz|.xz] file"
    )


def _article_extraction_benchmark(folder: Path) -> Iterator[Record]:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, gold in truth.items():
        body = {"body": gold["articleBody"]}
        yield from _record("aeb", folder, name, gold.get("url"), gold=body)


def _wcxb(folder: Path) -> Iterator[Record]:
    for path in sorted((folder / "ground-truth").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        found: Record = dict(truth.get("ground_truth") or {})
        for level in _objects(truth, DEPTH):
            found = dict(level) | found
        kind = found.get("page_type")
        if isinstance(kind, Mapping):
            kind = kind.get("primary")
        yield from _record(
            "wcxb", folder, path.stem, found.get("url"), kind=kind, gold=wcxb_gold(found)
        )


def _objects(value: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """Give an object and those within it, the outer ones first."""
    level = [value]
    for _ in range(depth + 1):
        yield from level
        level = [v for outer in level for v in outer.values() if isinstance(v, Mapping)]


def _record(
    dataset: str, folder: Path, name: str, url: str | None, **rest: Any
) -> Iterator[Record]:
    html = folder / "html" / f"{name}.html.gz"
    if html.is_file():
        domain = urlsplit(url or "").hostname
        source = gzip.decompress(html.read_bytes())
        yield {"id": name, "dataset": dataset, "domain": domain, "html": source, **rest}


def wcxb_gold(found: Mapping[str, Any]) -> Record:
    """Give the gold that WCXB's keys hold, in the words of a corpus file.

    >>> wcxb_gold({"author": "Ann Lee and Bo Ek", "publish_date": "2021-03-04T05:06Z"})
    {'byline': ['Ann Lee', 'Bo Ek'], 'date': '2021-03-04'}
    """
    gold: Record = {name: found[name] for name in ("title", "with", "without") if found.get(name)}
    if "main_content" in found:
        gold["body"] = found["main_content"] or ""
    if "author" in found:
        gold["byline"] = _names(found["author"])
    if "publish_date" in found:
        day = _day(found["publish_date"])
        if day or not found["publish_date"]:
            gold["date"] = day
    return gold


def _names(author: str | list[str] | None) -> list[str] | None:
    names = BETWEEN_NAMES.split(author) if isinstance(author, str) else author or []
    return [name for name in names if name.strip()] or None


def _day(value: str | None) -> str | None:
    try:
        return datetime.date.fromisoformat((value or "")[:10]).isoformat()
    except ValueError:
        return None
