"""How large the page of an explanation is, and how soon a browser answers in it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from cleaner.article import Article
from cleaner.report import page

MEGA = 1_000_000

# What a page may be: so many times its dump, so many seconds until it answers.
SIZE_LIMIT = 3.0
SECONDS_LIMIT = 2.0

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_INTERACTIVE = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one page: bytes of dump and page, seconds until it answers, to a key and to a filter."""

    dump: int
    page: int
    interactive: float
    key: float
    filter: float

    @property
    def ratio(self) -> float:
        """How many times its dump the page is."""
        return self.page / self.dump

    def __str__(self) -> str:
        return (
            f"{self.dump / MEGA:8.2f}{self.page / MEGA:8.2f}{self.ratio:8.2f}"
            f"{self.interactive:15.2f}{self.key:8.2f}{self.filter:10.2f}"
        )


HEADING = (
    f"{'dump MB':>8}{'page MB':>8}{'times':>8}{'interactive s':>15}{'key s':>8}{'filter s':>10}"
)


def grown(dumps: list[str], size: int) -> str:
    """Give a dump of about so many bytes: the dumps one after the other, again and again."""
    whole = "\n".join(dumps)
    return whole * max(1, round(size / len(whole.encode())))


def program() -> str | None:
    """Give where Chromium is: what CLEANER_CHROMIUM names, else by one of its names."""
    named = os.environ.get("CLEANER_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """Start the system's Chromium, driven by Playwright.

    Raises ImportError where Playwright is missing, FileNotFoundError where Chromium is.
    """
    playwright = import_module("playwright.sync_api").sync_playwright
    named = program()
    if not named:
        raise FileNotFoundError("no Chromium here: apt-get install chromium")
    with playwright() as driver:
        # Containers, where CI runs, give no name spaces to a sandbox.
        browser = driver.chromium.launch(executable_path=named, args=["--no-sandbox"])
        yield browser
        browser.close()


def measure(
    browser: Any, clean: Callable[[str], Article], dumps: list[str], sizes: list[int]
) -> Iterator[Figures]:
    """Give the figures of pages of so many bytes of dump."""
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            yield _one(browser, clean(grown(dumps, size)), Path(folder))


def _one(browser: Any, article: Article, folder: Path) -> Figures:
    html = page(article)
    path = folder / "page.html"
    path.write_text(html, "utf-8")
    view = browser.new_page(viewport={"width": 1440, "height": 900})
    view.goto(path.as_uri())
    interactive = view.evaluate(_INTERACTIVE) / 1000
    view.locator('.dump li[tabindex="0"]').focus()
    key = _seconds(view, lambda: view.keyboard.press("End"))
    chosen = _seconds(view, lambda: view.locator("button[value=kept]").click())
    view.close()
    return Figures(len(article.source.encode()), len(html.encode()), interactive, key, chosen)


def _seconds(view: Any, act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    view.evaluate(_DRAWN)
    return time.perf_counter() - begun
