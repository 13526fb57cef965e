"""What a batch gains by a second worker, and what its parent process needs at most."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import peak as peak_of_process

FILES = (2_000, 20_000)
WORKERS = (1, 2)

# So many files share a folder.
_FOLDER = 1_000

HEADING = f"{'files':>8}{'workers':>9}{'seconds':>9}{'pages/s':>9}{'gain':>7}{'parent':>10}"


def measure(
    source: Path, files: Sequence[int], workers: Sequence[int], rounds: int
) -> Iterator[str]:
    """Give a line for each run over a directory of dumps: its speed, and its parent's peak (MB).

    The dumps are those of a corpus file or of the fixtures, again and again until there are
    enough. Runs with different numbers of workers go in turns; `gain` is the speed over that of
    the first of the same turn.
    """
    for count in files:
        with tempfile.TemporaryDirectory() as folder:
            pages = Path(folder, "pages")
            _write(source, pages, count)
            for _ in range(rounds):
                yield from _turn(pages, count, workers)


def _turn(pages: Path, count: int, workers: Sequence[int]) -> Iterator[str]:
    first = 0.0
    for number in workers:
        seconds, megabytes = _run(pages, number)
        speed = count / seconds
        first = first or speed
        yield (
            f"{count:8}{number:9}{seconds:9.1f}{speed:9.1f}{speed / first:7.2f}{megabytes:7.0f} MB"
        )


def _write(source: Path, pages: Path, count: int) -> None:
    dumps = itertools.chain.from_iterable(_dumps(source) for _ in itertools.count())
    for number, dump in enumerate(itertools.islice(dumps, count)):
        folder = pages / f"{number // _FOLDER:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06}.txt").write_bytes(dump)


def _dumps(source: Path) -> Iterator[bytes]:
    from cleaner import records
    from evaluation import corpus

    if source.is_dir():
        found = (one for one in records.read_directory(source) if isinstance(one, records.Record))
        dumps: Iterator[str | bytes] = (one.data for one in found)
    else:
        dumps = (page.source for page in corpus.pages(source))
    for dump in dumps:
        yield dump.encode("utf-8", "backslashreplace") if isinstance(dump, str) else dump


def _run(pages: Path, workers: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.batch", str(pages), str(workers)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def _clean(pages: Path, workers: int) -> tuple[float, float]:
    from cleaner import batch

    started = time.perf_counter()
    batch.run(pages, pages.with_name("articles.jsonl"), workers=workers)
    return time.perf_counter() - started, peak_of_process.own()


if __name__ == "__main__":
    print(json.dumps(_clean(Path(sys.argv[1]), int(sys.argv[2]))))
