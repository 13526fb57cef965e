"""The laws that every answer keeps, over arbitrary text and over dumps of generated pages."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.article import Article
from tests.pages import anything, dumps

FIELDS = ("title", "byline", "authors", "date", "published", "updated", "date_text", "body")


def fields(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in FIELDS}


def words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()


def stands_in(part: str, whole: str) -> bool:
    """Whether the letters and digits of a text stand in another, in order and without a gap.

    What is no letter or digit may be the renderer's: bullets, emphasis, link numbers.
    """
    return "".join(words(part)) in "".join(words(whole))


@given(anything())
def test_any_text_gives_an_article(text: str) -> None:
    assert isinstance(cleaner.clean(text), Article)


@given(st.binary())
def test_any_bytes_give_an_article(data: bytes) -> None:
    assert isinstance(cleaner.clean(data), Article)


@given(anything())
def test_an_article_is_ready_for_json(text: str) -> None:
    assert (
        json.loads(json.dumps(cleaner.clean(text).to_dict()))["source"]
        == cleaner.clean(text).source
    )


@given(anything())
def test_the_same_text_gives_the_same_article(text: str) -> None:
    first = cleaner.clean(text)
    cleaner.clean(
        "Another page\n\nA paragraph of its own, long enough to be remembered by mistake."
    )
    assert cleaner.clean(text) == first


def test_another_process_gives_the_same_article() -> None:
    example_dump = "Ferry returns\n\nBy Ann Example\n\n4 May 2021\n\n" + "It sails at noon. " * 30

    def run(seed: str, zone: str) -> str:
        code = "import sys, cleaner, json; article = cleaner.clean(sys.stdin.read())"
        code += "; print(json.dumps(article.to_dict()))"
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, input=example_dump, env=env, capture_output=True, check=True, encoding="utf-8"
        ).stdout

    here = json.dumps(cleaner.clean(example_dump).to_dict())
    assert json.loads(run("1", "Asia/Tokyo")) == json.loads(here)
    assert run("1", "Asia/Tokyo") == run("271828", "America/Lima")


@given(anything())
def test_every_field_stands_in_the_source(text: str) -> None:
    article = cleaner.clean_text(text)
    paragraphs = article.body.split("\n\n") if article.body else []
    for part in (article.title, article.byline, article.date_text, *article.authors, *paragraphs):
        assert stands_in(
            unicodedata.normalize("NFC", part or ""), unicodedata.normalize("NFC", text)
        )


@given(dumps())
def test_fields_of_a_plain_dump_are_slices_of_it(text: str) -> None:
    article = cleaner.clean_text(text)
    folded = " ".join(text.split())
    for part in (article.title, article.byline, article.date_text, *article.body.split("\n\n")):
        assert (part or "") in folded


@given(dumps(), st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)))
def test_no_date_lies_in_the_future_of_today(text: str, today: datetime.date) -> None:
    article = cleaner.clean_text(text, today=today)
    assert article.date is None or article.date <= today


@given(dumps())
def test_evidence_says_how_sure_each_field_is(text: str) -> None:
    for evidence in cleaner.clean_text(text).evidence:
        assert evidence.reason
        assert evidence.confidence is not None
        assert 0 <= evidence.confidence <= 1
        assert evidence.runner_up != evidence.text


@given(anything())
def test_blocks_and_the_gaps_between_them_rebuild_the_source(text: str) -> None:
    article = cleaner.clean_text(text)
    assert article.source == text
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(text)
        assert not any(c.isalnum() for c in text[at : block.start].replace("BUTTON", ""))
        assert block.label in cleaner.Label
        assert block.reason
        assert 0 <= block.score <= 1
        at = block.end


@given(anything())
def test_the_body_is_what_the_blocks_say(text: str) -> None:
    article = cleaner.clean_text(text)
    story = (cleaner.Label.BODY, cleaner.Label.HEADING)
    told = [block.text for block in article.blocks if block.label in story]
    assert article.body == "\n\n".join(told)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "  \t\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: "\n" + text,
        lambda text: text + "\n\n",
    ],
    ids=[
        "CRLF",
        "byte order mark",
        "trailing space",
        "no-break spaces",
        "line before",
        "lines after",
    ],
)
@given(text=dumps())
def test_line_ends_marks_and_margins_make_no_difference(change, text: str) -> None:
    assert fields(cleaner.clean(change(text))) == fields(cleaner.clean(text))


@given(dumps())
def test_bytes_and_text_give_the_same_article(text: str) -> None:
    assert cleaner.clean(text.encode()) == cleaner.clean(text) == cleaner.clean_text(text)


@given(st.text(st.characters(), max_size=200))
def test_lone_surrogates_are_text_like_any_other(text: str) -> None:
    assert cleaner.clean_text(text).source == text
