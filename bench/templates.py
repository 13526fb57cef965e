"""What templates cost, and what becomes of generated sites with them.

A site has one furniture, a notice in prose among it, many stories, a ticker that changes, a series
with a standing intro, and stories that another site tells too. Of each page is asked whether the
cruft *goes* (no line that stands on all pages of the site is taken for the story) and whether the
story *stays* (no line of it is lost that the page alone keeps).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import Pool
from typing import NamedTuple

import cleaner
from bench import peak as peak_of_process
from cleaner import template
from cleaner.article import Article, Label
from cleaner.strategies import Sample, site_samples
from cleaner.template import Learner, Templates
from evaluation import seeds

SITE_PAGES = 20
SYNDICATED = 4  # of them tell what other sites tell too
LEARNED, SITES = 200_000, 50
# What is asked for: pages of which both is true, time beside cleaning alone, memory of learning.
RIGHT, RATIO, MEGABYTES = 0.98, 1.3, 500

_STORY = frozenset({Label.BODY, Label.HEADING})
_BASES = 20  # pages of a site that others are made of
_ROUNDS = 3


class Tally(NamedTuple):
    """Of the pages of a site: how many there are, in how many the cruft goes (alone and with the
    template), the story stays, and both."""

    name: str
    counts: Counter[str]

    def share(self, column: str) -> float:
        """The share of the pages of which something is true."""
        return self.counts[column] / self.counts["pages"]

    def __str__(self) -> str:
        shares = "".join(f"{self.share(column):9.3f}" for column in COLUMNS)
        return f"{self.name:22}{self.counts['pages']:6}{shares}"


COLUMNS = ("alone", "goes", "stays", "both")
HEADING = f"{'':22}{'pages':>6}" + "".join(f"{column:>9}" for column in COLUMNS)


def measure(cells: Sequence[tuple[str, str]], processes: int, seed: int = 0) -> Iterator[Tally]:
    """Give the tally of a generated site of each language and style, and that of all together."""
    whole = Tally("ALL", Counter())
    with Pool(processes) as pool:
        for tally in pool.imap(_site, [(*cell, seed) for cell in cells]):
            whole.counts.update(tally.counts)
            yield tally
    yield whole


def _site(cell: tuple[str, str, int]) -> Tally:
    language, style, seed = cell
    drawn = site_samples(
        SITE_PAGES, seed=seed, language=language, style=style, syndicated=SYNDICATED
    )
    pages = list(drawn)
    known = template.learn(page.text for page in pages)
    everywhere = set.intersection(*(_lines(page) for page in pages))
    counts: Counter[str] = Counter(pages=len(pages))
    for page in pages:
        alone = _story(page, cleaner.clean_text(page.text))
        told = _story(page, cleaner.clean_text(page.text, template=known))
        furniture = {
            at
            for at, line in enumerate(page.text.split("\n"))
            if line.strip() in everywhere and page.labels[at] not in ("", *_STORY)
        }
        story = {at for at, label in enumerate(page.labels) if label in _STORY}
        goes, stays = not furniture & told, not (story & alone) - told
        counts.update(alone=not furniture & alone, goes=goes, stays=stays, both=goes and stays)
    return Tally(f"{language} {style}", counts)


def _lines(page: Sample) -> set[str]:
    return {line.strip() for line in page.text.split("\n")}


def _story(page: Sample, article: Article) -> set[int]:
    """The lines (from 0) that are taken for the story."""
    labels = seeds.line_labels(article)
    return {number - 1 for number, label in labels.items() if label in _STORY}


def peak(pages: int = LEARNED, sites: int = SITES) -> float:
    """Give the peak of memory (MB) of a fresh process that learns so many pages of some sites."""
    command = [sys.executable, "-m", "bench.templates", str(pages), str(sites)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout))


def _learn(pages: int, sites: int) -> float:
    """Learn generated pages of sites in turns, as a crawl has them; the peak of memory."""
    bases = [
        [page.text for page in site_samples(_BASES, site=f"site {number}", style="wet")]
        for number in range(sites)
    ]
    learners = [Learner() for _ in range(sites)]
    for at in range(pages):
        own = bases[at % sites]
        # Every story tells of another name: no line of it was seen before.
        name = "".join(chr(ord("a") + int(digit)) for digit in str(at))
        text = own[at // sites % _BASES].replace(". ", f", said {name}. ")
        learners[at % sites].add(template.page(template.blocks(text)))
    known = Templates({str(number): one.template for number, one in enumerate(learners)})
    print(f"{len(known.to_json()) / 1e6:.1f} MB as JSON", file=sys.stderr)
    return peak_of_process.own()


def seconds(pages: int = 200) -> tuple[float, float, float]:
    """Give the seconds that it takes to clean pages alone, to learn them, to clean them with it.

    The best of some rounds, in turns.
    """
    texts = [page.text for page in site_samples(pages, style="wet")]
    known = template.learn(texts)
    works: tuple[Callable[[], object], ...] = (
        lambda: [cleaner.clean_text(text) for text in texts],
        lambda: template.learn(texts),
        lambda: [cleaner.clean_text(text, template=known) for text in texts],
    )
    best = [float("inf")] * len(works)
    for _ in range(_ROUNDS):
        for k, work in enumerate(works):
            begun = time.perf_counter()
            work()
            best[k] = min(best[k], time.perf_counter() - begun)
    return best[0], best[1], best[2]


if __name__ == "__main__":
    print(json.dumps(_learn(int(sys.argv[1]), int(sys.argv[2]))))
