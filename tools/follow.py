"""Follow a guide as a reader would: run what it says to run, compare what it says comes out.

    python -m tools.follow docs/quickstart.md             in an empty folder, with all it installs
    python -m tools.follow docs/quickstart.md --write     put what comes out into the guide

In a guide, blocks of `sh` are run in one shell, one after the other; a block of `output` behind one
is what it prints, both streams. `python` with `>>>` is a session, checked by doctest in the same
folder. `<!-- file: NAME -->` above a block makes it a file, `<!-- install -->` marks what brings
the packages, which tests leave out. Speed differs from run to run: of it the words are compared.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"(?:<!-- ([\w: ./-]+) -->\n)?```(\w+)\n(.*?)```\n", re.DOTALL)
_SPEED = re.compile(r"\d+\.\d+(?= s\b| ?a second)|(?<=in )\d+\.\d+(?=s)")
_WAIT = 600  # seconds until a guide is given up


@dataclass(frozen=True, slots=True)
class Step:
    """A block that is run: its place among the blocks, its shell words, what it should print
    (None: it does not matter), and which block shows it, if one does."""

    number: int
    words: str
    printed: str | None = None
    shown: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a step should print, and what it printed."""

    step: Step
    printed: str

    def __str__(self) -> str:
        return f"$ {self.step.words.strip()}\n-- not {self.step.printed!r}\n-- but {self.printed!r}"


def steps(guide: str, folder: Path, *, install: bool) -> Iterator[Step]:
    """Give the steps of a guide, and write its files into a folder."""
    blocks = _BLOCK.findall(guide)
    for number, (mark, language, body) in enumerate(blocks):
        if mark.startswith("file: "):
            path = folder / mark.removeprefix("file: ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, "utf-8")
        elif language == "python":
            session = folder / f".session-{number}.txt"
            session.write_text(body, "utf-8")
            words = f"python -m doctest -o NORMALIZE_WHITESPACE {session.name}"
            yield Step(number, words, "")
        elif language == "sh" and (install or mark != "install"):
            _, kind, printed = blocks[number + 1] if number + 1 < len(blocks) else ("", "", "")
            shown = kind == "output"
            yield Step(number, body, *((printed, number + 1) if shown else ()))


def follow(guide: str, folder: Path, *, install: bool, programs: Path | None) -> list[Difference]:
    """Follow a guide in an empty folder; `programs` is where a shell finds them first.

    A step whose exit code is not 0, or that prints something else, is a difference.
    """
    taken = list(steps(guide, folder, install=install))
    for step in taken:
        (folder / f".step-{step.number}").write_text(step.words, "utf-8")
    script = "".join(
        f". ./.step-{step.number} >.out-{step.number} 2>&1 </dev/null; echo $? >.rc-{step.number}\n"
        for step in taken
    )
    path = os.pathsep.join([*([str(programs)] if programs else []), os.environ["PATH"]])
    settings = {"PATH": path, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONWARNINGS": ""}
    subprocess.run(
        ["bash", "-c", script], cwd=folder, env=os.environ | settings, check=False, timeout=_WAIT
    )
    return [found for step in taken if (found := _compared(step, folder))]


def _compared(step: Step, folder: Path) -> Difference | None:
    printed = (folder / f".out-{step.number}").read_text("utf-8", "replace")
    code = int((folder / f".rc-{step.number}").read_text())
    if step.printed is None and code == 0:
        return None
    if step.printed is not None and _plain(printed) == _plain(step.printed):
        return None
    return Difference(step, printed)


def _plain(printed: str) -> str:
    return _SPEED.sub("N", printed).strip()


def written(guide: str, differences: Sequence[Difference]) -> str:
    """Give the guide with what came out in its blocks of `output`."""
    blocks = list(_BLOCK.finditer(guide))
    for difference in reversed(differences):
        if difference.step.shown is not None:
            start, end = blocks[difference.step.shown].span(3)
            guide = guide[:start] + difference.printed + guide[end:]
    return guide


def main(arguments: Sequence[str] | None = None) -> int:
    """Follow a guide and print what differs; 1 where something does."""
    parser = argparse.ArgumentParser(prog="python -m tools.follow", description=__doc__)
    parser.add_argument("guide", type=Path)
    parser.add_argument("--write", action="store_true", help="put what comes out into the guide")
    parser.add_argument("--no-install", action="store_true", help="with what this Python has")
    chosen = parser.parse_args(arguments)
    guide = chosen.guide.read_text("utf-8")
    programs = Path(sys.executable).parent if chosen.no_install else None
    with tempfile.TemporaryDirectory() as folder:
        install = not chosen.no_install
        found = follow(guide, Path(folder), install=install, programs=programs)
    for difference in found:
        print(difference)
    if chosen.write:
        chosen.guide.write_text(written(guide, found), "utf-8")
    return int(bool(found) and not chosen.write)


if __name__ == "__main__":
    sys.exit(main())
