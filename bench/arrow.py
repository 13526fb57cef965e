"""What pages in Arrow columns cost beside `cleaner.clean`, and how memory grows with a batch."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from bench import peak as peak_of_process
from bench.speed import Row

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Peak:
    """The peak of memory (MB) of a process that streams pages in batches of so many rows."""

    rows: int
    blocks: bool
    memory: float

    def __str__(self) -> str:
        what = "with blocks" if self.blocks else "without"
        return f"batches of {self.rows:6d} {what:12}{self.memory:8.0f} MB"


def rates(pages: Sequence[str | bytes]) -> list[Row]:
    """Time `cleaner.clean` and `clean_table` over the same pages, in turns, so that all saw the
    same machine."""
    import pyarrow as pa

    from cleaner import clean
    from cleaner.arrow import clean_table

    table = pa.table({"text": pages})
    works: dict[str, Callable[[], Any]] = {
        "cleaner.clean": lambda: [clean(page) for page in pages],
        "clean_table, without blocks": lambda: clean_table(table, blocks=False),
        "clean_table": lambda: clean_table(table),
    }
    seconds = dict.fromkeys(works, 0.0)
    clean("")  # weights and lexicons are loaded by the first call
    for name, work in itertools.chain.from_iterable([works.items()] * ROUNDS):
        start = process_time()
        work()
        seconds[name] += process_time() - start
    return [Row(name, ROUNDS * len(pages), spent) for name, spent in seconds.items()]


def sizes(pages: Sequence[str | bytes]) -> dict[str, float]:
    """Give the size of a page, and of its row with and without blocks, in KB on average."""
    import pyarrow as pa

    from cleaner.arrow import clean_table

    table = pa.table({"text": pages})
    answers = {
        "pages": table,
        "articles": clean_table(table),
        "without blocks": clean_table(table, blocks=False),
    }
    return {name: one.nbytes / 1000 / len(pages) for name, one in answers.items()}


def peak(corpus: Path, pages: int, rows: int, *, blocks: bool) -> Peak:
    """Measure in a fresh process; raises ValueError where the corpus cannot be read."""
    given = (str(corpus), str(pages), str(rows), str(int(blocks)))
    command = [sys.executable, "-m", "bench.arrow", *given]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise ValueError(done.stderr.strip())
    return Peak(rows, blocks, float(json.loads(done.stdout)))


def _stream(corpus: Path, pages: int, rows: int, blocks: int) -> float:
    import pyarrow as pa

    from cleaner.arrow import clean_batches
    from evaluation import corpus as reader

    def batches() -> Iterator[pa.RecordBatch]:
        endless = itertools.chain.from_iterable(reader.pages(corpus) for _ in itertools.count())
        for first in range(0, pages, rows):
            some = itertools.islice(endless, min(rows, pages - first))
            yield pa.record_batch({"text": [page.source for page in some]})

    for _ in clean_batches(batches(), blocks=bool(blocks)):
        pass
    return peak_of_process.own()


if __name__ == "__main__":
    print(json.dumps(_stream(Path(sys.argv[1]), *map(int, sys.argv[2:]))))
