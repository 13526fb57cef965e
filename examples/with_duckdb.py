"""Clean a Parquet file of pages in a DuckDB stream: `python with_duckdb.py PAGES ARTICLES`."""

import sys

import duckdb
import pyarrow as pa

from cleaner.arrow import clean_batches, output_schema

# So many pages are in memory at a time.
PAGES_AT_ONCE = 256


def clean(pages: duckdb.DuckDBPyRelation) -> pa.RecordBatchReader:
    """Give the articles of a relation of pages, a row for each, as they are asked for."""
    batches = pages.to_arrow_reader(PAGES_AT_ONCE)
    return pa.RecordBatchReader.from_batches(output_schema(batches.schema), clean_batches(batches))


def main(pages: str, articles: str) -> None:
    """Clean the Parquet file `pages` into a Parquet file `articles`."""
    # A connection reads or writes: here one does each.
    with duckdb.connect() as reading, duckdb.connect() as writing:
        writing.from_arrow(clean(reading.read_parquet(pages))).write_parquet(articles)


if __name__ == "__main__":
    main(*sys.argv[1:])
