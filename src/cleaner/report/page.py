"""The page of an explanation: `cleaner explain --html`."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.article import Article, Block
from cleaner.report import document, explanation


def page(article: Article, *, name: str = "") -> str:
    """Give a self-contained HTML page that shows a dump, what each block was taken for and why,
    and the clean article beside it.

    `name` says which page it is, its path or address. The page loads nothing and works from a
    file; all text of the dump is escaped, and characters that would not be seen are spelt out.

    >>> "<h1>" in page(Article(source=""), name="page.txt")
    True
    """
    body = [
        head("Explanation", name, facts(article), explanation.keys()),
        *explanation.fragment(article),
    ]
    return document.document(
        f"{name or article.title or 'A page'}, explained",
        ['<main class="wide">', *body, "</main>"],
        styles=explanation.STYLES,
        scripts=explanation.SCRIPTS,
    )


def head(kind: str, name: str, words: str, more: str = "") -> str:
    """Give the head of a page: of what kind it is, what it shows, and the figures of it."""
    shown = document.text(name) if name else "A page"
    return (
        f'<header><p class="kind">cleaner · {kind}</p><h1><bdi>{shown}</bdi></h1>'
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
