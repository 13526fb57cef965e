"""The page of an explanation: `cleaner explain --html`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.article import Article, Block
from cleaner.report import document, explanation


def page(articles: Article | Iterable[Article], *, name: str = "") -> str:
    """Give a self-contained HTML page that shows a dump, what each block was taken for and why,
    and the clean article beside it; of several articles each is folded under its title.

    `name` says what the page shows, a path or an address. The page loads nothing and works from a
    file; all text of the dump is escaped, and characters that would not be seen are spelt out.

    >>> "<h1>" in page(Article(source=""), name="page.txt")
    True
    """
    if isinstance(articles, Article):
        shown = name or articles.title or "A page"
        told = head("Explanation", shown, facts(articles), explanation.keys())
        body = [told, *explanation.fragment(articles)]
    else:
        several = list(articles)
        shown = name or "Some pages"
        told = head("Explanation", shown, f"{len(several):,} pages", explanation.keys())
        titled = ((one, one.title or f"page {n}") for n, one in enumerate(several, 1))
        body = [told, *(part for one, title in titled for part in folded(one, title, facts(one)))]
    return document.document(
        f"{shown}, explained",
        ['<main class="wide">', *body, "</main>"],
        styles=explanation.STYLES,
        scripts=explanation.SCRIPTS,
    )


def folded(
    article: Article, title: str, words: str, *, beside: str = "", numbered: bool = True
) -> Iterator[str]:
    """Give an explanation folded under a title, `words` and `beside` (HTML) with it."""
    yield (
        f'<details class="page"><summary><bdi>{document.text(title)}</bdi>{beside}</summary>'
        f'<p class="facts">{words}</p>'
    )
    yield from explanation.fragment(article, level=2, numbered=numbered)
    yield "</details>"


def head(kind: str, name: str, words: str, more: str = "") -> str:
    """Give the head of a page: of what kind it is, what it shows, and the figures of it."""
    return (
        f'<header><p class="kind">cleaner · {kind}</p><h1><bdi>{document.text(name)}</bdi></h1>'
        f'<p class="facts">{words}</p>{more}</header>'
    )


def facts(article: Article) -> str:
    """Say in a line what was found on a page."""
    return " · ".join(_facts(article))


def _facts(article: Article) -> Iterator[str]:
    verdict = "An article" if article.is_article else "Not an article"
    yield f"<strong>{verdict}</strong>, confidence {article.confidence:.2f}"
    if article.language:
        yield f"language {document.text(article.language)}"
    blocks = len(article.blocks)
    kept = sum(block.label.kept for block in article.blocks)
    yield f"{blocks:,} blocks, {kept:,} kept, {blocks - kept:,} cruft"
    if blocks:
        yield f"{kept_share(article.blocks):.0%} of its characters kept"


def kept_share(blocks: tuple[Block, ...]) -> float:
    """Give the share of a page's characters that stand in kept blocks; 0 of none.

    >>> kept_share(())
    0.0
    """
    whole = sum(len(block.text) for block in blocks)
    return sum(len(block.text) for block in blocks if block.label.kept) / whole if whole else 0.0
