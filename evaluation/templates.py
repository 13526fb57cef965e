"""What templates are worth: each page cleaned with and without what its site's other pages tell."""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import cleaner
from cleaner import template
from evaluation import compare, corpus, report, runs

# Sites by how many pages a corpus has of them: two tell nothing, many tell most.
SIZES = ("2 pages", "3 or 4 pages", "5 pages and more")

Site = Sequence[corpus.Page]


@dataclass(frozen=True, slots=True)
class Pair:
    """A page cleaned alone, and with the template of its site's other pages."""

    size: str
    alone: runs.Result
    told: runs.Result


def sites(pages: Iterable[corpus.Page]) -> list[list[corpus.Page]]:
    """Give the pages of each site in each style of dump, of the sites that have several.

    >>> pages = [corpus.Page(id, "", domain="news.example") for id in "ab"]
    >>> [[page.id for page in site] for site in sites(pages)]
    [['a', 'b']]
    """
    found: dict[tuple[str | None, ...], list[corpus.Page]] = defaultdict(list)
    for page in pages:
        if page.domain and page.kind in corpus.ARTICLE_KINDS:
            found[page.domain, page.renderer].append(page)
    return [site for site in found.values() if len(site) > 1]


def pairs(site: Site) -> list[Pair]:
    """Clean each page of a site alone, and with a template that has not seen it."""
    known = [template.page(template.blocks(page.source)) for page in site]
    size = SIZES[0 if len(site) == 2 else 1 if len(site) < 5 else 2]
    found = []
    for at, page in enumerate(site):
        learner = template.Learner()
        for other in (*known[:at], *known[at + 1 :]):
            learner.add(other)
        told = partial(cleaner.clean, template=learner.template)
        found.append(Pair(size, runs.result(cleaner.clean, page), runs.result(told, page)))
    return found


def run(pages: Iterable[corpus.Page], workers: int = 1) -> list[Pair]:
    """Give the pairs of all pages of sites that have several, made in that many processes."""
    given = sites(pages)
    if workers == 1:
        return [pair for site in given for pair in pairs(site)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return [pair for found in pool.imap(pairs, given) for pair in found]


def render(found: Sequence[Pair], by: Sequence[str], worst: int) -> str:
    """Write the figures with templates and their differences, by the size of sites and by group."""
    parts = []
    for size in SIZES:
        own = [pair for pair in found if pair.size == size]
        if own:
            alone, told = [pair.alone for pair in own], [pair.told for pair in own]
            names = len({pair.told.domain for pair in own})
            heading = f"{size} ({names} sites)"
            parts.append(report.render(report.table(told, by), heading))
            risen = compare.difference(alone, told, by, "F1")
            parts.append(compare.render(risen, "against without", "F1", worst))
    return "\n\n".join(parts)
