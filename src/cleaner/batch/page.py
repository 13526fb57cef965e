"""What becomes of one page: a pure function of it, run by the workers."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import cleaner
from cleaner import render, template
from cleaner.article import Article, Label
from cleaner.batch import duplicates
from cleaner.records import Cause, Failure, Record
from cleaner.records.encoding import decode
from cleaner.template import Templates

_STORY = frozenset({Label.BODY, Label.HEADING})


class Status(StrEnum):
    """What became of an input."""

    CLEANED = "cleaned"
    NO_ARTICLE = "no-article"
    FAILED = "failed"


class Format(StrEnum):
    """What a batch writes: one file (JSON lines, Parquet), or a folder with a file per page."""

    JSONL = "jsonl"
    PARQUET = "parquet"
    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"

    @property
    def suffix(self) -> str | None:
        """The suffix of a page's own file; None where all pages are in one."""
        return _SUFFIXES.get(self)


_SUFFIXES = {Format.TEXT: ".txt", Format.MARKDOWN: ".md", Format.JSON: ".json"}


@dataclass(frozen=True, slots=True)
class Options:
    """What decides what becomes of a page, beside the page."""

    format: Format = Format.JSONL
    keep: frozenset[Label] = frozenset()
    today: datetime.date | None = None
    dedup: bool = False
    templates: Templates | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    `reason` says why it is not cleaned; `encoding` is what was assumed and `known_by` how it was
    known. `output` is what the batch writes for it (b"" for nothing), `labels` how many
    characters each label has, `signature` what near duplicates share.
    """

    id: str
    status: Status
    reason: str | None = None
    url: str | None = None
    encoding: str | None = None
    known_by: str | None = None
    confidence: float | None = None
    language: str | None = None
    output: bytes = b""
    labels: Mapping[str, int] = field(default_factory=dict)
    signature: bytes = b""


def prepare(options: Options) -> Callable[[Record], Outcome]:
    """Give the function that cleans a record, with weights and lexicons loaded."""
    cleaner.clean("Ferry returns\n\nIt sails at noon.\n", today=options.today)
    return lambda record: outcome(record, options)


def outcome(record: Record, options: Options) -> Outcome:
    """Clean one record.

    >>> outcome(Record("menu.txt", b"Home\\nNews\\nSport\\n"), Options()).status
    <Status.NO_ARTICLE: 'no-article'>
    """
    source = decode(record)
    clean = cleaner.clean_html if record.html else cleaner.clean
    known = options.templates and options.templates.of(template.site(record.url, record.id))
    article = clean(source.text, today=options.today, url=record.url, template=known)
    article = _with(article, options.keep)
    return Outcome(
        record.id,
        Status.CLEANED if article.is_article else Status.NO_ARTICLE,
        _why_not(article),
        record.url,
        source.encoding,
        source.known_by,
        article.confidence,
        article.language,
        _output(record, article, options.format),
        _sizes(article),
        duplicates.signature(article.body) if options.dedup and article.is_article else b"",
    )


def failed(failure: Failure) -> Outcome:
    """Give the outcome of an input that could not be read, or that is no page at all."""
    status = Status.NO_ARTICLE if failure.cause is Cause.NO_PAGE else Status.FAILED
    return Outcome(failure.id, status, failure.reason, failure.url)


def _with(article: Article, keep: frozenset[Label]) -> Article:
    """The article whose body also has the blocks of these labels, in page order."""
    if keep <= _STORY:
        return article
    kept = [block.text for block in article.blocks if block.label in _STORY | keep]
    return dataclasses.replace(article, body="\n\n".join(kept))


def _why_not(article: Article) -> str | None:
    if article.is_article:
        return None
    if not article.blocks:
        return "an empty page"
    return f"no article found (confidence {article.confidence:.2f})"


def _output(record: Record, article: Article, form: Format) -> bytes:
    if form in (Format.TEXT, Format.MARKDOWN):
        if not article.is_article:
            return b""  # a folder of texts is a folder of articles
        shown = render.text(article) if form is Format.TEXT else render.markdown(article)
        return shown.encode("utf-8", "backslashreplace")
    values = article.to_dict()
    del values["source"]
    own = {"id": record.id} if record.url is None else {"id": record.id, "url": record.url}
    indent = 2 if form is Format.JSON else None
    return (render.json_text(own | values, indent) + "\n").encode()


def _sizes(article: Article) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for block in article.blocks:
        sizes[str(block.label)] = sizes.get(str(block.label), 0) + len(block.text)
    return sizes
