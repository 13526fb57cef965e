"""An HTTP response as an archive holds it: its headers, and its body without transfer codings."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from cleaner.records.file import MAX_PAGE

_HEAD = re.compile(rb"HTTP/[^\r\n]*+\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*+(?:;[^\r\n]*+)?\r?\n")
_GZIP_START = b"\x1f\x8b"
_CUT = "its body is cut off; fetch it again"


@dataclass(frozen=True, slots=True)
class Response:
    """What a response says it is, and its body (at most a byte more than `MAX_PAGE`)."""

    media_type: str | None
    charset: str | None
    body: bytes


def response(block: bytes) -> Response:
    r"""Read a response; one without a status line is all body. Lines may end in LF alone.

    Bodies that are not coded as their headers say (archives often store them decoded) are taken
    as they are. Raises ValueError where a coding is broken or unknown.

    >>> response(b"HTTP/1.1 200 OK\nContent-Type: text/html; charset=x\n\n<p>Ferry")
    Response(media_type='text/html', charset='x', body=b'<p>Ferry')
    """
    start = _HEAD.match(block)
    if not start:
        return Response(None, None, block)
    end = _BLANK_LINE.search(block, start.end() - 2)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers = BytesHeaderParser().parsebytes(head[start.end() :] + b"\n\n")
    if "chunked" in str(headers.get("Transfer-Encoding", "")).lower():
        body = _dechunked(body)
    body = _decoded(body, str(headers.get("Content-Encoding", "")).strip().lower())
    declared = "content-type" in headers
    return Response(headers.get_content_type() if declared else None, _charset(headers), body)


def _charset(headers: Message) -> str | None:
    try:
        return headers.get_content_charset()
    except (ValueError, LookupError):
        return None


def _dechunked(body: bytes) -> bytes:
    pieces, position = [], 0
    while chunk := _CHUNK.match(body, position):
        size = int(chunk[1], 16)
        pieces.append(body[chunk.end() : chunk.end() + size])
        position = chunk.end() + size
        if size == 0:
            return b"".join(pieces)
        position += 2 if body.startswith(b"\r\n", position) else 1
    if pieces:
        raise ValueError(_CUT)
    return body  # stored without its chunks


def _decoded(body: bytes, coding: str) -> bytes:
    match coding:
        case "gzip" | "x-gzip" if body.startswith(_GZIP_START):
            return _inflated(body, zlib.MAX_WBITS | 16)
        case "deflate":
            # The standard says zlib, some servers send it bare.
            is_zlib = len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0
            return _inflated(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        case "br":
            return _unbrotlied(body)
        case "zstd" if body.startswith(b"\x28\xb5\x2f\xfd"):
            raise ValueError("its body is in Zstandard, which is not read here")
        case _:
            return body


def _inflated(body: bytes, window: int) -> bytes:
    inflater = zlib.decompressobj(window)
    try:
        plain = inflater.decompress(body, MAX_PAGE + 1)
    except zlib.error as error:
        raise ValueError(f"its body is damaged ({error})") from error
    if not inflater.eof and len(plain) <= MAX_PAGE:
        raise ValueError(_CUT)
    return plain


def _unbrotlied(body: bytes) -> bytes:
    from fastwarc.stream_io import BrotliReader

    try:
        return bytes(BrotliReader(io.BytesIO(body)).read(MAX_PAGE + 1))
    except (OSError, ValueError):
        return body  # stored decoded: Brotli has no mark of its own to tell
