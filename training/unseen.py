"""Networks that have not seen half of the sites, to judge these as they would judge any new site.

The shipped network has seen all pages of the corpus and is too sure of them. What is fitted to its
judgement of these pages would trust it too much.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path

from cleaner.weights import Weights, load, save
from training.encode import Example
from training.labelled import INVENTED, invented
from training.side_by_side import side_by_side

HALVES = 2
# Give networks that are a little worse than the shipped ones; there are fewer pages of HTML.
_EPOCHS, _HTML_EPOCHS = 4, 12


def half(domain: str) -> int:
    """In which half a site is; the network of this number has not seen it."""
    return zlib.crc32(b"half " + domain.encode()) % HALVES


def networks(examples: Sequence[Example], cache: Path, processes: int = 1) -> list[Weights]:
    """A network for each half, taken up from `cache` where an earlier run left it, else learnt, in
    so many `processes`.

    They learn from generated pages too: what they take for a headline must be like what the shipped
    network does.
    """
    drawn = lru_cache(partial(invented, INVENTED))  # only where a network is to be learnt, and once

    def learn(number: int, progress: Path) -> Weights:
        from training.learn import learn_text  # needs PyTorch

        return learn_text(_others(examples, number), (), [_EPOCHS], progress, drawn=drawn())

    return _of_halves(cache / "unseen", learn, processes)


def html_networks(
    pages: Sequence[Example],
    dumps: Sequence[Example],
    text: Sequence[Weights],
    cache: Path,
    processes: int = 1,
) -> list[Weights]:
    """The same for HTML, with the words of `dumps` and what the networks for them learned."""

    def learn(number: int, progress: Path) -> Weights:
        from training.learn import learn_html  # needs PyTorch

        own, others = _others(pages, number), _others(dumps, number)
        return learn_html(own, others, text[number], _HTML_EPOCHS, progress)

    return _of_halves(cache / "unseen-html", learn, processes)


def _others(examples: Sequence[Example], number: int) -> list[Example]:
    return [example for example in examples if half(example.domain) != number]


def _of_halves(stem: Path, learn: Callable[[int, Path], Weights], processes: int) -> list[Weights]:
    """For each half what an earlier run wrote under such a name, or else what is learnt now."""

    def kept(number: int) -> Weights:
        path = stem.with_name(f"{stem.name}-{number}.npz")
        if path.exists():
            return load(BytesIO(path.read_bytes()))[0]
        learned = learn(number, path.with_suffix(".pt"))
        with path.open("wb") as file:
            save(file, learned, {})
        return learned

    return side_by_side(kept, range(HALVES), processes)
