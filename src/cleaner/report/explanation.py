"""A page explained: its dump tinted by label, why each block has its own, the article beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from cleaner import render
from cleaner.article import Article, Block, Evidence, Label
from cleaner.report import document, rows

STYLES = ("base.css", "labels.css", "explain.css")
SCRIPTS = ("explain.js",)

_LABELS = tuple(Label)
_NONE = -1

# How `labeller.reasons` ends a reason, and parts its facts.
_RUNNER_UP = re.compile(r" ?\(rather than ([a-z]+)\)$")
_BETWEEN = "; "

_KEYS = (
    ("↑ ↓", "block by block"),
    ("← →", "to the run of one label before, after"),
    ("u, U", "to the next, the last block that is unsure"),
    ("Home End", "to the first, the last block"),
    ("Page ↑ ↓", "ten blocks on"),
)


def runner_up(block: Block) -> Label | None:
    """Give the label that was likeliest after a block's own; None where its reason names none.

    >>> runner_up(Block(0, 5, "Share", why="one word (rather than promo)"))
    <Label.PROMO: 'promo'>
    """
    found = _RUNNER_UP.search(block.reason)
    return Label(found[1]) if found and found[1] in _LABELS else None


def fragment(article: Article, *, level: int = 1, numbered: bool = True) -> Iterator[str]:
    """Give an article's explanation as HTML: the filters, the dump, the article, the reasons.

    `level` is that of the heading above it. `numbered` says that its lines are those of the dump.
    The scripts bring it to life; without them dump and article are there to read.
    """
    yield '<section class="explanation">'
    counts = Counter(str(block.label) for block in article.blocks)
    yield filters(counts, (label for label in Label if counts[label]))
    yield '<div class="panes"><div class="dump-pane">'
    yield '<div class="dump" data-name="The dump, block by block">'
    yield from rows.runs(rows.of_blocks(article.source, article.blocks))
    yield "</div>"
    yield INSPECTOR
    yield "</div>"
    yield from clean(article, level)
    yield "</div>"
    yield document.data("reasons", reasons(article, numbered=numbered))
    yield "</section>"


INSPECTOR = (
    '<div class="inspector"><p class="hint">Point at a block, or step through them with the arrow '
    "keys, to see why it has its label.</p></div>"
)


def filters(counts: Mapping[str, int], labels: Iterable[Label] = Label) -> str:
    """Give labels with their counts: the legend, and a switch for each."""
    groups = []
    shown = tuple(labels)
    for name, kept in (("Kept", True), ("Cruft", False)):
        chips = [
            f'<label class="chip {label}"><input type="checkbox" checked value="{label}">'
            f'<span class="swatch"></span>{label} <b>{counts.get(label, 0)}</b></label>'
            for label in shown
            if label.kept is kept
        ]
        if chips:
            groups.append(f"<fieldset><legend>{name}</legend>{''.join(chips)}</fieldset>")
    buttons = "".join(
        f'<button type="button" value="{value}">{words}</button>'
        for value, words in (("all", "All"), ("kept", "Only kept"), ("cruft", "Only cruft"))
    )
    return (
        f'<div class="filters" role="group" aria-label="Labels shown">{"".join(groups)}'
        f'<div class="presets">{buttons}</div></div>'
    )


def keys(more: Sequence[tuple[str, str]] = ()) -> str:
    """Give the keys of the dump as a folded table."""
    listed = "".join(f"<dt>{key}</dt><dd>{does}</dd>" for key, does in (*_KEYS, *more))
    return f'<details class="keys"><summary>Keys</summary><dl>{listed}</dl></details>'


def reasons(article: Article, *, numbered: bool = True) -> dict[str, Any]:
    """Give what is told of each block, each phrase of a reason once.

    A block is its line (0 where lines are not `numbered`), its score in thousandths, the place of
    its runner-up among the labels (-1 for none) and the places of its phrases.
    """
    phrases: dict[str, int] = {}
    lines = list(accumulate(map(len, article.source.splitlines(keepends=True)), initial=0))
    told = []
    for block in article.blocks:
        rival = runner_up(block)
        said = _RUNNER_UP.sub("", block.reason) if rival else block.reason
        places = [phrases.setdefault(phrase, len(phrases)) for phrase in said.split(_BETWEEN)]
        told.append(
            [
                bisect_right(lines, block.start) if numbered else 0,
                round(block.score * 1000),
                _LABELS.index(rival) if rival else _NONE,
                *places,
            ]
        )
    return {"labels": list(map(str, Label)), "phrases": list(phrases), "blocks": told}


def clean(article: Article, level: int) -> Iterator[str]:
    """Give the clean article as HTML, and where its fields come from."""
    yield '<article class="clean" tabindex="0" aria-label="The clean article">'
    if article.title:
        yield f'<h{level + 1} dir="auto">{document.text(article.title)}</h{level + 1}>'
    credit = [document.text(part) for part in (article.byline, render.day(article)) if part]
    if credit:
        yield f'<p class="credit">{" · ".join(credit)}</p>'
    if not article.body:
        yield '<p class="nothing">No body was found.</p>'
    yield from _body(article, level + 2)
    yield from _fields(article, level + 2)
    yield "</article>"


def _body(article: Article, level: int) -> Iterator[str]:
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for i, block in enumerate(article.blocks):
        if block.label in (Label.BODY, Label.HEADING):
            places[block.text].append(i)
    for paragraph in article.body.split("\n\n") if article.body else ():
        found = places[paragraph].popleft() if places[paragraph] else _NONE
        heading = found != _NONE and article.blocks[found].label is Label.HEADING
        tag = f"h{level}" if heading else "p"
        place = f" data-b={found}" if found != _NONE else ""
        yield f"<{tag}{place}>{document.text(paragraph)}</{tag}>"


def _fields(article: Article, level: int) -> Iterator[str]:
    yield f'<h{level} class="aside">Where it comes from</h{level}><dl class="fields">'
    yield "<dt>article</dt><dd>"
    yield f"{'yes' if article.is_article else 'no'}, confidence {article.confidence:.2f}</dd>"
    if article.language:
        yield f"<dt>language</dt><dd>{document.text(article.language)}</dd>"
    if article.authors:
        names = "; ".join(f"<bdi>{document.text(name)}</bdi>" for name in article.authors)
        yield f"<dt>authors</dt><dd>{names}</dd>"
    for name in ("published", "updated"):
        if time := getattr(article, name):
            yield f"<dt>{name}</dt><dd>{time.isoformat()}</dd>"
    for evidence in article.evidence:
        yield f"<dt>{document.text(evidence.field)}</dt><dd>{_evidence(article, evidence)}</dd>"
    yield "</dl>"


def _evidence(article: Article, evidence: Evidence) -> str:
    words = f"<bdi>{document.text(evidence.text)}</bdi>: {document.text(evidence.reason)}"
    if 0 <= evidence.block < len(article.blocks):
        return f'{words} <button type="button" data-b="{evidence.block}">show</button>'
    return f"{words} (declared by the page)"
