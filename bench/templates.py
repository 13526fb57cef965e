"""What templates cost, and whether generated sites come out right with them.

Right is a page of which every paragraph and heading of the story is taken for the story, and no
line of cruft. Its site has one furniture, many stories, a ticker that changes, a series with a
standing intro, and stories that another site tells too.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool

import cleaner
from cleaner import template
from cleaner.article import Article, Label
from cleaner.strategies import Sample, site_samples
from cleaner.template import Learner, Templates
from evaluation import seeds

SITE_PAGES = 20
SYNDICATED = 4  # of them tell what other sites tell too
LEARNED, SITES = 200_000, 50
# What is asked for: pages that come out right, time beside cleaning alone, memory of learning.
RIGHT, RATIO, MEGABYTES = 0.98, 1.3, 500

_STORY = frozenset({Label.BODY, Label.HEADING})
# Linux counts the peak in KiB, macOS in bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024
_BASES = 20  # pages of a site that others are made of
_ROUNDS = 3


@dataclass(slots=True)
class Tally:
    """Of the pages of a site: of how many the story stays, the cruft goes, and both."""

    name: str
    pages: int = 0
    stays: int = 0
    goes: int = 0
    right: int = 0
    right_alone: int = 0

    def __str__(self) -> str:
        shares = (self.stays, self.goes, self.right, self.right_alone)
        return f"{self.name:22}{self.pages:6}" + "".join(f"{n / self.pages:9.3f}" for n in shares)


HEADING = f"{'':22}{'pages':>6}{'stays':>9}{'goes':>9}{'both':>9}{'alone':>9}"


def measure(cells: Sequence[tuple[str, str]], processes: int, seed: int = 0) -> Iterator[Tally]:
    """Give the tally of a generated site of each language and style, and that of all together."""
    whole = Tally("ALL")
    with Pool(processes) as pool:
        for tally in pool.imap(_site, [(*cell, seed) for cell in cells]):
            whole.pages += tally.pages
            whole.stays += tally.stays
            whole.goes += tally.goes
            whole.right += tally.right
            whole.right_alone += tally.right_alone
            yield tally
    yield whole


def _site(cell: tuple[str, str, int]) -> Tally:
    language, style, seed = cell
    pages = list(
        site_samples(SITE_PAGES, seed=seed, language=language, style=style, syndicated=SYNDICATED)
    )
    known = template.learn(page.text for page in pages)
    tally = Tally(f"{language} {style}")
    for page in pages:
        stays, goes = judged(page, cleaner.clean_text(page.text, template=known))
        tally.pages += 1
        tally.stays += stays
        tally.goes += goes
        tally.right += stays and goes
        tally.right_alone += all(judged(page, cleaner.clean_text(page.text)))
    return tally


def judged(page: Sample, article: Article) -> tuple[bool, bool]:
    """Whether the story of a page stays whole, and all of its cruft goes."""
    stays = goes = True
    for number, taken in seeds.line_labels(article).items():
        label = page.labels[number - 1]
        held = taken is not None and Label(taken) in _STORY
        if label in _STORY:
            stays &= held
        elif label and not Label(label).kept:
            goes &= not held
    return stays, goes


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
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1e6


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
