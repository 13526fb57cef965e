from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cleaner import arrow
from tests.engines.conftest import ROWS_OF_A_GROUP, SLOW_START, STARTS, Pages

ray = pytest.importorskip("ray", reason="no Ray: pip install -e '.[ray]'")
pytest.importorskip("ray.data", reason="no Ray Data: pip install -e '.[ray]'")


# What the engine warns itself of is not ours.
pytestmark = pytest.mark.filterwarnings("ignore")

# No telemetry, and no second copy of the environment in every worker.
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0"}


def start() -> None:
    """Start a cluster of one node, again where the machine was too busy for it."""
    for left in reversed(range(STARTS)):
        try:
            ray.init(num_cpus=2, include_dashboard=False, logging_level="error")
            return
        except Exception as error:
            ray.shutdown()
            if not left or SLOW_START not in str(error):
                raise


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in QUIET.items():
            patch.setenv(name, value)
        start()
        ray.data.DataContext.get_current().execution_options.preserve_order = True
        yield
        ray.shutdown()


def mapped(pages: Pages, work: Callable[..., pa.Table]) -> pa.Table:
    """The table that Ray makes of the pages, in batches smaller than its blocks."""
    size = ROWS_OF_A_GROUP
    blocks = [pages.table.slice(at, 2 * size) for at in range(0, pages.table.num_rows, 2 * size)]
    data = ray.data.from_arrow(blocks)
    found = data.map_batches(work, batch_format="pyarrow", batch_size=size)
    return pa.concat_tables(ray.get(found.to_arrow_refs()), promote_options="default")


def test_every_row_is_what_clean_gives(pages: Pages) -> None:
    found = mapped(pages, arrow.clean_table)
    assert found.schema == pages.schema()
    assert found.to_pylist() == pages.rows


def test_options_are_handed_on_by_partial(pages: Pages) -> None:
    found = mapped(pages, partial(arrow.clean_table, column="html", blocks=False))
    assert found.schema == pages.schema(blocks=False)
    assert found.to_pylist() == pages.slim


def test_a_worker_killed_in_mid_job_loses_and_doubles_no_row(pages: Pages, tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    last = pages.rows[len(pages.rows) // 2]["id"]

    def clean_and_die(table: pa.Table) -> pa.Table:
        if last in table["id"].to_pylist() and not killed.exists():
            killed.write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGKILL)
        return arrow.clean_table(table)

    assert mapped(pages, clean_and_die).to_pylist() == pages.rows
    assert killed.exists()


def test_a_worker_loads_the_weights_once_for_all_its_tasks(pages: Pages) -> None:
    def count(table: pa.Table) -> pa.Table:
        from cleaner import weights

        arrow.clean_table(table)
        return pa.table({"pid": [os.getpid()], "loads": [weights._shipped.cache_info().misses]})

    found = mapped(pages, count)
    # Those of text, and those of HTML where it had a page of that.
    assert set(found["loads"].to_pylist()) <= {1, 2}
    assert len(found["pid"].unique()) < found.num_rows


def by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in one order: Ray names its files by chance, and they are read by name."""
    return sorted(rows, key=itemgetter("id"))


def test_the_example_gives_row_for_row_what_clean_gives(
    example: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    assert by_id(example("with_ray.py", **QUIET)) == by_id(pages.rows)


def test_the_snippet_of_the_documentation_gives_the_same(
    snippet: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    assert by_id(snippet("ray", **QUIET)) == by_id(pages.slim)
