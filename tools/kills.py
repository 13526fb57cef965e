"""Kill batches at random moments, resume them, and compare with one that was left in peace.

    python tools/kills.py [--kills 30] [--pages 120] [--format jsonl] [--seed 1]

Each run is killed with SIGKILL after a random part of the time that the undisturbed one took, some
of them twice, and then resumed. Output and manifest must be the same bytes, and nothing else may be
left beside them. Prints a line for each and exits with 1 where one differs.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"

# Of the runs so many, too, are killed again while they are resumed.
TWICE = 1 / 3


def pages_of(count: int, folder: Path) -> Path:
    """Make a folder of so many pages out of the fixtures, with some that fail among them."""
    sources = sorted((FIXTURES / "articles").glob("*.tsv"))
    for number in range(count):
        page = folder / f"{number // 50:02}" / f"{number:04}.tsv"
        page.parent.mkdir(parents=True, exist_ok=True)
        if number % 17 == 3:
            page.with_suffix(".txt").write_bytes(b"\0 binary")
        else:
            shutil.copy(sources[number % len(sources)], page)
    return folder


def command(pages: Path, output: Path, options: Sequence[str]) -> list[str]:
    """The command line of a batch that may be killed, and of its resumption."""
    return [sys.executable, "-m", "cleaner", "batch", str(pages), "--out", str(output), *options]


def kill_after(seconds: float, line: list[str]) -> tuple[bool, int]:
    """Run a command and kill it after a while; whether it was killed, and how many pages it had."""
    with subprocess.Popen(line, stderr=subprocess.DEVNULL) as child:
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        child.wait()
    output = Path(line[line.index("--out") + 1])
    listing = output.with_name(f"{output.name}.part") / "manifest.jsonl"
    done = listing.read_bytes().count(b"\n") if listing.exists() else 0
    return child.returncode == -signal.SIGKILL, done


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: its path there, and what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Run the trial and give its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--format", default="jsonl")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    chance = random.Random(args.seed)
    options = ["--format", args.format, "--workers", "2"]
    with tempfile.TemporaryDirectory() as folder:
        pages = pages_of(args.pages, Path(folder, "pages"))
        whole = Path(folder, "whole")
        whole.mkdir()
        started = time.monotonic()
        subprocess.run(
            command(pages, whole / "out", options), check=False, stderr=subprocess.DEVNULL
        )
        seconds = time.monotonic() - started
        expected = contents(whole)
        print(f"undisturbed: {seconds:.1f} s, {len(expected)} files")
        wrong = sum(
            not _trial(number, pages, Path(folder, str(number)), options, seconds, expected, chance)
            for number in range(1, args.kills + 1)
        )
    print(f"{args.kills - wrong} of {args.kills} identical")
    return int(wrong > 0)


def _trial(
    number: int,
    pages: Path,
    folder: Path,
    options: list[str],
    seconds: float,
    expected: dict[str, bytes],
    chance: random.Random,
) -> bool:
    folder.mkdir()
    line = command(pages, folder / "out", options)
    words = []
    for attempt in range(2 if chance.random() < TWICE else 1):
        moment = chance.uniform(0, seconds)
        killed, done = kill_after(moment, [*line, "--resume"] if attempt else line)
        words.append(f"{'killed' if killed else 'ended'} at {moment:.2f} s with {done} lines")
    resumed = subprocess.run([*line, "--resume"], check=False, stderr=subprocess.PIPE, text=True)
    same = contents(folder) == expected
    last = resumed.stderr.splitlines()[0] if resumed.stderr else ""
    print(
        f"{number:3} {'identical' if same else 'DIFFERS  '} {', then '.join(words)}; {last}",
        flush=True,
    )
    shutil.rmtree(folder)
    return same


if __name__ == "__main__":
    sys.exit(main())
