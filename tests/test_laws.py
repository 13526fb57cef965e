"""The laws that every answer keeps: over arbitrary text, generated pages and the fixtures."""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
import unicodedata
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from bench import laws
from cleaner import batch, fixture, render
from cleaner.article import Article
from cleaner.strategies import LANGUAGES, STYLES, Sample, dumps, samples, site_samples
from cleaner.template import Template, learn
from tests.pages import anything, texts

FIELDS = ("title", "byline", "authors", "date", "published", "updated", "date_text", "body")
# A page takes a hundred times as long to draw and clean as a short text: fewer examples of pages.
FEW = settings(max_examples=20)
SOME = settings(max_examples=50)


def fields(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in FIELDS}


def words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()


def stands_in(part: str, whole: str) -> bool:
    """Whether the letters and digits of a text stand in another, in order and without a gap.

    What is no letter or digit may be the renderer's: bullets, emphasis, link numbers.
    """
    return "".join(words(part)) in "".join(words(whole))


def printed(article: Article) -> list[str]:
    """What an article gives as printed: title, date, paragraphs, and each line of its byline.

    A credit that stands on several lines is joined by commas, whatever stands between the lines.
    """
    byline = (article.byline or "").split(", ")
    fields = (article.title, article.date_text, *byline, *article.body.split("\n\n"))
    return [part for part in fields if part]


def bare(text: str) -> str:
    """A text without the numbers of lynx's links and the addresses of Markdown's."""
    return re.sub(r"\[\d{1,4}\]|\]\([^()\n]*\)", "", unicodedata.normalize("NFC", text))


def grounded(article: Article) -> None:
    source = bare(article.source)
    for part in (*printed(article), *article.authors, *article.captions, *article.tags):
        assert stands_in(bare(part), source), part


def lossless(article: Article, text: str) -> None:
    assert article.source == text
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(text)
        assert not any(c.isalnum() for c in unmarked(text[at : block.start]))
        assert block.label in cleaner.Label
        assert block.reason
        assert 0 <= block.score <= 1
        at = block.end
    assert not any(c.isalnum() for c in unmarked(text[at:]))


def unmarked(text: str) -> str:
    """A text without marks of lynx that are letters: its bullet, its buttons."""
    return re.sub(r"(?<!\S)o(?!\S)", "", text.replace("BUTTON", ""))


def in_markup(text: str) -> str:
    page = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    return f"<html><body>{page}</body></html>"


def of_fixture(path: Path) -> str:
    return fixture.parse(path.read_text("utf-8")).dump


# Law 1: total


@SOME
@given(anything())
def test_any_text_gives_an_article(text: str) -> None:
    assert isinstance(cleaner.clean(text), Article)


@given(st.binary())
def test_any_bytes_give_an_article(data: bytes) -> None:
    assert isinstance(cleaner.clean(data), Article)


@FEW
@given(texts(), st.sampled_from(("utf-8", "utf-16", "latin-1", "cp1251", "gb18030", "euc_jp")))
def test_a_dump_in_any_encoding_gives_an_article(text: str, encoding: str) -> None:
    assert isinstance(cleaner.clean(text.encode(encoding, "replace")), Article)


@SOME
@given(anything())
def test_any_text_in_markup_gives_an_article(text: str) -> None:
    assert isinstance(cleaner.clean_html(in_markup(text)), Article)


@SOME
@given(anything())
def test_an_article_is_ready_for_json(text: str) -> None:
    article = cleaner.clean(text)
    assert json.loads(json.dumps(article.to_dict()))["source"] == article.source


@given(st.text(st.characters(), max_size=200))
def test_lone_surrogates_are_text_like_any_other(text: str) -> None:
    assert cleaner.clean_text(text).source == text


# Law 2: deterministic

# A process with another clock: whoever asks for the day or the time is told another one.
CLEAN = """
import datetime, json, sys, time
real = datetime.date
class Dates(type):
    __instancecheck__ = lambda cls, one: isinstance(one, real)  # a datetime too, as ever
class Date(datetime.date, metaclass=Dates):
    today = classmethod(lambda cls: cls(int(sys.argv[1]), 2, 28))
class Time(datetime.datetime):
    now = classmethod(lambda cls, tz=None: cls(int(sys.argv[1]), 2, 28, 3, 4, tzinfo=tz))
    utcnow = today = now
datetime.date, datetime.datetime = Date, Time
time.time = lambda: (int(sys.argv[1]) - 1970) * 31556952.0
import cleaner
pages = json.loads(sys.stdin.buffer.read())
print(json.dumps([cleaner.clean(page).to_dict() for page in pages]))
"""


def in_another_process(pages: list[str], year: int, **environment: str) -> str:
    command = [sys.executable, "-c", CLEAN, str(year)]
    env = os.environ | environment
    given = json.dumps(pages).encode("ascii")
    return subprocess.run(
        command, input=given, env=env, capture_output=True, check=True
    ).stdout.decode()


def test_processes_with_other_hashes_zones_locales_and_clocks_give_the_same() -> None:
    pages = [sample.text for sample in samples(2 * len(STYLES), seed=21)]
    pages += ["Ferry returns\n\n2 hours ago\n\n" + "It sails at noon. " * 30, "", "Sep 30"]
    first = in_another_process(
        pages, 1999, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C", PYTHONUTF8="1"
    )
    second = in_another_process(
        pages,
        2044,
        PYTHONHASHSEED="271828",
        TZ="America/Lima",
        LC_ALL="tr_TR.UTF-8",
        PYTHONUTF8="0",
    )
    assert first == second
    here = json.dumps([cleaner.clean(page).to_dict() for page in pages])
    assert json.loads(first) == json.loads(here)


@FEW
@given(anything(), texts())
def test_what_was_cleaned_before_makes_no_difference(text: str, another: str) -> None:
    first = cleaner.clean(text)
    cleaner.clean(another)
    assert cleaner.clean(text) == first


# Law 3: grounded


@SOME
@given(anything())
def test_every_field_of_any_text_stands_in_it(text: str) -> None:
    grounded(cleaner.clean_text(text))


def test_every_field_of_a_fixture_stands_in_it(fixture_path: Path) -> None:
    grounded(cleaner.clean(of_fixture(fixture_path)))


@FEW
@given(dumps(style=["resiliparse", "inscriptis", "wet"]))
def test_fields_of_a_dump_without_marks_are_slices_of_it(sample: Sample) -> None:
    article = cleaner.clean_text(sample.text)
    said = "".join(sample.text.split())  # a line that is unwrapped in Chinese leaves no space
    for part in printed(article):
        assert "".join(part.split()) in said


@given(texts(), st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)))
def test_no_date_lies_in_the_future_of_today(text: str, today: datetime.date) -> None:
    article = cleaner.clean_text(text, today=today)
    assert article.date is None or article.date <= today


@given(texts())
def test_evidence_says_how_sure_each_field_is(text: str) -> None:
    for evidence in cleaner.clean_text(text).evidence:
        assert evidence.reason
        assert evidence.confidence is not None
        assert 0 <= evidence.confidence <= 1
        assert evidence.runner_up != evidence.text


# Law 4: lossless


@SOME
@given(anything())
def test_blocks_and_the_gaps_between_them_rebuild_any_text(text: str) -> None:
    lossless(cleaner.clean_text(text), text)


def test_blocks_and_the_gaps_between_them_rebuild_a_fixture(fixture_path: Path) -> None:
    text = of_fixture(fixture_path)
    lossless(cleaner.clean(text), text)


@FEW
@given(anything())
def test_fields_and_blocks_of_markup_stand_in_the_text_that_it_shows(text: str) -> None:
    article = cleaner.clean_html(in_markup(text))
    grounded(article)
    lossless(article, article.source)


@SOME
@given(anything())
def test_the_body_is_what_the_blocks_say(text: str) -> None:
    article = cleaner.clean_text(text)
    story = (cleaner.Label.BODY, cleaner.Label.HEADING)
    told = [block.text for block in article.blocks if block.label in story]
    assert article.body == "\n\n".join(told)


# Laws 5 and 6: inert cruft, stable cleaning. Shares, not laws without exception: `python -m bench
# laws` measures them over 2,000 pages of each language and style, these hold what a few tell.
# Each floor is what was measured, rounded down; "" is the page whose fields are all the same.

SAMPLED = 3  # pages of each language and style
FLOORS = {
    "inert": {"title": 0.99, "byline": 0.99, "date": 0.99, "body": 0.99, "": 0.99},
    "stable": {"title": 0.99, "byline": 0.99, "date": 0.99, "body": 0.99, "": 0.99},
}


@pytest.fixture(scope="module")
def tallies() -> list[laws.Tally]:
    cells = [(language, style) for language in LANGUAGES for style in STYLES]
    return laws.measure(cells, laws.Task(SAMPLED, seed=11))


@pytest.mark.parametrize("law", laws.TARGETS)
def test_the_law_holds_for_no_fewer_pages_than_it_did(law: str, tallies: list[laws.Tally]) -> None:
    pages = sum(tally.pages for tally in tallies)
    assert pages == SAMPLED * len(LANGUAGES) * len(STYLES)
    kept = {"": sum(tally.kept[law] for tally in tallies) / pages}
    for name in laws.FIELDS:
        kept[name] = sum(tally.same[law, name] for tally in tallies) / pages
    below = {name: kept[name] for name, floor in FLOORS[law].items() if kept[name] < floor}
    assert not below


def test_the_report_names_the_shares_the_kinds_of_mistake_and_the_worst_pages() -> None:
    task = laws.Task(4, seed=11)
    lines = list(laws.report(laws.measure([("en", "lynx"), ("zh", "wet")], task), worst=3))
    assert sum(line.startswith(tuple(f"{law}: " for law in laws.TARGETS)) for line in lines) >= 2
    assert "the worst pages:" in lines
    broken = lines[lines.index("the worst pages:") + 1 :]
    assert len(broken) <= 3
    assert all(" differ by " in line for line in broken)


def test_a_page_that_keeps_both_laws_counts_for_both() -> None:
    tally = laws.Tally("en", "resiliparse")
    empty = Sample("", (), "")
    laws.judge(empty, "en resiliparse 0", tally)
    assert tally.kept == {"inert": 1, "stable": 1}
    assert not laws.short(tally)


def test_a_page_whose_cruft_is_kept_breaks_the_law_and_is_named() -> None:
    story = "The ferry sails again from Monday, the harbour office said on Friday. " * 4
    text, plain = f"{story}\n\n{story[:-9]}", "Log in\n\nSearch\n\nHome"
    tally = laws.Tally("en", "resiliparse")
    sample = Sample(text, ("body", "", "related"), "", plain=plain, plain_labels=("", "", "") * 2)
    laws.judge(sample, "en resiliparse 0", tally)
    assert tally.kept["inert"] == 0
    assert "body" in tally.broken[0].fields
    assert laws.short(tally)


# Law 7: indifferent


CHANGES = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "trailing space": lambda text: text.replace("\n", "  \t\n"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "line before": lambda text: "\n" + text,
    "lines after": lambda text: text + "\n\n",
}
every_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@every_change
@FEW
@given(text=texts())
def test_line_ends_marks_and_margins_make_no_difference(change: Any, text: str) -> None:
    assert fields(cleaner.clean(change(text))) == fields(cleaner.clean(text))


@every_change
def test_they_make_none_to_a_fixture(change: Any, fixture_path: Path) -> None:
    text = of_fixture(fixture_path)
    assert fields(cleaner.clean(change(text))) == fields(cleaner.clean(text))


# Law 9: one path


@FEW
@given(texts())
def test_bytes_and_text_give_the_same_article(text: str) -> None:
    assert cleaner.clean(text.encode()) == cleaner.clean(text) == cleaner.clean_text(text)


@FEW
@given(texts())
def test_asking_for_reasons_changes_nothing(text: str) -> None:
    unasked, asked = cleaner.clean(text), cleaner.clean(text)
    assert all(block.reason for block in asked.blocks)
    assert list(render.explain(asked, colour=False))
    assert asked == unasked
    assert cleaner.clean(text).to_dict() == unasked.to_dict()


def test_a_batch_gives_each_page_what_the_plain_call_gives(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    expected = {}
    for at, sample in enumerate(samples(2 * len(STYLES), seed=31)):
        (tmp_path / "pages" / f"{at}.txt").write_bytes(sample.text.encode())
        expected[f"{at}.txt"] = cleaner.clean(sample.text).to_dict()
    batch.run(tmp_path / "pages", tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    found = {page.pop("id"): page for page in map(json.loads, lines)}
    for page in expected.values():
        page.pop("source")
    assert found == json.loads(json.dumps(expected))


# --- many at once


@given(st.lists(anything() | texts(), max_size=6))
def test_pages_cleaned_together_come_out_as_each_by_itself(texts: list[str]) -> None:
    assert list(cleaner._clean_many(texts)) == [cleaner.clean(text) for text in texts]


# --- with a template: the same laws


@pytest.fixture(scope="module")
def sites() -> list[tuple[Template, list[str]]]:
    """Sites of six pages: what is known of each, and its pages."""
    found = []
    for language, style in (("en", "lynx"), ("zh", "wet"), ("ru", "inscriptis")):
        pages = [page.text for page in site_samples(6, language=language, style=style)]
        found.append((learn(pages), pages))
    return found


@FEW
@given(data=st.data())
def test_every_law_of_an_answer_holds_with_a_template(
    data: st.DataObject, sites: list[tuple[Template, list[str]]]
) -> None:
    template, pages = data.draw(st.sampled_from(sites))
    noise = data.draw(anything())
    text = data.draw(st.sampled_from(pages)) + "\n\n" + noise
    article = cleaner.clean_text(text, template=template)
    grounded(article)
    lossless(article, text)
    assert cleaner.clean_text(text, template=template) == article
    assert json.loads(json.dumps(article.to_dict()))["source"] == text
    assert isinstance(cleaner.clean(noise, template=template), Article)
    html = cleaner.clean_html(in_markup(text), template=template)
    grounded(html)
    lossless(html, html.source)


@FEW
@given(change=st.sampled_from(sorted(CHANGES)), data=st.data())
def test_line_ends_marks_and_margins_make_no_difference_with_a_template(
    change: str, data: st.DataObject, sites: list[tuple[Template, list[str]]]
) -> None:
    template, pages = data.draw(st.sampled_from(sites))
    text = data.draw(st.sampled_from(pages))
    changed = cleaner.clean(CHANGES[change](text), template=template)
    assert fields(changed) == fields(cleaner.clean(text, template=template))


def test_pages_cleaned_together_with_a_template_come_out_as_each_by_itself(
    sites: list[tuple[Template, list[str]]],
) -> None:
    for template, pages in sites:
        mixed = [*pages, "", in_markup(pages[0]), *(text for _, own in sites for text in own)]
        together = list(cleaner._clean_many(mixed, template=template))
        assert together == [cleaner.clean(text, template=template) for text in mixed]


@FEW
@given(anything(), texts())
def test_of_a_site_of_two_pages_each_is_cleaned_as_if_it_were_alone(one: str, other: str) -> None:
    template = learn([one, other])
    assert cleaner.clean_text(one, template=template) == cleaner.clean_text(one)
    assert cleaner.clean_text(one, template=Template()) == cleaner.clean_text(one)
