"""Pages per second of `cleaner`, page by page and batched, by stage, and beside trafilatura.

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
Work = Callable[[Sequence[Source]], object]  # on a run of pages

# A stage and the functions that make it up, each a module of `cleaner` and a name in it.
STAGES = {
    "source": (("source", "read"), ("source", "looks_like_html")),
    "markup": (("markup", "read"),),
    "dump": (("dump", "read"),),
    "features": (("features", "describe"), ("features", "describe_elements")),
    "labeller": (("labeller", "label"), ("labeller", "label_pages")),
    "fields": (("title", "pick"), ("byline", "pick"), ("dates", "pick")),
    "agreement": (("agreement", "headline"), ("agreement", "author"), ("agreement", "day")),
    "assemble": (("assemble", "assemble"),),
    "language": (("language", "detect"),),
}
REST = "rest"

RUN = 16  # pages that each contestant has at a turn: a batch or two


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was timed, over how many pages, in how many seconds."""

    name: str
    pages: int
    seconds: float

    @property
    def rate(self) -> float:
        """Pages per second."""
        return self.pages / self.seconds if self.seconds else float("inf")

    def __str__(self) -> str:
        each = 1000 * self.seconds / self.pages if self.pages else 0.0
        return f"{self.name:28}{self.pages:8d}{self.rate:12.1f}{each:12.3f}"


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


def page_by_page(sources: Sequence[Source]) -> None:
    """Clean pages as most callers do."""
    from cleaner import clean

    for source in sources:
        clean(source)


def batched(sources: Sequence[Source]) -> None:
    """Clean pages several at a time."""
    from cleaner import _clean_many

    for _ in _clean_many(sources):
        pass


def stages(name: str, work: Work, sources: Sequence[Source]) -> list[Row]:
    """Time a function over pages, whole and by stage; the whole is timed unwrapped."""
    work(sources[:1])  # weights and lexicons are loaded by the first call
    start = process_time()
    work(sources)
    whole = process_time() - start
    watch = Stopwatch()
    with timed_stages(watch):
        watch.wrap(REST, work)(sources)
    rows = [
        Row(f"  {stage}", len(sources), watch.seconds[stage])
        for stage in (*STAGES, REST)
        if watch.calls[stage]
    ]
    return [Row(name, len(sources), whole), *rows]


def compare(contestants: Iterable[tuple[str, Work, Sequence[Source]]]) -> list[Row]:
    """Time functions over the same pages in turns, so that all see the same machine.

    Each contestant is a name, a function and its form of every page; it is given RUN pages at a
    time, then the next has its turn.
    """
    entries = list(contestants)
    seconds: defaultdict[str, float] = defaultdict(float)
    for _, work, sources in entries:
        work(sources[:1])
    pages = min(len(sources) for _, _, sources in entries)
    for at in range(0, pages, RUN):
        for name, work, sources in entries:
            start = process_time()
            work(sources[at : at + RUN])
            seconds[name] += process_time() - start
    return [Row(name, pages, seconds[name]) for name, _, _ in entries]


def ratios(rows: Sequence[Row]) -> list[str]:
    """How many times the pages per second of the last of some rows each of the others does.

    >>> ratios([Row("cleaner", 9, 1.0), Row("other", 3, 1.0)])
    ['cleaner does 3.0 times the pages per second of other']
    """
    *others, last = rows
    return [
        f"{row.name} does {row.rate / last.rate:.1f} times the pages per second of {last.name}"
        for row in others
    ]
