"""What all commands of training are told, and where they find and write things."""

from __future__ import annotations

import argparse
from pathlib import Path

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "src/cleaner/weights"


def command_line(command: str, description: str | None) -> argparse.ArgumentParser:
    """A parser of the options that every command has; each adds its own.

    >>> command_line("training.fields", None).parse_args(["corpus"]).processes
    2
    """
    made = argparse.ArgumentParser(prog=f"python -m {command}", description=description)
    made.add_argument("corpus", type=Path, help="folder of dumps.*, pages.*, other.*.jsonl.xz")
    made.add_argument("--cache", type=Path, default=ROOT / ".training", help="for encoded dumps")
    made.add_argument("--out", type=Path, default=WEIGHTS, help="folder for the weights")
    made.add_argument("--processes", type=int, default=2)
    return made
