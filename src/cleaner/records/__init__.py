"""Files read into pages, or into the reason why not: the only place that opens inputs.

file        one page out of one file or stream
directory   what stands below a directory, in order
compressed  .gz .bz2 .xz .zst, told by their first bytes
sniff       what a file is
jsonl       parquet  warc   files that hold many pages
columns     http            what they have inside
inputs      whatever is named as an input, as one row of entries
record      the values that all of them give
"""

from __future__ import annotations

from cleaner.records.file import MAX_PAGE, NOT_TEXT, TOO_LONG, read_file, read_stream
from cleaner.records.inputs import STDIN, entries, read_directory, total
from cleaner.records.record import (
    Cause,
    Entry,
    Failure,
    MissingExtraError,
    Record,
    missing,
    told,
)
from cleaner.records.sniff import FIXTURE_SUFFIX, PAGE_SUFFIXES, is_binary

__all__ = [
    "FIXTURE_SUFFIX",
    "MAX_PAGE",
    "NOT_TEXT",
    "PAGE_SUFFIXES",
    "STDIN",
    "TOO_LONG",
    "Cause",
    "Entry",
    "Failure",
    "MissingExtraError",
    "Record",
    "entries",
    "is_binary",
    "missing",
    "read_directory",
    "read_file",
    "read_stream",
    "told",
    "total",
]
