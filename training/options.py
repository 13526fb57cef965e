"""What all commands of training are told, and where they find and write things."""

from __future__ import annotations

import argparse
from pathlib import Path

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "src/cleaner/weights"
_TRAIN = "dumps.train.jsonl.xz"  # what no corpus is without


def command_line(command: str, description: str | None) -> argparse.ArgumentParser:
    """A parser of the options that every command has; each adds its own.

    >>> command_line("training.fields", None).get_default("processes")
    2
    """
    made = argparse.ArgumentParser(prog=f"python -m {command}", description=description)
    made.add_argument(
        "corpus", type=corpus_folder, help="folder of dumps.*, pages.*, other.*.jsonl.xz"
    )
    made.add_argument("--cache", type=Path, default=ROOT / ".training", help="for encoded dumps")
    made.add_argument("--out", type=Path, default=WEIGHTS, help="folder for the weights")
    made.add_argument("--processes", type=int, default=2)
    return made


def corpus_folder(folder: str) -> Path:
    """The folder of a corpus, as an argument: what is none would be learnt from as an empty one.

    >>> corpus_folder("nowhere")
    Traceback (most recent call last):
    ...
    argparse.ArgumentTypeError: nowhere holds no dumps.train.jsonl.xz: name a corpus's folder
    """
    if not (Path(folder) / _TRAIN).is_file():
        raise argparse.ArgumentTypeError(f"{folder} holds no {_TRAIN}: name a corpus's folder")
    return Path(folder)


def seeds_folder(folder: str) -> Path:
    """The folder of dumps that are labelled by hand, as an argument.

    >>> seeds_folder("nowhere")
    Traceback (most recent call last):
    ...
    argparse.ArgumentTypeError: nowhere holds no dumps (.txt)
    """
    if not any(Path(folder).glob("*.txt")):
        raise argparse.ArgumentTypeError(f"{folder} holds no dumps (.txt)")
    return Path(folder)
