"""Clean a Parquet table of pages on Ray: `python with_ray.py PAGES ARTICLES`."""

import sys

import ray

from cleaner.arrow import clean_table

# So many pages make a batch: a few seconds of work for a core.
PAGES_AT_ONCE = 256


def clean(pages: ray.data.Dataset) -> ray.data.Dataset:
    """Give the articles of a dataset of pages, a row for each."""
    return pages.map_batches(clean_table, batch_format="pyarrow", batch_size=PAGES_AT_ONCE)


def main(pages: str, articles: str) -> None:
    """Clean the table `pages` into a folder of Parquet files `articles`."""
    # Without this, blocks come in the order in which they are done.
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    clean(ray.data.read_parquet(pages)).write_parquet(articles)


if __name__ == "__main__":
    main(*sys.argv[1:])
