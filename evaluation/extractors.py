"""Public extractors, each as a function from a page to an article, to be scored beside ours.

They are called as their documentation has it, with what they take for the best by default; a tool
that fails on a page gives an empty article. `pip install -e ".[extractors]"` installs them.

Those that are given a text dump know HTML only, and find next to nothing in bare text. So they get
what helps them most: a `<p>` for each block that `cleaner.dump` reads, lines unwrapped and bullets
taken off. Beside them stand two that take lines as they are.
"""

from __future__ import annotations

import datetime
import importlib.util
import logging
import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from typing import Any

from cleaner import dump
from cleaner.article import Article
from evaluation import figures

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


def justext(source: str | bytes) -> Article:
    """jusText: a body. Its stop words are those of all its languages, since none is told."""
    import justext

    paragraphs = justext.justext(_text(source), _stop_words())
    body = "\n\n".join(one.text for one in paragraphs if not one.is_boilerplate)
    return _article(None, (), None, body)


@cache
def _stop_words() -> frozenset[str]:
    import justext

    lists: Iterable[str] = justext.get_stoplists()
    return frozenset().union(*map(justext.get_stoplist, lists))


def boilerpy3(source: str | bytes) -> Article:
    """boilerpy3's article extractor: a body."""
    from boilerpy3.extractors import ArticleExtractor

    logging.getLogger("boilerpy3").setLevel(logging.CRITICAL)  # it tells of every broken tag
    return _article(None, (), None, ArticleExtractor().get_content(_text(source)))


def every_line(source: str | bytes) -> Article:
    """The whole dump: what to do nothing scores."""
    return _article(None, (), None, _text(source))


def c4_lines(source: str | bytes) -> Article:
    """The rules for lines of C4 (Raffel et al., 2020): five words, and an end of a sentence."""
    lines = _text(source).splitlines()
    kept = [line.strip() for line in lines if line.strip().endswith(_SENTENCE_ENDS)]
    body = "\n".join(line for line in kept if len(figures.tokens(line)) >= _C4_WORDS)
    return _article(None, (), None, body)


# C4 knows the first four; a script of its own has its own full stop and closing quote.
_SENTENCE_ENDS = (".", "!", "?", '"', "”", "。")
_C4_WORDS = 5

_Extract = Callable[[str | bytes], Article]
# Each with the module that it needs.
_OF_HTML: dict[str, tuple[str, _Extract]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "readability-lxml": ("readability", readability),
    "newspaper4k": ("newspaper", newspaper4k),
    "goose3": ("goose3", goose3),
    "resiliparse": ("resiliparse", resiliparse),
    "boilerpy3": ("boilerpy3", boilerpy3),
    "jusText": ("justext", justext),
}
_OF_TEXT: dict[str, tuple[str, _Extract]] = {
    name: _OF_HTML[name] for name in ("trafilatura", "boilerpy3", "jusText")
}
_OF_LINES: dict[str, tuple[str, _Extract]] = {
    "C4's line rules": ("cleaner", c4_lines),
    "every line": ("cleaner", every_line),
}


class Guarded:
    """An extractor that gives an empty article where it would raise.

    `paragraphs` says whether it is given a text dump, as HTML with a paragraph for each block.
    """

    def __init__(self, name: str, *, paragraphs: bool = False) -> None:
        self.name, self.paragraphs = name, paragraphs

    def __call__(self, source: str | bytes) -> Article:
        """Extract a page."""
        _, extract = (_OF_HTML | _OF_LINES)[self.name]
        try:
            return extract(in_paragraphs(_text(source)) if self.paragraphs else source)
        except Exception:  # noqa: BLE001 - whatever another project raises, the page counts
            return Article("")


def installed(*, of_text: bool = False) -> dict[str, Guarded]:
    """The extractors that can be imported here, by name: those of HTML, or of text dumps."""
    if not of_text:
        return {name: Guarded(name) for name, (module, _) in _OF_HTML.items() if _is_there(module)}
    here = [name for name, (module, _) in _OF_TEXT.items() if _is_there(module)]
    return {name: Guarded(name, paragraphs=True) for name in here} | {
        name: Guarded(name) for name in _OF_LINES
    }


def in_paragraphs(text: str) -> str:
    """A text dump as HTML, a paragraph for each of its blocks.

    >>> in_paragraphs("  • News\\n\\nFerry & gulls\\n")
    '<html><body><p>News</p>\\n<p>Ferry &amp; gulls</p></body></html>'
    """
    blocks = "\n".join(f"<p>{escape(block.text)}</p>" for block in dump.read(text))
    return f"<html><body>{blocks}</body></html>"


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
