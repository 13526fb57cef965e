"""A batch that is killed, and taken up again; tools/kills.py tries it at random moments."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"

# The command line, which dies at a given access to the folder in which its output grows.
MORTAL = """
import os, signal, sys
left = first = int(sys.argv.pop(1))
def count(event, arguments):
    global left
    if event in EVENTS and any(".part" in str(one) for one in arguments[:2]):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
EVENTS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir")
sys.addaudithook(count)
from cleaner import cli
from cleaner.batch import journal
journal._SYNC_EVERY = 0.0
code = cli.main(sys.argv[1:])
print(first - left)
sys.exit(code)
"""


def run(*arguments: object, die_at: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", MORTAL, str(die_at), "batch", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for path in sorted(ARTICLES.glob("*.tsv"))[:6]:
        shutil.copy(path, folder)
    (folder / "binary.txt").write_bytes(b"\0")
    return folder


# Early, in the middle, and where output and manifest get their names.
@pytest.mark.parametrize(
    ("form", "moments"),
    [("jsonl", [0.1, 0.5, 0.95]), ("markdown", [0.95, 1.0]), ("parquet", [0.95])],
)
def test_a_batch_killed_at_any_moment_resumes_to_the_same_bytes(
    pages: Path, tmp_path: Path, form: str, moments: list[float]
) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    options = ["--out", "out", "--format", form, "--workers", "2"]
    (tmp_path / "whole").mkdir()
    whole = run(pages, "--out", tmp_path / "whole" / "out", *options[2:])
    assert whole.returncode == 1
    accesses = int(whole.stdout)
    expected = contents(tmp_path / "whole")
    for die_at in (round(moment * accesses) for moment in moments):
        folder = tmp_path / str(die_at)
        folder.mkdir()
        arguments = [pages, "--out", folder / "out", *options[2:]]
        killed = run(*arguments, die_at=die_at)
        assert killed.returncode == -signal.SIGKILL
        resumed = run(*arguments, "--resume")
        assert resumed.returncode == 1, resumed.stderr
        assert contents(folder) == expected
        assert {path.name.partition(".")[0] for path in folder.iterdir()} == {"out"}
        assert not (folder / "out.part").exists()
