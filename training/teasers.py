"""Crowds pages with teasers: headlines and leads of other stories, by the dozen.

Some sites print sixty of them, each with its lead, in the menu above a story or below it. Of a site
that training has not seen such a wall has more prose than the story, and is taken for it. So a dump
of each page is learnt once more among headlines and leads of pages of other sites in its language.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from cleaner import dump, language
from cleaner.article import Label
from cleaner.labeller.model import LABELS
from training import corpus
from training.align import allowed, settled
from training.corpus import Record, Task
from training.insets import replaced

_FEWEST, _MOST = 3, 60
_LEAD = (30, 300)  # characters of a lead: a longer first paragraph is cut
_LED = (1.0, 1.0, 0.5)  # how many of a page's teasers have a lead
_ABOVE = 0.5  # of the walls stand above the headline
_MARKS = ("", "", "* ", "• ", "  * ")  # before a headline, in dumps that have blank lines
_WITHIN = ("\n", "\n", "\n\n")  # between a headline and its lead


class Teaser(NamedTuple):
    """A story as other pages tell of it."""

    headline: str
    lead: str
    domain: str


def crowds(tasks: Sequence[Task]) -> list[Task]:
    """Pages with gold, each with one of its dumps, and `teasers` of other sites in its language.

    A page in whose language other sites have too few stories is left out.
    """
    told = [task for task in tasks if "gold" in task[1][0]]
    spoken = [language.detect(" ".join(dumps[0]["gold"]["body"])) for _, dumps in told]
    known: dict[str | None, list[Teaser]] = defaultdict(list)
    for (_, dumps), tongue in zip(told, spoken, strict=True):
        known[tongue] += _teaser(dumps[0])
    found = []
    for (page, dumps), tongue in zip(told, spoken, strict=True):
        others = [one for one in known[tongue] if one.domain != dumps[0]["domain"]]
        if len(others) >= _FEWEST:
            chance = corpus.chance(page, "crowded")
            teasers = chance.sample(others, min(chance.randint(_FEWEST, _MOST), len(others)))
            found.append((page | {"teasers": teasers}, [chance.choice(dumps)]))
    return found


def _teaser(record: Record) -> list[Teaser]:
    gold = record["gold"]
    lead = " ".join(gold["body"][0].split()) if gold["body"] else ""
    headline = " ".join((gold.get("title") or "").split())
    if not headline or len(lead) < _LEAD[0] or lead == headline:
        return []
    if len(lead) > _LEAD[1]:
        lead = lead[: _LEAD[1]].rpartition(" ")[0] + "…"
    return [Teaser(headline, lead, record["domain"])] if len(lead) >= _LEAD[0] else []


def crowded(
    text: str, gold: dict[str, Any], teasers: Sequence[Teaser], chance: random.Random
) -> tuple[str, tuple[int, int]] | None:
    """The dump with a wall of teasers above its headline or below its story, and where the wall
    begins and ends; None where the dump has no story.

    >>> story = ["The ferry was late again, and the baker said that it had been worth the wait."]
    >>> wall = [Teaser("Roof", "Beans climb up to the roof of the school.", "a.example")] * 3
    >>> dump, (start, end) = crowded(story[0], {"body": story}, wall, random.Random(0))
    >>> dump[start:end].count("Roof"), dump.count("ferry")
    (3, 1)
    """
    blocks = dump.read(text)
    masks = allowed(blocks, gold, None)
    story = np.flatnonzero(settled(masks)[0]).tolist()
    if not story:
        return None
    titles = [i for i in range(story[0]) if masks[i, LABELS.index(Label.TITLE)]]
    above = chance.random() < _ABOVE
    wall = _wall(teasers, _MARKS if "\n\n" in text else ("",), chance)
    if above:
        begin = blocks[titles[-1] if titles else story[0]].start
        at = text.rfind("\n", 0, begin) + 1
        made = wall + "\n\n"
    else:
        end = text.find("\n", blocks[story[-1]].end)
        at = end if end >= 0 else len(text)
        made = "\n\n" + wall
    if "\n\n" not in text:
        made = made.replace("\n\n", "\n")
    start = at + len(made) - len(made.lstrip())
    return replaced(text, [(at, at)], [made]), (start, at + len(made.rstrip()))


def _wall(teasers: Sequence[Teaser], marks: Sequence[str], chance: random.Random) -> str:
    """Headlines and leads, all written alike."""
    mark, led, within = chance.choice(marks), chance.choice(_LED), chance.choice(_WITHIN)
    shown = []
    for one in teasers:
        lead = within + " " * len(mark) + one.lead if chance.random() < led else ""
        shown.append(f"{mark}{one.headline}{lead}")
    return "\n\n".join(shown)
