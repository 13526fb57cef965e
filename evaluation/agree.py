"""How far a page's dumps come out as its HTML does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from evaluation.corpus import Page
from evaluation.runs import Clean, Result, run


def run_both(
    html: Iterable[Page], dumps: Iterable[Page], clean: Clean, workers: int = 1
) -> list[Result]:
    """Clean dumps, and score each against what `clean` makes of the HTML of the same page.

    A dump without its HTML, and one whose HTML gives no body, is left out.
    """
    given: dict[tuple[str | None, str], Result] = {
        (of_html.dataset, of_html.id): of_html for of_html in run(html, clean, workers)
    }
    both = [
        replace(dump, gold=_gold(of_html))
        for dump in dumps
        if (of_html := given.get(dump.key)) and of_html.body
    ]
    return run(both, clean, workers)


def _gold(found: Result) -> dict[str, str | Sequence[str] | None]:
    return {
        "title": found.title,
        "byline": found.byline,
        "date": found.date,
        "body": found.body,
    }
