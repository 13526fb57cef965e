"""What `import cleaner` costs, in fresh processes."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

ROUNDS = 15  # the median of so many shrugs off a few that the machine disturbed
BARE = "pass"
IMPORT = "import cleaner"
HEAVY = ("trafilatura", "lxml", "numpy")  # needed by a call at the earliest, never by the import


def milliseconds() -> tuple[float, float]:
    """Give the median duration of a bare process and of one that imports, run in turns."""
    times: dict[str, list[float]] = {BARE: [], IMPORT: []}
    for _ in range(ROUNDS):
        for code, taken in times.items():
            start = perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            taken.append(1000 * (perf_counter() - start))
    return median(times[BARE]), median(times[IMPORT])


def imported() -> list[str]:
    """Give the heavy modules that `import cleaner` brings in."""
    code = f"import sys; {IMPORT}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return found.stdout.split()
