from __future__ import annotations

import doctest
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import cleaner
from cleaner import fixture, strategies
from cleaner.article import Label
from cleaner.strategies import (
    CRUFT,
    LANGUAGES,
    STYLES,
    WHERE,
    Credit,
    Day,
    Sample,
    dumps,
    samples,
)
from cleaner.strategies.styles.terminal import wrapped
from cleaner.strategies.words import Cast, words
from training import generated

KEPT = {str(label) for label in Label if label.kept}
# A few pages of every language and style.
PAGES = list(samples(3 * len(LANGUAGES) * len(STYLES), seed=41))
PARTS = ("navigation", "tickers", "related", "share_bars", "promos", "captions", "tags", "footers")
TEXTS = ("headlines", "paragraphs")

# A page takes some milliseconds to draw.
FEW = settings(max_examples=20)

each_language = pytest.mark.parametrize("language", LANGUAGES)


def of(language: str) -> list[Sample]:
    return [page for page in PAGES if page.language == language]


def letters(text: str) -> str:
    """The letters and digits of a text, without lynx's link numbers."""
    bare = re.sub(r"\[\d+\]", "", text)
    return "".join(c for c in bare if c.isalnum() or unicodedata.category(c).startswith("M"))


def lines(page: Sample) -> list[tuple[str, str]]:
    return list(zip(page.labels, page.text.split("\n"), strict=True))


# The truth of a page


@each_language
def test_every_line_has_a_label_and_a_blank_one_has_none(language: str) -> None:
    for page in of(language):
        for label, line in lines(page):
            assert (label in set(map(str, Label))) == bool(line.strip())
            assert label or not line


@each_language
def test_the_truth_stands_in_the_dump_under_its_labels(language: str) -> None:
    for page in of(language):
        under: dict[str, str] = {}
        for label, line in lines(page):
            under[label] = under.get(label, "") + line
        assert letters(under["title"]).startswith(letters(page.title))
        for name in page.authors:
            assert letters(name) in letters(under["byline"])
        dated = letters(under.get("date", "") + under.get("byline", ""))
        assert letters(page.date_text or "") in dated
        story = letters(
            "".join(line for label, line in lines(page) if label in ("body", "heading"))
        )
        for paragraph in page.body:
            assert letters(paragraph) in story
        assert len(story) == sum(len(letters(paragraph)) for paragraph in page.body)


@each_language
def test_the_plain_page_is_the_page_without_its_cruft(language: str) -> None:
    for page in of(language):
        assert set(page.plain_labels) <= KEPT | {""}
        kept = "".join(line for label, line in lines(page) if label in KEPT)
        assert letters(page.plain) == letters(kept)


@each_language
def test_no_slot_of_a_phrase_is_left_open(language: str) -> None:
    for page in of(language):
        assert not set("{}") & set(page.text)


@each_language
def test_a_page_reads_back_as_the_fixture_that_it_prints_as(language: str) -> None:
    for page in of(language):
        assert str(page) == page.text
        read = fixture.parse(repr(page))
        assert (read.dump, read.labels) == (page.text, page.labels)
        assert read.header["title"] == page.title
        assert read.header["style"] == page.style


def test_stories_are_as_long_as_stories_are() -> None:
    for page in PAGES:
        paragraphs = [piece.text for piece in page.paragraphs if piece.label is Label.BODY]
        assert 3 <= len(paragraphs) <= 9
        assert len(set(paragraphs)) == len(paragraphs)


def test_every_label_has_lines_somewhere() -> None:
    assert {label for page in PAGES for label in page.labels} == {"", *map(str, Label)}


# What a reader can tell apart, a labeller may be asked to


def test_where_no_blank_line_ends_related_headlines_a_sentence_does() -> None:
    ended = 0
    for page in samples(600, seed=101, styles=["bs4", "wet"], where=["between"]):
        story = [piece.text for piece in page.paragraphs]
        for (above, _), (label, line) in pairwise(lines(page)):
            if above == "related" != label:
                ended += 1
                assert label == "body"
                assert any(text.startswith(line) for text in story)
                assert len(line) > 15
    assert ended > 50


@each_language
def test_a_deck_below_byline_and_date_is_a_sentence(language: str) -> None:
    below = 0
    for page in samples(40, seed=111, languages=[language], styles=["wet"], cruft=()):
        labels = [label for label in page.labels if label]
        first = page.text.split("\n")[labels.index("body")]
        if first != page.paragraphs[0].text and labels.index("body") > 1:
            below += 1
            assert first.endswith(words(language).stop)
    assert bool(below) == bool(words(language).stop)


@each_language
def test_no_page_with_comments_asks_for_the_first(language: str) -> None:
    asks = words(language)["comments"][-1][-1]
    asked = 0
    for page in samples(60, seed=121, languages=[language], styles=["wet"], cruft=["comments"]):
        told = [line for label, line in lines(page) if label == "comments"]
        asked += asks in told
        assert asks not in told or len(told) == 2
    assert asked


def test_no_paragraph_of_a_script_without_stops_is_one_clause() -> None:
    for page in samples(200, seed=131, languages=["th"], cruft=()):
        for piece in page.paragraphs:
            assert piece.label is Label.HEADING or " " in piece.text


# What one can ask for


@FEW
@given(dumps(cruft=()))
def test_a_page_without_cruft_is_its_story(page: Sample) -> None:
    assert set(page.labels) <= KEPT | {""}
    assert page.text == page.plain


@FEW
@given(dumps("ru", "wet", cruft=["ticker", "footer"]))
def test_language_style_and_cruft_are_heeded(page: Sample) -> None:
    assert (page.language, page.style) == ("ru", "wet")
    assert set(page.labels) <= KEPT | {"ticker", "footer"}
    assert "\n\n" not in page.text


@pytest.mark.parametrize("where", WHERE)
def test_cruft_stands_where_it_was_asked_for(where: str) -> None:
    seen: Counter[str] = Counter()
    for page in samples(40, seed=51, languages=["en"], where=[where]):
        kinds = [label for label in page.labels if label]
        first = kinds.index("title")
        last = len(kinds) - 1 - kinds[::-1].index("body")
        for at, kind in enumerate(kinds):
            if kind not in KEPT and page.style != "lynx":  # lynx lists links below all
                seen["before" if at < first else "after" if at > last else "between"] += 1
    assert set(seen) == {where}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"language": "tlh"}, "tlh"),
        ({"style": ["lynx", "netscape"]}, "netscape"),
        ({"cruft": ["banner"]}, "banner"),
        ({"cruft": ["body"]}, "body"),
        ({"where": ["above"]}, "above"),
        ({"language": []}, "language: none"),
        ({"where": "above"}, "where: 'above' is not among before, between, after"),
        ({"cruft": "banner"}, "cruft: 'banner'"),
    ],
)
def test_a_name_that_there_is_not_is_refused_by_name(asked: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        dumps(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("asked", [None, 3, b"en", dumps])
@pytest.mark.parametrize("argument", ["cruft", "where"])
def test_what_is_no_name_is_refused_by_the_argument(argument: str, asked: Any) -> None:
    with pytest.raises(TypeError, match=f"{argument}: .* is no name"):
        dumps(**{argument: asked})


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"languages": ["tlh"]}, "tlh"),
        ({"styles": ["netscape"]}, "netscape"),
        ({"cruft": "banner"}, "cruft: 'banner'"),
        ({"languages": []}, "at least one"),
        ({"linked": 0}, "linked: one paragraph in 0"),
        ({"half": 2}, "half: 2 is neither 0 nor 1"),
        ({"count": -1}, "count: -1 pages"),
    ],
)
def test_samples_refuse_at_once_what_they_do_not_know(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        samples(**({"count": 1} | asked))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"language": "tlh"}, "language: 'tlh' is not among en, "),
        ({"language": ["en"]}, "language: \\['en'\\] is not among en, "),
        ({"style": "netscape"}, "style: 'netscape' is not among "),
        ({"half": -1}, "half: -1 is neither 0 nor 1"),
        ({"count": -1}, "count: -1 pages"),
    ],
)
def test_sites_refuse_at_once_what_they_do_not_know(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        strategies.site_samples(**({"count": 1} | asked))


def test_without_hypothesis_all_that_draws_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    for draws in (dumps, strategies.navigation, strategies.bylines, strategies.register):
        with pytest.raises(ImportError, match="pip install 'newsdump-cleaner\\[hypothesis\\]'"):
            draws()


@each_language
def test_links_are_more_where_they_are_asked_for_and_the_story_is_the_same(language: str) -> None:
    few, some, all_ = (
        list(samples(40, seed=7, languages=language, styles="bs4", linked=linked))
        for linked in (None, 2, 1)
    )
    assert [page.body for page in few] == [page.body for page in some] == [p.body for p in all_]
    counts = [
        sum(bool(piece.links) for page in p for piece in page.paragraphs) for p in (few, some, all_)
    ]
    assert counts == sorted(set(counts))


def test_one_name_may_be_asked_for_as_it_is() -> None:
    one = next(samples(1, languages="el", styles="wet", cruft="footer", where="after"))
    some = next(samples(1, languages=["el"], styles=["wet"], cruft=["footer"], where=["after"]))
    assert one == some
    assert set(one.labels) <= {"", "title", "byline", "date", "body", "heading", "footer"}


@pytest.mark.parametrize("part", PARTS)
def test_parts_can_be_drawn_on_their_own(part: str) -> None:
    @settings(max_examples=20, database=None)
    @given(getattr(strategies, part)())
    def drawn(text: str) -> None:
        assert text.strip()
        assert not set("{}") & set(text)

    drawn()


@pytest.mark.parametrize("part", TEXTS)
def test_headlines_and_paragraphs_are_one_line(part: str) -> None:
    @settings(max_examples=20, database=None)
    @given(getattr(strategies, part)())
    def drawn(text: str) -> None:
        assert text == text.strip()
        assert "\n" not in text

    drawn()


@given(strategies.bylines())
def test_a_credit_holds_its_byline_and_that_its_names(credit: Credit) -> None:
    assert credit.byline in str(credit)
    assert 1 <= len(credit.authors) <= 2
    assert all(name in credit.byline for name in credit.authors)


@given(strategies.dates())
def test_a_day_holds_its_date_as_printed(day: Day) -> None:
    assert day.date_text in str(day)
    assert any(c.isdigit() for c in day.date_text)


# Hypothesis


def test_a_failing_page_shrinks_to_one_that_can_be_read() -> None:
    alike = settings(database=None, derandomize=True)  # another way down may end a few lines above
    page = find(dumps(), lambda page: "related" in page.labels, settings=alike)
    assert (page.language, page.style) == ("en", "resiliparse")
    assert set(page.labels) == {"", "title", "body", "related"}
    assert len(page.text.split("\n")) <= 16


def test_a_failing_test_prints_its_page_as_labelled_lines() -> None:
    @settings(database=None, derandomize=True, phases=[Phase.generate])
    @given(page=dumps("fr"))
    def fails(page: Sample) -> None:
        assert "promo" not in page.labels

    with pytest.raises(AssertionError) as caught:
        fails()
    printed = "\n".join(getattr(caught.value, "__notes__", ()))
    assert "#! language: fr" in printed
    assert re.search(r"^\s*promo\t", printed, re.MULTILINE)


@FEW
@given(...)
def test_types_are_registered_through_the_entry_point(
    page: Sample, credit: Credit, day: Day
) -> None:
    assert page.text
    assert credit.text
    assert day.text


def in_a_process(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout


def test_neither_cleaner_nor_seeded_pages_need_hypothesis() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import cleaner; from cleaner.strategies import samples; next(samples(1))\n"
        "from cleaner import strategies\n"
        "try: strategies.dumps()\n"
        "except ImportError as error: print(error)"
    )
    assert "pip install 'newsdump-cleaner[hypothesis]'" in in_a_process(code)


# Seeds and halves


def test_a_seed_gives_the_same_pages_in_another_process() -> None:
    code = (
        "from hashlib import sha256; from cleaner.strategies import samples\n"
        "pages = ''.join(map(repr, samples(20, seed=61)))\n"
        "print(sha256(pages.encode()).hexdigest())"
    )
    assert in_a_process(code) == in_a_process(code)


def test_a_page_is_the_same_whatever_else_is_drawn() -> None:
    alone = list(samples(2, seed=71, languages=["he"], styles=["lynx"]))
    among = [
        page
        for page in samples(2 * len(LANGUAGES) * len(STYLES), seed=71)
        if (page.language, page.style) == ("he", "lynx")
    ]
    assert alone == among
    assert alone != list(samples(2, seed=72, languages=["he"], styles=["lynx"]))


@each_language
def test_halves_share_no_topic_and_few_phrases(language: str) -> None:
    one, other = words(language, 0), words(language, 1)
    for topic in one.topics:
        assert topic not in other.topics
    shared = {name for name in one.phrases if one.phrases[name] == other.phrases[name]}
    halved = {"sections", "briefs", "shares", "promos", "footers", "fillers", "women", "related"}
    assert not shared & halved
    for name in halved:
        assert not {str(p) for p in one.phrases[name]} & {str(p) for p in other.phrases[name]}


def test_training_pages_are_of_one_half_and_have_a_label_for_each_line_with_text() -> None:
    pages = list(generated.pages(4 * len(LANGUAGES) * len(STYLES), half=0))
    assert {page.id.split("-")[1] for page in pages} == {"whole", "plain", "own"}
    for page in pages:
        texts = page.text.split("\n")
        assert set(page.labels) == {n for n, line in enumerate(texts, 1) if line.strip()}
    unseen = {topic["headlines"][0].split("{")[0] for topic in words("de", 1).topics} - {""}
    assert not any(
        start in page.text for page in pages for start in unseen if page.language == "de"
    )


# The words


@each_language
def test_every_language_has_the_same_phrases_and_each_can_be_filled(language: str) -> None:
    english, told = words("en"), words(language)
    optional = {"digits", "years_ahead"}
    assert set(told.phrases) - optional == set(english.phrases)
    assert [set(topic) for topic in told.topics] == [set(topic) for topic in english.topics]
    cast = Cast(strategies.seeded.Seeded("words"), told)
    for topic in told.topics:
        for phrases in topic.values():
            for phrase in phrases:
                filled = cast.fill(phrase, "x", name="y")
                assert filled
                assert not set("{}") & set(filled)
                assert filled == filled.strip()


@each_language
def test_the_calendar_is_whole(language: str) -> None:
    told = words(language)
    assert len(set(told["months"])) == 12
    assert len(set(told["weekdays"])) == len(set(told["on_days"])) == 7


SCRIPTS = {
    "ru": "CYRILLIC",
    "el": "GREEK",
    "ar": "ARABIC",
    "he": "HEBREW",
    "hi": "DEVANAGARI",
    "th": "THAI",
    "zh": "CJK",
}


def test_stories_have_links_as_often_as_real_ones_of_scripts_with_case_and_without() -> None:
    linked: dict[bool, Counter[bool]] = {True: Counter(), False: Counter()}
    for page in samples(720, seed=95, styles=["bs4"], cruft=()):
        bodies = [piece for piece in page.paragraphs if piece.label is cleaner.Label.BODY]
        linked[words(page.language).cased].update(bool(piece.links) for piece in bodies)
    assert 0.1 < linked[True][True] / linked[True].total() < 0.26
    assert 0.05 < linked[False][True] / linked[False].total() < 0.09


@pytest.mark.parametrize(("language", "script"), SCRIPTS.items())
def test_the_stories_of_a_language_are_in_its_script(language: str, script: str) -> None:
    for topic in words(language).topics:
        text = re.sub(r"\{\w*\}", "", " ".join(p for phrases in topic.values() for p in phrases))
        assert {unicodedata.name(c).split()[0] for c in text if c.isalpha()} == {script}


@each_language
def test_the_stories_are_in_the_language_that_they_say(language: str) -> None:
    found = Counter(
        cleaner.clean(page.plain).language for page in samples(7, seed=81, languages=[language])
    )
    assert found[language] >= 4


# The styles


def test_lines_of_lynx_are_no_wider_than_its_terminal() -> None:
    for page in samples(60, seed=91, styles=["lynx"]):
        width = max(len(line) for line in page.text.split("\n"))
        assert width <= 132


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp", "Cs"])))
def test_wrapping_loses_nothing_but_spaces(text: str) -> None:
    whole = "".join(wrapped(f"a {text} b", 20, "  ", "  "))
    assert whole.replace(" ", "") == f"a{text}b"


def test_each_style_is_told_by_its_marks() -> None:
    drawn = {style: "\n".join(p.text for p in PAGES if p.style == style) for style in STYLES}
    assert re.search(r"^  • ", drawn["resiliparse"], re.MULTILINE)
    assert re.search(r"^ +\* ", drawn["inscriptis"], re.MULTILINE)
    assert re.search(r"^# ", drawn["html2text"], re.MULTILINE)
    assert re.search(r"^   \(BUTTON\) ", drawn["lynx"], re.MULTILINE)
    assert "\t" in drawn["clipboard"]
    assert "\n\n" not in drawn["bs4"]
    assert "\n\n" not in drawn["wet"]


@each_language
def test_a_notice_of_the_house_stands_right_below_the_story(language: str) -> None:
    told = words(language)["notices"]
    begun = tuple(phrase.partition("{")[0] or phrase.rpartition("}")[2] for phrase in told)
    found = 0
    for page in samples(40, seed=6, languages=[language], styles=["clipboard"]):
        shown = [
            (text, label)
            for text, label in zip(page.text.split("\n"), page.labels, strict=True)
            if label
        ]
        for (_, above), (text, label) in pairwise(shown):
            if any(part in text for part in begun):
                found += 1
                assert (above, label) == ("body", "footer")
    assert found >= 3


def test_the_kinds_of_cruft_are_the_labels_that_are_not_kept() -> None:
    assert {str(label) for label in CRUFT} == set(map(str, Label)) - KEPT


# The documentation

DOCS = (Path(__file__).parent.parent / "docs/property-tests.md").read_text("utf-8")


# A busy machine may be too slow for Hypothesis's health checks, as in tests/conftest.py.
PATIENCE = """
from hypothesis import HealthCheck, settings
settings.register_profile("patient", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
"""


def test_the_example_of_the_documentation_passes_as_it_stands(tmp_path: Path) -> None:
    named = re.findall(r"<!-- run: (\S+) -->\n```python\n(.*?)```", DOCS, re.DOTALL)
    assert len(named) == 1
    for name, code in named:
        (tmp_path / name).write_text(code, "utf-8")
    (tmp_path / "conftest.py").write_text(PATIENCE, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, encoding="utf-8")
    assert "1 passed" in done.stdout, done.stdout


def test_the_sessions_of_the_documentation_give_what_it_says() -> None:
    name = "property-tests.md"
    sessions = doctest.DocTestParser().get_doctest(DOCS, {}, name, name, 0)
    results = doctest.DocTestRunner(verbose=False).run(sessions)
    assert results.attempted > 0
    assert results.failed == 0


def test_the_documentation_names_every_language_style_and_strategy() -> None:
    assert f"them: {', '.join(LANGUAGES)}." in DOCS
    assert f"`STYLES`: {', '.join(STYLES)}." in DOCS
    for name in (*PARTS, *TEXTS, "bylines", "dates"):
        assert f"`{name}`" in DOCS


# Sites


def test_the_pages_of_a_site_share_their_furniture_and_no_story() -> None:
    pages = list(strategies.site_samples(10, site="courier", style="wet"))
    assert pages == list(strategies.site_samples(10, site="courier", style="wet"))
    lines = [set(page.text.split("\n")) for page in pages]
    everywhere = set.intersection(*lines)
    labels = {
        label
        for page in pages
        for line, label in zip(page.text.split("\n"), page.labels, strict=True)
        if line in everywhere
    }
    assert {"navigation", "footer", "comments", "other"} <= labels
    assert not labels & {"body", "heading"}
    told = [set(page.body) for page in pages]
    assert told[4] & told[9] == {told_first(pages[4])}
    for at, one in enumerate(told):
        for other in told[:at]:
            assert one & other <= {told_first(pages[4])}


def told_first(page: Sample) -> str:
    return page.paragraphs[0].text


def test_sites_of_one_seed_tell_what_is_syndicated_each_in_its_own_furniture() -> None:
    one, other = (
        list(strategies.site_samples(3, site=name, style="wet", syndicated=2))
        for name in ("courier", "herald")
    )
    assert [page.paragraphs for page in one[:2]] == [page.paragraphs for page in other[:2]]
    assert one[2].paragraphs != other[2].paragraphs
    assert one[0].text != other[0].text
