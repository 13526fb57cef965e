from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner import fixture, records
from cleaner.records import Cause, Failure, Record

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"
FERRY = "Ferry returns\n\nIt sails at noon, and no later than that.\n"
ENCODINGS = [
    "utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "cp1251", "iso2022_jp", "shift_jis",
    "gb18030", "euc_kr", "koi8_r",
]  # fmt: skip

texts = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t\r\f"))


@given(texts)
def test_no_utf8_text_is_binary(text: str) -> None:
    assert not records.is_binary(text.encode("utf-8"))


@given(texts, st.sampled_from(ENCODINGS))
def test_no_text_in_an_encoding_of_its_own_is_binary(text: str, encoding: str) -> None:
    assert not records.is_binary(text.encode(encoding, "ignore"))


@given(st.binary())
def test_a_stream_is_read_as_it_is_or_refused(data: bytes) -> None:
    assume(not data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")))
    answer = records.read_stream(io.BytesIO(data), "page")
    if records.is_binary(data):
        assert isinstance(answer, Failure)
        assert answer.cause is Cause.CONTENT
    else:
        assert answer == Record("page", data)


@pytest.mark.parametrize(
    "data",
    [
        PNG,
        b"Ferry\x00returns",
        bytes(range(1, 256)) * 4,
        b"\x1f\x8b\x08\x08" + bytes((37 * i) % 255 + 1 for i in range(900)),
    ],
    ids=["png", "a NUL", "every byte", "like gzip"],
)
def test_binary_files_are_told_by_their_bytes(data: bytes) -> None:
    assert records.is_binary(data)


def test_a_character_cut_by_the_sniffing_limit_is_no_fault() -> None:
    assert not records.is_binary(b"a" + ("é\x01" * 9000).encode())


def test_a_utf16_file_is_text_by_its_byte_order_mark(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(FERRY.encode("utf-16"))
    assert isinstance(records.read_file(page), Record)


def test_a_file_is_named_as_it_was_given(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(FERRY)
    assert records.read_file(page) == Record(str(page), FERRY.encode())
    assert records.read_file(page, id="p1") == Record("p1", FERRY.encode())


def test_an_empty_file_is_an_empty_page(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.touch()
    assert records.read_file(page) == Record(str(page), b"")


def test_a_fixture_gives_its_dump(fixture_path: Path) -> None:
    expected = fixture.parse(fixture_path.read_bytes().decode("utf-8")).dump
    assert records.read_file(fixture_path, id="f") == Record("f", expected.encode("utf-8"))


def test_a_broken_fixture_names_its_line(tmp_path: Path) -> None:
    page = tmp_path / "page.tsv"
    page.write_text("#! language: en\nFerry returns\n")
    answer = records.read_file(page)
    assert isinstance(answer, Failure)
    assert answer.cause is Cause.CONTENT
    assert "line 2" in answer.reason


def test_a_table_without_the_header_is_read_as_text(tmp_path: Path) -> None:
    page = tmp_path / "page.tsv"
    page.write_text("Ferry\treturns\n")
    assert records.read_file(page) == Record(str(page), b"Ferry\treturns\n")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "no such file"),
        ("", "a directory"),
        ("page.txt/below.txt", "not a directory"),
        ("a" * 300, "file name too long"),
        ("nul\0.txt", "null byte"),
    ],
)
def test_a_wrong_path_says_what_is_wrong(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "page.txt").write_text(FERRY)
    answer = records.read_file(f"{tmp_path}/{name}")
    assert isinstance(answer, Failure)
    assert answer.cause is Cause.PATH
    assert reason in answer.reason
    assert "\n" not in answer.reason


def test_a_file_that_may_not_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> BinaryIO:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything
    assert records.read_file("p.txt") == Failure(
        "p.txt", "permission denied; make it readable to you"
    )


def test_a_broken_stream_is_told() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    answer = records.read_stream(Broken())
    assert isinstance(answer, Failure)
    assert "input/output error" in answer.reason


def test_a_directory_is_read_below_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.HTML", "a/a.md", "c.htm", "a-b.xhtml"):
        page = tmp_path / name
        page.parent.mkdir(exist_ok=True)
        page.write_text(name)
    found = list(records.read_directory(tmp_path))
    assert [answer.id for answer in found] == ["a-b.xhtml", "a/a.md", "a/z.HTML", "b.txt", "c.htm"]
    assert all(isinstance(a, Record) and a.data.decode() == a.id for a in found)


def test_what_is_no_page_is_passed_over_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(PNG)
    (tmp_path / "table.tsv").write_text("a\tb\n")
    (tmp_path / "README").write_text(FERRY)
    found = list(records.read_directory(tmp_path))
    assert [(a.id, a.cause) for a in found if isinstance(a, Failure)] == [
        ("README", Cause.NO_PAGE),
        ("photo.png", Cause.NO_PAGE),
        ("table.tsv", Cause.NO_PAGE),
    ]
    assert "'.png'" in found[1].reason  # type: ignore[union-attr]


def test_a_binary_page_below_a_directory_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PNG)
    assert [a.cause for a in records.read_directory(tmp_path) if isinstance(a, Failure)] == [
        Cause.CONTENT
    ]


def test_links_lead_to_files_but_never_round_in_circles(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(FERRY)
    (tmp_path / "again.txt").symlink_to("page.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = {answer.id: answer for answer in records.read_directory(tmp_path)}
    assert found["again.txt"] == Record("again.txt", FERRY.encode())
    assert found["gone.txt"] == Failure("gone.txt", "no such file; check the path")
    assert found.keys() == {"page.txt", "again.txt", "gone.txt", "loop"}
    assert found["loop"].cause is Cause.NO_PAGE  # type: ignore[union-attr]


def test_a_pipe_below_a_directory_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (answer,) = records.read_directory(tmp_path)
    assert isinstance(answer, Failure)
    assert answer.reason.startswith("not a regular file")


def test_a_directory_that_is_missing_is_a_failure(tmp_path: Path) -> None:
    assert list(records.read_directory(tmp_path / "missing")) == [
        Failure(str(tmp_path / "missing"), "no such file; check the path")
    ]


def test_the_excluded_path_is_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(FERRY)
    assert not list(records.read_directory(tmp_path, exclude=(tmp_path / "page.txt").resolve()))


def test_names_in_no_encoding_are_read_too(tmp_path: Path) -> None:
    page = os.fsencode(tmp_path) + b"/\xe4.txt"
    try:
        with open(page, "wb") as file:  # noqa: PTH123 - the name is bytes
            file.write(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert stat.S_ISREG(os.stat(page).st_mode)  # noqa: PTH116
    assert list(records.read_directory(tmp_path)) == [Record("\udce4.txt", b"x")]
