from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import dump, render
from cleaner.article import Article, Block, Evidence, Label

SOURCE = """\
Home | News

Ferry returns to Port Hale

By Ann Example
4 May 2021
It sails at noon, and
no later than that.
\x1b[2J
What it costs
"""
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def block(words: str, label: Label, reason: str = "") -> Block:
    start = SOURCE.index(words)
    return Block(start, start + len(words), " ".join(words.split()), 0, "", 0, label, 0.9, reason)


FERRY = Article(
    SOURCE,
    title="Ferry returns to Port Hale",
    byline="Ann Example",
    authors=("Ann Example",),
    date=datetime.date(2021, 5, 4),
    date_text="4 May 2021",
    body="It sails at noon, and no later than that.\n\nWhat it costs",
    is_article=True,
    confidence=0.931,
    blocks=(
        block("Home | News", Label.NAVIGATION, "a menu"),
        block("Ferry returns to Port Hale", Label.TITLE, "alone above the body"),
        block("By Ann Example", Label.BYLINE),
        block("4 May 2021", Label.DATE),
        block("It sails at noon, and\nno later than that.", Label.BODY, "full sentences"),
        block("What it costs", Label.HEADING),
    ),
    language="en",
    evidence=(
        Evidence("title", 1, "Ferry returns to Port Hale", "the only headline", 0.97, "Port Hale"),
        Evidence("date_text", 3, "4 May 2021", "the date below the title"),
        Evidence("byline", -1, "Ann Example", "declared as author"),
    ),
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    source = draw(st.text() | st.text("ab \n\t\r\x85.*•", max_size=200))
    blocks = dump.read(source)
    labels = draw(st.lists(st.sampled_from(Label), min_size=len(blocks), max_size=len(blocks)))
    return Article(
        source,
        blocks=tuple(
            block._replace(label=label, why="so it is")
            for block, label in zip(blocks, labels, strict=True)
        ),
    )


@given(articles())
def test_an_explanation_shows_every_line_in_order(article: Article) -> None:
    shown = "".join(
        line.split(" │ ", 1)[1].removesuffix("  ← so it is")
        for line in dump_part(render.explain(article))
        if line
    )
    assert squeezed(shown) == squeezed(render.printable(article.source))


@given(articles())
def test_an_explanation_names_each_block_once(article: Article) -> None:
    lines = list(dump_part(render.explain(article)))
    assert sum(line.endswith("← so it is") for line in lines) == len(article.blocks)


@given(articles())
def test_colour_changes_nothing_but_colour(article: Article) -> None:
    coloured = [ESCAPES.sub("", line) for line in render.explain(article, colour=True)]
    assert coloured == list(render.explain(article))


@given(st.text())
def test_nothing_printable_moves_the_cursor(text: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", render.printable(text))


@given(st.dictionaries(st.text(st.characters()), st.text(st.characters())))
def test_json_text_is_utf8_and_loads_as_what_it_was(values: dict[str, str]) -> None:
    text = render.json_text(values)
    # A high surrogate before a low one is, in JSON, the character that the two stand for.
    paired = json.loads(json.dumps(values))
    assert json.loads(text.encode("utf-8")) == paired


def dump_part(lines: Iterable[str]) -> list[str]:
    whole = list(lines)
    return whole[whole.index("") + 1 :]


def squeezed(text: str) -> str:
    # Controls are shown by a sign of their own; where lines end is the layout's to say.
    return re.sub(r"[\s\u2400-\u241f\ufffd]+", "", text)


def test_the_text_is_title_byline_date_and_body() -> None:
    assert render.text(FERRY) == (
        "Ferry returns to Port Hale\nAnn Example\n2021-05-04\n\n"
        "It sails at noon, and no later than that.\n\nWhat it costs\n"
    )


def test_the_markdown_marks_title_credit_and_headings() -> None:
    assert render.markdown(FERRY) == (
        "# Ferry returns to Port Hale\n\n*Ann Example · 2021-05-04*\n\n"
        "It sails at noon, and no later than that.\n\n## What it costs\n"
    )


@pytest.mark.parametrize("form", [render.text, render.markdown])
def test_nothing_found_is_nothing_printed(form: Callable[[Article], str]) -> None:
    assert form(Article("Home | News")) == ""


def test_a_date_without_a_day_is_shown_as_printed() -> None:
    article = Article("Sep 30", date_text="Sep 30")
    assert render.text(article) == "Sep 30\n"
    assert "Sep 30 (as printed; its day is not known)" in "\n".join(render.explain(article))


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("5 * 3 _is_ `15`", r"5 \* 3 \_is\_ \`15\`"),
        ("see [1] <b> AT&amp;T & sons", r"see \[1\] \<b> AT\&amp;T & sons"),
        ("# 1 in the charts", r"\# 1 in the charts"),
        ("- Who? - I.", r"\- Who? - I."),
        ("1984. A year", r"1984\. A year"),
        ("3.5 million", "3.5 million"),
        ("— It sails, she said.", "— It sails, she said."),
    ],
)
def test_the_words_of_a_page_are_no_markdown(words: str, escaped: str) -> None:
    assert render.markdown(Article(words, body=words)) == f"{escaped}\n"


def test_an_explanation_says_what_was_found_and_where() -> None:
    head = "\n".join(render.explain(FERRY)).split("\n\n")[0]
    assert head == (
        "article    yes, confidence 0.93, language en\n"
        "title      Ferry returns to Port Hale\n"
        "           line 3, 'Ferry returns to Port Hale': the only headline; confidence 0.97;"
        " runner-up 'Port Hale'\n"
        "byline     Ann Example (authors: Ann Example)\n"
        "           the page's declarations, 'Ann Example': declared as author\n"
        "date       2021-05-04\n"
        "           line 6, '4 May 2021': the date below the title"
    )


def test_an_explanation_labels_each_line_and_keeps_the_gaps() -> None:
    assert dump_part(render.explain(FERRY)) == [
        " 1 navigation 0.90 │ Home | News  ← a menu",
        "",
        " 3 title      0.90 │ Ferry returns to Port Hale  ← alone above the body",
        "",
        " 5 byline     0.90 │ By Ann Example",
        " 6 date       0.90 │ 4 May 2021",
        " 7 body       0.90 │ It sails at noon, and",
        " 8 body       ┆    │ no later than that.  ← full sentences",
        " 9 -               │ ␛[2J",
        "10 heading    0.90 │ What it costs",
    ]


def test_blocks_that_share_a_line_are_shown_apart() -> None:
    source = "Ferry returns  It sails."
    blocks = (
        Block(0, 13, "Ferry returns", label=Label.TITLE, score=0.5),
        Block(15, 24, "It sails.", label=Label.BODY, score=0.5),
    )
    assert dump_part(render.explain(Article(source, blocks=blocks))) == [
        "1 title      0.50 │ Ferry returns",
        "1 body       0.50 │ It sails.",
    ]


def test_what_is_not_found_is_said() -> None:
    assert list(render.explain(Article("")))[:4] == [
        "article    no, confidence 0.00",
        "title      not found",
        "byline     not found",
        "date       not found",
    ]
