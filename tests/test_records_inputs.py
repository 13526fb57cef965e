"""Whatever can be named as an input: directories, files of many pages, streams."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import records
from cleaner.records import Cause, Failure, Record
from cleaner.records.sniff import Kind, kind

PAGE = "Ferry returns\n\nIt sails at noon.\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"
PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


def loaded(*inputs: Path | str, **options: Any) -> list[Record | Failure]:
    return [entry.load() for entry in records.entries(inputs, **options)]


def lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def failure(answer: Record | Failure) -> Failure:
    assert isinstance(answer, Failure)
    return answer


class TestDirectories:
    @given(st.lists(st.text("ab.-/", min_size=1, max_size=6), max_size=12, unique=True))
    def test_files_come_in_the_order_of_their_whole_paths(self, names: list[str]) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            for name in names:
                path = Path(folder, name.strip("/.") + "x.txt")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(PAGE)
            ids = [entry.id for entry in records.entries([folder])]
        assert ids == sorted(ids)

    def test_positions_grow_to_the_size_of_all(self, tmp_path: Path) -> None:
        (tmp_path / "deep").mkdir()
        for name in ("a.txt", "deep/b.txt", "photo.png"):
            (tmp_path / name).write_text(PAGE)
        lines(tmp_path / "rows.jsonl", {"text": PAGE}, {"text": PAGE})
        again = tmp_path / "a.txt"
        positions = [entry.position for entry in records.entries([tmp_path, again])]
        assert positions == sorted(positions)
        assert positions[-1] == records.total([tmp_path, again])

    def test_pages_are_known_by_what_they_hold_where_the_name_does_not_tell(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "index.php?id=3").write_text("<!DOCTYPE html><title>Ferry</title>")
        (tmp_path / "style.css").write_text("body { color: red }")
        page, style = loaded(tmp_path)
        assert isinstance(page, Record)
        assert failure(style).cause is Cause.NO_PAGE
        assert failure(style).reason == (
            "no page by its suffix '.css'; name the file to have it cleaned"
        )
        assert isinstance(loaded(tmp_path / "style.css")[0], Record)

    def test_files_of_many_pages_are_read_below_a_directory_too(self, tmp_path: Path) -> None:
        (tmp_path / "deep").mkdir()
        lines(tmp_path / "deep" / "rows.jsonl", {"text": PAGE}, {"id": "b", "text": PAGE})
        assert [entry.id for entry in records.entries([tmp_path])] == ["deep/rows.jsonl#1", "b"]


class TestCompression:
    @pytest.mark.parametrize("suffix", PACKERS)
    def test_a_packed_page_is_the_page(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"page.html{suffix}"
        path.write_bytes(PACKERS[suffix](PAGE.encode()))
        assert loaded(path) == [Record(str(path), PAGE.encode())]
        assert records.read_file(path, "p") == Record("p", PAGE.encode())

    @pytest.mark.parametrize("suffix", PACKERS)
    @pytest.mark.parametrize("cut", [8, 30, -1])
    def test_a_packed_page_that_is_cut_off_is_told(
        self, tmp_path: Path, suffix: str, cut: int
    ) -> None:
        path = tmp_path / f"page.txt{suffix}"
        path.write_bytes(PACKERS[suffix](PAGE.encode())[:cut])
        (answer,) = loaded(path)
        assert failure(answer).reason.startswith("broken off")

    def test_the_suffix_does_not_matter(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt"
        path.write_bytes(gzip.compress(PAGE.encode()))
        assert loaded(path) == [Record(str(path), PAGE.encode())]

    def test_zstandard_is_read_frame_by_frame_and_told_where_it_is_cut(
        self, tmp_path: Path
    ) -> None:
        zstandard = pytest.importorskip("zstandard")
        packed = zstandard.compress(PAGE.encode())
        whole, cut, broken = (tmp_path / f"{name}.txt.zst" for name in ("whole", "cut", "broken"))
        whole.write_bytes(packed + packed)
        cut.write_bytes(packed + packed[:-3])
        broken.write_bytes(packed[:4] + b"\xff" * 20)
        assert loaded(whole) == [Record(str(whole), 2 * PAGE.encode())]
        assert failure(*loaded(cut)).reason.startswith("broken off")
        assert failure(*loaded(broken)).reason.startswith("damaged")

    @pytest.mark.parametrize("suffix", [*PACKERS, ".zst"])
    def test_a_bomb_is_given_up(self, tmp_path: Path, suffix: str) -> None:
        pack: Any = PACKERS.get(suffix)
        if pack is None:
            pack = pytest.importorskip("zstandard").compress
        path = tmp_path / f"bomb.txt{suffix}"
        path.write_bytes(pack(bytes(records.MAX_PAGE + 1)))
        (answer,) = loaded(path)
        assert failure(answer).reason == records.TOO_LONG


class TestKinds:
    @pytest.mark.parametrize(
        ("head", "name", "expected"),
        [
            (b"WARC/1.1\r\n", "crawl", Kind.WARC),
            (b"PAR1\x15", "pages", Kind.PARQUET),
            (b"PAR1 is a golf club", "page.txt", Kind.PAGE),
            (b'{"text": "a"}\n{"text', "pages", Kind.JSONL),
            (b'{"text": "a"}\n', "page.txt", Kind.PAGE),
            (b'{"text": "' + b"a" * 8000, "pages.json", Kind.JSONL),
            (b"{\n  indented", "page.json", Kind.OTHER),
            (b"not a table", "pages.jsonl", Kind.JSONL),
            (b"", "a.html", Kind.PAGE),
        ],
    )
    def test_a_file_is_told_by_its_first_bytes(
        self, head: bytes, name: str, expected: Kind
    ) -> None:
        assert kind(head, name, named=False) is expected

    @given(st.binary(max_size=300), st.sampled_from(["a", "a.txt", "a.gz", "a.jsonl"]))
    def test_what_is_named_is_never_passed_over(self, head: bytes, name: str) -> None:
        assert kind(head, name, named=True) is not Kind.OTHER


class TestJsonLines:
    def test_a_broken_line_costs_itself(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.jsonl"
        path.write_bytes(
            b'{"text": "a"}\n\n{"text": "b"\n[1]\n{"text": "\xff"}\n{"html": "c"}\n{"body": "d"}\n'
            b'{"text": "e", "html": "f"}\n{"text": 7}\n' + b'{"text": ' + b"[" * 100_000 + b"\n"
        )
        answers = loaded(path)
        assert [answer.id.rpartition("#")[2] for answer in answers] == [
            "1", "3", "4", "5", "6", "7", "8", "9", "10",
        ]  # fmt: skip
        reasons = [getattr(answer, "reason", None) for answer in answers]
        assert [None if words is None else words.partition(" (")[0] for words in reasons] == [
            None,
            "broken JSON",
            "no JSON object",
            "broken JSON",
            None,
            "no column of pages among 'body'; name one with --column",
            "pages may be in any of 'text', 'html'; name one with --column",
            "column 'text' is no text",
            "broken JSON",
        ]

    def test_a_column_can_be_named(self, tmp_path: Path) -> None:
        path = lines(tmp_path / "rows.jsonl", {"text": "no", "page 2": PAGE})
        assert loaded(path, column="page 2") == [Record(f"{path}#1", PAGE)]
        (answer,) = loaded(path, column="story")
        assert failure(answer).reason.startswith("no column 'story' among 'text', 'page 2'")

    def test_a_line_that_is_too_long_costs_itself(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.jsonl"
        with path.open("w") as file:
            file.write(json.dumps({"text": "a" * (records.MAX_PAGE + 1)}) + "\n")
            file.write(json.dumps({"text": "a" * (5 * records.MAX_PAGE)}) + "\n")
            file.write(json.dumps({"text": PAGE}) + "\n")
        long, longer, page = loaded(path)
        assert failure(long).reason == records.TOO_LONG
        assert failure(longer).reason == "longer than 40 MB"
        assert page == Record(f"{path}#3", PAGE)

    def test_a_table_that_breaks_off_has_a_line_of_its_own(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.jsonl.gz"
        rows = "".join(json.dumps({"text": str(n) * 50}) + "\n" for n in range(3000))
        path.write_bytes(gzip.compress(rows.encode())[:-20])
        *rest, last = loaded(path)
        assert len(rest) > 1000
        assert failure(last).id == str(path)
        assert failure(last).reason.startswith(f"after {len(rest)} pages of it: broken off")

    def test_a_table_without_rows_is_accounted_for(self, tmp_path: Path) -> None:
        (tmp_path / "rows.jsonl").touch()
        (answer,) = loaded(tmp_path)
        assert answer == Failure("rows.jsonl", "a JSON lines file without a page", Cause.NO_PAGE)


class TestParquet:
    @pytest.fixture
    def table(self, tmp_path: Path) -> Path:
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        rows = {
            "id": ["a", None, "c"],
            "url": ["https://port.example/", None, None],
            "html": [PAGE.encode(), b"\x00binary", None],
            "other": [1, 2, 3],
        }
        parquet.write_table(pa.table(rows), tmp_path / "pages.parquet")
        return tmp_path / "pages.parquet"

    def test_rows_are_pages_with_their_id_and_url(self, table: Path) -> None:
        first, second, third = loaded(table)
        assert first == Record("a", PAGE.encode(), "https://port.example/")
        assert failure(second) == Failure(f"{table}#2", records.NOT_TEXT, Cause.CONTENT)
        assert failure(third).reason == "column 'html' is empty (null)"

    def test_a_packed_table_is_read_too(self, table: Path) -> None:
        packed = table.with_suffix(".gz")
        packed.write_bytes(gzip.compress(table.read_bytes()))
        assert [a.id for a in loaded(packed)] == ["a", f"{packed}#2", "c"]

    @pytest.mark.parametrize("cut", [3, 60, -1])
    def test_a_table_that_is_broken_is_told(self, table: Path, cut: int) -> None:
        table.write_bytes(table.read_bytes()[:cut] if cut != 3 else b"PAR1")
        (answer,) = loaded(table)
        assert failure(answer).id == str(table)

    def test_a_table_without_such_a_column_is_told(self, table: Path) -> None:
        (answer,) = loaded(table, column="story")
        assert failure(answer).reason.startswith("no column 'story' among 'id', 'url', 'html'")


class TestStreams:
    def test_standard_input_may_hold_one_page_or_many(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = b'{"id": "a", "text": "b"}\n'
        for data, expected in (
            (PAGE.encode(), Record("-", PAGE.encode())),
            (gzip.compress(PAGE.encode()), Record("-", PAGE.encode())),
            (rows, Record("a", "b")),
            (gzip.compress(rows), Record("a", "b")),
        ):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
            assert loaded("-") == [expected]

    def test_a_named_pipe_is_read_as_slow_as_it_comes(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        row = b'{"id": "a", "text": "b"}\n'

        def drip() -> None:
            with (tmp_path / "pipe").open("wb", buffering=0) as pipe:
                for byte in gzip.compress(row):
                    pipe.write(bytes([byte]))

        writer = threading.Thread(target=drip)
        writer.start()
        assert loaded(tmp_path / "pipe") == [Record("a", "b")]
        writer.join()

    def test_an_input_that_is_missing_is_a_failure(self) -> None:
        (answer,) = loaded("no/such/file")
        assert failure(answer).reason == "no such file; check the path"
