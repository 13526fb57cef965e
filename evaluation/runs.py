"""Clean a corpus and keep what came out: one result per dump, saved as JSON lines."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from cleaner.article import Article
from evaluation import corpus, figures, shapes

Clean = Callable[[str | bytes], Article]

CHUNK = 16  # pages handed to a worker at once: sending them one by one costs more than it evens out


@dataclass(frozen=True, slots=True)
class Result:
    """What was made of a page and what it scores.

    `lost` is the first paragraph of the gold that the body lacks, `kept` the first one of
    the body that the gold lacks; "" where there is none. `words`, `share` and `short` tell the
    shape of the story (`shapes`).
    """

    id: str
    renderer: str | None
    dataset: str | None
    domain: str | None
    lang: str | None
    kind: str | None
    title: str | None
    byline: Sequence[str]
    date: str | None
    body: str
    is_article: bool
    figures: dict[str, float]
    lost: str = ""
    kept: str = ""
    words: str | None = None
    share: str | None = None
    short: str | None = None

    @property
    def key(self) -> tuple[str | None, ...]:
        """The name by which two runs are compared."""
        return self.dataset, self.id, self.renderer


def result(clean: Clean, page: corpus.Page) -> Result:
    """Clean a page and score what came out. Whatever `clean` raises names the page."""
    try:
        article = clean(page.source)
    except Exception as error:
        error.add_note(f"while cleaning {page.dataset} {page.id} {page.renderer or ''}")
        raise
    predicted = figures.Prediction(
        title=article.title,
        byline=article.authors,
        date=article.date.isoformat() if article.date else None,
        body=article.body,
        is_article=article.is_article,
    )
    gold = page.gold.get("body")
    return Result(
        **{name: getattr(page, name) for name in ("id", "renderer", "dataset")},
        **{name: getattr(page, name) for name in ("domain", "lang", "kind")},
        **asdict(predicted),
        figures=figures.score(page.gold, predicted),
        lost=figures.first_missing(gold, article.body),
        kept=figures.first_missing(article.body, gold) if "body" in page.gold else "",
        words=shapes.words(page.gold),
        share=shapes.share(page.gold, article.source),
        short=shapes.short(page.gold),
    )


def run(pages: Iterable[corpus.Page], clean: Clean, workers: int = 1) -> list[Result]:
    """Give the results of all pages in their order, made in that many processes."""
    make = partial(result, clean)
    if workers == 1:
        return list(map(make, pages))
    # Fresh processes are the same on every platform, and safe whatever threads run in this one.
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return list(pool.imap(make, pages, CHUNK))


def save(results: Iterable[Result], path: Path) -> None:
    """Write results as JSON lines; `load` reads them back."""
    with path.open("w", encoding="utf-8") as file:
        for one in results:
            file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def load(path: Path) -> list[Result]:
    """Read the results of a saved run."""
    return [Result(**record) for record in corpus.lines(path)]
