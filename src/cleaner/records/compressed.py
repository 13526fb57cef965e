"""Compressed streams, told by their first bytes and read in bounded steps."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zlib
from pathlib import PurePath
from typing import BinaryIO, cast

from cleaner.records.record import MissingExtraError, missing

SUFFIXES = frozenset({".gz", ".bz2", ".xz", ".zst"})

_GZIP, _XZ, _ZSTD = b"\x1f\x8b\x08", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"
# "BZh" alone may begin a text: a block, or the end of an empty file, follows.
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_LONGEST_START = 10

# Errors of a stream that is damaged, or not what its first bytes say.
DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, OSError)

# Zstandard packs up to 128 KiB into four bytes: a step of input must be small to stay bounded.
_ZSTD_STEP = 1024


def bare_suffix(name: str) -> str:
    """Give the suffix of a name, in small letters, without that of its compression.

    >>> bare_suffix("a/Page.HTML.gz"), bare_suffix("README")
    ('.html', '')
    """
    path = PurePath(name)
    if path.suffix.lower() in SUFFIXES:
        path = PurePath(path.stem)
    return path.suffix.lower()


def unpacked(stream: BinaryIO, name: str = "") -> BinaryIO:
    """Give what a buffered stream holds, uncompressed; one that is not compressed as it is.

    One too short to tell, whose name says that it is compressed, has been cut off.

    Reading raises EOFError where the data ends too early, OSError, `lzma.LZMAError` or
    `zlib.error` where it is damaged. Raises MissingExtraError where a package is missing.
    """
    head = peek(stream, _LONGEST_START)
    if head.startswith(_GZIP):
        return cast(BinaryIO, gzip.open(stream))
    if _BZIP2.match(head):
        return cast(BinaryIO, bz2.open(stream))
    if head.startswith(_XZ):
        return cast(BinaryIO, lzma.open(stream))
    if head.startswith(_ZSTD):
        return cast(BinaryIO, io.BufferedReader(_Zstandard(stream)))
    if len(head) < _LONGEST_START and PurePath(name).suffix.lower() in SUFFIXES:
        raise EOFError(f"{len(head)} bytes are no compressed file")
    return stream


def peekable(stream: BinaryIO, size: int = io.DEFAULT_BUFFER_SIZE) -> BinaryIO:
    """Give a stream with a buffer to look into: its first look sees `size` bytes, or all.

    A pipe gives what there is, which may be one byte; this waits for more.
    """
    return cast(BinaryIO, io.BufferedReader(_Raw(stream), size))


def peek(stream: BinaryIO, size: int) -> bytes:
    """Look at the first bytes of a buffered stream: `size` of them, or as many as a look gives."""
    return cast(io.BufferedReader, stream).peek(size)[:size]


class _Raw(io.RawIOBase):
    """A stream without its buffer."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self._stream.read(len(target))
        target[: len(piece)] = piece
        return len(piece)


class _Zstandard(io.RawIOBase):
    """Frames of Zstandard, one after another; unlike the package's reader it tells a cut one."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            import zstandard
        except ImportError as error:
            raise MissingExtraError(missing("zstandard", ".zst files")) from error
        self._new = zstandard.ZstdDecompressor().decompressobj
        self._errors = zstandard.ZstdError
        self._stream = stream
        self._frame = self._new()
        self._begun = False
        self._ready = memoryview(b"")
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            piece = self._rest or self._stream.read(_ZSTD_STEP)
            if not piece:
                if self._begun:
                    raise EOFError("the last frame has no end")
                return 0
            self._ready = memoryview(self._fed(piece))
        size = min(len(target), len(self._ready))
        target[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _fed(self, piece: bytes) -> bytes:
        self._begun = True
        try:
            data: bytes = self._frame.decompress(piece)
        except self._errors as error:
            raise OSError(f"damaged Zstandard data: {error}") from error
        self._rest = b""
        if self._frame.eof:
            self._rest = self._frame.unused_data
            self._frame, self._begun = self._new(), False
        return data
