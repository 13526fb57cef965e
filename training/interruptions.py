"""Sets lines that interrupt into the stories of HTML: "Read more: …", "Story continues below".

On the pages of the corpus the names of elements tell such lines from the story. Here they stand in
elements made like those of the paragraphs above them, so that their words alone tell. The lines are
those of generated pages in the language of the story.
"""

from __future__ import annotations

import random
from functools import cache
from html import escape
from typing import Any

from cleaner import language
from cleaner.strategies import LANGUAGES, samples
from training import generated
from training.insets import paragraphs, replaced
from training.plain import Line, led, lines

_MOST = 3  # lines that are set into one story
_FEWEST = 3  # paragraphs of a story that is interrupted
_SAMPLES = 60  # generated pages of each language whose lines are taken
_KINDS = ("related", "promo")
_PLAIN, _LINKS = (
    ("{}", "{}", "<strong>{}</strong>", "<em>{}</em>"),
    ("<a href=/x>{}</a>", "<strong><a href=/x>{}</a></strong>"),
)


def interrupted(
    page: str, gold: dict[str, Any], chance: random.Random
) -> tuple[str, dict[str, str]] | None:
    """The page with one line or some behind paragraphs of its story, and the label of each of these
    lines as it is read; None where none fits.

    >>> told = "<p>The ferry was late, and the baker said that it had been worth the long wait.</p>"
    >>> body = [told[3:-4]] * 3
    >>> html, labels = interrupted(told * 3, {"body": body}, random.Random(0))
    >>> html.count("<p>") - 3 == len(labels), set(labels.values()) <= {"related", "promo"}
    (True, True)
    """
    spoken = language.detect(" ".join(gold["body"]))
    prose = paragraphs(page, gold)
    if spoken not in LANGUAGES or len(prose) < _FEWEST:
        return None
    number = min(len(prose) - 1, chance.randint(1, _MOST))
    chosen = sorted(chance.sample(prose[:-1], number), key=lambda one: one.found.start())
    ends = [(one.found.end(), one.found.end()) for one in chosen]
    made, labels = [], {}
    for one in chosen:
        line = chance.choice(_lines(spoken))
        made.append(f"{one.tag}{_told(line, chance)}</p>")
        labels[" ".join(line.text.split())] = line.label
    return replaced(page, ends, made), labels


def _told(line: Line, chance: random.Random) -> str:
    """A line as markup: of a link to another story all may be the link, or what follows a lead."""
    written = chance.choice((*_PLAIN, *_LINKS) if line.label == "related" else _PLAIN)
    text = escape(line.text) if written in _LINKS else led(line, chance)
    return written.format(text)


@cache
def _lines(spoken: str) -> list[Line]:
    """Lines of generated pages that stand alone between two paragraphs of the story."""
    found = []
    for sample in samples(_SAMPLES, seed=generated.SEED, languages=[spoken], styles=["clipboard"]):
        shown = lines(sample)
        found += [
            line
            for above, line, below in zip(shown, shown[1:], shown[2:], strict=False)
            if line.label in _KINDS and above.label == below.label == "body"
        ]
    return found
