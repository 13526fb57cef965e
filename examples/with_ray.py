"""Clean a Parquet table of pages on Ray: `python with_ray.py PAGES ARTICLES [TEMPLATES]`.

TEMPLATES is a file of `cleaner batch --save-templates`: what each site repeats, as evidence.
"""

import sys
from pathlib import Path

import pyarrow as pa
import ray

from cleaner.arrow import clean_table
from cleaner.template import Templates

# So many pages make a batch: a few seconds of work for a core.
PAGES_AT_ONCE = 256


def clean(pages: ray.data.Dataset, templates: Templates | None = None) -> ray.data.Dataset:
    """Give the articles of a dataset of pages, a row for each."""
    # Every node gets them once, and not with every task.
    known = ray.put(templates)

    def cleaned(table: pa.Table) -> pa.Table:
        return clean_table(table, template=ray.get(known))

    return pages.map_batches(cleaned, batch_format="pyarrow", batch_size=PAGES_AT_ONCE)


def main(pages: str, articles: str, templates: str | None = None) -> None:
    """Clean the table `pages` into a folder of Parquet files `articles`."""
    # Without this, blocks come in the order in which they are done.
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    known = Templates.from_json(Path(templates).read_bytes()) if templates else None
    clean(ray.data.read_parquet(pages), known).write_parquet(articles)


if __name__ == "__main__":
    main(*sys.argv[1:])
