from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from cleaner import fixture

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
EVALUATION = (ROOT / "evaluation/README.md").read_text("utf-8")
TABLE = r"<!-- table: (\w+) -->\n((?:\|.*\n)+)"


def rows(table: str) -> list[list[str]]:
    """The cells of a table, without the line below its heading."""
    cells = [
        [cell.strip().replace("body F1: ", "") for cell in line.strip("|").split("|")]
        for line in table.splitlines()
    ]
    return [row[:1] + row[1:] for row in cells if not set("".join(row)) <= set("-:")]


def test_the_tables_of_the_readme_are_those_of_the_evaluation() -> None:
    shown, whole = dict(re.findall(TABLE, README)), dict(re.findall(TABLE, EVALUATION))
    assert shown.keys() == whole.keys() == {"dumps", "html"}
    for name, table in shown.items():
        ours, theirs = rows(table), {row[0]: row for row in rows(whole[name])[1:]}
        assert len(ours) > 4
        assert ours[0][1:] == rows(whole[name])[0][1 : len(ours[0])]
        for row in ours[1:]:
            assert row == theirs[row[0]][: len(row)]


def test_the_python_of_the_readme_gives_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (page,) = set(re.findall(r"\((fixtures/articles/\S+\.tsv)\)", README))
    dump = fixture.parse((ROOT / page).read_text("utf-8")).dump
    (tmp_path / "page.txt").write_text(dump, "utf-8")
    monkeypatch.chdir(tmp_path)
    examples = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    results = doctest.DocTestRunner(verbose=False).run(examples)
    assert results.attempted > 0
    assert results.failed == 0
