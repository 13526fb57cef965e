"""The text of a record, and how its encoding was known."""

from __future__ import annotations

import codecs

from cleaner import source
from cleaner.records.record import Record
from cleaner.source import Source

# What the web means by these names (WHATWG Encoding, 4.2): their supersets on Windows.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}

BY_HTTP = "declared by HTTP"


def decode(record: Record) -> Source:
    """Decode a record as `cleaner.source.read` does; HTTP's charset comes before the page's own.

    It counts where the bytes are no UTF-8 beyond ASCII and where it can read them all: servers
    often declare one for all of their pages.

    >>> decode(Record("a", "Fähre".encode("latin-1"), charset="ISO-8859-1"))
    Source(text='Fähre', encoding='cp1252', known_by='declared by HTTP')
    """
    if record.charset and isinstance(record.data, bytes):
        marked = record.data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if not marked and not _is_utf8_beyond_ascii(record.data):
            try:
                encoding = codecs.lookup(record.charset).name
                encoding = _MEANT.get(encoding, encoding)
                text = record.data.decode(encoding)
            except (LookupError, ValueError):
                pass  # unknown, no encoding of text, or not that of these bytes
            else:
                return Source(text, encoding, BY_HTTP)
    return source.read(record.data)


def _is_utf8_beyond_ascii(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
