"""Write the measured figures of the documentation anew.

    python -m evaluation run CORPUS/dumps.dev.jsonl.xz --save RUNS/dumps.dev.jsonl
    python -m tools.figures RUNS

`RUNS` is a folder of saved runs named after their corpus: `dumps.dev`, `pages.dev` and `other.dev`.
The tables of `docs/limits.md` below a mark, and the rows of this library in `README.md` and
`evaluation/README.md`, get their numbers; names of rows and columns stay. What sentences say of
figures is held by tests and changed by hand.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from cleaner import weights
from evaluation import report, runs

ROOT = Path(__file__).parent.parent
LIMITS = ROOT / "docs/limits.md"
TABLES = (ROOT / "README.md", ROOT / "evaluation/README.md")
COLUMNS = {"body F1": "F1", "taken for an article": "article", "taken for no article": "article"}
SETS = ("wcxb", "fundus", "daniel", "cpe")
FIELDS = ("title", "byline", "date")

Row = list[str]


def short(figure: float) -> str:
    """A figure as the documentation has it.

    >>> short(0.93149), short(1.0)
    ('.931', '1.000')
    """
    return f"{figure:.3f}".removeprefix("0")


def rewritten(page: str, mark: str, change: Callable[[Row, list[Row]], list[Row]]) -> str:
    """A page whose table below a mark has other rows, made of its heading and its rows.

    >>> page = "<!-- figures: a -->\\n| x | y |\\n|---|---|\\n| 1 | 2 |\\n"
    >>> rewritten(page, "a", lambda heading, rows: [[*rows[0][:1], "3"]])[-10:]
    '| 1 | 3 |\\n'
    """
    pattern = rf"(<!-- figures: {re.escape(mark)} -->\n)((?:\|.*\n)+)"

    def table(found: re.Match[str]) -> str:
        heading, rule, *rows = found[2].splitlines()
        cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in (heading, *rows)]
        changed = [f"| {' | '.join(row)} |" for row in change(cells[0], cells[1:])]
        return found[1] + "\n".join([heading, rule, *changed]) + "\n"

    written, number = re.subn(pattern, table, page)
    if number != 1:
        raise ValueError(f"{number} tables below <!-- figures: {mark} -->, not one")
    return written


def grouped(results: Sequence[runs.Result], by: str) -> Callable[[Row, list[Row]], list[Row]]:
    """The change that gives a table the figures of its groups, in the order that it has them.

    Rows are named by their groups, or they are as many as these and in their order.
    """
    groups = report.table(results, [by])
    del groups[report.ALL]

    def change(heading: Row, rows: list[Row]) -> list[Row]:
        names = [row[0].split(" (")[0].replace("not named", report.UNTOLD) for row in rows]
        if not set(names) <= set(groups):
            names = [name for name in groups if name != report.UNTOLD]
        return [
            [row[0], *(_cell(groups[name], column) for column in heading[1:])]
            for row, name in zip(rows, names, strict=True)
        ]

    return change


def _cell(figures: dict[str, float], column: str) -> str:
    if column == "dumps":
        return f"{figures['n']:,.0f}"
    return short(figures[COLUMNS.get(column, column)])


def of_weights(name: str) -> Callable[[Row, list[Row]], list[Row]]:
    """The change that gives a table what the headers of both roads' weights say of a measure."""
    text, html = (_measured(road)[name] for road in ("text", "html"))

    def change(_: Row, rows: list[Row]) -> list[Row]:
        cells = [[key, *(_told(of.get(key)) for of in (text, html))] for key in text]
        numbers = isinstance(next(iter(text.values())), float)
        return sorted(cells, key=lambda row: -float(row[1])) if numbers else cells

    return change


def _told(value: object) -> str:
    return short(value) if isinstance(value, float) else str(value or "-")


def _measured(road: str) -> dict[str, dict[str, object]]:
    with (files(weights) / f"{road}.npz").open("rb") as file:
        _, header = weights.load(file)
    measured: dict[str, dict[str, object]] = header["measured"]
    return measured


def main(folder: Path) -> None:
    """Write the tables."""
    dumps, pages, other = (
        runs.load(folder / f"{name}.jsonl") for name in ("dumps.dev", "pages.dev", "other.dev")
    )
    limits = LIMITS.read_text("utf-8")
    for by in ("renderer", "lang", "words", "share", "short"):
        limits = rewritten(limits, f"dumps.dev {by}", grouped(dumps, by))
    limits = rewritten(limits, "other.dev kind", grouped(other, "kind"))
    for mark, name in (("confidence", "articles by probability"), ("labels", "label F1")):
        limits = rewritten(limits, mark, of_weights(name))
    LIMITS.write_text(limits, "utf-8")
    of_dumps, of_pages = (report.table(results, ["dataset"]) for results in (dumps, pages))
    text = [short(of_dumps[name]["F1"]) for name in SETS]
    html = [short(of_pages[name]["F1"]) for name in SETS]
    html += [short(of_pages[report.ALL][name]) for name in FIELDS]
    for path in TABLES:
        page = path.read_text("utf-8")
        for cells in (text, html):
            numbers = r" \| ".join([r"[-.\d]+"] * len(cells))
            row = re.compile(rf"^\| cleaner \| {numbers} \|$", re.MULTILINE)
            page = row.sub(f"| cleaner | {' | '.join(cells)} |", page)
        path.write_text(page, "utf-8")
    print(json.dumps({"dumps.dev": of_dumps[report.ALL], "pages.dev": of_pages[report.ALL]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
