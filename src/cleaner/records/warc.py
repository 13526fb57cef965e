"""WARC and WET: the pages that a crawler stored, or the text that it made of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from cleaner.records import http
from cleaner.records.file import MAX_PAGE, TOO_LONG, page
from cleaner.records.record import Cause, Failure, MissingExtraError, Record, missing

_TEXT_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_HTML_TYPES = _TEXT_TYPES - {"text/plain"}
# The head of a response: servers refuse more than some kilobytes of it.
_MAX_HEAD = 1_000_000
_CUT = "cut off in the middle: the archive ends before its page; fetch it again"


class _Stream:
    """What fastwarc needs of a stream, which may be one that cannot be sought in."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._done = stream, 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._done += len(piece)
        return piece

    def tell(self) -> int:
        return self._done


def rows(
    stream: BinaryIO, name: str, column: str | None
) -> Iterator[tuple[str, Callable[[], Record | Failure]]]:
    """Give each stored page (`response`, `resource`, `conversion`): its id and what reads it.

    The id is the record's own, without its brackets, else `name#NUMBER` from 1. Records about
    the crawl (`warcinfo`, `request`, `metadata`, `revisit`) are no pages. Raises ValueError where
    the archive is broken, what the stream raises, MissingExtraError without fastwarc.
    """
    del column  # an archive has none
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtraError(missing("fastwarc", "WARC files")) from error
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    records = ArchiveIterator(
        cast(Any, _Stream(stream)), record_types=kinds, parse_http=False, stream_detect=False
    )
    for number, stored in enumerate(_safely(records), 1):
        own = (stored.record_id or "").strip("<> ") or f"{name}#{number}"
        yield own, functools.partial(_record, stored, own)


def _safely(records: Iterator[Any]) -> Iterator[Any]:
    """Give the records; a fault of the parser becomes a ValueError."""
    while True:
        try:
            stored = next(records)
        except StopIteration:
            return
        except (Exception, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of its Rust code is no Exception
            raise ValueError("broken: its reader gave up") from error
        yield stored


def _record(stored: Any, id: str) -> Record | Failure:
    url = stored.headers.get("WARC-Target-URI")
    url = url.strip("<>") if url else None
    answer = _read(stored, id)
    if isinstance(answer, Failure):
        return Failure(id, answer.reason, answer.cause, url)
    return Record(id, answer.data, url, answer.charset, answer.html)


def _read(stored: Any, id: str) -> Record | Failure:
    length = stored.content_length
    if not (stored.headers.get("Content-Length") or "").strip().isdecimal():
        return Failure(id, _CUT, Cause.CONTENT)
    if length > MAX_PAGE + _MAX_HEAD:
        return Failure(id, TOO_LONG, Cause.CONTENT)
    block = stored.reader.read()
    if len(block) < length:
        return Failure(id, _CUT, Cause.CONTENT)
    said = (stored.headers.get("Content-Type") or "").partition(";")[0].strip().lower() or None
    if said == "application/http" or block.startswith(b"HTTP/"):
        try:
            inside = http.response(block)
        except ValueError as error:
            return Failure(id, str(error), Cause.CONTENT)
    else:
        inside = http.Response(said, None, block)
    return _page(inside, id)


def _page(inside: http.Response, id: str) -> Record | Failure:
    if inside.media_type and inside.media_type not in _TEXT_TYPES:
        return Failure(id, f"not a page but {inside.media_type}", Cause.NO_PAGE)
    if len(inside.body) > MAX_PAGE:
        return Failure(id, TOO_LONG, Cause.CONTENT)
    answer = page(id, inside.body)
    if isinstance(answer, Failure):
        return answer
    html = inside.media_type in _HTML_TYPES
    return Record(id, answer.data, charset=inside.charset, html=html)
