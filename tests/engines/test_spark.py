from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cleaner import arrow
from tests.engines.conftest import Pages

if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip(
        "no Java, which Spark needs: apt-get install openjdk-17-jre-headless",
        allow_module_level=True,
    )
sql = pytest.importorskip("pyspark.sql", reason="no Spark: pip install -e '.[spark]'")

# What the engine warns itself of is not ours.
pytestmark = pytest.mark.filterwarnings("ignore")

SUBMIT = "--master local[2] --conf spark.ui.enabled=false pyspark-shell"
PARTITIONS = 6
PAGES_AT_ONCE = 4  # so that a partition takes several batches, and a worker can die between them


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A cluster of two executors, each a process of its own with one core and 1 GiB."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = (
            sql.SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.default.parallelism", PARTITIONS)
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", PAGES_AT_ONCE)
            .config("spark.ui.enabled", "false")
            .getOrCreate()
        )
        yield session
        session.stop()


def cleaned(spark: Any, pages: Pages, work: Callable[..., Any], **options: Any) -> Any:
    schema = spark.createDataFrame(pages.schema(**options).empty_table()).schema
    return spark.createDataFrame(pages.table).mapInArrow(work, schema)


def test_every_row_is_what_clean_gives(spark: Any, pages: Pages) -> None:
    frame = cleaned(spark, pages, arrow.clean_batches)
    assert frame.rdd.getNumPartitions() > 2
    assert frame.toArrow().to_pylist() == pages.rows


def test_the_types_come_back_as_they_went(spark: Any, pages: Pages) -> None:
    table = cleaned(spark, pages, arrow.clean_batches).limit(1).toArrow()
    assert table.schema.names == pages.schema().names
    for name in ("date", "published", "is_article", "confidence", "error"):
        assert table.schema.field(name).type == pages.schema().field(name).type


def test_options_are_handed_on_by_partial(spark: Any, pages: Pages) -> None:
    work = partial(arrow.clean_batches, column="html", blocks=False)
    found = cleaned(spark, pages, work, column="html", blocks=False).toArrow().to_pylist()
    assert found == pages.slim


def test_an_executor_killed_in_mid_job_loses_and_doubles_no_row(
    spark: Any, pages: Pages, tmp_path: Path
) -> None:
    killed = tmp_path / "killed"
    last = pages.rows[len(pages.rows) // 2]["id"]

    def clean_then_die(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in arrow.clean_batches(batches):
            yield batch
            if last in batch["id"].to_pylist() and not killed.exists():
                # The worker is forked by a daemon, and that is started by the executor.
                daemon = Path(f"/proc/{os.getppid()}/stat").read_text()
                executor = int(daemon.rsplit(")")[-1].split()[1])
                what = Path(f"/proc/{executor}/cmdline").read_text()
                assert "CoarseGrainedExecutorBackend" in what
                killed.write_text(str(executor))
                os.kill(executor, signal.SIGKILL)

    if not Path("/proc/self/stat").exists():
        pytest.skip("no /proc to find the executor in")
    target = tmp_path / "articles"
    cleaned(spark, pages, clean_then_die).write.parquet(str(target))
    assert not Path(f"/proc/{killed.read_text()}").exists()
    found = spark.read.parquet(str(target)).toArrow().to_pylist()
    assert sorted(found, key=lambda row: row["id"]) == pages.rows


def test_a_worker_loads_the_weights_once_for_all_its_tasks(spark: Any, pages: Pages) -> None:
    def count(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from cleaner import weights

        for batch in arrow.clean_batches(batches):
            loads = [weights._shipped.cache_info().misses] * batch.num_rows
            pids = [os.getpid()] * batch.num_rows
            yield pa.record_batch({"pid": pids, "loads": loads})

    frame = spark.createDataFrame(pages.table).mapInArrow(count, "pid long, loads long")
    found = frame.toArrow()
    # Those of text, and those of HTML where it had a page of that.
    assert set(found["loads"].to_pylist()) <= {1, 2}
    assert len(found["pid"].unique()) < frame.rdd.getNumPartitions()


def test_the_example_gives_row_for_row_what_clean_gives(
    example: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    found = example("with_spark.py", PYSPARK_PYTHON=sys.executable, PYSPARK_SUBMIT_ARGS=SUBMIT)
    assert sorted(found, key=lambda row: row["id"]) == pages.rows


def test_the_snippet_of_the_documentation_gives_the_same(
    snippet: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    found = snippet("spark", PYSPARK_PYTHON=sys.executable, PYSPARK_SUBMIT_ARGS=SUBMIT)
    assert sorted(found, key=lambda row: row["id"]) == pages.slim
