from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cleaner import arrow
from tests.engines.conftest import Pages

duckdb = pytest.importorskip("duckdb", reason="no duckdb: pip install -e '.[dev]'")


def test_the_example_gives_row_for_row_what_clean_gives(
    example: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    assert example("with_duckdb.py") == pages.rows


@pytest.mark.parametrize("format", ["1.0", "1.4"])
def test_every_format_of_duckdbs_strings_is_read(pages: Pages, format: str) -> None:
    with duckdb.connect(config={"arrow_output_version": format}) as connection:
        connection.sql("SET produce_arrow_string_view = true")
        reading = connection.sql(f"SELECT id, url, html FROM '{pages.path}'")
        found = arrow.clean_table(reading.to_arrow_table())
    assert found.to_pylist() == pages.rows


def test_sql_reads_the_blocks_and_the_days(pages: Pages) -> None:
    blocks = "SELECT count(*) FROM (SELECT unnest(blocks, recursive := true) FROM articles)"
    days = "SELECT count(*) FROM articles WHERE year(date) > 1990"
    with duckdb.connect() as connection:
        connection.register("articles", arrow.clean_table(pages.table))
        ((counted,),) = connection.sql(blocks).fetchall()
        ((dated,),) = connection.sql(days).fetchall()
    assert counted == sum(len(row["blocks"] or ()) for row in pages.rows) > 0
    assert dated == sum(row["date"] is not None for row in pages.rows) > 0


def test_the_snippet_of_the_documentation_gives_the_same(
    snippet: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    assert snippet("duckdb") == pages.rows
