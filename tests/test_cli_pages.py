from __future__ import annotations

from pathlib import Path

import pytest

import cleaner
from cleaner import cli, fixture, render, report
from cleaner.report import review

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
PAGE = ARTICLES / "ja-lynx.tsv"
FERRY = "Ferry returns to Port Hale\n\nBy Ann Example\n\n4 May 2021\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY)
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    values = cleaner.clean(FERRY).to_dict()
    del values["source"]
    path = tmp_path / "articles.jsonl"
    path.write_text(render.json_text({"id": "a/ferry.txt", **values}) + "\n", "utf-8")
    return path


class TestExplain:
    def test_html_is_the_page_of_the_report(self, tmp_path: Path) -> None:
        out = tmp_path / "out.html"
        assert cli.main(["explain", str(PAGE), "--html", str(out)]) == 0
        dump = fixture.parse(PAGE.read_bytes().decode("utf-8")).dump
        assert out.read_text("utf-8") == report.page(cleaner.clean(dump), name=str(PAGE))

    def test_a_dash_is_standard_output(
        self, page: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(["explain", str(page), "--html", "-"]) == 0
        assert capsys.readouterr().out.startswith("<!doctype html>")

    @pytest.mark.parametrize("command", [["explain"], ["review"]])
    def test_a_page_that_cannot_be_written_is_told(
        self, page: Path, capsys: pytest.CaptureFixture[str], command: list[str]
    ) -> None:
        out = page.parent / "no" / "out.html"
        assert cli.main([*command, str(page), "--html", str(out)]) == 2
        assert f"{out}: cannot be written (no such file" in capsys.readouterr().err


class TestReport:
    @pytest.fixture(autouse=True)
    def extra(self) -> None:
        pytest.importorskip("pygal", reason="the extra `report` is not installed")

    def test_a_run_becomes_a_page(self, articles: Path) -> None:
        out = articles.parent / "out.html"
        assert cli.main(["report", str(articles), "--html", str(out)]) == 0
        html = out.read_text("utf-8")
        assert "<dt>articles</dt><dd>" in html
        assert "no manifest stands beside it" in html
        assert html.count('<details class="page">') == 1

    def test_failures_are_read_from_the_manifest_beside_it(self, articles: Path) -> None:
        manifest = articles.with_name("articles.manifest.jsonl")
        manifest.write_text('{"id": "b", "status": "failed", "reason": "out of ink"}\n')
        out = articles.parent / "out.html"
        assert cli.main(["report", str(articles), "--html", str(out)]) == 0
        assert "<b>1</b> out of ink: <code>b</code>" in out.read_text("utf-8")

    def test_faulty_lines_are_named_and_the_rest_is_shown(
        self, articles: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        articles.write_text(articles.read_text("utf-8") + "{\n" * 30, "utf-8")
        out = articles.parent / "out.html"
        assert cli.main(["report", str(articles), "--html", str(out)]) == 1
        told = capsys.readouterr().err.splitlines()
        assert told[0] == f"cleaner: {articles}: line 2: not JSON"
        assert told[-1] == f"cleaner: {articles}: and 10 faulty lines more"
        assert "<dt>faulty lines</dt><dd>30</dd>" in out.read_text("utf-8")

    def test_a_file_that_is_not_there_is_a_wrong_path(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(["report", str(tmp_path / "no.jsonl"), "--html", "-"]) == 2
        assert "no.jsonl: cannot be read (no such file" in capsys.readouterr().err

    @pytest.mark.parametrize("name", [".", "articles.parquet"])
    def test_what_else_a_batch_writes_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        assert cli.main(["report", str(tmp_path / name), "--html", "-"]) == 2
        assert "no file of JSON lines; write one with `cleaner batch`" in capsys.readouterr().err

    def test_a_missing_extra_says_how_to_get_it(
        self,
        articles: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pygal", None)
        assert cli.main(["report", str(articles), "--html", "-"]) == 2
        assert "pip install 'newsdump-cleaner[report]'" in capsys.readouterr().err

    def test_a_page_too_long_to_show_is_named(
        self, articles: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cleaner.cli.report._LONGEST_LINE", 10)
        out = articles.parent / "out.html"
        assert cli.main(["report", str(articles), "--html", str(out)]) == 0
        assert "Too long to be shown here" in out.read_text("utf-8")

    def test_a_page_that_cannot_be_shown_says_why(self, articles: Path) -> None:
        articles.write_text('{"id": "a", "confidence": 0.5, "blocks": [], "date": "May"}')
        out = articles.parent / "out.html"
        assert cli.main(["report", str(articles), "--html", str(out)]) == 0
        assert "Its line in the file cannot be shown: " in out.read_text("utf-8")


class TestReview:
    def test_a_page_is_written_with_the_labels_of_the_program(self, page: Path) -> None:
        out = page.parent / "out.html"
        assert cli.main(["review", str(page), "--html", str(out)]) == 0
        article = cleaner.clean(page.read_bytes())
        assert out.read_text("utf-8") == review.page(article, name=str(page))

    def test_a_fixture_is_shown_with_its_own_labels(self, tmp_path: Path) -> None:
        path, out = tmp_path / "a.tsv", tmp_path / "out.html"
        path.write_text("#! language: en\npromo\tFerry returns\n")
        assert cli.main(["review", str(path), "--html", str(out)]) == 0
        assert '<li class="promo' in out.read_text("utf-8")

    def test_a_check_tells_what_differs(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        made = fixture.of(cleaner.clean(FERRY))
        path = tmp_path / "ferry.tsv"
        path.write_text(fixture.render(made))
        assert cli.main(["review", "--check", str(path)]) == 0
        assert capsys.readouterr().err.endswith("ferry.tsv: no difference\n")
        labels = ("ticker", *made.labels[1:])
        path.write_text(fixture.render(fixture.Fixture(made.dump, labels, made.header)))
        assert cli.main(["review", "--check", str(path)]) == 1
        told = capsys.readouterr()
        assert told.out == f"line 1: {made.labels[0]}, not ticker: 'Ferry returns to Port Hale'\n"
        assert told.err.endswith("ferry.tsv: 1 difference\n")

    def test_only_a_fixture_can_be_checked(
        self, page: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(["review", "--check", str(page)]) == 2
        assert "not a fixture; make one with" in capsys.readouterr().err

    def test_a_broken_fixture_is_named_with_its_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "a.tsv"
        path.write_text("#! language: en\nFerry returns\n")
        assert cli.main(["review", "--check", str(path)]) == 1
        assert "a broken fixture (line 2" in capsys.readouterr().err
