"""The figures: what a prediction scores against a page's gold.

All are shares from 0 to 1 of one page; a table gives their means over pages.

P, R, F1   body: precision, recall and their harmonic mean over bags of 4-token shingles
title      1 where the titles are equal, folded
byline     F1 of the sets of names, folded; 1 where neither side has one
date       1 where the calendar dates are equal; likewise 1 where neither side has one
byline_P   of the bylines returned: 1 where the set of names is the gold's
date_P     of the dates returned: 1 where it is the gold's
with       share of the gold's `with` snippets that the body holds
without    share of the gold's `without` snippets that the body leaves out
article    1 where the page was rightly told to be an article, or to be none

A figure whose gold is absent is not scored for that page. Gold that is None says that the
page has no such field, which is scored. A token is a word or a single character of a
script that is written without spaces; text is folded to its tokens after NFKC and case.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

FIGURES = (
    *("P", "R", "F1", "title", "byline", "date"),
    *("byline_P", "date_P", "with", "without", "article"),
)

SHINGLE = 4  # tokens; the measure of the public article-extraction-benchmark
# Thai and Lao, Burmese, Khmer, kana, CJK ideographs: no spaces between words.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
ISO_DAY = len("2001-02-03")
# A paragraph counts as missing from a text when less than this share of its shingles is there.
PRESENT = 0.5

Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is scored of an article: its fields as plain values, the date in ISO 8601."""

    title: str | None = None
    byline: tuple[str, ...] = ()
    date: str | None = None
    body: str = ""
    is_article: bool = False


def tokens(text: str) -> list[str]:
    """Give the folded tokens of a text.

    >>> tokens("The Café: 20 % — 東京")
    ['the', 'café', '20', '東', '京']
    """
    return TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def fold(text: str | None) -> str:
    """Give a text without its case, spacing and punctuation; None folds to nothing.

    >>> fold("  River, at RECORD level! ")
    'river at record level'
    """
    return " ".join(tokens(text or ""))


def shingles(text: str) -> Shingles:
    """Give the bag of the runs of four tokens of a text; a shorter text is one shingle.

    >>> sorted(shingles("a b c d e"))
    [('a', 'b', 'c', 'd'), ('b', 'c', 'd', 'e')]
    """
    found = tokens(text)
    if not found:
        return Counter()
    runs = max(1, len(found) - SHINGLE + 1)
    return Counter(tuple(found[at : at + SHINGLE]) for at in range(runs))


def overlap(predicted: Shingles, gold: Shingles) -> tuple[float, float, float]:
    """Give precision, recall and F1 of one bag against another; two empty bags agree.

    >>> overlap(shingles("a b c d e"), shingles("a b c d"))
    (0.5, 1.0, 0.6666666666666666)
    """
    if not gold and not predicted:
        return 1.0, 1.0, 1.0
    shared = (predicted & gold).total()
    precision = shared / predicted.total() if predicted else 0.0
    recall = shared / gold.total() if gold else 0.0
    both = precision + recall
    return precision, recall, (2 * precision * recall / both if both else 0.0)


def paragraphs(body: str | Iterable[str] | None) -> list[str]:
    """Give a body's paragraphs, whether it is a list of them or one text with line ends."""
    lines = body.split("\n") if isinstance(body, str) else body or ()
    return [line for line in lines if line.strip()]


def plain(body: str | Iterable[str] | None) -> str:
    """Give a body as one text, whether it is that already or a list of paragraphs."""
    return body if isinstance(body, str) else "\n\n".join(body or ())


def score(gold: Mapping[str, Any], predicted: Prediction) -> dict[str, float]:
    """Give one page's figures by name, only those for which there is gold.

    `gold` may hold title, byline (names), date, body (a text or paragraphs), with,
    without (snippets) and article (a bool).

    >>> score({"title": "High water", "date": None}, Prediction(title="HIGH WATER"))
    {'title': 1.0, 'date': 1.0}
    """
    out: dict[str, float] = {}
    if "body" in gold:
        body = overlap(shingles(predicted.body), shingles(plain(gold["body"])))
        out |= zip(("P", "R", "F1"), body, strict=True)
    if gold.get("title"):
        out["title"] = float(fold(predicted.title) == fold(gold["title"]))
    if "byline" in gold:
        out["byline"] = _names_f1(predicted.byline, gold["byline"])
        if predicted.byline:
            out["byline_P"] = float(out["byline"] == 1.0)
    if "date" in gold:
        out["date"] = float((predicted.date or "")[:ISO_DAY] == (gold["date"] or ""))
        if predicted.date:
            out["date_P"] = out["date"]
    if gold.get("with") or gold.get("without"):
        out |= _snippets(gold, fold(predicted.body))
    if "article" in gold:
        out["article"] = float(predicted.is_article == gold["article"])
    return out


def _names_f1(predicted: Iterable[str], gold: str | Iterable[str] | None) -> float:
    names = [gold] if isinstance(gold, str) else gold or ()
    return overlap(_bag_of_names(predicted), _bag_of_names(names))[2]


def _bag_of_names(names: Iterable[str]) -> Shingles:
    # A set of names is a bag in which each occurs once.
    return Counter({(fold(name),) for name in names})


def _snippets(gold: Mapping[str, Any], body: str) -> dict[str, float]:
    return {
        name: sum((fold(snippet) in body) == wanted for snippet in gold[name]) / len(gold[name])
        for name, wanted in (("with", True), ("without", False))
        if gold.get(name)
    }


def first_missing(body: str | Iterable[str] | None, other: str | Iterable[str] | None) -> str:
    """Give the first paragraph of a body that another body lacks; "" where there is none.

    Paragraphs of fewer than four tokens hold no shingle of their own and are passed over.

    >>> first_missing(["One two three four.", "Five six seven eight."], "One two three four")
    'Five six seven eight.'
    """
    there = shingles(plain(other)).keys()
    for paragraph in paragraphs(body):
        own = shingles(paragraph).keys()
        long_enough = any(len(run) == SHINGLE for run in own)
        if long_enough and len(own & there) < PRESENT * len(own):
            return paragraph
    return ""


def means(scores: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Give the mean of every figure over the pages that have it, and n, the pages scored.

    >>> means([{"F1": 1.0}, {"F1": 0.5, "title": 1.0}])
    {'F1': 0.75, 'title': 1.0, 'n': 2}
    """
    scores = list(scores)
    names = dict.fromkeys(chain.from_iterable(scores))
    columns = {name: [page[name] for page in scores if name in page] for name in names}
    out = {name: sum(values) / len(values) for name, values in columns.items()}
    return out | {"n": max(map(len, columns.values()), default=0)}
