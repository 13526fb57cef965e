from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner import batch, records
from cleaner.batch import Outcome, Status, Summary
from cleaner.records import Failure

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
PLACES = {"en-lynx-links.tsv": "deep", "de-html2text.tsv": ".", "ja-lynx.tsv": "."}
EMPTY = "empty.txt"
BINARY = "picture.html"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A directory with three articles (one of them deeper), an empty page and a binary one."""
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    for name, place in PLACES.items():
        (folder / place / name).write_bytes((ARTICLES / name).read_bytes())
    (folder / EMPTY).touch()
    (folder / BINARY).write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "notes.pdf").write_bytes(b"%PDF")
    return folder


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_each_line_is_what_clean_gives_for_that_page(pages: Path, tmp_path: Path) -> None:
    batch.run(pages, tmp_path / "out.jsonl")
    for line in read(tmp_path / "out.jsonl"):
        record = records.read_file(pages / line.pop("id"))
        assert isinstance(record, records.Record)
        expected = cleaner.clean(record.data).to_dict()
        del expected["source"]
        assert line == json.loads(json.dumps(expected))


def test_today_is_handed_on(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dated(source: bytes, *, today: datetime.date | None = None) -> cleaner.Article:
        return cleaner.Article("", date=today)

    monkeypatch.setattr(cleaner, "clean", dated)
    batch.run(pages, tmp_path / "out.jsonl", today=datetime.date(2021, 10, 2))
    assert {line["date"] for line in read(tmp_path / "out.jsonl")} == {"2021-10-02"}


def test_the_lines_come_in_the_order_of_their_paths(pages: Path, tmp_path: Path) -> None:
    batch.run(pages, tmp_path / "out.jsonl")
    names = [line["id"] for line in read(tmp_path / "out.jsonl")]
    assert names == sorted(names)
    assert len(names) == 4


def test_the_summary_counts_every_file(pages: Path, tmp_path: Path) -> None:
    summary = batch.run(pages, tmp_path / "out.jsonl")
    lines = read(tmp_path / "out.jsonl")
    assert summary.cleaned == sum(line["is_article"] for line in lines)
    assert summary.cleaned + summary.no_article == len(lines)
    assert (summary.failed, summary.skipped) == (1, 1)
    assert [failure.id for failure in summary.failures] == [BINARY]


def test_progress_hears_of_every_file_in_order(pages: Path, tmp_path: Path) -> None:
    heard: list[Outcome] = []
    summary = batch.run(pages, tmp_path / "out.jsonl", progress=heard.append)
    assert [outcome.id for outcome in heard] == sorted(outcome.id for outcome in heard)
    assert len(heard) == 6
    assert [o.failure for o in heard if o.status is Status.FAILED] == list(summary.failures)
    written = (tmp_path / "out.jsonl").read_text("utf-8")
    assert "".join(outcome.line for outcome in heard) == written


def test_an_empty_page_is_a_line_without_an_article(pages: Path, tmp_path: Path) -> None:
    batch.run(pages, tmp_path / "out.jsonl")
    (line,) = (line for line in read(tmp_path / "out.jsonl") if line["id"] == EMPTY)
    assert (line["is_article"], line["body"], line["blocks"]) == (False, "", [])


def test_two_runs_give_the_same_bytes(pages: Path, tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        batch.run(pages, tmp_path / name)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_an_empty_directory_gives_an_empty_output(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    assert batch.run(tmp_path / "pages", tmp_path / "out.jsonl") == Summary()
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_the_output_is_no_input_of_its_next_run(pages: Path) -> None:
    output = pages / "out.txt"
    first = batch.run(pages, output), output.read_bytes()
    assert (batch.run(pages, output), output.read_bytes()) == first


def test_a_run_that_breaks_off_leaves_what_was_there(pages: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("as before")

    def stop(outcome: Outcome) -> None:
        if outcome.id == EMPTY:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.run(pages, output, progress=stop)
    assert output.read_text() == "as before"
    assert {path.name for path in tmp_path.iterdir()} == {"pages", "out.jsonl"}


def test_a_fault_costs_one_page(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = cleaner.clean

    def faulty(source: bytes, **options: Any) -> cleaner.Article:
        if not source:
            raise RecursionError("too deep")
        return honest(source, **options)

    monkeypatch.setattr(cleaner, "clean", faulty)
    summary = batch.run(pages, tmp_path / "out.jsonl")
    assert {failure.id for failure in summary.failures} == {EMPTY, BINARY}
    assert "too deep" in summary.failures[0].reason
    assert len(read(tmp_path / "out.jsonl")) == 3


def test_an_output_behind_a_link_is_replaced_where_it_is(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text("as before")
    (tmp_path / "out.jsonl").symlink_to("real.jsonl")
    batch.run(pages, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").is_symlink()
    assert len(read(tmp_path / "real.jsonl")) == 4


@pytest.mark.parametrize("name", ["missing", "page.txt"])
def test_an_input_that_is_no_directory_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "page.txt").touch()
    with pytest.raises((FileNotFoundError, NotADirectoryError)):
        batch.run(tmp_path / name, tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("name", ["missing/out.jsonl", "."])
def test_an_output_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises((FileNotFoundError, FileExistsError)):
        batch.run(tmp_path, tmp_path / name)


def test_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        batch.run(tmp_path, "/dev/null")
    assert not Path("/dev/null").is_file()


def test_a_summary_reads_as_a_sentence() -> None:
    summary = Summary(1, 2, 1, 4, (Failure("a.txt", "no such file"),))
    assert str(summary) == "cleaned 1, no article 2, failed 1, skipped 4"
