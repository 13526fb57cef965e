"""Clean a Parquet table of pages on Spark: `spark-submit with_spark.py PAGES ARTICLES [TEMPLATES]`.

TEMPLATES is a file of `cleaner batch --save-templates`: what each site repeats, as evidence.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from cleaner.arrow import clean_batches, output_schema
from cleaner.template import Templates

# So many pages go to Python at a time: Spark's own 10,000 fill the memory of an executor.
PAGES_AT_ONCE = 256


def clean(pages: DataFrame, templates: Templates | None = None) -> DataFrame:
    """Give the articles of a frame of pages, a row for each."""
    spark = pages.sparkSession
    schema = output_schema(pages.limit(0).toArrow().schema)
    names = spark.createDataFrame(schema.empty_table()).schema
    # Every worker gets them once, and not with every task.
    known = spark.sparkContext.broadcast(templates)

    def cleaned(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return clean_batches(batches, template=known.value)

    return pages.mapInArrow(cleaned, names)


def main(pages: str, articles: str, templates: str | None = None) -> None:
    """Clean the table `pages` into a new table `articles`."""
    spark = (
        SparkSession.builder.appName("cleaner")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", PAGES_AT_ONCE)
        .getOrCreate()
    )
    known = Templates.from_json(Path(templates).read_bytes()) if templates else None
    clean(spark.read.parquet(pages), known).write.parquet(articles)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
