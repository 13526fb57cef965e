from __future__ import annotations

import ast
import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import follow

ROOT = Path(__file__).parent.parent
# Folders of tools and of what they leave behind.
NOT_OURS = re.compile(r"^(\.|shared$|node_modules$|build$|dist$|mutants)")
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(NOT_OURS.match(part) for part in path.relative_to(ROOT).parts[:-1])
)
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]
DOCS = sorted((ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\]\(([^()\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
# These run in a folder of their own: README.md beside its page, a guide step by step.
APART = ("README.md", "docs/quickstart.md")


def links(path: Path) -> list[str]:
    """The links of a page, of images too; those in its code are none."""
    text = CODE.sub("", path.read_text("utf-8"))
    return ["".join(found) for found in LINK.findall(text)]


def headings(path: Path) -> set[str]:
    """The headings of a page as a link names them."""
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in found}


def test_the_pages_of_the_project_are_found() -> None:
    assert {"README.md", "docs/README.md", "fixtures/README.md", "CHANGELOG.md"} < set(NAMES)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if "://" not in link:
            name, _, heading = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), link
            assert not heading or heading in headings(target), link


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text('# Of ferries\n[a](b.md) [c](#of-ferries) <img src="d.svg"> `[e](f.md)`\n')
    assert links(page) == ["b.md", "#of-ferries", "d.svg"]
    assert headings(page) == {"of-ferries"}


def test_the_contents_name_every_page_of_the_docs() -> None:
    named = links(ROOT / "docs/README.md")
    assert {page.name for page in DOCS} - {"README.md"} <= set(named)
    assert "docs/README.md" in links(ROOT / "README.md")


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_python_in_the_docs_gives_what_it_says(page: Path) -> None:
    if page.relative_to(ROOT).as_posix() in APART:
        pytest.skip("run where its files are: tests/test_readme.py, and below")
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_python_in_the_docs_is_python(page: Path) -> None:
    for code in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        if ">>>" not in code:
            ast.parse(code)


def test_the_quick_start_works_word_for_word(tmp_path: Path) -> None:
    """All of it but the installation, which `.ci/run` has."""
    guide = (ROOT / "docs/quickstart.md").read_text("utf-8")
    programs = Path(sys.executable).parent
    found = follow.follow(guide, tmp_path, install=False, programs=programs)
    told = "\n".join(map(str, found))
    assert not found, (
        f"{told}\npython -m tools.follow docs/quickstart.md --no-install --write puts it right"
    )
    for name in ("articles.jsonl", "articles.manifest.jsonl", "ferry.html", "run.html"):
        assert (tmp_path / name).stat().st_size


def test_the_comparison_of_two_outputs_names_what_changed(tmp_path: Path) -> None:
    page = (ROOT / "docs/stability.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    same = '{"id": "b", "title": "x"}\n'
    (tmp_path / "before.jsonl").write_text('{"id": "a", "title": "x"}\n' + same)
    (tmp_path / "after.jsonl").write_text('{"id": "a", "title": "y", "body": "z"}\n' + same)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "a title body\n"


GUIDE = """\
<!-- file: a/ferry.txt -->
```text
Ferry
```
```sh
cat a/ferry.txt
```
```output
Ferry
```
<!-- install -->
```sh
exit 1
```
```sh
echo 3 inputs in 0.4 s, 7.5 a second; false
```
```output
3 inputs in 12.0 s, 0.1 a second
```
```python
>>> open("a/ferry.txt").read()
'Ferry\\n'

```
"""


def test_a_guide_that_holds_differs_in_nothing(tmp_path: Path) -> None:
    assert follow.follow(GUIDE, tmp_path, install=False, programs=None) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [("cat a", "head -n 0 a"), ("'Ferry", "'Fery"), ("3 inputs in 12.0 s", "2 inputs in 12.0 s")],
)
def test_what_comes_out_otherwise_is_a_difference(tmp_path: Path, was: str, now: str) -> None:
    wrong = GUIDE.replace(was, now, 1)
    (found,) = follow.follow(wrong, tmp_path, install=False, programs=None)
    assert str(found).startswith("$ ")


def test_a_command_that_fails_is_a_difference_where_nothing_is_shown(tmp_path: Path) -> None:
    guide = "```sh\nls nowhere-at-all (\n```\n```sh\ntrue\n```\n"
    (found,) = follow.follow(guide, tmp_path, install=False, programs=None)
    assert found.step.number == 0


def test_what_came_out_is_written_into_the_guide(tmp_path: Path) -> None:
    wrong = GUIDE.replace("```output\nFerry\n", "```output\nNothing\n")
    found = follow.follow(wrong, tmp_path, install=False, programs=None)
    assert follow.written(wrong, found) == GUIDE
