"""Pages in a column cleaned into columns: what Spark, Ray, DuckDB and Polars call.

Every row gives a row, in the same order: the article of its page, or nulls and the `error` that
says why there is none. `docs/clusters.md` shows it in each engine.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

import cleaner
from cleaner import records
from cleaner.article import Article

try:
    import pyarrow as pa
except ImportError as error:
    raise ImportError(
        "cleaner.arrow needs pyarrow: pip install 'newsdump-cleaner[arrow]'"
    ) from error

from cleaner.arrow import answer, columns
from cleaner.arrow.answer import SCHEMA
from cleaner.arrow.columns import Columns
from cleaner.template import Template, Templates, site

__all__ = ["SCHEMA", "clean_batches", "clean_table", "output_schema"]

# An answer is built for so many rows at a time, or for pages of so many characters or bytes in
# all: what Python holds of them stays small, whatever the batches of the engine.
_ROWS = 32
_SIZE = 8_000_000


class _Given(NamedTuple):
    """What a row gives: a page, its address and its day; or the error that stands in the way."""

    page: str | bytes = b""
    url: str | None = None
    today: datetime.date | None = None
    error: str | None = None


def clean_table(
    table: pa.Table,
    *,
    column: str | None = None,
    url: str | None = None,
    today: datetime.date | str | None = None,
    blocks: bool = True,
    template: Template | Templates | None = None,
) -> pa.Table:
    """Give the articles of a table of pages: the same rows in the same order.

    The columns are those of the table but the pages, as they are, then those of `SCHEMA`: the
    fields of `Article` but `source`, with the values that `cleaner.clean` gives, and `error`.
    Where that is not null (a null or binary page, a broken day) all the other fields are.

    `column` names the pages, strings or binary; if None, it is the one called text, html, source,
    content, raw_content, page or dump. `url` names the addresses; if None, a column `url` is used
    where there is one. `today` is the day on which the dumps were taken, or names the column of
    days: dates, timestamps (their day in their own zone) or ISO 8601. Without `blocks` that column
    is left out, and so is most of the answer's size. `template` is what is known of the site of all
    pages, or of several sites: then the address of a page says which.

    Raises ValueError, which names the columns, where the pages cannot be told, have another type,
    or where a column would stand beside one of the same name.

    >>> pages = pa.table({"id": [1, 2], "text": ["Home\\nNews\\nSport\\n", None]})
    >>> clean_table(pages).select(["id", "is_article", "body", "error"]).to_pylist()[0]
    {'id': 1, 'is_article': False, 'body': '', 'error': None}
    >>> clean_table(pages)["error"].to_pylist()[1]
    'no page: text is null here'
    """
    options = partial(columns.choose, column=column, url=url, today=today, blocks=blocks)
    chosen = options(table.schema)
    batches = _cleaned(table.to_batches(), options, template)
    return pa.Table.from_batches(batches, chosen.schema)


def clean_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    column: str | None = None,
    url: str | None = None,
    today: datetime.date | str | None = None,
    blocks: bool = True,
    template: Template | Templates | None = None,
) -> Iterator[pa.RecordBatch]:
    """Give the articles of a stream of pages, of any length: the same rows in the same order.

    Options, columns and errors are those of `clean_table`. Batches of many rows, or of long pages,
    come out in several: memory is that of the batch which came in and of a few articles.

    >>> pages = pa.record_batch({"id": [1, 2, 3], "html": ["<p>Home", "<p>News", None]})
    >>> [batch.num_rows for batch in clean_batches(iter([pages, pages]))]
    [3, 3]
    """
    options = partial(columns.choose, column=column, url=url, today=today, blocks=blocks)
    return _cleaned(batches, options, template)


def output_schema(
    schema: pa.Schema,
    *,
    column: str | None = None,
    url: str | None = None,
    today: datetime.date | str | None = None,
    blocks: bool = True,
) -> pa.Schema:
    """Give the schema of what `clean_table` and `clean_batches` make of a table of this schema.

    For engines that want to know before the first row. Options and errors are those of
    `clean_table`.

    >>> output_schema(pa.schema({"id": pa.int64(), "html": pa.binary()}), blocks=False).names[:3]
    ['id', 'title', 'byline']
    """
    return columns.choose(schema, column=column, url=url, today=today, blocks=blocks).schema


def _cleaned(
    batches: Iterable[pa.RecordBatch],
    options: partial[Columns],
    template: Template | Templates | None,
) -> Iterator[pa.RecordBatch]:
    schema = chosen = None
    for batch in batches:
        if chosen is None or batch.schema != schema:
            schema, chosen = batch.schema, options(batch.schema)
        yield from _batch(batch, chosen, template)


def _batch(
    batch: pa.RecordBatch, chosen: Columns, template: Template | Templates | None
) -> Iterator[pa.RecordBatch]:
    """The answer to a batch: one to its first rows, one to the next, at least one."""
    carried = batch.select(chosen.carried)
    first = size = 0
    found: list[Article | str] = []
    for given in _given(batch, chosen):
        if found and (len(found) == _ROWS or size + len(given.page) > _SIZE):
            yield answer.beside(carried.slice(first, len(found)), found, chosen.schema)
            first, size, found = first + len(found), 0, []
        size += len(given.page)
        found.append(_outcome(given, chosen.blocks, template))
    yield answer.beside(carried.slice(first), found, chosen.schema)


def _given(batch: pa.RecordBatch, chosen: Columns) -> Iterator[_Given]:
    for row in range(batch.num_rows):
        page = columns.page(batch.column(chosen.page)[row])
        if page is None:
            yield _Given(error=f"no page: {batch.schema.names[chosen.page]} is null here")
            continue
        url = None if chosen.url is None else columns.text(batch.column(chosen.url)[row])
        today = chosen.today
        try:
            if isinstance(today, int):
                today = columns.day(batch.column(today)[row])
        except ValueError as error:
            yield _Given(error=str(error))
        else:
            yield _Given(page, url, today)


def _outcome(given: _Given, blocks: bool, template: Template | Templates | None) -> Article | str:
    """The article of a page, or why there is none; with the reasons of its blocks, if wanted."""
    if given.error is not None:
        return given.error
    if isinstance(given.page, bytes) and records.is_binary(given.page):
        return records.NOT_TEXT
    if isinstance(template, Templates):
        template = template.of(site(given.url)) if given.url else None
    try:
        article = cleaner.clean(given.page, today=given.today, url=given.url, template=template)
        if blocks and article.blocks:
            _ = article.blocks[0].reason  # works out all of them: what fails there is this page's
        return article
    except Exception as error:  # noqa: BLE001 - clean never raises; a fault costs one row, not the job
        return f"a fault in cleaner ({error!r}); please report it with this page"
