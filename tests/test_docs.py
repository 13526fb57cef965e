from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [
    path
    for folder in (ROOT, *(ROOT / name for name in ("docs", "fixtures", "evaluation", "bench")))
    for path in sorted(folder.glob("*.md"))
]
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]
LINK = re.compile(r"\]\(([^()\s]+)\)")


def headings(path: Path) -> set[str]:
    """The headings of a page as a link names them."""
    found = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text("utf-8")):
        if "://" not in link:
            name, _, heading = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), link
            assert not heading or heading in headings(target), link


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_python_in_the_docs_gives_what_it_says(page: Path) -> None:
    if page.name == "README.md" and page.parent == ROOT:
        pytest.skip("tests/test_readme.py runs it beside its page")
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0
