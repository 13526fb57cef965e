"""Clean news articles out of raw page dumps: title, byline, date and body, and why.

>>> import cleaner
>>> cleaner.clean("").is_article
False
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cleaner.article import Article, Block, Evidence, Label

if TYPE_CHECKING:
    from cleaner.labeller import Labelled
    from cleaner.markup import Page
    from cleaner.template import Template

__all__ = ["Article", "Block", "Evidence", "Label", "clean", "clean_html", "clean_text"]
__version__ = "0.1.0"

# Pages that are cleaned together: so many characters, and so many pages, bound the memory and keep
# the numbers near the processor.
_TOGETHER = 65_536
_AT_ONCE = 8


def clean(
    source: str | bytes,
    *,
    today: datetime.date | None = None,
    url: str | None = None,
    template: Template | None = None,
) -> Article:
    """Give the article of a page: a text dump or HTML, told apart by looking.

    `today` is the day on which the dump was taken: with it "2 hours ago" and "Sep 30" resolve.
    `url` is the page's address: its words help to tell the headline. `template` is what other pages
    of the site can tell (`cleaner.template.learn`).
    No page makes it raise; one without an article gives an Article whose `is_article` is False.
    Raises TypeError for a source that is no page and a day that is no date.

    >>> clean("<p>Ferry returns</p>").source
    'Ferry returns\\n'
    """
    from cleaner.source import looks_like_html, read

    text = read(source).text
    road = clean_html if looks_like_html(text) else clean_text
    return road(text, today=today, url=url, template=template)


def clean_html(
    source: str | bytes,
    *,
    today: datetime.date | None = None,
    url: str | None = None,
    template: Template | None = None,
) -> Article:
    """Give the article of a page's HTML; offsets count in its text in reading order."""
    from cleaner import features, labeller, markup, weights
    from cleaner.source import read

    page = markup.read(read(source).text)
    describe = partial(
        features.describe_elements,
        page=page.blocks,
        structure=page.structure,
        declared=page.declared,
    )
    seen = template.seen(page.blocks) if template else None
    labelled = labeller.label(page.blocks, describe, weights.shipped("html"), seen)
    return _article(page.text, labelled, today, url, page)


def clean_text(
    source: str | bytes,
    *,
    today: datetime.date | None = None,
    url: str | None = None,
    template: Template | None = None,
) -> Article:
    """Give the article of a plain-text dump: the whole pipeline, step by step."""
    # The stages need numpy and the lexicons: who only imports `cleaner` does not wait for them.
    from cleaner import dump, features, labeller
    from cleaner.source import read

    text = read(source).text
    blocks = dump.read(text)
    seen = template.seen(blocks) if template else None
    labelled = labeller.label(blocks, features.describe, known=seen)
    return _article(text, labelled, today, url)


def _article(
    text: str,
    labelled: Labelled,
    today: datetime.date | None,
    url: str | None,
    page: Page | None = None,
) -> Article:
    """Pick and join the fields of a page from its labelled blocks, and from what HTML declares."""
    from cleaner import agreement, assemble, byline, dates, labeller, language, title

    today = _date(today)
    blocks, probability, chances = labelled
    shown = partial(title.pick, blocks, chances, url)
    if page:
        headline = agreement.headline(blocks, page.structure, page.declared, shown)
        blocks = agreement.ended(agreement.settled(blocks, headline))
    else:
        headline = shown()
    parts = assemble.assemble(blocks)
    tongue = language.detect(parts.body)
    credit = byline.pick(blocks, chances, headline.block if headline else None)
    place = agreement.locale(page.declared, tongue) if page else tongue
    address = url or next(iter(page.declared.addresses), None) if page else url
    day = dates.pick(blocks, chances, today=today, language=place, url=address)
    if page:
        credit = agreement.author(blocks, page.declared, credit)
        day = agreement.day(blocks, page.declared, day, today=today, url=url)
    found = (headline, credit and credit.evidence, day and day.evidence)
    return Article(
        source=text,
        title=headline.text if headline else None,
        byline=credit.text if credit else None,
        authors=credit.authors if credit else (),
        date=day.date if day else None,
        published=day.published if day else None,
        updated=day.updated if day else None,
        date_text=day.date_text if day else None,
        body=parts.body,
        is_article=labeller.is_article(probability),
        confidence=probability,
        blocks=blocks,
        captions=parts.captions,
        tags=parts.tags,
        language=tongue,
        evidence=tuple(evidence for evidence in found if evidence),
    )


def _date(today: datetime.date | None) -> datetime.date | None:
    """The day of a date, or of a moment; TypeError for anything else."""
    if isinstance(today, datetime.datetime):
        return today.date()
    if today is None or isinstance(today, datetime.date):
        return today
    raise TypeError(f"today is a datetime.date, not {type(today).__name__}: {today!r}")


def _clean_many(
    sources: Iterable[str | bytes],
    *,
    today: datetime.date | None = None,
    template: Template | None = None,
) -> Iterator[Article]:
    """Give the article of each of many pages, in order: the same as `clean`, in less time.

    Text dumps are described and labelled a few at a time, since most of what that costs does not
    grow with the page. So a few sources are taken before the first article is given. No more than
    _TOGETHER characters are held at once, but for a page that has more by itself.
    """
    from cleaner import dump, features, labeller
    from cleaner.source import looks_like_html, read

    for texts in _together(read(source).text for source in sources):
        dumps = [dump.read(text) for text in texts if not looks_like_html(text)]
        seen = [template.seen(blocks) for blocks in dumps] if template else None
        labelled = iter(labeller.label_pages(dumps, features.describe, known=seen))
        for text in texts:
            if looks_like_html(text):
                yield clean_html(text, today=today, template=template)
            else:
                yield _article(text, next(labelled), today, None)


def _together(texts: Iterable[str]) -> Iterator[list[str]]:
    """Part texts in runs of at most _TOGETHER characters and _AT_ONCE texts; a longer text is
    alone."""
    run: list[str] = []
    taken = 0
    for text in texts:
        if run and (taken + len(text) > _TOGETHER or len(run) == _AT_ONCE):
            yield run
            run, taken = [], 0
        run.append(text)
        taken += len(text)
    if run:
        yield run
