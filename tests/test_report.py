from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner import dump, fixture, render, report
from cleaner.article import Article, Block, Evidence, Label
from cleaner.report import charts, document, explanation, overview, restore, review, rows, run
from cleaner.report.frequent import Frequent
from tests.pages import anything, texts

FEW = settings(max_examples=20)  # a page is cleaned for each
UNSEEN = "\x00\x1b\r\u00ad\u200b\u200e\u202e\u2028\u2066\ufeff\ud800\U000e0041"
HOSTILE = (
    "<script>alert(1)</script> </style><svg onload=alert(1)> ]]> <!-- <![CDATA[ --!>\n"
    "\"'><img src=x onerror=alert(1)> javascript:alert(1) &lt;b&gt; \u2028\u202e</script\n"
)


class Reader(HTMLParser):
    """What a browser would make of a page: its elements and the text of some."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "li":
            self.rows.append("")
        self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.within and self.within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "li" in self.within and "script" not in self.within:
            self.rows[-1] += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def labelled(source: str, labels: Sequence[Label] = tuple(Label)) -> Article:
    """An article of a source, without the labeller."""
    blocks = tuple(
        block._replace(label=labels[i % len(labels)], score=0.5, why="so; it is (rather than body)")
        for i, block in enumerate(dump.read(source))
    )
    return Article(source, blocks=blocks)


def reasons(page: str) -> dict[str, list[list[int]]]:
    (found,) = re.findall(r'<script type="application/json" class="reasons">(.*?)</script>', page)
    told: dict[str, list[list[int]]] = json.loads(found)
    return told


class TestDocument:
    @given(st.text())
    def test_text_holds_no_markup_but_tokens(self, words: str) -> None:
        bare = re.sub(r"<i>[A-Z0-9+]+</i>", "", document.text(words))
        assert "<" not in bare
        assert ">" not in bare

    @given(st.text())
    def test_attributes_hold_no_quotes_and_nothing_unseen(self, words: str) -> None:
        shown = document.attribute(words)
        assert not set(shown) & set("<>\"'" + UNSEEN)

    @pytest.mark.parametrize("char", UNSEEN)
    def test_what_nobody_would_see_has_a_name(self, char: str) -> None:
        assert re.fullmatch(r"a<i>[A-Z0-9+]+</i>\n?b", document.text(f"a{char}b"))

    def test_what_joins_letters_stays(self) -> None:
        for words in ("می\u200cخواهم", "👩\u200d🚀", "क्\u200dष", "❤\ufe0f"):
            assert document.text(words) == words
        assert document.text("a\u200db\u200c") == "a<i>ZWJ</i>b<i>ZWNJ</i>"

    @given(st.text() | st.just(HOSTILE))
    def test_data_comes_back_and_cannot_leave_its_script(self, words: str) -> None:
        element = document.data("lines", [words])
        inside = element.removeprefix('<script type="application/json" class="lines">')
        inside = inside.removesuffix("</script>")
        assert "<" not in inside
        assert json.loads(inside) == [words]
        element.encode("utf-8")

    def test_the_policy_names_the_style_and_the_script_by_their_hashes(self) -> None:
        page = report.page(Article(source=HOSTILE))
        for tag in ("style", "script"):
            content = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
            digests = [hashlib.sha256(one.encode()).digest() for one in content]
            assert digests
            assert all(f"'sha256-{base64.b64encode(d).decode()}'" in page for d in digests)
        assert "unsafe" not in page.partition("<style>")[0]


class TestPage:
    @given(anything() | st.text("\n\r \tab\x85\u2028\u200f<&", max_size=80))
    def test_the_rows_are_the_dump_with_its_unseen_characters_named(self, source: str) -> None:
        shown = "".join(read(report.page(labelled(source))).rows)
        assert shown == "".join(read(f"<li>{document.text(source)}").rows)

    @given(anything())
    def test_rows_part_a_dump_and_lose_nothing(self, source: str) -> None:
        blocks = dump.read(source)
        assert "".join(row.text for row in rows.of_blocks(source, blocks)) == source
        labels = fixture.of(Article(source, blocks=blocks)).labels
        lines = rows.of_lines(source, blocks, labels)
        assert "".join(row.text for row in lines) == (source if lines else "")

    @given(texts())
    @FEW
    def test_every_block_is_told_with_label_score_and_reason(self, source: str) -> None:
        article = cleaner.clean(source)
        told = reasons(report.page(article))
        assert len(told["blocks"]) == len(article.blocks)
        for block, (line, score, rival, *phrases) in zip(
            article.blocks, told["blocks"], strict=True
        ):
            said = "; ".join(str(told["phrases"][phrase]) for phrase in phrases)
            assert block.reason == f"{said} (rather than {tuple(Label)[rival]})"
            assert score == round(block.score * 1000)
            assert line == source.count("\n", 0, block.start) + 1

    def test_the_program_names_a_runner_up_in_every_reason(self, fixture_path: Path) -> None:
        text = fixture_path.read_bytes().decode("utf-8")
        blocks = cleaner.clean_text(fixture.parse(text).dump).blocks
        assert all(explanation.runner_up(block) not in (None, block.label) for block in blocks)

    def test_a_hostile_dump_adds_no_element(self) -> None:
        article = labelled(HOSTILE * 3)
        hostile = Article(
            article.source, title=HOSTILE, byline=HOSTILE, authors=(HOSTILE,), body=HOSTILE,
            date_text=HOSTILE, language=HOSTILE, blocks=article.blocks,
            evidence=(Evidence(HOSTILE, 0, HOSTILE, HOSTILE),),
        )  # fmt: skip
        pages = [report.page(hostile, name=HOSTILE), review.page(hostile, name=HOSTILE)]
        for page in pages:
            found = read(page).tags
            assert not {"img", "svg"} & {tag for tag, _ in found}
            names = {name for _, attributes in found for name in attributes}
            assert not [name for name in names if name.startswith("on")]
            assert not names & {"src", "href", "style"}
            scripts = [attributes for tag, attributes in found if tag == "script"]
            assert len([one for one in scripts if one.get("type") is None]) == 1

    @given(st.text() | st.just(HOSTILE))
    def test_a_page_can_be_written_whatever_the_dump_holds(self, source: str) -> None:
        report.page(labelled(source), name=source).encode("utf-8")

    def test_the_same_page_is_the_same_every_time(self) -> None:
        article = cleaner.clean("Ferry returns\n\nIt sails at noon.\n")
        assert report.page(article, name="a") == report.page(article, name="a")

    def test_several_articles_are_folded_under_their_titles(self) -> None:
        articles = [Article("Ferry", title="Ferry <b>"), Article("")]
        page = report.page(iter(articles))
        titles = re.findall(r"<summary><bdi>(.*?)</bdi>", page)
        assert titles == ["Ferry &lt;b&gt;", "page 2"]

    def test_an_unsure_block_is_marked(self) -> None:
        page = report.page(labelled("Ferry\n\nMenu"))
        assert page.count("<li class=unsure>") == 2

    def test_a_large_page_takes_less_than_four_times_its_dump(self) -> None:
        source = "\n".join(
            f"Item {n} of the menu\n  • The ferry sails from pier {n} at noon, said the master."
            for n in range(3000)
        )
        page = report.page(cleaner.clean(source))
        assert len(page.encode()) < 4 * len(source.encode())


class TestReview:
    @given(anything())
    def test_the_lines_and_labels_that_it_saves_are_the_fixture_of_the_article(
        self, source: str
    ) -> None:
        article = labelled(source)
        page = review.page(article)
        (found,) = re.findall(r'class="lines">(.*?)</script>', page)
        told = json.loads(found)
        labels = [attributes["data-l"] for tag, attributes in read(page).tags if tag == "li"]
        made = fixture.of(article)
        assert "\n".join(told["source"]) == made.dump
        by_line = {line: label for (line, _), label in zip(told["rows"], labels, strict=True)}
        assert tuple(by_line.get(n, "") for n in range(len(told["source"]))) == made.labels

    def test_it_starts_from_the_labels_of_a_fixture(self) -> None:
        gold = fixture.Fixture("Ferry\n\nMenu", ("title", "", "promo"), {"language": "sv"})
        page = review.page(cleaner.clean_text(gold.dump), name="a/b.tsv", gold=gold)
        labels = [attributes["data-l"] for tag, attributes in read(page).tags if tag == "li"]
        assert labels == ["title", "promo"]
        assert 'name="language" value="sv"' in page
        assert '"file":"b.tsv"' in page

    def test_every_label_has_a_key_of_its_own(self) -> None:
        assert set(review.KEYS) == set(Label)
        taken = [*review.KEYS.values(), "u", "w", "z"]
        assert len(set(taken)) == len(taken)

    def test_a_fixture_of_what_the_program_makes_does_not_differ_from_it(
        self, fixture_path: Path
    ) -> None:
        source = fixture.parse(fixture_path.read_bytes().decode("utf-8")).dump
        article = cleaner.clean_text(source)
        assert review.differences(fixture.of(article), article) == []

    def test_differences_name_the_line_and_both_labels(self) -> None:
        gold = fixture.Fixture("Ferry\nMenu", ("title", "promo"), {"title": "Ferry", "shows": "x"})
        article = Article("Ferry\nMenu", blocks=(Block(0, 5, "Ferry", label=Label.TITLE),))
        assert review.differences(gold, article) == [
            "line 2: other, not promo: 'Menu'",
            "title: '', not 'Ferry'",
        ]


def line(id: str, article: Article, **more: str) -> bytes:
    values = article.to_dict()
    del values["source"]
    return (render.json_text({"id": id, **more, **values}) + "\n").encode()


FERRY = cleaner.clean("Port Hale Courier\n\nFerry returns\n\nBy Ann Lee\n\n4 May 2021\n\n" * 3)


class TestRestore:
    @given(texts())
    @FEW
    def test_a_line_of_a_batch_gives_its_article_back(self, source: str) -> None:
        article = cleaner.clean(source)
        again = restore.article(restore.record(line("a", article)))
        left_out = ("source", "blocks", "captions", "tags")
        ours, theirs = article.to_dict(), again.to_dict()
        assert {n: v for n, v in ours.items() if n not in left_out} == {
            n: v for n, v in theirs.items() if n not in left_out
        }
        for block, restored in zip(article.blocks, again.blocks, strict=True):
            assert restored[2:-1] == block[2:-1]
            assert restored.reason == block.reason
            assert again.source[restored.start : restored.end].endswith(block.text)

    @given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
    @settings(max_examples=30)
    def test_any_other_line_is_a_value_error(self, value: object) -> None:
        broken = [
            json.dumps(value),
            json.dumps({"blocks": value}),
            json.dumps({"blocks": [], "confidence": value, "date": value, "evidence": value}),
            json.dumps({"blocks": [{"text": "a", "label": value, "score": value}]}),
            json.dumps({"blocks": [{"text": "a", "label": "body", "score": value}]}),
            '{"blocks": [], "confidence": NaN}',
        ]
        for text in broken:
            try:
                restore.article(restore.record(text.encode("latin-1", "replace")))
            except ValueError:
                continue

    @pytest.mark.parametrize("broken", [b"[" * 100_000, b"\xff", b"{}", b"[]", b"null", b'{"a"'])
    def test_what_is_no_page_of_a_batch_is_told(self, broken: bytes) -> None:
        with pytest.raises(ValueError, match=r"not JSON|nested too deep|has no blocks"):
            restore.record(broken)


class TestRun:
    def test_pages_are_counted_by_verdict_and_by_site(self) -> None:
        article = Article("", is_article=True, confidence=0.9, body="x" * 300)
        lines = [
            line("a.txt", article, url="https://www.news.example/1"),
            line("b.txt", article, url="http://news.example/2"),
            line("c.txt", Article("", confidence=0.2), url="https://other.example"),
            line("hale/d.txt", Article("", confidence=0.2)),
        ]
        found = run.collect(lines)
        assert (found.pages, found.articles, found.others) == (4, 2, 2)
        assert {name: one.pages for name, one in found.sites.items()} == {
            "news.example": 2, "other.example": 1, "hale/": 1,
        }  # fmt: skip
        assert found.confidence.counts[18] == 2
        assert found.confidence.counts[4] == 2
        assert dict(zip(run.LENGTHS, found.length.counts, strict=True))[250] == 2

    def test_the_least_sure_pages_come_first(self) -> None:
        found = run.collect(line(str(n), Article("", confidence=n / 100)) for n in range(101))
        assert len(found.least_sure) == run.UNSURE_PAGES
        assert [doubt.id for doubt in found.least_sure][:3] == ["50", "49", "51"]
        assert all(
            one.sureness <= two.sureness
            for one, two in zip(found.least_sure, found.least_sure[1:], strict=False)
        )

    def test_where_its_line_stands_is_known_of_each_doubtful_page(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_bytes(b"\nnot json\n" + line("ä", FERRY) + line("b", FERRY))
        with path.open("rb") as file:
            for doubt in run.collect(file).least_sure:
                file.seek(doubt.offset)
                assert restore.record(file.readline())["id"] == doubt.id

    def test_cruft_is_counted_once_a_page(self) -> None:
        menu = Article("", blocks=(Block(0, 4, "Menu"), Block(4, 8, "Menu"), Block(9, 12, "Own")))
        found = run.collect([line("x/a", menu), line("x/b", menu)])
        assert run.frequent_lines(found, 1) == {"x/": [("Menu", 2)]}

    @given(st.lists(st.sampled_from("abcdefgh"), max_size=300), st.integers(2, 6))
    def test_what_is_forgotten_is_at_most_what_it_says(self, keys: list[str], limit: int) -> None:
        seen: Frequent[str] = Frequent(limit)
        seen.add(keys)
        assert len(seen.counts) <= limit
        for key in set(keys):
            assert keys.count(key) - seen.missed <= seen.counts.get(key, 0) <= keys.count(key)

    def test_failures_come_from_the_manifest(self) -> None:
        manifest = [
            b'{"id": "a", "status": "failed", "reason": "permission denied"}\n',
            b'{"id": "b", "status": "cleaned", "reason": null}\n',
            b"not json\n",
        ]
        found = run.with_failures(run.collect([]), manifest)
        assert found.failures is not None
        assert found.failures.counts == {"permission denied": 1}

    def test_inputs_that_hold_no_page_are_counted_apart(self) -> None:
        manifest = [b'{"id": "a", "status": "no-article"}', b'{"id": "b", "status": "no-article"}']
        found = run.with_failures(run.collect([line("a", Article(""))]), manifest)
        assert (found.others, found.nothing) == (1, 1)

    def test_faulty_lines_are_named_and_stop_nothing(self) -> None:
        found = run.collect([b"{", line("a", FERRY), b'{"id": 3}\n'])
        assert found.pages == 1
        assert found.faults == [
            "line 1: not JSON",
            "line 3: no page of a batch: it has no blocks",
        ]


class TestOverview:
    def test_the_page_of_a_run_tells_its_figures(self) -> None:
        pytest.importorskip("pygal", reason="the extra `report` is not installed")
        found = run.with_failures(run.collect([line("hale/a.txt", FERRY)] * 2), [])
        page = overview.page(found, [(found.least_sure[0], FERRY)], name="a.jsonl")
        tags = read(page).tags
        assert len([tag for tag, _ in tags if tag == "svg"]) == 3
        assert not [name for _, attributes in tags for name in attributes if name == "style"]
        assert "hale/" in page
        assert page == overview.page(found, [(found.least_sure[0], FERRY)], name="a.jsonl")

    def test_a_run_of_nothing_has_a_page_too(self) -> None:
        pytest.importorskip("pygal", reason="the extra `report` is not installed")
        assert "No page was read" in overview.page(run.collect([]))

    def test_a_missing_extra_says_how_to_get_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pygal", None)
        with pytest.raises(charts.MissingExtraError, match=r"pip install .*\[report\]"):
            charts.bars("a", ["1"], [1])
