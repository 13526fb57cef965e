"""Hypothesis strategies for dumps of news pages: invented stories between invented cruft.

`dumps()` draws a `Sample`: the text of a dump, and what a cleaner should make of it. The parts of
a page can be drawn on their own. All of it needs the extra `hypothesis`, except `samples`, which
draws the same pages from a seed.

>>> page = next(samples(1, seed=7, languages=["en"], styles=["lynx"]))
>>> len(page.labels) == len(page.text.split("\\n"))
True
"""

from __future__ import annotations

from cleaner.strategies.drawn import (
    bylines,
    captions,
    dates,
    dumps,
    footers,
    headlines,
    navigation,
    paragraphs,
    promos,
    register,
    related,
    share_bars,
    tags,
    tickers,
)
from cleaner.strategies.seeded import samples
from cleaner.strategies.site import site_samples
from cleaner.strategies.styles import STYLES
from cleaner.strategies.values import CRUFT, WHERE, Credit, Day, Sample
from cleaner.strategies.words import LANGUAGES

__all__ = [
    "CRUFT",
    "LANGUAGES",
    "STYLES",
    "WHERE",
    "Credit",
    "Day",
    "Sample",
    "bylines",
    "captions",
    "dates",
    "dumps",
    "footers",
    "headlines",
    "navigation",
    "paragraphs",
    "promos",
    "register",
    "related",
    "samples",
    "share_bars",
    "site_samples",
    "tags",
    "tickers",
]
