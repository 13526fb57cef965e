"""A directory, an archive, a table of pages cleaned into one output that accounts for each.

run         the whole of it, step by step
page        what becomes of one page: a pure function
learning    what the sites of its pages repeat, learned in a pass before
workers     worker   processes that clean, whatever becomes of one of them
journal     what is done so far, on disk, to be taken up again
writers     where the pages go: a file of lines, Parquet, a folder
manifest    a line for every input
summary     what it came to
names       ids and files that are told apart
duplicates  pages that tell the same story
"""

from __future__ import annotations

from cleaner.batch.journal import ResumeError
from cleaner.batch.page import Format, Outcome, Status
from cleaner.batch.run import MEMORY_LIMIT, TIME_LIMIT, run
from cleaner.batch.summary import Summary
from cleaner.batch.workers import WorkerError

__all__ = [
    "MEMORY_LIMIT",
    "TIME_LIMIT",
    "Format",
    "Outcome",
    "ResumeError",
    "Status",
    "Summary",
    "WorkerError",
    "run",
]
