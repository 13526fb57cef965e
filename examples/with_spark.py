"""Clean a Parquet table of pages on Spark: `spark-submit with_spark.py PAGES ARTICLES`."""

import sys

from pyspark.sql import DataFrame, SparkSession

from cleaner.arrow import clean_batches, output_schema

# So many pages go to Python at a time: Spark's own 10,000 fill the memory of an executor.
PAGES_AT_ONCE = 256


def clean(pages: DataFrame) -> DataFrame:
    """Give the articles of a frame of pages, a row for each."""
    schema = output_schema(pages.limit(0).toArrow().schema)
    names = pages.sparkSession.createDataFrame(schema.empty_table()).schema
    return pages.mapInArrow(clean_batches, names)


def main(pages: str, articles: str) -> None:
    """Clean the table `pages` into a new table `articles`."""
    spark = (
        SparkSession.builder.appName("cleaner")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", PAGES_AT_ONCE)
        .getOrCreate()
    )
    clean(spark.read.parquet(pages)).write.parquet(articles)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
