"""The weights file: what goes in comes out, and what is not one is refused and never run."""

from __future__ import annotations

import dataclasses
import io
import json
import pickle
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import weights
from cleaner.article import Label
from cleaner.features import BUCKETS, ELEMENT_NAMES, NAMES
from cleaner.labeller.model import HEADS, POOLED, SEEN
from cleaner.weights import FORMAT, Weights, WeightsError, load, save

HEADER = {"labels": ["body", "other"], "measured": {"Ferrys größte Zahl": 0.5}}
MIB = 1 << 20


def toy(seed: int = 0) -> Weights:
    """Weights of 4 words, 3 names, 3 facts, 2 units, 2 labels, 1 layer."""
    chance = np.random.default_rng(seed)

    def numbers(*shape: int) -> np.ndarray[Any, np.dtype[np.float32]]:
        return chance.normal(size=shape).astype(np.float32)

    return Weights(
        words=chance.integers(-124, 125, (4, 2)).astype(np.int8),
        word_buckets=np.array([0, 5, 7, BUCKETS - 1], np.uint32),
        names=chance.integers(-124, 125, (3, 2)).astype(np.int8),
        name_buckets=np.array([1, 2, 3], np.uint32),
        mean=numbers(3),
        deviation=np.abs(numbers(3)) + np.float32(0.1),
        embedding=numbers(3, 2),
        embedding_bias=numbers(2),
        layers=numbers(1, 4, 2, 2),
        attention=numbers(1, 2, 3),
        pooled=numbers(1, 4, 2, 2),
        layer_biases=numbers(1, 2),
        echo_in=numbers(1, 2, 1),
        echo_bias=numbers(1, 1),
        echo_out=numbers(1, 3, 2),
        emission=numbers(2, 2),
        emission_bias=numbers(2),
        page=numbers(9),
    )


def written(model: Weights, header: dict[str, Any] | None = None) -> bytes:
    file = io.BytesIO()
    save(file, model, HEADER if header is None else header)
    return file.getvalue()


def equal(one: Weights, other: Weights) -> bool:
    pairs = [(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(Weights)]
    return all(a.dtype == b.dtype and a.tobytes() == b.tobytes() for a, b in pairs)


FILE = written(toy())

seeds = st.integers(0, 2**32)


@given(seeds)
def test_what_is_saved_is_loaded_again(seed: int) -> None:
    model, header = load(io.BytesIO(written(toy(seed))))
    assert equal(model, toy(seed))
    assert {key: header[key] for key in HEADER} == HEADER
    assert header["format"] == weights.FORMAT
    assert header["checksum"] == model.checksum()


@given(seeds)
def test_equal_weights_give_equal_bytes(seed: int) -> None:
    assert written(toy(seed)) == written(toy(seed), dict(reversed(HEADER.items())))


@given(seeds, st.sampled_from([field.name for field in dataclasses.fields(Weights)]))
def test_any_other_number_gives_another_checksum(seed: int, name: str) -> None:
    model = toy(seed)
    array = getattr(model, name).copy()
    array.reshape(-1)[-1] += 1
    assert dataclasses.replace(model, **{name: array}).checksum() != model.checksum()


def test_the_checksum_tells_types_and_shapes_apart() -> None:
    model = toy()
    other = model.mean.view(np.int32)
    wide = model.emission.reshape(1, 4)
    sums = {
        model.checksum(),
        dataclasses.replace(model, mean=other).checksum(),  # type: ignore[arg-type]
        dataclasses.replace(model, emission=wide).checksum(),
    }
    assert len(sums) == 3


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed_or_changes_nothing(at: int, flipped: int) -> None:
    data = bytearray(FILE)
    data[at] ^= flipped
    try:
        model, _ = load(io.BytesIO(bytes(data)))
    except WeightsError:
        return
    assert equal(model, toy())


@given(st.integers(0, len(FILE) - 1))
def test_a_file_cut_short_is_refused(length: int) -> None:
    with pytest.raises(WeightsError, match="not a weights file of cleaner: "):
        load(io.BytesIO(FILE[:length]))


@given(st.binary())
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(WeightsError, match="not a weights file of cleaner: "):
        load(io.BytesIO(data))


def test_of_a_broken_file_nothing_but_what_to_do_is_said() -> None:
    with pytest.raises(
        WeightsError, match=r"^not a weights file of cleaner: .*; reinstall cleaner$"
    ):
        load(io.BytesIO(b"no archive"))


@pytest.mark.parametrize(
    ("data", "said"), [(b"no", "not a weights file"), (None, "cannot be read")]
)
def test_a_shipped_file_that_is_not_as_it_was_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: bytes | None, said: str
) -> None:
    monkeypatch.setattr(weights, "files", lambda _: tmp_path)
    if data is not None:
        (tmp_path / "text.npz").write_bytes(data)
    weights._shipped.cache_clear()
    with pytest.raises(WeightsError, match=f"text.npz:? {said}.*reinstall cleaner"):
        weights.shipped()
    weights._shipped.cache_clear()


class Boat:
    """Unpickling it writes to a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.write_text, (self.path, "sailed"))


def test_nothing_in_a_pickle_is_run(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(WeightsError, match="not a weights file"):
        load(io.BytesIO(pickle.dumps(Boat(log))))
    assert not log.exists()


@pytest.mark.parametrize("name", ["header", "words", "page"])
def test_nothing_in_a_pickled_array_is_run(tmp_path: Path, name: str) -> None:
    log = tmp_path / "log"
    arrays = {f.name: getattr(toy(), f.name) for f in dataclasses.fields(Weights)}
    arrays["header"] = np.frombuffer(b"{}", np.uint8)
    arrays[name] = np.array([Boat(log)], dtype=object)
    file = io.BytesIO()
    np.savez(file, **arrays)
    with pytest.raises(WeightsError, match="not a weights file"):
        load(io.BytesIO(file.getvalue()))
    assert not log.exists()


def forged(header: bytes, **changes: np.ndarray[Any, Any]) -> io.BytesIO:
    arrays = {f.name: getattr(toy(), f.name) for f in dataclasses.fields(Weights)} | changes
    file = io.BytesIO()
    np.savez(file, header=np.frombuffer(header, np.uint8), **arrays)
    return io.BytesIO(file.getvalue())


@pytest.mark.parametrize("number", [0, FORMAT - 1, FORMAT + 1, str(FORMAT), None])
def test_another_format_is_refused_with_what_to_do(number: object) -> None:
    header = {"format": number, "checksum": toy().checksum()}
    with pytest.raises(WeightsError, match=f"another format than {FORMAT}: retrain or reinstall"):
        load(forged(json.dumps(header).encode()))


def test_a_header_that_is_no_table_is_refused() -> None:
    with pytest.raises(WeightsError, match="another format"):
        load(forged(b"[1]"))


@pytest.mark.parametrize("header", [b"", b"{", b"\xff\xfe"])
def test_a_header_that_is_no_json_is_refused(header: bytes) -> None:
    with pytest.raises(WeightsError, match="not a weights file"):
        load(forged(header))


def test_numbers_under_another_ones_checksum_are_refused() -> None:
    header = json.dumps({"format": FORMAT, "checksum": toy().checksum()}).encode()
    assert equal(load(forged(header))[0], toy())
    with pytest.raises(WeightsError, match="checksum: the file was changed; reinstall"):
        load(forged(header, mean=toy(1).mean))


def test_a_missing_array_is_named() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FILE)) as whole, zipfile.ZipFile(file, "w") as part:
        for name in whole.namelist():
            if name != "emission.npy":
                part.writestr(name, whole.read(name))
    with pytest.raises(WeightsError, match="emission"):
        load(io.BytesIO(file.getvalue()))


def test_a_single_array_is_no_weights_file() -> None:
    file = io.BytesIO()
    np.save(file, toy().mean)
    with pytest.raises(WeightsError, match="not a weights file"):
        load(io.BytesIO(file.getvalue()))


def rewritten(**changes: np.ndarray[Any, Any]) -> io.BytesIO:
    """A file with other arrays, under the checksum that they have: a forger can reckon it too."""
    model = dataclasses.replace(toy(), **changes)
    return forged(json.dumps({"format": FORMAT, "checksum": model.checksum()}).encode(), **changes)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("embedding", np.zeros((3, 3), np.float32)),
        ("words", np.zeros((4, 3), np.int8)),
        ("layers", np.zeros((1, 4, 2), np.float32)),
        ("emission_bias", np.zeros((), np.float32)),
        ("mean", np.zeros(0, np.float32)),
    ],
)
def test_arrays_that_do_not_fit_together_are_refused(
    name: str, array: np.ndarray[Any, Any]
) -> None:
    with pytest.raises(WeightsError, match="weights that do not fit together"):
        load(rewritten(**{name: array}))


@pytest.mark.parametrize("kind", ["float64", "int8", "bool", "complex64", "U3", "datetime64[s]"])
def test_an_array_of_another_type_is_refused_by_its_name(kind: str) -> None:
    with pytest.raises(WeightsError, match="do not fit together: deviation is "):
        load(rewritten(deviation=np.ones(3).astype(kind)))


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", ["mean", "layers", "page"])
def test_what_is_no_number_is_refused(name: str, number: float) -> None:
    array = getattr(toy(), name).copy()
    array.flat[-1] = number
    with pytest.raises(WeightsError, match=f"no numbers to reckon with: {name}"):
        load(rewritten(**{name: array}))


@pytest.mark.parametrize("number", [0, -1])
def test_what_cannot_be_divided_by_is_refused(number: float) -> None:
    with pytest.raises(WeightsError, match="deviation"):
        load(rewritten(deviation=np.array([1, number, 1], np.float32)))


@pytest.mark.parametrize("name", ["word_buckets", "name_buckets"])
@pytest.mark.parametrize("last", [0, 1, BUCKETS])
def test_buckets_that_do_not_ascend_are_refused(name: str, last: int) -> None:
    buckets = getattr(toy(), name).copy()
    buckets[1:] = last
    with pytest.raises(WeightsError, match=f"buckets do not ascend: {name}"):
        load(rewritten(**{name: buckets}))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    np.savez_compressed(file, header=np.zeros(weights._LARGEST + 1, np.uint8))
    assert len(file.getvalue()) < MIB
    monkeypatch.setattr(np, "load", lambda *_, **__: pytest.fail("unpacked"))
    with pytest.raises(WeightsError, match="bytes unpacked"):
        load(io.BytesIO(file.getvalue()))


def test_an_array_that_claims_more_than_it_holds_is_refused() -> None:
    file = io.BytesIO()
    claim = b"{'descr': '|i1', 'fortran_order': False, 'shape': (1 << 60,), }".replace(
        b"1 << 60", str(1 << 60).encode()
    )
    array = b"\x93NUMPY\x01\x00" + len(claim).to_bytes(2, "little") + claim
    with zipfile.ZipFile(io.BytesIO(FILE)) as whole, zipfile.ZipFile(file, "w") as other:
        for name in whole.namelist():
            other.writestr(name, array if name == "words.npy" else whole.read(name))
    with pytest.raises(WeightsError, match="not a weights file of cleaner: "):
        load(io.BytesIO(file.getvalue()))


def test_a_weights_error_is_a_value_error() -> None:
    assert issubclass(WeightsError, ValueError)


# --- the weights that come with the package


ROADS = ("text", "html")


def shipped_file(road: str = "text") -> bytes:
    return files(weights).joinpath(f"{road}.npz").read_bytes()


def test_the_shipped_weights_are_at_most_2_mib() -> None:
    assert sum(len(shipped_file(road)) for road in ROADS) <= 2 * MIB


@pytest.mark.parametrize(("road", "names"), [("text", NAMES), ("html", (*NAMES, *ELEMENT_NAMES))])
def test_the_shipped_header_is_that_of_this_version(road: Any, names: tuple[str, ...]) -> None:
    model, header = load(io.BytesIO(shipped_file(road)))
    assert header["template"] == list(names)
    assert header["labels"] == [str(label) for label in Label]
    assert {"corpus", "script", "measured"} <= set(header)
    assert model.checksum() == header["checksum"]


@pytest.mark.parametrize(
    ("road", "features", "named"),
    [("text", len(NAMES), False), ("html", len(NAMES) + len(ELEMENT_NAMES), True)],
)
def test_the_shipped_arrays_fit_the_model(road: Any, features: int, named: bool) -> None:
    model = weights.shipped(road)
    labels = len(Label)
    known = [len(model.word_buckets), len(model.name_buckets)]
    assert known[0] > 0
    assert (known[1] > 0) == named
    facts = features + (4 if named else 2) * labels
    units = len(model.embedding_bias)
    layers = len(model.layers)
    hearing, voices = model.echo_bias.shape
    shapes = {f.name: getattr(model, f.name).shape for f in dataclasses.fields(Weights)}
    assert shapes == {
        "words": (known[0], labels),
        "word_buckets": (known[0],),
        "names": (known[1], labels),
        "name_buckets": (known[1],),
        "mean": (facts,),
        "deviation": (facts,),
        "embedding": (facts, units),
        "embedding_bias": (units,),
        "layers": (layers, SEEN, units, units),
        "attention": (layers, units, HEADS),
        "pooled": (layers, POOLED, units, units),
        "layer_biases": (layers, units),
        "echo_in": (hearing, units, voices),
        "echo_bias": (hearing, voices),
        "echo_out": (hearing, 2 * voices + 1, units),
        "emission": (units, labels),
        "emission_bias": (labels,),
        "page": (labels + 7 + 2 * facts + 1,),
    }
    arrays = [getattr(model, field.name) for field in dataclasses.fields(Weights)]
    assert all(np.isfinite(array).all() for array in arrays)
    assert (model.deviation > 0).all()
