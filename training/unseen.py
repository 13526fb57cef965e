"""Networks that have not seen half of the sites, to judge these as they would judge any new site.

The shipped network has seen all pages of the corpus and is too sure of them. What is fitted to its
judgement of these pages would trust it too much.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from cleaner.weights import Weights, load, save
from training.encode import Example

HALVES = 2
_EPOCHS = 4  # give a network that is a little worse than the shipped one


def half(domain: str) -> int:
    """In which half a site is; the network of this number has not seen it."""
    return zlib.crc32(b"half " + domain.encode()) % HALVES


def networks(examples: Sequence[Example], cache: Path) -> list[Weights]:
    """A network for each half, taken up from `cache` where an earlier run left it."""
    return [_network(examples, number, cache) for number in range(HALVES)]


def _network(examples: Sequence[Example], number: int, cache: Path) -> Weights:
    path = cache / f"unseen-{number}.npz"
    if path.exists():
        return load(BytesIO(path.read_bytes()))[0]
    from training.learn import learn_text

    own = [example for example in examples if half(example.domain) != number]
    learned = learn_text(own, (), [_EPOCHS], path.with_suffix(".pt"))
    with path.open("wb") as file:
        save(file, learned, {})
    return learned
