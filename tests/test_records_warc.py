from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import records
from cleaner.records import Cause, Failure, Record, http
from cleaner.records.encoding import decode

pytest.importorskip("fastwarc")

PAGE = "<!DOCTYPE html><title>Fähre</title><p>Die Fähre fährt.".encode("latin-1")


CHUNKED = b"5;x=y\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE) - 5, PAGE[5:])


def stored(kind: str, block: bytes, **headers: str) -> bytes:
    """A record of an archive; `Name_Of_Header="value"` are its headers."""
    given = {"WARC_Type": kind, "Content_Length": str(len(block))} | headers
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def answered(body: bytes, *headers: str, newline: str = "\r\n") -> bytes:
    """An HTTP response."""
    return newline.join(["HTTP/1.1 200 OK", *headers, "", ""]).encode() + body


RESPONSE = "application/http; msgtype=response"
ARCHIVE = b"".join(
    [
        stored("warcinfo", b"software: none"),
        stored("request", b"GET / HTTP/1.1\r\n\r\n"),
        stored(
            "response",
            answered(PAGE, "Content-Type: text/html; charset=ISO-8859-1"),
            WARC_Record_ID="<urn:uuid:1>",
            WARC_Target_URI="https://port.example/ferry",
            Content_Type=RESPONSE,
        ),
        stored("metadata", b"fetchTimeMs: 3"),
        stored(
            "response",
            answered(b"\x89PNG", "Content-Type: image/png"),
            WARC_Record_ID="<urn:uuid:2>",
            Content_Type=RESPONSE,
        ),
        stored("conversion", "Fähre\n".encode(), Content_Type="text/plain"),
        stored("resource", PAGE, Content_Type="text/html"),
    ]
)


def loaded(path: Path) -> list[Record | Failure]:
    return [entry.load() for entry in records.entries([path])]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "crawl.warc"


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_pages_and_texts_are_read_with_what_the_archive_tells_of_them(
    archive: Path, packed: bool
) -> None:
    archive.write_bytes(gzip.compress(ARCHIVE) if packed else ARCHIVE)
    page, image, text, resource = loaded(archive)
    assert page == Record(
        "urn:uuid:1", PAGE, "https://port.example/ferry", charset="iso-8859-1", html=True
    )
    assert image == Failure("urn:uuid:2", "not a page but image/png", Cause.NO_PAGE)
    assert text == Record(f"{archive}#3", "Fähre\n".encode())
    assert resource == Record(f"{archive}#4", PAGE, html=True)


def test_an_archive_without_pages_is_accounted_for(archive: Path) -> None:
    archive.write_bytes(stored("metadata", b"{}"))
    assert loaded(archive) == [Failure(str(archive), "a WARC file without a page", Cause.NO_PAGE)]


@given(st.integers(0, len(ARCHIVE) - 1))
def test_an_archive_that_is_cut_off_says_so_or_gives_what_it_has(cut: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "crawl.warc")
        path.write_bytes(ARCHIVE[:cut])
        answers = loaded(path)
    whole = [answer for answer in answers if isinstance(answer, Record)]
    assert all(record.data in (PAGE, "Fähre\n".encode(), ARCHIVE[:cut]) for record in whole)
    assert len(answers) >= 1


def test_a_page_in_which_the_archive_ends_is_told(archive: Path) -> None:
    archive.write_bytes(ARCHIVE[:-30])
    *_, last = loaded(archive)
    assert isinstance(last, Failure)
    assert last.reason.startswith("cut off in the middle")


def test_an_archive_whose_compression_breaks_off_says_so(archive: Path) -> None:
    members = gzip.compress(ARCHIVE) + gzip.compress(ARCHIVE)
    archive.write_bytes(members[:-40])
    *_, last = loaded(archive)
    assert isinstance(last, Failure)
    assert last.id == str(archive)
    assert "broken off" in last.reason


def test_an_archive_that_goes_astray_says_after_how_many_pages(archive: Path) -> None:
    archive.write_bytes(ARCHIVE + b"junk\r\n\r\n" + ARCHIVE)
    *pages, last = loaded(archive)
    assert len(pages) == 4
    assert isinstance(last, Failure)
    assert last.reason.startswith("after 4 pages of it: ")


def test_a_page_that_is_too_long_costs_itself(archive: Path) -> None:
    long = stored("resource", b"a" * 12_000_000, Content_Type="text/plain")
    bomb = answered(
        gzip.compress(bytes(50_000_000)), "Content-Type: text/html", "Content-Encoding: gzip"
    )
    archive.write_bytes(long + stored("response", bomb, Content_Type=RESPONSE) + ARCHIVE)
    first, second, *rest = loaded(archive)
    assert isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert first.reason == second.reason == records.TOO_LONG
    assert len(rest) == 4


class TestHttp:
    @pytest.mark.parametrize("newline", ["\r\n", "\n"])
    def test_a_response_is_read_whatever_ends_its_lines(self, newline: str) -> None:
        block = answered(PAGE, 'content-type: Text/HTML; Charset="UTF-8"', newline=newline)
        assert http.response(block) == http.Response("text/html", "utf-8", PAGE)

    @pytest.mark.parametrize(
        ("body", "headers"),
        [
            (gzip.compress(PAGE), ["Content-Encoding: gzip"]),
            (PAGE, ["Content-Encoding: gzip"]),
            (zlib.compress(PAGE), ["Content-Encoding: deflate"]),
            (zlib.compress(PAGE)[2:-4], ["Content-Encoding: deflate"]),
            (CHUNKED, ["Transfer-Encoding: chunked"]),
            (PAGE, ["Transfer-Encoding: chunked"]),
            (PAGE, ["Content-Encoding: br"]),
        ],
        ids=["gzip", "was gzip", "zlib", "deflate", "chunked", "was chunked", "was brotli"],
    )  # fmt: skip
    def test_codings_are_taken_off_where_they_are_there(
        self, body: bytes, headers: list[str]
    ) -> None:
        assert http.response(answered(body, *headers)).body == PAGE

    def test_a_broken_coding_is_told(self) -> None:
        packed = gzip.compress(PAGE)
        block = answered(packed[:12] + b"\xff" * 20, "Content-Encoding: gzip")
        with pytest.raises(ValueError, match=r"cut off|damaged"):
            http.response(block)

    @given(st.binary())
    def test_any_bytes_are_a_response_or_told(self, block: bytes) -> None:
        for head in (b"", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"):
            try:
                http.response(head + block)
            except ValueError as error:
                assert "body" in str(error)  # noqa: PT017 - most bytes raise nothing


class TestEncoding:
    @pytest.mark.parametrize(
        ("text", "sent", "charset", "expected"),
        [
            ("Fähre", "cp1252", "iso-8859-1", ("cp1252", "declared by HTTP")),
            ("渡し船", "gb18030", "gb2312", ("gb18030", "declared by HTTP")),
            ("渡し船", "iso2022_jp", "iso-2022-jp", ("iso2022_jp", "declared by HTTP")),
            ("Fähre", "utf-8", "iso-8859-1", ("utf-8", "valid UTF-8")),
            ("Fähre", "utf-16", "utf-8", ("utf-16", "byte order mark")),
            ("Ferry", "ascii", "no-such", ("utf-8", "valid UTF-8")),
            ("Ferry", "ascii", "zip", ("utf-8", "valid UTF-8")),
        ],
    )
    def test_what_http_declares_counts_where_it_can_be_true(
        self, text: str, sent: str, charset: str, expected: tuple[str, str]
    ) -> None:
        source = decode(Record("a", text.encode(sent), charset=charset))
        assert (source.encoding, source.known_by) == expected
        assert source.text == text

    def test_a_string_is_itself(self) -> None:
        assert decode(Record("a", "Fähre", charset="latin-1")).text == "Fähre"
