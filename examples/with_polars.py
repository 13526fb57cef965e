"""Clean a Parquet file of pages with Polars: `python with_polars.py PAGES ARTICLES`."""

import sys

import polars as pl

from cleaner.arrow import clean_table


def clean(pages: pl.DataFrame) -> pl.DataFrame:
    """Give the articles of a frame of pages, a row for each."""
    return pl.DataFrame(clean_table(pages.to_arrow()))


def main(pages: str, articles: str) -> None:
    """Clean the Parquet file `pages` into a Parquet file `articles`."""
    clean(pl.read_parquet(pages)).write_parquet(articles)


if __name__ == "__main__":
    main(*sys.argv[1:])
