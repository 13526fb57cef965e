"""What a file is, told by its first bytes and, where they leave it open, by its name."""

from __future__ import annotations

import codecs
import json
import re
from enum import StrEnum

from cleaner import fixture
from cleaner.records.compressed import bare_suffix
from cleaner.source import looks_like_html

PAGE_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".xhtml"})
FIXTURE_SUFFIX = ".tsv"
_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json", ""})
FIXTURE_START = fixture.HEADER.encode()
_WARC_START, _PARQUET_START = b"WARC/", b"PAR1"

# So many bytes tell text from a binary file, as git has it.
SNIFFED = 8000
_TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)

# What no encoding of text has in numbers: control bytes other than white space, backspace and
# escape (ISO-2022-JP switches alphabets with it). Every tenth byte of compressed data is one.
_CONTROL = re.compile(rb"[\x01-\x07\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.02


class Kind(StrEnum):
    """What a file holds: one page, or pages in a row."""

    PAGE = "page"
    FIXTURE = "fixture"
    JSONL = "JSON lines"
    PARQUET = "Parquet"
    WARC = "WARC"
    OTHER = "other"


def kind(head: bytes, name: str, *, named: bool) -> Kind:
    r"""Tell what a file is by its first bytes (uncompressed) and its name.

    `named` says that the caller named this very file: then whatever is nothing else is a page.

    >>> kind(b"WARC/1.0\r\n", "crawl.txt", named=False)
    <Kind.WARC: 'WARC'>
    >>> kind(b"body { color: red }", "page.css", named=False)
    <Kind.OTHER: 'other'>
    """
    suffix = bare_suffix(name)
    if head.startswith(_WARC_START):
        return Kind.WARC
    if head.startswith(_PARQUET_START) and suffix not in PAGE_SUFFIXES:
        return Kind.PARQUET
    if suffix == FIXTURE_SUFFIX and head.startswith(FIXTURE_START):
        return Kind.FIXTURE
    if suffix in PAGE_SUFFIXES:
        return Kind.PAGE
    if suffix in _LINES_SUFFIXES and _is_json_lines(head):
        return Kind.JSONL
    if suffix in {".jsonl", ".ndjson"}:
        return Kind.JSONL
    if named or (not is_binary(head) and looks_like_html(head.decode("utf-8", "replace"))):
        return Kind.PAGE
    return Kind.OTHER


def is_binary(data: bytes) -> bool:
    r"""Tell whether bytes are no text: a NUL in their first 8000, or control bytes in numbers.

    A byte order mark makes text of them (UTF-16 is full of NULs), and so does valid UTF-8
    without a NUL.

    >>> is_binary(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), is_binary("été".encode("latin-1"))
    (True, False)
    >>> is_binary("Ferry returns".encode("utf-16"))
    False
    """
    head = data[:SNIFFED]
    if head.startswith(_TEXT_MARKS):
        return False
    if b"\0" in head:
        return True
    if _is_utf8(head):
        return False
    return len(_CONTROL.findall(head)) > _CONTROL_SHARE * len(head)


def _is_utf8(head: bytes) -> bool:
    try:
        # The cut may fall inside a character: that is no error yet.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _is_json_lines(head: bytes) -> bool:
    """Tell whether the first line is a JSON object, or begins like one and is longer than this."""
    first, newline, _ = head.lstrip(b"\xef\xbb\xbf\r\n\t ").partition(b"\n")
    if not first.startswith(b"{"):
        return False
    if not newline and len(head) >= SNIFFED:
        return re.match(rb'\{\s*"', first) is not None
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return False
