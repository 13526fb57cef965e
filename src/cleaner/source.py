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
# No page is written in these: Python's notations, Windows' setting of the day, mail's old trick.
_NEVER = frozenset(
    ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "mbcs", "oem", "utf-7")
)

# Detection reads so many bytes: a page's furniture and lead, enough to tell its alphabet.
_DETECTION_LIMIT = 32_768

# The legacy encodings of the web, the commonest first (W3Techs' order, Windows' supersets for the
# ISO ones): of two that read a page equally well the first is the likelier.
_ENCODINGS = (
    *("cp1252", "cp1251", "gb18030", "cp932", "euc_jp", "cp949", "big5", "cp1250", "cp1254"),
    *("cp1256", "cp1253", "cp1255", "cp1257", "cp874", "cp1258", "koi8_r", "koi8_u", "iso8859_2"),
)

# Windows-1252 gives a character to nearly every byte: the web's own last resort.
_LAST_RESORT = "cp1252"

_OPENING = regex.compile(r"(?i)<!--|<(?:\?xml|!doctype|html|head|body|meta|title)\b")
# What may stand before it is a wrapper's tag: `<page id="7">`, and the page on the next line.
_DOCUMENT = regex.compile(r"(?im)^\s*+<(?:!doctype|html)\b")
_TAG = regex.compile(
    r"(?i)</?(?:p|div|span|a|li|ul|td|tr|table|h[1-6]|br|section|article)\b[^<>]*+>"
)
# A dump may quote a tag; a page, or a piece of one, begins with one and holds more early on. A dump
# that begins with an advertisement's tags, which hold no words, goes on for lines without any.
_TAG_LIMIT = 4_000
_TAGS_OF_A_PAGE = 2
_WORDLESS = regex.compile(
    r"(?i)<noscript\b[^<>]*+>(?:[^<]|<(?!/?noscript\b))*+(?:</noscript>|$)|<[^<>]*+>"
)
_LINES_OF_A_DUMP = 10
# A script may come first, and take thousands of characters; some renderers leave one in a dump.
_SCRIPT = regex.compile(r"(?i)<(?:script|style|link)\b")
_SCRIPT_LIMIT = 64_000
# What begins so may be either; so many tags in all are a page's.
_TAGS_IN_ALL = 10


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded page: its text, its encoding (None for a string) and how that was known."""

    text: str
    encoding: str | None = None
    known_by: str = "given as text"


def read(source: str | bytes) -> Source:
    """Decode a page: byte order mark, else UTF-8, else what it declares, else detection.

    Bytes that the encoding does not know become U+FFFD. Raises TypeError for what is no page.

    >>> read(b"<meta charset=latin-1> caf\\xe9 au lait").text
    '<meta charset=latin-1> café au lait'
    >>> read(b"\\xff\\xfea\\x00").known_by
    'byte order mark'
    """
    if isinstance(source, str):
        return Source(source)
    if isinstance(source, bytearray | memoryview):
        source = bytes(source)
    if not isinstance(source, bytes):
        kind = type(source).__name__
        raise TypeError(f"a page is str or bytes, not {kind}; of a file, give what it holds")
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
        try:
            codec = codecs.lookup(declared[1].decode("ascii")).name
            # What was read as ASCII must read the same in it: UTF-16 and EBCDIC are out.
            if codec not in _NEVER and declared[0].decode(codec) == declared[0].decode("ascii"):
                return codec, "declared by the page"
        except (LookupError, ValueError):
            pass  # no such encoding, or none of text: "zip" is a codec too
    sample = source[:_DETECTION_LIMIT]
    if _mostly_utf8(sample):
        return "utf-8", "nearly valid UTF-8"
    from charset_normalizer import from_bytes  # 30 ms to import: only where it is needed

    # What the page declares has been weighed above.
    matches = from_bytes(sample, cp_isolation=list(_ENCODINGS), preemptive_behaviour=False)
    ranked = [
        (match.chaos, -match.coherence, _ENCODINGS.index(match.encoding)) for match in matches
    ]
    return (_ENCODINGS[min(ranked)[2]], "detected") if ranked else (_LAST_RESORT, "assumed")


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
    text = text.lstrip("\ufeff \t\r\n\f")[:_SCRIPT_LIMIT]
    if not text.startswith("<"):
        return False
    start = text[:_TAG_LIMIT]
    if _OPENING.match(start) or _DOCUMENT.search(start):
        return True
    if not _SCRIPT.match(start):
        tags = [tag.end() for tag in _TAG.finditer(start)]
        if len(tags) < _TAGS_OF_A_PAGE:
            return False
        tagged, behind = start[: tags[-1]], start[tags[-1] :]
        if behind.strip().count("\n") < _LINES_OF_A_DUMP or _WORDLESS.sub("", tagged).strip():
            return True
    return len(_TAG.findall(text)) >= _TAGS_IN_ALL
