"""A table of pages for every engine, and the rows that it has to give."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

import cleaner
from cleaner import arrow, fixture, records

ROOT = Path(__file__).parent.parent.parent
BINARY = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
# A row group is what an engine reads at a time: of several each can have its worker.
ROWS_OF_A_GROUP = 16
# Ray gives a node half a minute to start, which a busy machine may not have: it is started again.
SLOW_START = "timed out during startup"
STARTS = 4


@dataclass(frozen=True)
class Pages:
    """A table of pages, the Parquet file that holds it, and the rows of the answer."""

    table: pa.Table
    path: Path
    rows: list[dict[str, Any]]

    @property
    def slim(self) -> list[dict[str, Any]]:
        """The rows without their blocks."""
        return [{name: row[name] for name in row if name != "blocks"} for row in self.rows]

    def schema(self, **options: Any) -> pa.Schema:
        return arrow.output_schema(self.table.schema, **options)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Every fixture thrice, as bytes; between them null, empty and binary pages."""
    paths = sorted((ROOT / "fixtures").rglob("*.tsv"))
    dumps = [fixture.parse(path.read_text("utf-8")).dump.encode() for path in paths]
    held = [*dumps, None, BINARY, *dumps, b"", *dumps]
    ids = [f"page-{i:03}" for i in range(len(held))]
    urls = [None if i % 5 == 0 else f"https://news.example/{i}" for i in range(len(held))]
    table = pa.table({"id": ids, "url": urls, "html": pa.array(held, pa.binary())})
    path = tmp_path_factory.mktemp("pages") / "pages.parquet"
    pyarrow.parquet.write_table(table, path, row_group_size=ROWS_OF_A_GROUP)
    rows = [_row(*one) for one in zip(ids, urls, held, strict=True)]
    return Pages(table, path, rows)


def _row(id: str, url: str | None, page: bytes | None) -> dict[str, Any]:
    if page is None or page == BINARY:
        error = records.NOT_TEXT if page else "no page: html is null here"
        return {"id": id, "url": url} | dict.fromkeys(arrow.SCHEMA.names) | {"error": error}
    article = cleaner.clean(page, url=url)
    values = article.to_dict()
    del values["source"]
    date: datetime.date | None = article.date
    return {"id": id, "url": url} | values | {"date": date, "error": None}


@pytest.fixture
def example(pages: Pages, tmp_path: Path) -> Any:
    """Run an example as its users do, and give the rows of what it wrote."""

    def run(name: str, **env: str) -> list[dict[str, Any]]:
        script = ROOT / "examples" / name
        return _written([str(script), str(pages.path), "articles.parquet"], tmp_path, env)

    return run


@pytest.fixture
def snippet(pages: Pages, tmp_path: Path) -> Any:
    """Run what docs/clusters.md shows beside a pages.parquet, and give the rows that it wrote."""

    def run(name: str, **env: str) -> list[dict[str, Any]]:
        text = (ROOT / "docs" / "clusters.md").read_text("utf-8")
        (code,) = re.findall(rf"<!-- snippet: {name} -->\n```python\n(.*?)```", text, re.DOTALL)
        (tmp_path / "pages.parquet").write_bytes(pages.path.read_bytes())
        (tmp_path / "snippet.py").write_text(code, "utf-8")
        return _written(["snippet.py"], tmp_path, env)

    return run


def _written(arguments: list[str], folder: Path, env: dict[str, str]) -> list[dict[str, Any]]:
    """Run Python in a folder and read the articles.parquet that it wrote there."""
    for _ in range(STARTS):
        done = subprocess.run(
            [sys.executable, *arguments],
            check=False,
            capture_output=True,
            text=True,
            env=os.environ | env,
            cwd=folder,
        )
        if done.returncode == 0 or SLOW_START not in done.stderr:
            break
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(folder / "articles.parquet").to_pylist()
    return rows
