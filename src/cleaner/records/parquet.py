"""Parquet: a row a page, in one of its columns."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

from cleaner.records import columns
from cleaner.records.record import Failure, MissingExtraError, Record, known, missing

# Rows in memory at once: pages of a megabyte still leave room.
_BATCH = 64
_BUFFER = 1 << 20
_COPIED = 1 << 20


def rows(
    stream: BinaryIO, name: str, column: str | None
) -> Iterator[tuple[str, Callable[[], Record | Failure]]]:
    """Give each row: its id (the column `id`, else `name#NUMBER` from 1), and what reads it.

    What cannot be sought in (standard input, a compressed file) is copied to disk first. Raises
    ValueError where no column holds pages or the file is broken, MissingExtraError without pyarrow.
    """
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError(missing("pyarrow", "Parquet files")) from error
    with tempfile.TemporaryFile() as copy:
        seekable = isinstance(stream, io.BufferedReader) and stream.seekable()
        if not seekable:
            while piece := stream.read(_COPIED):
                copy.write(piece)
            copy.seek(0)
        file = parquet.ParquetFile(
            stream if seekable else copy, pre_buffer=False, buffer_size=_BUFFER
        )
        there = file.schema_arrow.names
        chosen = columns.choose(there, column)
        wanted = [name for name in there if name in {chosen, columns.ID, columns.URL}]
        number = 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                answer = columns.record(row, chosen, f"{name}#{number}")
                yield answer.id, known(answer)
