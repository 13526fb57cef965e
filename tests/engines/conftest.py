"""A table of pages for every engine, and the rows that it has to give."""

from __future__ import annotations

import datetime
import os
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


@dataclass(frozen=True)
class Pages:
    """A table of pages, the Parquet file that holds it, and the rows of the answer."""

    table: pa.Table
    path: Path
    rows: list[dict[str, Any]]

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
        target = tmp_path / "articles.parquet"
        command = [sys.executable, str(ROOT / "examples" / name), str(pages.path), str(target)]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env=os.environ | env
        )
        assert done.returncode == 0, done.stderr
        written: list[dict[str, Any]] = pyarrow.parquet.read_table(target).to_pylist()
        return written

    return run
