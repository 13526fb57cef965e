"""What a process that cleans many dumps needs at most, in a fresh process."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

from bench import peak as peak_of_process
from evaluation import corpus as reader
from evaluation.benchmarks import CorpusError


def peaks(corpus: Path, dumps: int) -> tuple[float, float]:
    """Give the peak of memory (MB) of a process that cleans one dump, and of one that cleans many.

    The dumps of a corpus are read one at a time, again and again until there are enough. Raises
    CorpusError where it has none or cannot be read.
    """
    if next(reader.pages(corpus), None) is None:
        raise CorpusError(f"no pages in {corpus}")
    return _peak(corpus, 1), _peak(corpus, dumps)


def _peak(corpus: Path, dumps: int) -> float:
    command = [sys.executable, "-m", "bench.memory", str(corpus), str(dumps)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return float(json.loads(done.stdout))


def _clean(corpus: Path, dumps: int) -> float:
    from cleaner import clean

    again = itertools.chain.from_iterable(reader.pages(corpus) for _ in itertools.count())
    for page in itertools.islice(again, dumps):
        clean(page.source)
    return peak_of_process.own()


if __name__ == "__main__":
    print(json.dumps(_clean(Path(sys.argv[1]), int(sys.argv[2]))))
