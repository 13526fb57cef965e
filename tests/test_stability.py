"""What docs/stability.md promises to keep is what there is: a change of one is a change of both."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import cleaner
from cleaner import arrow, batch, fixture, report
from cleaner.article import Article, Block, Evidence, Label
from cleaner.batch import manifest
from cleaner.batch.duplicates import Duplicate
from cleaner.batch.page import Outcome, Status
from cleaner.cli import console

PAGE = (Path(__file__).parent.parent / "docs/stability.md").read_text("utf-8")


def promised(what: str) -> list[str]:
    """The words in code of the row that begins so."""
    (row,) = re.findall(rf"^\| {re.escape(what)}[^|]*\|(.*)\|$", PAGE, re.MULTILINE)
    return re.findall(r"`([^`]+)`", row)


def test_the_fields_of_an_article_a_block_and_an_evidence_are_those_promised() -> None:
    assert promised("fields of `Article`") == [field.name for field in dataclasses.fields(Article)]
    block = Article("x", blocks=(Block(0, 1, "x"),)).to_dict()["blocks"][0]
    assert promised("fields of a block") == list(block)
    assert promised("fields of an evidence") == [one.name for one in dataclasses.fields(Evidence)]


def test_the_labels_are_those_promised_and_the_first_five_are_kept() -> None:
    assert promised("labels") == [str(label) for label in Label]
    assert [label.kept for label in Label] == [True] * 5 + [False] * (len(Label) - 5)


def test_the_fields_of_a_manifest_and_its_statuses_are_those_promised() -> None:
    outcome = dataclasses.replace(
        Outcome("a", Status.FAILED, "reason"),
        url="x",
        encoding="x",
        known_by="x",
        confidence=0.5,
        language="x",
    )
    line = manifest.line(outcome, within="b", file="c", duplicate=Duplicate("a", 1.0))
    assert promised("fields of a manifest") == re.findall(r'"(\w+)": ', line.decode())
    assert promised("status of an input") == [str(status) for status in Status]


def test_the_functions_promised_are_there() -> None:
    assert {"clean", "clean_text", "clean_html"} <= set(cleaner.__all__)
    assert callable(batch.run)
    assert {"clean_table", "clean_batches", "output_schema"} <= set(arrow.__all__)
    assert report.__all__ == ["page"]
    assert callable(fixture.parse)
    for name in promised("functions"):
        assert name.split(".")[0] == "cleaner" or name in (*cleaner.__all__, *arrow.__all__), name


def test_the_exit_codes_promised_are_those_of_the_commands() -> None:
    (row,) = re.findall(r"^\| exit codes \|(.*)\|$", PAGE, re.MULTILINE)
    codes = [int(number) for number in re.findall(r"\b\d+\b", row)]
    assert codes == [
        console.OK,
        console.BAD_INPUT,
        console.USAGE,
        console.INTERNAL,
        console.INTERRUPTED,
        console.BROKEN_PIPE,
    ]
