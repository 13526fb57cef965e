"""The figures of docs/limits.md: those of floors, of the weights' headers, of tests."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from test_laws import FLOORS as LAWS

from cleaner import weights
from evaluation.gate import MARGIN

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/limits.md").read_text("utf-8")
FLOORS = json.loads((ROOT / "evaluation/floors.json").read_text("utf-8"))
# Floors are MARGIN under what was measured when they were raised; figures have risen since.
RISEN = MARGIN + 0.02
COLUMNS = {"body F1": "F1"}


def table(mark: str) -> tuple[list[str], list[list[str]]]:
    """The heading and the rows of the table below a mark."""
    (found,) = re.findall(rf"<!-- figures: {mark} -->\n((?:\|.*\n)+)", PAGE)
    heading, _, *rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in found.splitlines()
    ]
    return heading, rows


def header(road: str) -> dict[str, dict[str, object]]:
    """What was measured of the weights of a road, from their header."""
    with (files("cleaner.weights") / f"{road}.npz").open("rb") as file:
        _, told = weights.load(file)
    measured: dict[str, dict[str, object]] = told["measured"]
    return measured


@pytest.mark.parametrize("grouping", ["renderer", "lang"])
def test_the_figures_of_styles_and_languages_stand_just_over_their_floors(grouping: str) -> None:
    heading, rows = table(f"dumps.dev {grouping}")
    floors = FLOORS["dumps.dev"][grouping]
    named = [row[0].split(" (")[0] for row in rows]
    assert set(floors) - {"ALL"} <= set(named)
    for name, row in zip(named, rows, strict=True):
        for column, cell in zip(heading, row, strict=True):
            floor = floors.get(name, {}).get(COLUMNS.get(column, column))
            if floor is not None:
                assert floor <= float(cell) <= floor + RISEN, (name, column)


def test_the_table_of_confidence_is_that_of_the_weights() -> None:
    _, rows = table("confidence")
    told = [header(road)["articles by probability"] for road in ("text", "html")]
    for column, of_road in enumerate(told, 1):
        assert {row[0]: row[column] for row in rows if row[column] != "-"} == of_road


def test_the_table_of_labels_is_that_of_the_weights() -> None:
    _, rows = table("labels")
    for column, road in ((1, "text"), (2, "html")):
        assert {row[0]: float(row[column]) for row in rows} == header(road)["label F1"]
    assert rows == sorted(rows, key=lambda row: -float(row[1]))


def test_the_shares_of_the_laws_are_the_floors_of_their_tests() -> None:
    heading, rows = table("laws")
    names = ["" if name == "all of them" else name for name in heading[1:]]
    for row, law in zip(rows, ("inert", "stable"), strict=True):
        assert law in row[0]
        shares = {
            name: int(cell.removesuffix(" %")) / 100
            for name, cell in zip(names, row[1:], strict=True)
        }
        assert shares == LAWS[law]


@pytest.mark.parametrize(
    ("sentence", "path"),
    [
        (r"given (\.\d+) are right", ("dumps.dev", "dataset", "ALL", "byline_P")),
        (r"of the dates (\.\d+)\.", ("dumps.dev", "dataset", "ALL", "date_P")),
        (r"has many, (\d+) % are", ("dumps.dev", "dataset", "wcxb", "article")),
        (r"`postlight`\) (\d+) % of", ("fields-dumps.dev", "dataset", "postlight", "byline")),
    ],
)
def test_what_is_said_in_words_stands_just_over_its_floor(
    sentence: str, path: tuple[str, str, str, str]
) -> None:
    (told,) = re.findall(sentence, " ".join(PAGE.split()))
    share = float(told) / (1 if "." in told else 100)
    corpus, grouping, group, figure = path
    floor = FLOORS[corpus][grouping][group][figure]
    assert floor <= share <= floor + RISEN
