"""Rendering HTML: the text that readers see, in order, whatever the markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.markup import render

pieces = st.sampled_from(
    [
        "<p>", "</p>", "<div class='a'>", "</div", "<li>", "<b>", "</b>", "<script>", "</script>",
        "<select>", "</select>", "<table><td>", "</table>", "<!--", "-->", "<!doctype html>",
        "<h1>", "&amp;", "&#0;", "&#x110000;", "&bogus;", "<![CDATA[x]]>", "<?xml ?>",
        "<html>", "</html>", "<head>", "<title>", "<svg>", "<plaintext>", "<textarea>", "<br/>",
        "<a href=x>", "<", ">",
        "\0", "\x0b", "\ud800", "渡", " ", "\n", "'", '"', "=", "Ferry", "returns",
    ]
)  # fmt: skip
soups = st.lists(pieces, max_size=25).map("".join) | st.text(st.characters())

word = st.text(st.sampled_from("abcdeéß渡ก"), min_size=1, max_size=5)
words = st.lists(word, max_size=4).map(" ".join)
BLOCKS = ["p", "div", "section", "h1", "h3", "td", "blockquote", "article", "dd", "figcaption"]
INLINE = ["b", "i", "em", "a", "span", "time", "sup", "mark"]
UNSEEN = ["script", "style", "template", "noscript", "svg", "iframe", "select", "object"]


@given(soups)
def test_any_string_gives_a_string_of_lines(html: str) -> None:
    text = render(html)
    assert text == "".join(f"{line}\n" for line in text.split("\n")[:-1])
    assert all(line == " ".join(line.split()) != "" for line in text.split("\n")[:-1])


@given(st.lists(st.tuples(st.sampled_from(BLOCKS), words), max_size=12))
def test_every_word_is_kept_in_order(parts: list[tuple[str, str]]) -> None:
    html = "".join(f"<{tag}>{text}</{tag}>{text}" for tag, text in parts)
    shown = [word for _, text in parts for word in f"{text} {text}".split()]
    assert re.findall(r"[^\s#]+", render(html)) == shown


@given(st.lists(st.tuples(st.sampled_from(INLINE), words), max_size=12))
def test_inline_elements_do_not_break_lines(parts: list[tuple[str, str]]) -> None:
    html = "".join(f" {text} <{tag}>{text}</{tag}>" for tag, text in parts)
    shown = " ".join(" ".join(f"{text} {text}" for _, text in parts).split())
    assert render(f"<p>{html}</p>") == (f"{shown}\n" if shown else "")


@given(words, st.sampled_from(UNSEEN), words)
def test_what_browsers_never_show_is_left_out(before: str, tag: str, after: str) -> None:
    html = f"<p>x{before}<{tag}>Hidden</{tag}>y{after}</p>"
    assert render(html) == " ".join(f"x{before}y{after}".split()) + "\n"


def test_a_page_becomes_lines() -> None:
    html = """<!DOCTYPE html><html><head><title>Ferry | Harbour Post</title>
      <style>p { color: sea }</style></head><body>
      <nav><ul><li><a href="/">Home</a></li><li><b>Quay</b> news<ul><li>Chess</ul></li></ul></nav>
      <h1>Ferry <em>returns</em></h1><!-- ad -->
      <p>It sails at&nbsp;noon,<br>and no
      later than that&hellip;</p>
      <table><tr><th>Time</th><td>12:00</td></tr></table>
      <select><option>One</option></select><button>Share</button>
      <script>var x = "<p>no</p>";</script></body></html>"""
    assert render(html) == (
        "• Home\n• Quay news\n• Chess\n# Ferry returns\nIt sails at noon,\n"
        "and no later than that…\nTime\n12:00\nShare\n"
    )


@pytest.mark.parametrize("level", range(1, 7))
def test_headings_bear_their_level(level: int) -> None:
    html = f"<h{level}>Ferry</h{level}><p>It sails.</p>"
    assert render(html) == f"{'#' * level} Ferry\nIt sails.\n"


def test_a_heading_within_a_list_item_is_a_heading() -> None:
    assert render("<li><h3>Ferry</h3><p>It sails.</p>") == "### Ferry\nIt sails.\n"


def test_a_list_item_is_marked_once() -> None:
    assert render("<ul><li><p>Ferry</p><p>It sails.</p></ul>") == "• Ferry\nIt sails.\n"


def test_an_item_lends_its_mark_to_the_first_text_in_it() -> None:
    assert render("<ul><li><div><p>Ferry</p></div></ul>") == "• Ferry\n"


@pytest.mark.parametrize("tag", ["li", "h2"])
def test_an_empty_item_or_heading_marks_nothing_that_follows_it(tag: str) -> None:
    assert render(f"<{tag}><img src=x></{tag}><p>Ferry</p>") == "Ferry\n"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("   \n", ""),
        ("\0", ""),
        ("Ferry", "Ferry\n"),
        ("<p>Ferry", "Ferry\n"),
        ("<p>Ferry</div></span> returns", "Ferry returns\n"),
        ("<b><p>Ferry</b> returns", "Ferry returns\n"),
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2\n"),
        ("&lt;b&gt; &copy; &#8217;", "<b> © ’\n"),
        ("<html><body>Ferry</body></html>returns", "Ferry\nreturns\n"),
        ("<p>Fer\0ry</p>", "Ferry\n"),
        ("<p>Fer\ud800ry</p>", "Fer?ry\n"),
        ("<meta charset='koi8-r'><p>fährt</p>", "fährt\n"),
        ("<?xml version='1.0' encoding='koi8-r'?><p>fährt</p>", "fährt\n"),
        ("<script>x", ""),
        ("<!-- Ferry", ""),
    ],
)
def test_malformed_html_is_read_as_browsers_do(html: str, text: str) -> None:
    assert render(html) == text


@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "ul><li", "table><tr><td"])
def test_however_deep_elements_nest_no_text_is_lost(tag: str) -> None:
    depth = 20_000
    html = "".join(f"<{tag}>w{level} " for level in range(depth)) + "last"
    assert re.findall(r"w\d+|last", render(html)) == [*(f"w{k}" for k in range(depth)), "last"]


def test_a_very_long_text_is_kept() -> None:
    words = "ferry " * 2_000_000  # libxml2 refuses texts beyond 10 million bytes unless told not to
    assert render(f"<p>{words}</p>") == words.strip() + "\n"
