from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import cleaner
from cleaner import render

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
BEFORE, AFTER = re.findall(r"```text\n(.*?)```", README, re.DOTALL)


def test_the_page_that_the_readme_shows_comes_out_as_it_says() -> None:
    assert render.text(cleaner.clean(BEFORE)) == AFTER


def test_the_python_of_the_readme_gives_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.txt").write_text(BEFORE, "utf-8")
    monkeypatch.chdir(tmp_path)
    examples = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    results = doctest.DocTestRunner(verbose=False).run(examples)
    assert results.attempted > 0
    assert results.failed == 0
