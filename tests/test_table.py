from __future__ import annotations

import dataclasses
import datetime

import pytest

from cleaner import table
from cleaner.article import Article, Block, Evidence, Label

pa = pytest.importorskip("pyarrow")

BLOCK = Block(0, 5, "Ferry", 1, "-", 2, Label.TITLE, 0.5, "a headline")


def test_every_field_of_an_article_but_its_source_is_a_column() -> None:
    fields = {field.name for field in dataclasses.fields(Article)} - {"source"}
    assert set(table.schema().names) == fields | {"id", "url"}


def test_the_parts_of_blocks_and_evidence_are_those_of_an_article() -> None:
    article = Article("Ferry", blocks=(BLOCK,), evidence=(Evidence("title", 0, "Ferry", "top"),))
    values = article.to_dict()
    for name in ("blocks", "evidence"):
        struct = table.schema().field(name).type.value_type
        assert [field.name for field in struct] == list(values[name][0])


def test_a_row_is_the_article() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=-3, minutes=-30))
    article = Article(
        "Ferry",
        title="Ferry",
        authors=("Ann Example",),
        date=datetime.date(2021, 5, 4),
        published=datetime.datetime(2021, 5, 4, 9, 30, tzinfo=zone),
        updated=datetime.datetime(2021, 5, 4, 10),  # noqa: DTZ001 - the page names no zone
        confidence=0.5,
        blocks=(BLOCK,),
    )
    rows = [table.row({"id": "a"} | article.to_dict())]
    del rows[0]["source"]
    (row,) = pa.RecordBatch.from_pylist(rows, table.schema()).to_pylist()
    assert row["date"] == article.date
    assert (row["published"], row["updated"]) == (
        "2021-05-04T09:30:00-03:30",
        "2021-05-04T10:00:00",
    )
    assert row["blocks"] == article.to_dict()["blocks"]
    assert (row["authors"], row["url"], row["language"]) == (["Ann Example"], None, None)


def test_lone_surrogates_are_written_out() -> None:
    assert table.row({"id": "\udce4", "authors": ["\ud800"]}) == {
        "id": "\\udce4",
        "authors": ["\\ud800"],
    }
