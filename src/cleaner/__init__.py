"""Clean news articles out of raw page dumps: title, byline, date and body, and why.

>>> import cleaner
>>> cleaner.clean("").is_article
False
"""

from __future__ import annotations

import datetime

from cleaner.article import Article, Block, Evidence, Label

__all__ = ["Article", "Block", "Evidence", "Label", "clean", "clean_html", "clean_text"]
__version__ = "0.1.0"


def clean(
    source: str | bytes,
    *,
    today: datetime.date | None = None,
    url: str | None = None,
    template: None = None,
) -> Article:
    """Give the article of a page: a text dump or HTML, told apart by looking.

    `today` is the day on which the dump was taken: with it "2 hours ago" and "Sep 30" resolve.
    `url` is the page's address: its words help to tell the headline. `template` is reserved for
    what the other pages of a site can tell.
    Never raises; a page without an article gives an Article whose `is_article` is False.

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
    template: None = None,
) -> Article:
    """Give the article of a page's HTML; offsets count in its text in reading order."""
    from cleaner import markup
    from cleaner.source import read

    return clean_text(markup.render(read(source).text), today=today, url=url, template=template)


def clean_text(
    source: str | bytes,
    *,
    today: datetime.date | None = None,
    url: str | None = None,
    template: None = None,
) -> Article:
    """Give the article of a plain-text dump: the whole pipeline, step by step."""
    # The stages need numpy and the lexicons: who only imports `cleaner` does not wait for them.
    from cleaner import assemble, byline, dates, dump, features, labeller, language, title
    from cleaner.source import read

    text = read(source).text
    blocks, probability, chances = labeller.label(dump.read(text), features.describe)
    parts = assemble.assemble(blocks)
    tongue = language.detect(parts.body)
    headline = title.pick(blocks, chances, url)
    credit = byline.pick(blocks, chances, headline.block if headline else None)
    day = dates.pick(blocks, chances, today=today, language=tongue, url=url)
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
