"""The page of a run: `cleaner report`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from cleaner.article import Article
from cleaner.report import charts, document, explanation
from cleaner.report.page import facts, folded, head
from cleaner.report.run import Doubt, Histogram, Run, Site, frequent_lines, largest

_SITES = 100
_LINES = 5  # of cruft, for each site
_DOUBTS = (
    "The pages that the program is least sure of: of its verdict, and of an article the labels "
    "too. Open one to see why."
)

Namer = Callable[[Sequence[float]], list[str]]
Explained = tuple[Doubt, Article | str]


def page(run: Run, explained: Iterable[Explained] = (), *, name: str = "") -> str:
    """Give a self-contained HTML page of a run: how many articles, how sure, site by site, and the
    pages that the program is least sure of, each explained.

    `explained` holds them with their articles, or with the reason why one is not shown. Raises
    `charts.MissingExtraError` where pygal is not installed.
    """
    return document.document(
        f"{name or 'A run'}: a report",
        [
            '<main class="wide run">',
            head("Report", name or "A run", _verdict(run)),
            _tiles(run),
            '<section class="charts">',
            *_charts(run),
            "</section>",
            *_sites(run),
            *_failures(run),
            *_doubts(explained),
            "</main>",
        ],
        styles=(*explanation.STYLES, "run.css"),
        scripts=explanation.SCRIPTS,
    )


def _verdict(run: Run) -> str:
    if not run.pages:
        return "<strong>No page was read.</strong>"
    sites = len(run.sites)
    return (
        f"<strong>{run.articles / run.pages:.0%} of {run.pages:,} pages are articles</strong>"
        f" · {sites:,} site{'s' if sites != 1 else ''} or folder{'s' if sites != 1 else ''}"
    )


def _tiles(run: Run) -> str:
    failures = "not known" if run.failures is None else f"{sum(run.failures.counts.values()):,}"
    nothing = f"and {run.nothing:,} inputs that hold no page" if run.nothing else ""
    tiles = [
        ("articles", f"{run.articles:,}", ""),
        ("not articles", f"{run.others:,}", nothing),
        ("failures", failures, "" if run.failures is not None else "no manifest stands beside it"),
    ]
    if run.faulty:
        tiles.append(("faulty lines", f"{run.faulty:,}", "left out of all figures"))
    shown = "".join(
        f"<div><dt>{label}</dt><dd>{figure}</dd>"
        + (f'<dd class="note">{note}</dd></div>' if note else "</div>")
        for label, figure, note in tiles
    )
    return f'<dl class="tiles">{shown}</dl>'


def _charts(run: Run) -> Iterator[str]:
    yield _chart("Confidence", "how likely each page holds an article", run.confidence, _share)
    yield _chart("Kept share", "of an article's characters that are kept", run.kept, _share)
    yield _chart("Body length", "of each article, in characters", run.length, _length)


def _chart(title: str, words: str, histogram: Histogram, named: Namer) -> str:
    names = named(histogram.edges)
    rows = "".join(
        f"<tr><th scope=row>{name}<td>{count:,}"
        for name, count in zip(names, histogram.counts, strict=True)
    )
    labels = [name.partition("–")[0] for name in names]
    return (
        f"<figure><figcaption><h2>{title}</h2><p>{words}</p></figcaption>"
        f"{charts.bars(f'{title}, {words}: the numbers follow', labels, histogram.counts)}"
        f"<details><summary>Numbers</summary><table><caption>{title}: pages</caption>{rows}</table>"
        "</details></figure>"
    )


def _share(edges: Sequence[float]) -> list[str]:
    return [f"{low:.2f}–{high:.2f}" for low, high in zip(edges, [*edges[1:], 1], strict=True)]


def _length(edges: Sequence[float]) -> list[str]:
    ends = [f"–{high - 1:,.0f}" if high - low > 1 else "" for low, high in pairwise(edges)]
    return [f"{low:,.0f}{end}" for low, end in zip(edges, [*ends, "+"], strict=True)]


def _sites(run: Run) -> Iterator[str]:
    if not run.sites:
        return
    frequent = frequent_lines(run, _LINES)
    yield '<section class="sites"><h2>Sites</h2><div class="table" role="region" tabindex="0" '
    yield 'aria-label="Sites"><table><thead><tr><th scope="col">site or folder<th scope="col">pages'
    yield '<th scope="col">articles<th scope="col">mean confidence<th scope="col">mean kept share'
    yield '<th scope="col">most frequent cruft, and on how many pages</thead><tbody>'
    for name, one in largest(run, _SITES):
        yield _site(name, one, frequent.get(name, []))
    yield "</tbody></table></div>"
    if len(run.sites) > _SITES:
        yield f"<p class=note>and {len(run.sites) - _SITES:,} smaller sites</p>"
    if run.cruft.missed:
        yield f"<p class=note>A line may stand on up to {run.cruft.missed:,} pages more.</p>"
    yield "</section>"


def _site(name: str, one: Site, lines: Sequence[tuple[str, int]]) -> str:
    listed = "".join(
        f"<li><bdi>{document.text(line)}</bdi> <b>{pages:,}</b></li>" for line, pages in lines
    )
    return (
        f"<tr><th scope=row><bdi>{document.text(name)}</bdi><td>{one.pages:,}<td>{one.articles:,}"
        f"<td>{one.confidence / one.pages:.2f}<td>{one.kept / one.pages:.0%}"
        f"<td>{f'<ul>{listed}</ul>' if listed else '<span class=note>none stands twice</span>'}"
    )


def _failures(run: Run) -> Iterator[str]:
    if run.failures and run.failures.counts:
        yield '<section class="failures"><h2>Failures</h2><ul>'
        for reason, count in sorted(run.failures.counts.items(), key=lambda item: -item[1]):
            names = [
                f"<code>{document.text(name)}</code>" for name, why in run.failed if why == reason
            ]
            named = f": {', '.join(names)}" if names else ""
            yield f"<li><b>{count:,}</b> {document.text(reason)}{named}</li>"
        yield "</ul></section>"
    if run.faults:
        yield '<section class="failures"><h2>Faulty lines</h2><ul>'
        yield from (f"<li>{document.text(fault)}</li>" for fault in run.faults)
        yield "</ul></section>"


def _doubts(explained: Iterable[Explained]) -> Iterator[str]:
    pages = [part for doubt, article in explained for part in _doubt(doubt, article)]
    if pages:
        yield f'<section class="doubts"><h2>Least sure</h2><p>{_DOUBTS}</p>{explanation.keys()}'
        yield from pages
        yield "</section>"


def _doubt(doubt: Doubt, article: Article | str) -> Iterator[str]:
    beside = (
        f'<span class="id"><bdi>{document.text(doubt.id)}</bdi></span>'
        f'<span class="sure">sureness {doubt.sureness:.2f}</span>'
    )
    if isinstance(article, Article):
        title = article.title or doubt.id
        yield from folded(article, title, facts(article), beside=beside, numbered=False)
    else:
        yield f'<p class="page"><bdi>{document.text(article)}</bdi>{beside}</p>'
