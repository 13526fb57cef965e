"""The values: labels, blocks, evidence and the article as JSON."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.article import Article, Block, Evidence, Label, Reason

zones = st.none() | st.sampled_from([UTC, timezone(timedelta(hours=-3, minutes=-30))])
blocks = st.builds(
    Block,
    start=st.integers(0),
    end=st.integers(0),
    text=st.text(),
    indent=st.integers(0),
    marker=st.text(),
    gap=st.integers(0),
    label=st.sampled_from(Label),
    score=st.floats(0, 1),
    why=st.text(),
)
articles = st.builds(
    Article,
    source=st.text(),
    title=st.none() | st.text(),
    byline=st.none() | st.text(),
    authors=st.lists(st.text()).map(tuple),
    date=st.none() | st.dates(),
    published=st.none() | st.datetimes(timezones=zones),
    updated=st.none() | st.datetimes(timezones=zones),
    date_text=st.none() | st.text(),
    body=st.text(),
    is_article=st.booleans(),
    confidence=st.floats(0, 1),
    blocks=st.lists(blocks, max_size=3).map(tuple),
    captions=st.lists(st.text()).map(tuple),
    tags=st.lists(st.text()).map(tuple),
    language=st.none() | st.text(),
    evidence=st.lists(st.builds(Evidence, st.text(), st.integers(0), st.text(), st.text())).map(
        tuple
    ),
)


def block_again(plain: dict[str, Any]) -> Block:
    why = plain.pop("reason")
    return Block(**plain | {"label": Label(plain["label"])}, why=why)


def read_again(data: dict[str, object]) -> Article:
    """Undo `to_dict` after a journey through JSON."""
    plain = json.loads(json.dumps(data))
    day, *moments = (plain[key] for key in ("date", "published", "updated"))
    plain |= {key: tuple(plain[key]) for key in ("authors", "captions", "tags")}
    plain["date"] = date.fromisoformat(day) if day else None
    plain["published"], plain["updated"] = (m and datetime.fromisoformat(m) for m in moments)
    plain["blocks"] = tuple(map(block_again, plain["blocks"]))
    plain["evidence"] = tuple(Evidence(**e) for e in plain["evidence"])
    return Article(**plain)


@given(articles)
def test_json_keeps_everything_that_an_article_says(article: Article) -> None:
    assert read_again(article.to_dict()) == article


@given(articles)
def test_the_dict_is_of_plain_values_under_the_names_of_the_fields(article: Article) -> None:
    data = article.to_dict()
    assert list(data) == [field.name for field in dataclasses.fields(Article)]
    assert all(type(b["label"]) is str for b in data["blocks"])


@given(articles)
def test_equal_articles_have_equal_hashes(article: Article) -> None:
    assert hash(dataclasses.replace(article)) == hash(article)


@pytest.mark.parametrize(
    ("value", "name"),
    [(Block(0, 1, "a"), "text"), (Evidence("title", 0, "a", "b"), "text"), (Article("a"), "body")],
)
def test_values_never_change(value: Block | Evidence | Article, name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(value, name, "b")
    assert not hasattr(value, "__dict__")


def test_the_labels_are_the_sixteen_words_of_fixtures_and_reports() -> None:
    assert " ".join(Label) == (
        "title byline date body heading caption tags metadata navigation ticker related promo"
        " share comments footer other"
    )


def test_five_labels_are_kept() -> None:
    assert {label for label in Label if label.kept} == {
        Label.TITLE,
        Label.BYLINE,
        Label.DATE,
        Label.BODY,
        Label.HEADING,
    }


def test_an_unknown_label_is_refused() -> None:
    with pytest.raises(ValueError, match="headline"):
        Label("headline")


def test_a_reason_is_worked_out_when_it_is_read_and_then_equals_its_words() -> None:
    asked = []

    def reasons() -> list[str]:
        asked.append(True)
        return ["a bullet", "ends in a colon"]

    block = Block(0, 5, "Also:", why=Reason(reasons, 1))
    assert not asked
    assert block.reason == "ends in a colon"
    assert block == block._replace(why="ends in a colon")
    assert block != block._replace(why="a bullet")
    assert hash(block) == hash(block._replace(why="ends in a colon"))
    assert repr(block) == repr(block._replace(why="ends in a colon"))


def test_a_block_that_leaves_the_process_takes_its_reason_in_words() -> None:
    block = Block(0, 5, "Also:", why=Reason(lambda: ["a bullet"], 0))
    assert type(pickle.loads(pickle.dumps(block)).why) is str
    assert pickle.loads(pickle.dumps(block)) == copy.deepcopy(block) == block
