"""The day of publication: which of a page's dates it is, rule by rule."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cleaner.article import Block, Evidence, Label
from cleaner.dates.page import Mention, Page, read
from cleaner.dates.rules import LINES, METADATA, NEAR, RULES, best, with_digits
from cleaner.dates.stamps import Stamp
from cleaner.description import ORDER, Floats

ALMOST_A_YEAR = datetime.timedelta(days=364)  # an update without a year follows within it
BELOW = LINES | METADATA | {Label.OTHER}  # where the time of a date may stand alone


@dataclass(frozen=True, slots=True)
class Dates:
    """When an article was published and updated, and where the page says so.

    `date` is None where the page does not tell the day (no year, "2 hours ago", 03/06/2023);
    `published` and `updated` are set only where a time is printed, aware only where a zone is.
    """

    date: datetime.date | None
    published: datetime.datetime | None
    updated: datetime.datetime | None
    date_text: str
    evidence: Evidence


def pick(
    blocks: Sequence[Block],
    chances: Floats | None = None,
    *,
    today: datetime.date | None = None,
    language: str | None = None,
    url: str | None = None,
) -> Dates | None:
    """Find the day of publication among labelled blocks, or None where they show no date.

    Rules in order, the first that finds a date decides: a date line or byline; metadata near
    the headline; a short line where the story starts that may be a date line by `chances`, the
    probabilities of all labels for each block (n, L); the dateline that opens the text; a date line
    far above the headline, then one after the story; a bare date in a masthead. Dates in prose,
    related items, tickers, comments, captions and footers never count. `today` is the day of the
    dump: with it, dates without a year and relative ones resolve, and no date lies after it.
    `language` (BCP-47), the page's other dates and `url`, its address, decide what 03/06/2023
    means. Nothing is raised.

    >>> line = Block(0, 29, "Published: 3 June 2023, 08:53", label=Label.DATE)
    >>> found = pick([line])
    >>> found.date_text, found.published
    ('3 June 2023, 08:53', datetime.datetime(2023, 6, 3, 8, 53))
    """
    page = read(blocks, today, language, _likely(chances), url)
    for rule, trust in RULES:
        found = rule(page)
        if found:
            return _dates(page, *found, trust)
    return None


def _likely(chances: Floats | None) -> Sequence[float] | Floats:
    if chances is None:
        return ()
    found: Floats = chances[:, ORDER[Label.DATE]] + chances[:, ORDER[Label.BYLINE]]
    return found.astype(float)


def _dates(page: Page, mention: Mention, reason: str, trust: dict[str, float]) -> Dates:
    stamp = page.settle(mention.stamp)
    moment = stamp.at(stamp.date)
    if mention.role == "U":
        published, updated = None, moment
    else:
        published = moment or _time_below(page, mention, stamp.date)
        updated = _updated(page, stamp.date)
    sure = trust.get(mention.role, trust[""]) if stamp.date else 0.0
    other = _runner_up(page, stamp)
    evidence = Evidence("date", mention.block, stamp.text, reason, sure, other)
    return Dates(stamp.date, published, updated, stamp.text, evidence)


def _runner_up(page: Page, chosen: Stamp) -> str | None:
    """The best of the other days that were read."""
    read = (mention for mentions in page.known.values() for mention in mentions)
    others = (m for m in read if m.stamp.form != "time" and m.stamp.days != chosen.days)
    other = best(page, others)
    return other.stamp.text if other else None


def _time_below(
    page: Page, mention: Mention, date: datetime.date | None
) -> datetime.datetime | None:
    """Join the time that stands alone in the line after the date."""
    if mention.after.strip(",|)-"):
        return None
    for at in page.within(BELOW, mention.block + 1, mention.block + 2):
        times = page.mentions(at)
        if len(times) == 1 and times[0].bare and times[0].role != "U":
            return times[0].stamp.at(date) if times[0].stamp.form == "time" else None
    return None


def _updated(page: Page, date: datetime.date | None) -> datetime.datetime | None:
    """Find the time of the update nearest to the story's start; its day is that of publication
    where only a time is printed."""
    lines = [
        *page.within(LINES, 0, page.last + 1),
        *with_digits(page, METADATA, page.title - NEAR, page.first + NEAR),
    ]
    marked = [
        mention
        for at in lines
        for mention in page.mentions(at)
        if mention.role == "U" and mention.stamp.time
    ]
    if not marked:
        return None
    mention = min(marked, key=lambda mention: page.distance(mention.block))
    stamp = page.settle(mention.stamp)
    if stamp.form == "no year" and date is not None and date <= datetime.date.max - ALMOST_A_YEAR:
        later = replace(page, today=date + ALMOST_A_YEAR).read(mention.block)
        stamp = next((m.stamp for m in later if m.stamp.start == stamp.start), stamp)
    return stamp.at(date if stamp.form == "time" else stamp.date)
