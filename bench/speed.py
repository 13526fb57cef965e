"""Pages per second of `cleaner.clean`, whole and by stage, beside trafilatura.

The stages are timed where the pipeline calls them: their functions are wrapped for one pass
over the pages, so that the composition stands in one place only, the library itself.
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time
from typing import Any

Source = str | bytes
Work = Callable[[Source], object]

# A stage and the functions that make it up, each a module of `cleaner` and a name in it.
STAGES = {
    "source": (("source", "read"), ("source", "looks_like_html")),
    "markup": (("markup", "read"),),
    "dump": (("dump", "read"),),
    "features": (("features", "describe"), ("features", "describe_elements")),
    "labeller": (("labeller", "label"),),
    "fields": (("title", "pick"), ("byline", "pick"), ("dates", "pick")),
    "agreement": (("agreement", "headline"), ("agreement", "author"), ("agreement", "day")),
    "assemble": (("assemble", "assemble"),),
    "language": (("language", "detect"),),
}
REST = "rest"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was timed, over how many pages, in how many seconds."""

    name: str
    pages: int
    seconds: float

    def __str__(self) -> str:
        each = 1000 * self.seconds / self.pages if self.pages else 0.0
        rate = self.pages / self.seconds if self.seconds else float("inf")
        return f"{self.name:28}{self.pages:8d}{rate:12.1f}{each:12.3f}"


HEADING = f"{'':28}{'pages':>8}{'pages/s':>12}{'ms/page':>12}"


class Stopwatch:
    """Adds up the time spent inside wrapped functions, each second given to the innermost."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._inner = [0.0]  # for each call under way, the time its own calls took

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give a function that does the same and adds its time under a name."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            self._inner.append(0.0)
            start = process_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent = process_time() - start
                self.seconds[name] += spent - self._inner.pop()
                self._inner[-1] += spent
                self.calls[name] += 1

        return timed


@contextmanager
def timed_stages(watch: Stopwatch) -> Iterator[None]:
    """Wrap the stages' functions wherever a module of `cleaner` holds them, for a while."""
    undo: list[tuple[Any, str, Any]] = []
    for stage, places in STAGES.items():
        for module_name, name in places:
            function = getattr(importlib.import_module(f"cleaner.{module_name}"), name)
            wrapped = watch.wrap(stage, function)
            for holder, attribute in list(_holders(function)):
                undo.append((holder, attribute, function))
                setattr(holder, attribute, wrapped)
    try:
        yield
    finally:
        for holder, attribute, function in undo:
            setattr(holder, attribute, function)


def _holders(function: object) -> Iterator[tuple[Any, str]]:
    for module_name, module in list(sys.modules.items()):
        if module_name.split(".")[0] == "cleaner":
            for attribute, value in list(vars(module).items()):
                if value is function:
                    yield module, attribute


def stages(clean: Work, sources: Sequence[Source]) -> list[Row]:
    """Time a function over pages, whole and by stage; the whole is timed unwrapped."""
    clean(sources[0])  # weights and lexicons are loaded by the first call
    start = process_time()
    for source in sources:
        clean(source)
    whole = process_time() - start
    watch = Stopwatch()
    with timed_stages(watch):
        rest = watch.wrap(REST, clean)
        for source in sources:
            rest(source)
    rows = [
        Row(f"  {stage}", len(sources), watch.seconds[stage])
        for stage in (*STAGES, REST)
        if watch.calls[stage]
    ]
    return [Row("cleaner.clean", len(sources), whole), *rows]


def compare(contestants: Iterable[tuple[str, Work, Sequence[Source]]]) -> list[Row]:
    """Time functions over the same pages in turns, so that all see the same machine.

    Each contestant is a name, a function and its form of every page.
    """
    runs = list(contestants)
    seconds: defaultdict[str, float] = defaultdict(float)
    for _, work, sources in runs:
        work(sources[0])
    for at in range(min(len(sources) for _, _, sources in runs)):
        for name, work, sources in runs:
            start = process_time()
            work(sources[at])
            seconds[name] += process_time() - start
    return [Row(name, len(sources), seconds[name]) for name, _, sources in runs]
