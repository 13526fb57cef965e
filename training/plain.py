"""Generated pages as HTML in which little is called by a name: what is cruft, its words tell.

On the pages of the corpus the elements around a line nearly always tell what it is, and a network
that has seen no others keeps "Read more: …", or a credit, that stands in a paragraph as the story's
do.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from cleaner.strategies import Sample

_NAMED = 0.5  # the share of pages whose furniture stands in elements that tell
_LINKED = 0.7  # of lists of links that are so
_LED = 0.5  # of headlines behind a lead, those of which the lead is no link
_COLON = ": "

_LINKS = ["<p><a href=/x>{}</a></p>", "<p><strong><a href=/x>{}</a></strong></p>"]
# What the lines of each label may stand in, each as likely.
_ELEMENTS = {
    "title": [*["<h1>{}</h1>"] * 3, "<h2>{}</h2>", "<p><strong>{}</strong></p>"],
    "heading": [*["<h2>{}</h2>"] * 2, "<h3>{}</h3>", "<p><strong>{}</strong></p>"],
    "body": ["<p>{}</p>"],
    "byline": ["<p>{}</p>", "<div>{}</div>", "<p><em>{}</em></p>", "<p><a href=/x>{}</a></p>"],
    "date": [
        "<p>{}</p>",
        "<div>{}</div>",
        "<p><small>{}</small></p>",
        "<div><span>{}</span></div>",
    ],
    "caption": ["<p>{}</p>", "<p><em>{}</em></p>", "<div>{}</div>", "<figcaption>{}</figcaption>"],
    "promo": ["<p>{}</p>", "<p><em>{}</em></p>", "<p><strong>{}</strong></p>", "<div>{}</div>"],
    "related": ["<p>{}</p>", "<p><strong>{}</strong></p>", *_LINKS],
    "comments": ["<p>{}</p>", "<div>{}</div>"],
}
_OTHERS = ["<p>{}</p>", "<div>{}</div>", "<div><a href=/x>{}</a></div>"]
_LISTS = (("<ul>", "<li><a href=/x>{}</a></li>", "</ul>"), ("<div>", "<div>{}</div>", "</div>"))
# What furniture stands in where elements tell: as a list, or above the story.
_AROUND = {
    "navigation": ["<nav>", "<div class=menu>", "<header class=site-header>"],
    "byline": ["<div class=byline>", "<div class=author>", "<div class=entry-meta>"],
    "date": ["<div class=date>", "<div class=published>", "<div class=entry-meta>"],
    "caption": ["<figure>", "<div class=wp-caption>", "<div class=image>"],
    "share": ["<div class=share>", "<div class=social-links>"],
    "tags": ["<div class=tags>", "<div class=entry-tags>"],
    "related": ["<aside>", "<div class=related>", "<div class=more-stories>"],
    "comments": ["<section class=comments>", "<div id=comments>"],
    "promo": ["<div class=newsletter>", "<div class=promo>"],
    "footer": ["<footer>", "<div class=footer>"],
}
_TELLING = ("byline", "date", "caption")  # stand in such by themselves too
_STORIES = ["<article>", "<main>", "<div class=article-body>", "<div class=entry-content>"]


class Line(NamedTuple):
    """A line of a page that is read: what it says and what it is."""

    text: str
    label: str


def lines(sample: Sample) -> list[Line]:
    """The lines of a sample that are read, in order.

    >>> lines(Sample("Ferry returns\\n\\nIt sails.", ("title", "", "body"), "Ferry returns"))[1]
    Line(text='It sails.', label='body')
    """
    return [
        Line(text.strip(), label)
        for text, label in zip(sample.text.split("\n"), sample.labels, strict=True)
        if label and any(map(str.isalnum, text))
    ]


def html(sample: Sample, chance: random.Random) -> tuple[str, list[str]]:
    """The page of a sample in HTML, and the label of each of its lines that is shown.

    A page-title line is the title that the page declares. All that is told of one label in a row is
    written alike.

    >>> page = Sample("Ferry returns\\n\\nIt sails.", ("title", "", "body"), "Ferry returns")
    >>> text, labels = html(page, random.Random(0))
    >>> labels, "<p>It sails.</p>" in text
    (['title', 'body'], True)
    """
    told = lines(sample)
    title = told.pop(0).text if told[0].label == "metadata" else ""
    named = chance.random() < _NAMED
    rows = [(label, list(own)) for label, own in groupby(told, lambda line: line.label)]
    parts = [_part(label, own, chance, named) for label, own in rows]
    opens = next((at for at, (label, _) in enumerate(rows) if label == "title"), 0)
    story = _within(chance.choice(_STORIES) if named else "<div>", "".join(parts[opens:]))
    head = f"<head><title>{escape(title)}</title></head>" if title else ""
    shown = [line.label for line in told]
    return f"<html>{head}<body>{''.join(parts[:opens])}{story}</body></html>", shown


def _part(label: str, lines: Sequence[Line], chance: random.Random, named: bool) -> str:
    """The lines of one label in a row, as elements: one alone in the story tells nothing."""
    if (
        len(lines) > 2
        and label not in ("body", "caption", "comments")
        and chance.random() < _LINKED
    ):
        begin, each, end = chance.choice(_LISTS)
    else:
        begin, each, end = "", chance.choice(_ELEMENTS.get(label, _OTHERS)), ""
    told = begin + "".join(each.format(led(line, chance)) for line in lines) + end
    if named and label in _AROUND and (len(lines) > 1 or label in _TELLING):
        return _within(chance.choice(_AROUND[label]), told)
    return told


def _within(tag: str, markup: str) -> str:
    """What stands in an element that begins with this tag."""
    return f"{tag}{markup}</{tag.strip('<>').split()[0]}>"


def led(line: Line, chance: random.Random) -> str:
    """A line as markup; of "Read more: Ferry returns" perhaps only the headline is a link."""
    lead, colon, rest = line.text.partition(_COLON)
    if line.label == "related" and colon and chance.random() < _LED:
        return f"{escape(lead)}{colon}<a href=/y>{escape(rest)}</a>"
    return escape(line.text)
