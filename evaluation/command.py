"""Runs a command of `evaluation` or `bench`, and says in a line what is wrong with a corpus."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from evaluation.benchmarks import CorpusError


def run(parser: argparse.ArgumentParser, argv: Sequence[str] | None) -> int:
    """Run the command that these arguments name (`sys.argv` if None) and give its exit code."""
    args = parser.parse_args(argv)
    try:
        code: int = args.command(args)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    return code
