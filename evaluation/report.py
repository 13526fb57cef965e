"""Tables of results, as values and as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from evaluation import figures
from evaluation.runs import Result

ALL = "ALL"
UNTOLD = "-"  # the group of pages that do not tell theirs
LABEL_WIDTH = 28
WIDTH = 9  # columns of a figure
QUOTE = 90  # characters shown of a paragraph

Table = dict[str, dict[str, float]]


def group(result: Result, by: Sequence[str]) -> str:
    """Give the name of a result's group: its values of the fields, "-" for none."""
    return " ".join(str(getattr(result, name) or UNTOLD) for name in by)


def table(results: Iterable[Result], by: Sequence[str]) -> Table:
    """Give the mean figures per group, in the order of their names, and of all together."""
    groups: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    every = []
    for result in results:
        if result.figures:
            groups[group(result, by)].append(result.figures)
            every.append(result.figures)
    rows = {name: figures.means(groups[name]) for name in sorted(groups)}
    return rows | {ALL: figures.means(every)}


def render(rows: Mapping[str, Mapping[str, float]], heading: str, signed: bool = False) -> str:
    """Write a table as text, a column per figure; `signed` is for differences."""
    pattern = f"{'+' if signed else ''}{WIDTH}.3f"
    columns = ("n", *figures.FIGURES)
    out = [f"{heading:{LABEL_WIDTH}}" + "".join(f"{name:>{WIDTH}}" for name in columns)]
    for label, row in rows.items():
        cells = [f"{row['n']:{WIDTH}d}"]
        cells += [
            f"{row[name]:{pattern}}" if name in row else f"{'-':>{WIDTH}}"
            for name in figures.FIGURES
        ]
        out.append(f"{label[:LABEL_WIDTH]:{LABEL_WIDTH}}" + "".join(cells))
    return "\n".join(out)


def shorten(text: str) -> str:
    """Give a text on one line of bounded length."""
    folded = " ".join(text.split())
    return folded if len(folded) <= QUOTE else folded[: QUOTE - 1] + "…"


def worst(results: Iterable[Result], count: int) -> str:
    """List the results of the lowest body F1 with what each lost and wrongly kept first."""
    scored = [result for result in results if "F1" in result.figures]
    scored.sort(key=lambda result: result.figures["F1"])
    out = []
    for result in scored[:count]:
        row = result.figures
        out.append(
            f"F1 {row['F1']:.3f}  P {row['P']:.3f}  R {row['R']:.3f}  "
            f"{result.dataset or '-'} {result.id} {result.renderer or ''}".rstrip()
        )
        out += [
            f"    {what}: {shorten(text)}"
            for what, text in (("lost", result.lost), ("kept", result.kept))
            if text
        ]
    return "\n".join(out)
