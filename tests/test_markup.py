"""Reading HTML: the text that readers see, the elements around it, what the page declares."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import markup
from cleaner.markup import Page


def render(html: str) -> str:
    return markup.read(html).text


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


@pytest.mark.parametrize("tag", ["article", "main", "section", "nav", "x-page", "p"])
def test_the_body_begins_with_the_first_element_that_is_none_of_the_heads(tag: str) -> None:
    for head in ("", "<head>", "<html><head>", "<html>"):
        page = markup.read(f"<!doctype html>{head}<title>Ferry</title><{tag}>It sails.</{tag}>")
        assert page.text == "It sails.\n"
        assert page.declared.titles == ("Ferry",)


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


@given(soups)
def test_blocks_lie_in_the_text_and_know_their_elements(html: str) -> None:
    page = markup.read(html)
    structure = page.structure
    assert len(page.blocks) == len(structure.outer) == len(structure.inner)
    for block in page.blocks:
        shown = page.text[block.start : block.end]
        assert shown == f"{block.marker} {block.text}".strip()
    for k, (parent, end) in enumerate(zip(structure.parents, structure.ends, strict=True)):
        assert -1 <= parent < k < end <= len(structure.tags)
        assert parent < 0 or structure.ends[parent] >= end
    for outer, inner in zip(structure.outer, structure.inner, strict=True):
        assert outer <= inner < structure.ends[outer]


def path(page: Page, block: int) -> list[str]:
    """The tags around a block, outermost first."""
    found, place = [], page.structure.inner[block]
    while place >= 0:
        found.append(page.structure.tags[place])
        place = page.structure.parents[place]
    return found[::-1]


def test_a_block_knows_the_elements_around_it_their_names_and_links() -> None:
    page = markup.read(
        "<main class='story wide' id=top><p><b>Ferry</b> returns <a href=x>today</a></p></main>"
        "<div style='display: none'>Menu</div>"
    )
    assert [block.text for block in page.blocks] == ["Ferry returns today", "Menu"]
    assert path(page, 0) == ["html", "html", "body", "main", "p"]
    structure = page.structure
    main = structure.tags.index("main")
    assert structure.names[main] == "story wide top"
    assert structure.tags[structure.outer[0]] == "p"
    assert (structure.linked[0], structure.bold[0]) == (5, 5)
    assert [structure.hidden[k] for k in structure.outer] == [False, True]


def test_of_a_tag_or_class_of_megabytes_the_beginning_is_kept() -> None:
    long = "a" * 1_000_000
    page = markup.read(f"<{long}>Ferry</{long}><p class='{long}'>returns</p>")
    assert [block.text for block in page.blocks] == ["Ferry", "returns"]
    assert max(map(len, [*page.structure.tags, *page.structure.names])) < 10_000


DECLARING = """<html><head><title>Ferry returns | Harbour Post</title>
<meta property="og:title" content="Ferry returns &amp; stays">
<meta name="author" content="Ann Example"><meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2021-05-04T08:30:00Z">
<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "Post"},
 {"@type": "NewsArticle", "headline": "Ferry back", "author": [{"name": "Tom Sample"}],
  "datePublished": "2021-05-03", "dateModified": "2021-05-05",}]}</script></head>
<body><svg><title>icon</title></svg><p>It sails. <time datetime="2021-05-02">May</time></p>"""


def test_a_page_declares_titles_authors_and_days_the_surest_first() -> None:
    declared = markup.read(DECLARING).declared
    assert declared.titles == (
        "Ferry back", "Ferry returns & stays", "Ferry returns | Harbour Post", "Post",
    )  # fmt: skip
    assert declared.authors == ("Tom Sample", "Ann Example")
    assert declared.published == ("2021-05-03", "2021-05-04T08:30:00Z")
    assert declared.updated == ("2021-05-05",)
    assert declared.sites == ("Harbour Post",)
    assert declared.times == ("2021-05-02",)


@pytest.mark.parametrize(
    "script",
    [
        "{", "[]", "null", "3", '"text"', '{"@type": ["NewsArticle", 3], "headline": {"name": 4}}',
        "[" * 100_000, '{"@graph": ' * 50_000, '{"@type": "Article", "headline": null}',
        "<!-- {} -->", "\ud800",
    ],
)  # fmt: skip
def test_broken_json_declares_nothing(script: str) -> None:
    page = f"<script type='application/ld+json'>{script}</script><p>Ferry</p>"
    assert markup.read(page).declared == markup.read("<p>Ferry</p>").declared


def test_json_in_a_comment_or_with_a_comma_too_many_is_mended() -> None:
    page = """<script type="application/ld+json"><!--
        {"@type": "Article", "headline": "Ferry back",} --></script>"""
    assert markup.read(page).declared.titles == ("Ferry back",)


@pytest.mark.parametrize(
    "html",
    [
        '<meta name="article:published_time" value="2021-05-03">',
        '<meta itemprop="datePublished" content="2021-05-03">',
        '<span itemprop="datePublished" content="2021-05-03">3 May</span>',
        '<span property="schema:dateCreated" content="2021-05-03">3 May</span>',
        '<abbr class="published" title="2021-05-03">3 May</abbr>',
        '<script type="application/ld+json">{"datePublished": "2021-05-03", broken</script>',
        (
            '<meta name="script:ld+json" content="{&quot;@type&quot;: &quot;Article&quot;,'
            ' &quot;datePublished&quot;: &quot;2021-05-03&quot;}">'
        ),
        (
            '<script type="application/ld+json">{"@type": "QAPage", "datePublished": "2021-05-03"}'
            "</script>"
        ),
    ],
)
def test_the_day_is_declared_in_many_ways(html: str) -> None:
    assert markup.read(f"{html}<p>Ferry</p>").declared.published == ("2021-05-03",)


@pytest.mark.parametrize(
    ("works", "published"),
    [
        ('{"@type": "WebPage", "datePublished": "2021-05-03"}', ()),
        (
            (
                '{"@type": "WebPage", "datePublished": "2021-05-03"},'
                ' {"@type": "Article", "datePublished": "2021-05-04"}'
            ),
            ("2021-05-04",),
        ),
        ('{"@type": ["Article", "WebPage"], "datePublished": "2021-05-03"}', ("2021-05-03",)),
    ],
)
def test_when_a_page_was_made_is_not_when_a_story_was_published(
    works: str, published: tuple[str, ...]
) -> None:
    script = f'<script type="application/ld+json">{{"@graph": [{works}]}}</script>'
    declared = markup.read(f"{script}<p>Ferry</p>").declared
    assert declared.published == published
    assert declared.made == (() if published == ("2021-05-03",) else ("2021-05-03",))
    assert declared.stated == ()


def test_when_a_page_was_created_tells_no_more_than_when_it_was_published() -> None:
    page = '{"@type": "WebPage", "dateCreated": "2019-01-25", "datePublished": "2021-05-03"}'
    story = '{"@type": "NewsArticle", "dateCreated": "2021-05-02"}'
    for works, published in ((page, ()), (f"[{page}, {story}]", ("2021-05-02",))):
        script = f'<script type="application/ld+json">{works}</script>'
        declared = markup.read(f"{script}<p>Ferry</p>").declared
        assert declared.published == published
        assert declared.made == ("2021-05-03", "2019-01-25")


@pytest.mark.parametrize(
    "name",
    ["w-published-date", "og:publish_date", "published_at", "prism.publicationDate", "DC:date"],
)
def test_a_meta_tag_of_any_name_that_says_so_tells_the_day(name: str) -> None:
    assert markup.read(f'<meta name="{name}" content="2021-05-04">').declared.published == (
        "2021-05-04",
    )


@pytest.mark.parametrize("name", ["article:publisher", "last-published", "publish-expiry-date"])
def test_not_every_meta_tag_that_speaks_of_publishing_does(name: str) -> None:
    assert markup.read(f'<meta name="{name}" content="2021-05-04">').declared.published == ()


def test_an_author_stands_on_a_card_beside_its_label() -> None:
    html = """<meta name="twitter:label1" content="Verfasst von">
        <meta name="twitter:data1" content="Ann Example">
        <meta name="twitter:label2" content="Lesezeit"><meta name="twitter:data2" content="3 min">
        <meta name="cxenseparse:author" content="Tom Sample">"""
    assert markup.read(html).declared.authors == ("Tom Sample", "Ann Example")


def test_a_page_declares_its_language() -> None:
    html = "<html lang=en-GB><meta property=og:locale content=en_US><p>Ferry"
    assert markup.read(html).declared.languages == ("en-GB", "en_US")


@pytest.mark.parametrize(
    "html",
    [
        '<abbr title="2021-05-03">3 May</abbr>',
        '<a class="unpublished" title="2021-05-03">3 May</a>',
        '<abbr class="published" title="Post">3 May</abbr>',
        '<div itemprop="startDate" content="2021-05-03">',
    ],
)
def test_not_every_moment_of_an_element_is_the_pages(html: str) -> None:
    assert markup.read(f"{html}<p>Ferry</p>").declared.published == ()


def test_moments_beside_the_text_are_the_times_of_the_page() -> None:
    page = "<time datetime='2021-05-03'>x</time><span data-date-time='2021-05-04 20:06'>y</span>"
    assert markup.read(page).declared.times == ("2021-05-03", "2021-05-04 20:06")


def test_an_author_described_elsewhere_is_found_by_the_address_of_its_own() -> None:
    page = """<script type="application/ld+json">{"@graph": [
        {"@type": "Article", "author": {"@id": "#ann"}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Example"}]}</script>"""
    assert markup.read(page).declared.authors == ("Ann Example",)


@pytest.mark.parametrize(
    "html",
    [
        "<a rel='author nofollow'>Ann Example</a>",
        "<a href='/authors/ann'>Ann Example</a>",
        "<span class='byline'>By <b class='byline-name'>Ann Example</b></span>",
        "<span itemprop=author>Ann Example</span>",
    ],
)
def test_what_elements_of_an_author_say_is_told_after_its_block(html: str) -> None:
    page = markup.read(f"<h1>Ferry returns</h1><p>4 May, {html}in Harbour</p><p>It sails.</p>")
    assert page.declared.credits == ((1, "Ann Example"),)


@pytest.mark.parametrize("name", ["comment-author", "author-bio", "authority", "author-avatar"])
def test_not_every_element_named_after_an_author_says_who_it_is(name: str) -> None:
    page = markup.read(f"<p class='{name}'>Ann Example</p>")
    assert page.declared.credits == ()


@pytest.mark.parametrize(
    ("script", "day"),
    [
        ('{"publishedAt":"2021-05-04T08:30:00Z"}', "2021-05-04T08:30:00Z"),
        (r'"{\"published_date\": \"2021-05-04\"}"', "2021-05-04"),
        ('{"created_at": "2021-05-03", "publish_on": "2021-05-04"}', "2021-05-04"),
        ('{"created_at": "2021-05-04"}', "2021-05-04"),
    ],
)
def test_a_day_in_any_other_script_is_told_apart_from_what_is_declared(
    script: str, day: str
) -> None:
    declared = markup.read(f"<script>{script}</script><p>Ferry</p>").declared
    assert (declared.stated, declared.published) == ((day,), ())


def test_scripts_that_hold_the_days_of_several_pages_state_none() -> None:
    states = '[{"published_at": "2021-05-03"}, {"published_at": "2021-05-04"}]'
    assert markup.read(f"<script>{states}</script><p>Ferry</p>").declared.stated == ()
