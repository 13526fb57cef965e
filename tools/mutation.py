"""Change the code in small ways and see whether the tests notice: python -m tools.mutation.

mutmut makes the mutants: of every function of the modules that pyproject.toml names, one change
each (a comparison, a number, an argument left out). A mutant survives where the tests pass all
the same. Constants outside of functions are not changed, patterns among them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

MUTANTS = Path("mutants")  # mutmut's own folder: copies of the code, and what became of each
FLOOR = 0.8  # of the mutants are to be noticed
EVERY = 5  # so that a run takes a quarter of an hour; all of them take over an hour
MEMORY = 4 << 30  # bytes: a mutant that never stops adding to a list must not take the machine
# Exit codes: all tests passed, or none reaches the function; or time was up. What takes so long may
# never end, which the tests would notice, or the machine was busy: it counts for neither side.
SURVIVED = frozenset({0, 5, 33})
UNSETTLED = frozenset({-24, 24, 36, 152})
FIRST = "cleaner.assemble.x__unique*"  # a few: mutmut writes all mutants before it runs any


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a sample of the mutants and print the share noticed; 1 where it is below the floor."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("--every", type=int, default=EVERY, help="1 for all of them; default 5")
    parser.add_argument("--only", nargs="+", metavar="MODULE", help="of these modules")
    parser.add_argument("--report", action="store_true", help="tell what the last run found")
    options = parser.parse_args(arguments)
    if not options.report:
        _mutmut(FIRST)
        names = sorted(_results())
        wanted = [name for name in names if not options.only or _module(name) in options.only]
        if not wanted:
            parser.error(f"no mutants of {' '.join(options.only)}: see pyproject.toml for modules")
        _mutmut(*wanted[:: options.every])
    return _tell(_results())


def _mutmut(*names: str) -> None:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names]
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"HYPOTHESIS_PROFILE": "mutation"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    if done.returncode:
        sys.exit(done.stdout.decode(errors="replace")[-4000:])


def _results() -> dict[str, int | None]:
    """Every mutant by name, with the exit code of its tests; None where they were not run."""
    found: dict[str, int | None] = {}
    for path in MUTANTS.rglob("*.py.meta"):
        found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return found


def _tell(results: Mapping[str, int | None]) -> int:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, code in sorted(results.items()):
        kind = "survived" if code in SURVIVED else "late" if code in UNSETTLED else "noticed"
        if code is not None:
            counts[_module(name)][kind] += 1
        if code in SURVIVED:
            print(f"survived  {name}")
    whole = sum(counts.values(), Counter())
    for module, count in [*counts.items(), ("all", whole)]:
        print(f"{module:10}{_share(count):7.1%} noticed: {dict(count)}")
    print(f"{whole.total()} of {len(results)} mutants run; `mutmut show NAME` shows one")
    return int(_share(whole) < FLOOR)


def _module(name: str) -> str:
    return name.split(".")[1]


def _share(count: Counter[str]) -> float:
    return count["noticed"] / max(1, count["noticed"] + count["survived"])


if __name__ == "__main__":
    sys.exit(main())
