"""The pictures of the documentation, drawn from dumps through the library.

    python -m tools.pictures            writes docs/pictures/*.svg
    python -m tools.pictures --check    names those that the library would draw otherwise now

Each is drawn twice, on light and on dark paper, with the colours of `cleaner.report`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.pictures import before_after, labelled
from tools.pictures.paper import SCHEMES, Paper

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "pictures"
FIXTURES = ROOT / "fixtures" / "articles"

# Each picture with the dump that it shows. That of how it works is no fixture: the labeller has
# learned from these, and is surer of them than of any other page.
PICTURES = {
    "before-after": (before_after.draw, FIXTURES / "en-resiliparse-short.tsv"),
    "labelled-page": (labelled.draw, FOLDER / "page.txt"),
}

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# Scores agree on all machines but for their last digits: a picture may move by so many pixels.
_TOLERANCE = 1.5


def drawn() -> Iterator[tuple[Path, str]]:
    """Give every picture: the file that it belongs in, and what it holds."""
    from cleaner import fixture

    for name, (draw, source) in PICTURES.items():
        text = source.read_bytes().decode("utf-8")
        dump = fixture.parse(text).dump if source.suffix == ".tsv" else text
        for scheme in SCHEMES:
            yield FOLDER / f"{name}-{scheme}.svg", draw(dump, Paper(scheme))


def same(one: str, other: str) -> bool:
    """Whether two pictures differ in nothing but a pixel here and there."""
    numbers = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=False)
    return _NUMBER.sub("0", one) == _NUMBER.sub("0", other) and all(
        abs(float(a) - float(b)) <= _TOLERANCE for a, b in numbers
    )


def stale() -> list[Path]:
    """Give the pictures that are not what the library draws now."""
    return [
        path
        for path, picture in drawn()
        if not path.is_file() or not same(path.read_text("utf-8"), picture)
    ]


def main(arguments: Sequence[str]) -> int:
    """Draw the pictures, or with `--check` name those that are out of date, and give 1 then."""
    if "--check" in arguments:
        old = stale()
        for path in old:
            print(f"{path.relative_to(ROOT)} is out of date: python -m tools.pictures")
        return int(bool(old))
    FOLDER.mkdir(exist_ok=True)
    for path, picture in drawn():
        path.write_text(picture, "utf-8", newline="\n")
        print(path.relative_to(ROOT))
    return 0
