from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from cleaner import arrow
from tests.engines.conftest import Pages

pl = pytest.importorskip("polars", reason="no polars: pip install -e '.[dev]'")


def test_the_example_gives_row_for_row_what_clean_gives(
    example: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    assert example("with_polars.py") == pages.rows


@pytest.mark.parametrize("kind", ["String", "Categorical"])
@pytest.mark.parametrize("compatible", [True, False])
def test_every_kind_of_polars_strings_is_read(kind: str, compatible: bool) -> None:
    frame = pl.DataFrame({"text": ["Home\nNews", None, "Home\nNews"]}).cast(getattr(pl, kind))
    level = pl.CompatLevel.oldest() if compatible else pl.CompatLevel.newest()
    found = arrow.clean_table(frame.to_arrow(compat_level=level))
    plain = arrow.clean_table(pyarrow.table({"text": ["Home\nNews", None, "Home\nNews"]}))
    assert found.equals(plain)


def test_a_lazy_frame_streams_through_it(pages: Pages, tmp_path: Path) -> None:
    def clean(frame: Any) -> Any:
        return pl.DataFrame(arrow.clean_table(frame.to_arrow()))

    lazy = pl.scan_parquet(pages.path)
    schema = pl.DataFrame(pages.schema().empty_table()).schema
    articles = lazy.map_batches(clean, schema=schema, streamable=True)
    articles.sink_parquet(tmp_path / "articles.parquet")
    assert pl.read_parquet(tmp_path / "articles.parquet").to_dicts() == pages.rows


def test_the_snippet_of_the_documentation_gives_the_same(
    snippet: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    assert snippet("polars") == pages.rows
