from __future__ import annotations

import bz2
import datetime
import gzip
import json
import lzma
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner import batch, records, render
from cleaner.article import Label
from cleaner.batch import Format, Outcome, ResumeError, Status, Summary, learning
from cleaner.batch import page as pages_of
from cleaner.records import Failure, Record
from cleaner.strategies import site_samples
from cleaner.template import TemplateError, learn

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
PLACES = {"en-lynx-links.tsv": "deep", "de-html2text.tsv": ".", "ja-lynx.tsv": "."}
EMPTY = "empty.txt"
BINARY = "picture.html"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"
FERRY = """\
Ferry returns to Port Hale after two years

By Ann Example

4 May 2021

The ferry to Port Hale sails again from Monday, the harbour office said after a long summer, two
years after a storm broke its pier.

The crossing takes forty minutes and saves the islanders a drive of three hours round the bay. Six
sailings a day are planned until the end of October, and four in winter.

"We have missed it, and so have the gulls," said Tom Sample, the harbour master, who waved it off.

A return ticket costs nine crowns. Children, bicycles and dogs travel free in the first week.
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A directory with three articles (one of them deeper), an empty page and a binary one."""
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    for name, place in PLACES.items():
        (folder / place / name).write_bytes((ARTICLES / name).read_bytes())
    (folder / EMPTY).touch()
    (folder / BINARY).write_bytes(PNG)
    (folder / "notes.pdf").write_bytes(b"%PDF\x00")
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def manifest(output: Path) -> dict[str, dict[str, Any]]:
    """The lines of the manifest of an output by id; each has one of its own."""
    lines = read(output.with_name(f"{output.stem}.manifest.jsonl"))
    assert len({line["id"] for line in lines}) == len(lines)
    return {line["id"]: line for line in lines}


def run(inputs: Any, output: Path, **options: Any) -> Summary:
    return batch.run(inputs, output, **{"workers": 2} | options)


def stubborn(options: pages_of.Options) -> Callable[[Record], Outcome]:
    """Work that ends, blocks, fills or breaks its process, as a page asks for, or is easy."""
    del options

    def work(record: Record) -> Outcome:
        match record.data:
            case b"crash":
                os.kill(os.getpid(), 11)
            case b"sleep":
                __import__("time").sleep(600)
            case b"loop":
                while True:
                    pass
            case b"memory":
                bytearray(3 * 10**9)
            case b"fault":
                raise RecursionError("too deep")
            case b"print":
                print("words on standard output")
        return Outcome(record.id, Status.CLEANED, output=f'{{"id": "{record.id}"}}\n'.encode())

    return work


class TestOutput:
    def test_each_line_is_what_clean_gives_for_that_page(self, pages: Path, output: Path) -> None:
        run(pages, output)
        for line in read(output):
            record = records.read_file(pages / line.pop("id"))
            assert isinstance(record, records.Record)
            expected = cleaner.clean(record.data).to_dict()
            del expected["source"]
            assert line == json.loads(json.dumps(expected))

    def test_today_is_handed_on(self, tmp_path: Path, output: Path) -> None:
        (tmp_path / "ferry.txt").write_text(FERRY.replace("4 May 2021", "2 hours ago"))
        run(tmp_path / "ferry.txt", output, today=datetime.date(2021, 10, 2))
        assert [line["date"] for line in read(output)] == ["2021-10-02"]

    def test_the_lines_come_in_the_order_of_their_paths(self, pages: Path, output: Path) -> None:
        run(pages, output)
        names = [line["id"] for line in read(output)]
        assert names == sorted(names)
        assert len(names) == 4

    def test_the_number_of_workers_changes_nothing(self, tmp_path: Path) -> None:
        for workers in (1, 3):
            run(ARTICLES, tmp_path / f"{workers}.jsonl", workers=workers)
        for name in ("{}.jsonl", "{}.manifest.jsonl"):
            one, three = (tmp_path / name.format(workers) for workers in (1, 3))
            assert one.read_bytes() == three.read_bytes()

    def test_a_folder_mirrors_the_pages(self, pages: Path, tmp_path: Path) -> None:
        run(pages, tmp_path / "out", format="text")
        found = {path.relative_to(tmp_path / "out").as_posix() for path in files(tmp_path / "out")}
        assert found == {"deep/en-lynx-links.txt", "de-html2text.txt", "ja-lynx.txt"}
        record = records.read_file(pages / "ja-lynx.tsv")
        assert isinstance(record, Record)
        written = (tmp_path / "out" / "ja-lynx.txt").read_text("utf-8")
        assert written == render.text(cleaner.clean(record.data))
        assert manifest(tmp_path / "out")["ja-lynx.tsv"]["file"] == "ja-lynx.txt"

    @pytest.mark.parametrize(("form", "suffix"), [("markdown", ".md"), ("json", ".json")])
    def test_a_folder_may_hold_other_formats(
        self, pages: Path, tmp_path: Path, form: str, suffix: str
    ) -> None:
        run(pages, tmp_path / "out", format=form)
        assert {path.suffix for path in files(tmp_path / "out")} == {suffix}
        # JSON has every page that was read, texts only the articles.
        assert len(files(tmp_path / "out")) == (4 if form == "json" else 3)

    def test_parquet_has_the_rows_of_the_lines(self, tmp_path: Path, output: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        run(ARTICLES, output)
        run(ARTICLES, tmp_path / "out.parquet")
        rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
        lines = read(output)
        assert [row["id"] for row in rows] == [line["id"] for line in lines]
        for row, line in zip(rows, lines, strict=True):
            assert row["date"] == (line["date"] and datetime.date.fromisoformat(line["date"]))
            for name in ("title", "authors", "body", "blocks", "evidence", "confidence"):
                assert row[name] == line[name]

    def test_labels_to_keep_stay_in_the_body(self, tmp_path: Path) -> None:
        run(ARTICLES, tmp_path / "all.jsonl", keep=["caption", Label.RELATED])
        kept = {"body", "heading", "caption", "related"}
        for line in read(tmp_path / "all.jsonl"):
            blocks = [block["text"] for block in line["blocks"] if block["label"] in kept]
            assert line["body"] == "\n\n".join(blocks)

    def test_an_empty_directory_gives_an_empty_output(self, tmp_path: Path, output: Path) -> None:
        (tmp_path / "pages").mkdir()
        assert run(tmp_path / "pages", output) == Summary()
        assert output.read_bytes() == b""
        assert manifest(output) == {}

    def test_the_output_is_no_input_of_its_next_run(self, pages: Path) -> None:
        output = pages / "out.txt"
        first = run(pages, output), output.read_bytes()
        assert (run(pages, output), output.read_bytes()) == first

    @pytest.mark.parametrize("name", ["a.csv", "a.TSV", "a.jsonl.gz"])
    def test_an_output_named_like_a_format_that_is_not_written_is_refused(
        self, pages: Path, tmp_path: Path, name: str
    ) -> None:
        with pytest.raises(OSError, match=r"is written, name it \.jsonl"):
            run(pages, tmp_path / name)
        assert run(pages, tmp_path / name, format="jsonl").pages == 6

    def test_an_output_behind_a_link_is_replaced_where_it_is(
        self, pages: Path, tmp_path: Path, output: Path
    ) -> None:
        (tmp_path / "real.jsonl").write_text("as before")
        output.symlink_to("real.jsonl")
        run(pages, output)
        assert output.is_symlink()
        assert len(read(tmp_path / "real.jsonl")) == 4


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class TestAccount:
    def test_every_input_has_one_line_and_the_summary_counts_them(
        self, pages: Path, output: Path
    ) -> None:
        heard: list[Outcome] = []
        summary = run(pages, output, progress=lambda outcome, _: heard.append(outcome))
        lines = manifest(output)
        assert sorted(lines) == sorted(path.relative_to(pages).as_posix() for path in files(pages))
        assert [outcome.id for outcome in heard] == list(lines)
        assert [str(outcome.status) for outcome in heard] == [
            line["status"] for line in lines.values()
        ]
        assert (summary.cleaned, summary.no_article, summary.failed) == (3, 2, 1)
        assert [failure.id for failure in summary.failures] == [BINARY]
        assert lines[BINARY]["reason"] == records.NOT_TEXT
        assert lines["notes.pdf"]["reason"] == "no page by its suffix '.pdf'"
        assert lines[EMPTY]["reason"] == "an empty page"
        assert lines["ja-lynx.tsv"]["reason"] is None

    def test_the_summary_tells_how_sure_it_was_and_what_the_pages_held(
        self, pages: Path, output: Path
    ) -> None:
        summary = run(pages, output)
        assert sum(summary.confidence) == 4
        assert summary.labels["body"] > summary.labels["byline"] > 0
        assert summary.pages == 6
        assert "inputs in" in str(summary)

    def test_what_was_assumed_of_an_encoding_is_written_down(
        self, tmp_path: Path, output: Path
    ) -> None:
        folder = tmp_path / "pages"
        folder.mkdir()
        (folder / "a.txt").write_bytes(FERRY.encode("utf-16"))
        (folder / "b.html").write_bytes("<meta charset=latin-1><p>Fähre".encode("latin-1"))
        (folder / "c.txt").write_bytes(FERRY.encode() + b"\xff broken")
        run(folder, output)
        known = {
            name: (line["encoding"], line["known_by"]) for name, line in manifest(output).items()
        }
        assert known["a.txt"] == ("utf-16", "byte order mark")
        assert known["b.html"] == ("iso8859-1", "declared by the page")
        assert known["c.txt"][1] in {"detected", "nearly valid UTF-8", "assumed"}

    def test_a_folder_of_all_that_can_go_wrong_is_accounted_for(
        self, tmp_path: Path, output: Path
    ) -> None:
        folder = tmp_path / "pages"
        folder.mkdir()
        packed = gzip.compress(FERRY.encode())
        (folder / "good.txt").write_text(FERRY)
        (folder / "good.html.gz").write_bytes(packed)
        (folder / "good.txt.bz2").write_bytes(bz2.compress(FERRY.encode()))
        (folder / "good.txt.xz").write_bytes(lzma.compress(FERRY.encode()))
        (folder / "a\nb.txt").write_text(FERRY)
        (folder / "latin.txt").write_bytes(FERRY.replace("Port Hale", "Haléport").encode("latin-1"))
        (folder / "broken.txt").write_bytes(FERRY.encode() + b"\xff\xfe\x80")
        (folder / "binary.txt").write_bytes(PNG)
        (folder / "empty.txt").touch()
        (folder / "cut.txt.gz").write_bytes(packed[:-10])
        (folder / "damaged.txt.gz").write_bytes(packed[:20] + b"\xff" * 9 + packed[29:])
        (folder / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n' * 9)[:-9])
        (folder / "cut.warc").write_bytes(
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\n"
        )
        (folder / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * (records.MAX_PAGE + 1)))
        with (folder / "large.txt").open("wb") as large:
            large.truncate(200_000_000)
            large.write(b"a" * records.MAX_PAGE * 2)
        os.mkfifo(folder / "pipe.txt")
        (folder / "gone.txt").symlink_to("nowhere.txt")
        (folder / "self.txt").symlink_to("self.txt")
        (folder / "loop").symlink_to(folder)
        (folder / "elsewhere").symlink_to(ARTICLES)
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind(os.path.relpath(folder / "socket.txt"))
        summary = run(folder, output)
        lines = manifest(output)
        lines["cut.warc"] = lines.pop("cut.warc#1")
        assert sorted(lines) == sorted(path.name for path in folder.iterdir())
        status = {name: line["status"] for name, line in lines.items()}
        cleaned = {name for name in status if status[name] == "cleaned"}
        assert cleaned == {
            "good.txt", "good.html.gz", "good.txt.bz2", "good.txt.xz", "a\nb.txt", "latin.txt",
            "broken.txt",
        }  # fmt: skip
        assert {name for name in status if status[name] == "no-article"} == {"empty.txt", "loop"}
        assert summary.failed == len(lines) - 9
        reasons = {name: str(line["reason"]) for name, line in lines.items()}
        for name, words in {
            "binary.txt": "not text",
            "cut.txt.gz": "broken off",
            "cut.jsonl.gz": "broken off",
            "cut.warc": "cut off in the middle",
            "damaged.txt.gz": "damaged",
            "bomb.txt.gz": "longer than 10 MB",
            "large.txt": "longer than 10 MB",
            "pipe.txt": "not a regular file",
            "socket.txt": "not a regular file",
            "gone.txt": "no such file",
            "self.txt": "cannot be read (too many levels of symbolic links)",
            "loop": "a link to a directory that is read itself",
            "elsewhere": "a link to a directory, which is not followed",
        }.items():
            assert reasons[name].startswith(words)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_file_that_may_not_be_read_is_told(self, tmp_path: Path, output: Path) -> None:
        (tmp_path / "pages" / "shut").mkdir(parents=True)
        (tmp_path / "pages" / "ferry.txt").write_text(FERRY)
        (tmp_path / "pages" / "ferry.txt").chmod(0)
        (tmp_path / "pages" / "shut").chmod(0)
        run(tmp_path / "pages", output)
        assert {line["reason"] for line in manifest(output).values()} == {
            "permission denied; make it readable to you"
        }
        (tmp_path / "pages" / "shut").chmod(0o700)

    def test_of_several_inputs_the_ids_are_paths_as_given(
        self, tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        for name in ("one/ferry.txt", "two/ferry.txt"):
            Path(name).parent.mkdir()
            Path(name).write_text(FERRY)
        run(["one", "two", "one/ferry.txt"], output)
        assert list(manifest(output)) == ["one/ferry.txt", "two/ferry.txt", "one/ferry.txt~2"]
        assert [line["id"] for line in read(output)] == list(manifest(output))

    def test_rows_carry_their_id_and_url(self, tmp_path: Path, output: Path) -> None:
        rows = [
            {"id": "p1", "url": "https://port.example/1", "text": FERRY},
            {"id": "p1", "text": FERRY},
            {"text": FERRY, "more": [1]},
            {"id": 4, "text": None},
        ]
        table = tmp_path / "pages.jsonl"
        table.write_text("".join(json.dumps(row) + "\n" for row in rows))
        run(table, output)
        assert list(manifest(output)) == ["p1", "p1~2", f"{table}#3", "4"]
        assert [line.get("url") for line in read(output)] == ["https://port.example/1", None, None]
        assert manifest(output)["p1"]["url"] == "https://port.example/1"
        assert {line["input"] for line in manifest(output).values()} == {str(table)}
        assert manifest(output)["4"]["reason"] == "column 'text' is empty (null)"

    def test_names_from_inside_a_file_stay_in_the_folder(self, tmp_path: Path) -> None:
        ids = ["../../up", "/etc/passwd", "a/../../b", "..", "C:\\x", "a\x00b", "x" * 999, "\ud800"]
        table = tmp_path / "in" / "pages.jsonl"
        table.parent.mkdir()
        rows = [{"id": name, "text": FERRY} for name in ids]
        table.write_text("".join(json.dumps(row) + "\n" for row in rows))
        run(table, tmp_path / "in" / "out", format="text")
        inside = files(tmp_path / "in" / "out")
        assert len(inside) == len(ids)
        assert set(files(tmp_path)) == {*inside, table, tmp_path / "in" / "out.manifest.jsonl"}


class TestDuplicates:
    def test_exact_and_near_copies_are_marked(self, tmp_path: Path, output: Path) -> None:
        pytest.importorskip("datasketch")
        folder = tmp_path / "pages"
        folder.mkdir()
        record = records.read_file(ARTICLES / "de-html2text.tsv")
        assert isinstance(record, Record)
        assert isinstance(record.data, bytes)
        (folder / "a.txt").write_bytes(record.data)
        (folder / "b.txt").write_bytes(record.data + b"\n\n")
        (folder / "c.txt").write_text(FERRY)
        (folder / "d.txt").write_text(FERRY.replace("4 May", "5 May"))
        summary = run(folder, output, dedup=True)
        marks = {name: line.get("duplicate_of") for name, line in manifest(output).items()}
        assert marks == {"a.txt": None, "b.txt": "a.txt", "c.txt": None, "d.txt": "c.txt"}
        assert manifest(output)["b.txt"]["similarity"] == 1.0
        assert summary.duplicates == 2
        assert len(read(output)) == 4  # marked, not left out


class TestPoison:
    """Pages that ruin their worker cost themselves and nothing else."""

    @pytest.fixture(autouse=True)
    def _stubborn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pages_of, "prepare", stubborn)

    def make(self, tmp_path: Path, *poison: str) -> Path:
        folder = tmp_path / "pages"
        folder.mkdir()
        for number in range(12):
            (folder / f"{number:02}.txt").write_text(FERRY)
        for word in poison:
            (folder / f"05-{word}.txt").write_text(word)
        return folder

    @pytest.mark.parametrize(
        ("word", "reason"),
        [
            ("crash", "ended its process 2 times (SIGSEGV)"),
            ("memory", "needed more than 2 GB of memory"),
            ("loop", "took longer than 1 s"),
            ("sleep", "took longer than 5 s by the clock"),
            ("fault", "a fault in cleaner (RecursionError('too deep')); please report"),
        ],
    )
    def test_a_page_that_ruins_its_worker_costs_that_page_only(
        self, tmp_path: Path, output: Path, word: str, reason: str
    ) -> None:
        limit = {"loop": {"time_limit": 1.0}, "sleep": {"time_limit": 0.5}}.get(word, {})
        summary = run(self.make(tmp_path, word), output, **limit)
        assert (summary.cleaned, summary.failed) == (12, 1)
        lines = manifest(output)
        assert list(lines) == sorted(lines)
        assert lines[f"05-{word}.txt"]["status"] == "failed"
        assert lines[f"05-{word}.txt"]["reason"].startswith(reason)
        assert [line["id"] for line in read(output)] == [name for name in lines if word not in name]

    def test_what_a_page_prints_harms_no_answer(self, tmp_path: Path, output: Path) -> None:
        summary = run(self.make(tmp_path, "print"), output)
        assert (summary.cleaned, summary.failed) == (13, 0)


class TestResume:
    def broken(self, pages: Path, output: Path, after: int, **options: Any) -> None:
        """A run that breaks off after so many inputs."""
        left = [after]

        def stop(outcome: Outcome, position: int) -> None:
            left[0] -= 1
            if not left[0]:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run(pages, output, progress=stop, **options)

    def test_a_run_that_breaks_off_leaves_what_was_there(
        self, pages: Path, tmp_path: Path, output: Path
    ) -> None:
        output.write_text("as before")
        self.broken(pages, output, 2)
        assert output.read_text() == "as before"
        assert {path.name for path in tmp_path.iterdir()} == {
            "pages",
            "out.jsonl",
            "out.jsonl.part",
        }

    @pytest.mark.parametrize("form", list(Format))
    def test_a_resumed_run_gives_the_bytes_of_an_undisturbed_one(
        self, pages: Path, tmp_path: Path, form: Format
    ) -> None:
        if form is Format.PARQUET:
            pytest.importorskip("pyarrow")
        results = []
        for name, after in (("whole", 0), ("broken", 3)):
            target = tmp_path / name / "out"
            target.parent.mkdir()
            if after:
                self.broken(pages, target, after, format=form)
            heard: list[str] = []
            summary = run(
                pages,
                target,
                format=form,
                resume=True,
                progress=lambda o, _: heard.append(o.id),  # noqa: B023
            )
            assert len(heard) == 6 - after
            written = {p.relative_to(target.parent): p.read_bytes() for p in files(target.parent)}
            results.append((summary, written))
        assert results[0] == results[1]

    def test_marks_of_duplicates_outlast_a_break(self, tmp_path: Path) -> None:
        pytest.importorskip("datasketch")
        folder = tmp_path / "pages"
        folder.mkdir()
        for number in range(4):
            (folder / f"{number}.txt").write_text(FERRY)
        self.broken(folder, tmp_path / "a.jsonl", 2, dedup=True)
        run(folder, tmp_path / "a.jsonl", dedup=True, resume=True)
        run(folder, tmp_path / "b.jsonl", dedup=True)
        assert manifest(tmp_path / "a.jsonl") == manifest(tmp_path / "b.jsonl")
        assert manifest(tmp_path / "a.jsonl")["3.txt"]["duplicate_of"] == "0.txt"

    def test_without_resume_all_begins_anew(self, pages: Path, output: Path) -> None:
        self.broken(pages, output, 3)
        heard = []
        run(pages, output, progress=lambda outcome, _: heard.append(outcome.id))
        assert len(heard) == 6

    def test_with_nothing_to_resume_all_is_done(self, pages: Path, output: Path) -> None:
        assert run(pages, output, resume=True) == run(pages, output, resume=True)

    def test_other_settings_are_no_run_to_resume(self, pages: Path, output: Path) -> None:
        self.broken(pages, output, 3)
        with pytest.raises(ResumeError, match="had keep \\[\\], this one has \\['caption'\\]"):
            run(pages, output, resume=True, keep=["caption"])
        assert run(pages, output, resume=True).cleaned == 3

    def test_other_inputs_are_no_run_to_resume(self, pages: Path, output: Path) -> None:
        self.broken(pages, output, 3)
        (pages / "a-new-one.txt").write_text(FERRY)
        with pytest.raises(ResumeError, match=r"'de-html2text.tsv' is now 'a-new-one.txt'"):
            run(pages, output, resume=True)

    def test_two_runs_do_not_write_one_output(self, pages: Path, output: Path) -> None:
        def again(outcome: Outcome, position: int) -> None:
            with pytest.raises(FileExistsError, match="Another run is writing it"):
                run(pages, output)

        assert run(pages, output, progress=again).cleaned == 3


class TestTemplates:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Five pages of each of two sites, by folder, and one that cannot be read."""
        for name in ("courier", "herald"):
            own = tmp_path / "pages" / name
            own.mkdir(parents=True)
            for at, sample in enumerate(site_samples(5, site=name, style="wet")):
                (own / f"{at}.txt").write_text(sample.text, "utf-8")
        (tmp_path / "pages" / "herald" / BINARY).write_bytes(PNG)
        return tmp_path / "pages"

    def test_each_page_is_cleaned_with_what_its_site_repeats(
        self, folder: Path, output: Path
    ) -> None:
        run(folder, output, templates=True)
        lines = {line["id"]: line for line in read(output)}
        for name in ("courier", "herald"):
            pages = {path: path.read_bytes() for path in sorted((folder / name).glob("*.txt"))}
            template = learn(pages.values())
            for path, page in pages.items():
                expected = cleaner.clean(page, template=template).to_dict()
                found = lines[f"{name}/{path.name}"]
                assert found["blocks"] == json.loads(json.dumps(expected["blocks"]))
        reasons = [block["reason"] for line in lines.values() for block in line["blocks"]]
        assert any("of 4 other pages of this site" in reason for reason in reasons)

    def test_rows_are_of_the_site_of_their_address(self, tmp_path: Path, output: Path) -> None:
        rows = [
            {"text": sample.text, "url": f"https://www.{name}.example/{at}"}
            for name in ("courier", "herald")
            for at, sample in enumerate(site_samples(4, site=name, style="wet"))
        ]
        table = tmp_path / "pages.jsonl"
        table.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        run(table, output, templates=True, save_templates=tmp_path / "sites.json")
        saved = learning.read(tmp_path / "sites.json")
        assert {name: one.known for name, one in saved.sites.items()} == {
            "courier.example": 4,
            "herald.example": 4,
        }

    def test_neither_workers_nor_order_nor_where_templates_come_from_change_a_byte(
        self, folder: Path, tmp_path: Path
    ) -> None:
        saved, outputs = tmp_path / "sites.json", []
        first = {"templates": True, "save_templates": saved, "workers": 1}
        for number, options in enumerate((first, {"templates": True, "workers": 3}, {})):
            output = tmp_path / f"{number}.jsonl"
            run(folder, output, **({"templates": learning.read(saved)} if number == 2 else options))
            outputs.append(output.read_bytes())
        assert outputs[0] == outputs[1] == outputs[2]
        turned = tmp_path / "turned.jsonl"
        run([folder / "herald", folder / "courier"], turned, templates=True)
        assert sorted(line["body"] for line in read(turned)) == sorted(
            line["body"] for line in read(tmp_path / "0.jsonl")
        )

    def test_the_file_of_templates_is_no_input(self, folder: Path, output: Path) -> None:
        options = {"templates": True, "save_templates": folder / "sites.json"}
        run(folder, output, **options)
        before = output.read_bytes(), manifest(output)
        run(folder, output, **options)
        assert (output.read_bytes(), manifest(output)) == before
        assert "sites.json" not in manifest(output)

    def test_a_run_is_taken_up_with_the_same_templates_only(
        self, folder: Path, tmp_path: Path, output: Path
    ) -> None:
        whole = tmp_path / "whole.jsonl"
        run(folder, whole, templates=True)
        TestResume().broken(folder, output, 4, templates=True)
        with pytest.raises(ResumeError, match="templates"):
            run(folder, output, resume=True)
        run(folder, output, templates=True, resume=True)
        assert output.read_bytes() == whole.read_bytes()

    def test_what_can_be_read_only_once_is_refused(self, output: Path) -> None:
        with pytest.raises(TemplateError, match="read only once"):
            run("-", output, templates=True)
        assert not output.exists()

    def test_a_file_of_templates_that_cannot_be_written_is_named(
        self, folder: Path, output: Path
    ) -> None:
        with pytest.raises(TemplateError, match=r"no/sites\.json: cannot be written"):
            run(folder, output, save_templates=folder / "no" / "sites.json")
        assert not output.exists()

    def test_a_file_that_holds_no_templates_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "sites.json").write_text("{}")
        with pytest.raises(TemplateError, match=r"sites\.json: not templates of cleaner"):
            learning.read(tmp_path / "sites.json")


class TestRefusals:
    def test_an_input_that_is_missing_is_refused(self, tmp_path: Path, output: Path) -> None:
        with pytest.raises(FileNotFoundError):
            run([tmp_path, tmp_path / "missing"], output)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("name", ["missing/out.jsonl", "."])
    def test_an_output_that_cannot_be_written_is_refused(self, tmp_path: Path, name: str) -> None:
        with pytest.raises((FileNotFoundError, FileExistsError)):
            run(tmp_path, tmp_path / name)
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_with_something_in_it_is_not_replaced(
        self, pages: Path, tmp_path: Path
    ) -> None:
        with pytest.raises(FileExistsError):
            run(pages, tmp_path, format="text")

    def test_an_input_is_not_replaced_by_its_output(self, tmp_path: Path) -> None:
        table = tmp_path / "pages.jsonl"
        table.write_text(json.dumps({"text": FERRY}) + "\n")
        with pytest.raises(FileExistsError, match="Is one of the inputs"):
            run([ARTICLES, table], table)
        assert [path.name for path in tmp_path.iterdir()] == ["pages.jsonl"]

    def test_a_folder_that_only_has_the_name_is_left_alone(self, pages: Path, output: Path) -> None:
        part = output.with_name("out.jsonl.part")
        part.mkdir()
        (part / "mine.txt").touch()
        with pytest.raises(FileExistsError, match="No folder of a batch"):
            run(pages, output)
        assert [path.name for path in part.iterdir()] == ["mine.txt"]

    def test_a_device_is_not_replaced_by_a_file(self, tmp_path: Path) -> None:
        with pytest.raises(FileExistsError):
            run(tmp_path, Path("/dev/null"))
        assert not Path("/dev/null").is_file()


def test_a_summary_reads_as_a_sentence() -> None:
    summary = Summary(1, 2, 1, 4, {"body": 3, "share": 1}, failures=(Failure("a", "gone"),))
    assert str(summary) == (
        "cleaned 1, no-article 2, failed 1, duplicates 4\ntext by label: body 75 %, share 25 %"
    )


def test_a_status_is_spelled_as_the_manifest_has_it() -> None:
    assert list(map(str, Status)) == ["cleaned", "no-article", "failed"]
