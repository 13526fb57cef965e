"""Public extractors, each as a function from a page's HTML to an article, to be scored beside ours.

They are called as their documentation has it, with what they take for the best by default; a tool
that fails on a page gives an empty article. `pip install -e ".[extractors]"` installs them.
"""

from __future__ import annotations

import datetime
import importlib.util
import re
from collections.abc import Callable, Iterable
from typing import Any

from cleaner.article import Article

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def trafilatura(source: str | bytes) -> Article:
    """Trafilatura's default mode, with its metadata."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(source, with_metadata=True)
    if found is None:
        return Article("")
    return _article(found.title, (found.author or "").split("; "), found.date, found.text)


def readability(source: str | bytes) -> Article:
    """readability-lxml: a title and a body."""
    from lxml import html
    from readability import Document

    document = Document(source)
    body = html.fromstring(document.summary())
    text = "\n\n".join(" ".join(part.split()) for part in body.itertext() if part.strip())
    return _article(document.short_title(), (), None, text)


def newspaper4k(source: str | bytes) -> Article:
    """newspaper4k, without its downloads."""
    import newspaper

    article = newspaper.Article("https://news.example/", fetch_images=False)
    article.download(input_html=_text(source))
    article.parse()
    day = article.publish_date
    return _article(article.title, article.authors, day and str(day), article.text)


def goose3(source: str | bytes) -> Article:
    """goose3, without images."""
    from goose3 import Goose

    with Goose({"enable_image_fetching": False}) as goose:
        found = goose.extract(raw_html=_text(source))
    return _article(found.title, found.authors, found.publish_date, found.cleaned_text)


def resiliparse(source: str | bytes) -> Article:
    """Resiliparse's main content: a body."""
    from resiliparse.extract.html2text import extract_plain_text

    return _article(None, (), None, extract_plain_text(_text(source), main_content=True))


_Extract = Callable[[str | bytes], Article]
# Each with the module that it needs.
_ALL: dict[str, tuple[str, _Extract]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "readability-lxml": ("readability", readability),
    "newspaper4k": ("newspaper", newspaper4k),
    "goose3": ("goose3", goose3),
    "resiliparse": ("resiliparse", resiliparse),
}


class Guarded:
    """An extractor that gives an empty article where it would raise."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, source: str | bytes) -> Article:
        """Extract a page."""
        try:
            return _ALL[self.name][1](source)
        except Exception:  # noqa: BLE001 - whatever another project raises, the page counts
            return Article("")


def installed() -> dict[str, Guarded]:
    """The extractors that can be imported here, by name."""
    return {name: Guarded(name) for name, (module, _) in _ALL.items() if _is_there(module)}


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _text(source: str | bytes) -> str:
    return source if isinstance(source, str) else source.decode("utf-8", "replace")


def _article(title: Any, authors: Iterable[str], day: Any, body: Any) -> Article:
    found = _DAY.match(str(day or ""))
    return Article(
        "",
        title=title or None,
        authors=tuple(name for name in authors if name),
        date=datetime.date.fromisoformat(found[0]) if found else None,
        body=body or "",
        is_article=bool(body),
    )
