"""Decode what came in to one string, and tell a page's HTML from its text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import regex

# The longest mark first: UTF-32-LE begins with the bytes of UTF-16-LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# HTML declares its encoding within the first 1024 bytes (HTML standard, 4.2.5.4).
_DECLARED = regex.compile(rb"""(?i)(?:charset|encoding)\s*+=\s*+["']?+\s*+([a-z0-9_.:-]++)""")
_DECLARATION_LIMIT = 1024

# Detection reads so many bytes: a page's furniture and lead, enough to tell its alphabet.
_DETECTION_LIMIT = 32_768

# Windows-1252 gives a character to nearly every byte: the web's own last resort.
_LAST_RESORT = "cp1252"

_OPENING = regex.compile(r"(?i)\s*+(?:<\?xml|<!--|<!doctype\s++html|<html|<head|<body)[\s>-]")
_TAG = regex.compile(
    r"(?i)</?(?:p|div|span|a|li|ul|td|tr|table|h[1-6]|br|section|article)\b[^<>]*+>"
)
# A dump may quote a tag or two; a page, or a piece of one, holds them in numbers and early on.
_TAG_LIMIT = 4_000
_TAGS_OF_A_PAGE = 4


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded page: its text, its encoding (None for a string) and how that was known."""

    text: str
    encoding: str | None = None
    known_by: str = "given as text"


def read(source: str | bytes) -> Source:
    """Decode a page: byte order mark, else UTF-8, else what it declares, else detection.

    Never raises: bytes that the encoding does not know become U+FFFD.

    >>> read("caf\\xe9".encode("latin-1") + b" au lait, tr\\xe8s bon, d\\xe9j\\xe0 bu").text
    'café au lait, très bon, déjà bu'
    >>> read(b"\\xff\\xfea\\x00").known_by
    'byte order mark'
    """
    if isinstance(source, str):
        return Source(source)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if source.startswith(mark):
            return Source(source.decode(encoding, "replace"), encoding, "byte order mark")
    try:
        return Source(source.decode("utf-8"), "utf-8", "valid UTF-8")
    except UnicodeDecodeError:
        encoding, known_by = _guess(source)
        return Source(source.decode(encoding, "replace"), encoding, known_by)


def _guess(source: bytes) -> tuple[str, str]:
    if declared := _DECLARED.search(source, 0, _DECLARATION_LIMIT):
        name = declared[1].decode("ascii")
        try:
            # The codec must be a text encoding: "zip" is a codec too.
            "".encode(name)
            return codecs.lookup(name).name, "declared by the page"
        except (LookupError, ValueError):
            pass
    sample = source[:_DETECTION_LIMIT]
    if _mostly_utf8(sample):
        return "utf-8", "nearly valid UTF-8"
    from charset_normalizer import from_bytes  # 30 ms to import: only where it is needed

    best = from_bytes(sample).best()
    return (best.encoding, "detected") if best else (_LAST_RESORT, "assumed")


def _mostly_utf8(sample: bytes) -> bool:
    """Tell whether a few broken bytes stand in a UTF-8 text: non-ASCII is mostly sound."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(not char.isascii() for char in text) - broken
    return sound > 2 * broken


def looks_like_html(text: str) -> bool:
    """Tell a page's HTML from its text by its opening, or by tags in numbers near its start.

    >>> looks_like_html("<!DOCTYPE html><title>A</title>"), looks_like_html("Use <b> for bold.")
    (True, False)
    """
    text = text[:_TAG_LIMIT].lstrip("\ufeff")
    return bool(_OPENING.match(text)) or (
        text.lstrip().startswith("<") and len(_TAG.findall(text)) >= _TAGS_OF_A_PAGE
    )
