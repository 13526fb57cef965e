"""The learned numbers of the labeller: one file of arrays with a header, no pickle, no code."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO
from typing import Any, BinaryIO, Literal
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from cleaner.weights.odds import WORD_STEP, Odds, ordered

__all__ = ["FORMAT", "WORD_STEP", "Odds", "Weights", "WeightsError", "load", "save", "shipped"]

FORMAT = 6

# What the arrays of a file may take unpacked (bytes); those shipped take 3 million. A file of a
# few kilobytes can claim any size.
_LARGEST = 1 << 26

# The shape of each array: the same letter is the same number in all of them.
_SHAPES = {
    "words": "WL",
    "word_buckets": "W",
    "names": "BL",
    "name_buckets": "B",
    "mean": "D",
    "deviation": "D",
    "embedding": "DE",
    "embedding_bias": "E",
    "layers": "NSEE",
    "attention": "NEA",
    "pooled": "NPEE",
    "layer_biases": "NE",
    "echo_in": "MEV",
    "echo_bias": "MV",
    "echo_out": "MHE",
    "emission": "EL",
    "emission_bias": "L",
    "page": "F",
}

# Of what type they are; all others are of float32.
_TYPES = {
    "words": np.int8,
    "word_buckets": np.uint32,
    "names": np.int8,
    "name_buckets": np.uint32,
}

# What zipfile, zlib and numpy raise over a broken file.
_BROKEN = (
    MemoryError,  # an array that says it is larger than any memory
    BadZipFile,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    RuntimeError,  # an encrypted member, or an unknown compression
    zlib.error,
)


class WeightsError(ValueError):
    """A weights file that this version cannot use; the message says what is wrong with it."""


@dataclass(frozen=True, eq=False)
class Weights:
    """The arrays of the labeller.

    D facts of a block, E units of the embedding and of each of N layers, L labels; a layer sees
    SEEN contexts of a block and POOLED of its page, HEADS of them by attention (`labeller.model`).
    The last M layers, none for HTML, hear V voices from the blocks that share words with a block.
    """

    words: NDArray[np.int8]  # (W, L): log-odds of a word for a label, in steps of WORD_STEP
    word_buckets: NDArray[np.uint32]  # (W,): the bucket of each, ascending
    names: NDArray[np.int8]  # (B, L): likewise of an element's name; none for text
    name_buckets: NDArray[np.uint32]  # (B,)
    mean: NDArray[np.float32]  # (D,)
    deviation: NDArray[np.float32]  # (D,)
    embedding: NDArray[np.float32]  # (D, E)
    embedding_bias: NDArray[np.float32]  # (E,)
    layers: NDArray[np.float32]  # (N, SEEN, E, E): from each thing seen to the next units
    attention: NDArray[np.float32]  # (N, E, HEADS): how much a block counts in each mean
    pooled: NDArray[np.float32]  # (N, POOLED, E, E): from what is seen of the page
    layer_biases: NDArray[np.float32]  # (N, E)
    echo_in: NDArray[np.float32]  # (M, E, V): from units to what a block says
    echo_bias: NDArray[np.float32]  # (M, V)
    echo_out: NDArray[np.float32]  # (M, 2 V + 1, E): from what it hears to the next units
    emission: NDArray[np.float32]  # (E, L)
    emission_bias: NDArray[np.float32]  # (L,)
    page: NDArray[
        np.float32
    ]  # (L + 2 E + 4,): page facts to the log-odds of an article, constant last

    @cached_property
    def word_odds(self) -> Odds:
        """What words speak for, by their buckets."""
        return Odds(self.word_buckets, self.words)

    @cached_property
    def name_odds(self) -> Odds:
        """What names of elements speak for, by their buckets."""
        return Odds(self.name_buckets, self.names)

    def checksum(self) -> str:
        """SHA-256 of the arrays' names, types, shapes and numbers."""
        digest = hashlib.sha256()
        for field in fields(self):
            array = getattr(self, field.name)
            digest.update(f"{field.name} {array.dtype.str} {array.shape}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


def save(file: BinaryIO, weights: Weights, header: dict[str, Any]) -> None:
    """Write weights under a header; equal weights and headers give equal bytes.

    `header` says what they are for: `template` (feature names), `labels`, `corpus`, `script`,
    `measured`; the format and the checksum are added.
    """
    written = header | {"format": FORMAT, "checksum": weights.checksum()}
    arrays = {field.name: getattr(weights, field.name) for field in fields(weights)}
    text = json.dumps(written, ensure_ascii=True, sort_keys=True)
    np.savez_compressed(file, header=np.frombuffer(text.encode(), np.uint8), **arrays)


def load(file: BinaryIO) -> tuple[Weights, dict[str, Any]]:
    """Read weights and their header; numbers only, nothing in the file is executed.

    Raises WeightsError where the file is broken, was tampered with, has another format, is larger
    than any weights, or holds what are no weights: shapes that do not fit together, NaN.
    """
    try:
        with ZipFile(file) as members:
            unpacked = sum(member.file_size for member in members.infolist())
        if unpacked > _LARGEST:
            raise WeightsError(f"not a weights file of cleaner: {unpacked} bytes unpacked")
        file.seek(0)
        with np.load(file, allow_pickle=False) as archive:
            header = json.loads(archive["header"].tobytes())
            if missing := {field.name for field in fields(Weights)}.difference(archive.files):
                raise WeightsError(f"not a weights file of cleaner: no {min(missing)}; reinstall")
            arrays = {field.name: archive[field.name] for field in fields(Weights)}
    except WeightsError:
        raise
    except _BROKEN as error:
        # What numpy says of a broken file may advise to unpickle it.
        raise WeightsError(
            "not a weights file of cleaner: it is broken, or was changed; reinstall cleaner"
        ) from error
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise WeightsError(f"weights of another format than {FORMAT}: retrain or reinstall cleaner")
    _check(arrays)
    weights = Weights(**arrays)
    if weights.checksum() != header.get("checksum"):
        raise WeightsError(
            "weights do not match their checksum: the file was changed; reinstall cleaner"
        )
    return weights, header


def _check(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Raise WeightsError where arrays are not of their type, do not fit together or are no numbers.

    A checksum tells only that a file is as it was written, not that it was written well.
    """
    known: dict[str, int] = {}
    for name, letters in _SHAPES.items():
        array = arrays[name]
        kind = _TYPES.get(name, np.float32)
        fits = array.dtype == kind and array.ndim == len(letters)
        sizes = zip(letters, array.shape, strict=False)
        if not fits or any(known.setdefault(letter, size) != size for letter, size in sizes):
            shape = f"{array.dtype} {array.shape}"
            raise WeightsError(f"weights that do not fit together: {name} is {shape}; reinstall")
        if not np.isfinite(array).all() or (name == "deviation" and not (array > 0).all()):
            raise WeightsError(f"weights that are no numbers to reckon with: {name}; reinstall")
    for name in ("word_buckets", "name_buckets"):
        if not ordered(arrays[name]):
            raise WeightsError(f"weights whose buckets do not ascend: {name}; reinstall")


def shipped(road: Literal["text", "html"] = "text") -> Weights:
    """The weights that come with the package, for text dumps or for HTML; read once.

    Both roads have the same words: the file of the second holds none. Raises WeightsError, which
    names the file, where it is missing or is not as it was shipped.
    """
    return _shipped(road)


@cache
def _shipped(road: str) -> Weights:
    file = files(__name__).joinpath(f"{road}.npz")
    try:
        weights, _ = load(BytesIO(file.read_bytes()))
    except OSError as error:
        raise WeightsError(f"{file} cannot be read: reinstall cleaner") from error
    except WeightsError as error:
        raise WeightsError(f"{file}: {error}") from error
    if road == "text":
        return weights
    text = _shipped("text")
    return replace(weights, words=text.words, word_buckets=text.word_buckets)
