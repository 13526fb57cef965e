"""The figures of how it works are those of the weights and the constants."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import fields as dataclass_fields
from functools import cache
from itertools import accumulate
from pathlib import Path

import cleaner
from cleaner import dump, features, fixture, ranking, weights
from cleaner.article import Label
from cleaner.description import BUCKET_BITS
from cleaner.features.elements import around, likeness, prose
from cleaner.features.layout import layout
from cleaner.features.pages import Pages
from cleaner.features.place import _REACH, place
from cleaner.features.shape import shape
from cleaner.labeller import decision, model

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/how-it-works.md").read_text("utf-8")
FLOORS = json.loads((ROOT / "evaluation/floors.json").read_text("utf-8"))
TEXT = weights.shipped()
HTML = weights.shipped("html")
NO_NETWORK = ("words", "word_buckets", "names", "name_buckets", "mean", "deviation", "page")
NUMBERS = sum(
    getattr(TEXT, field.name).size
    for field in dataclass_fields(TEXT)
    if field.name not in NO_NETWORK
)
FARTHEST = max(max(-first, last - 1) for first, last in model.CONTEXTS)
CONTEXT_SIZES = sorted({last - first for first, last in model.CONTEXTS})

# Each with what it is said to be: no figure of the page stands outside of these.
SAID = {
    "Each block becomes {} numbers": len(TEXT.mean),
    "First come {} features": len(features.NAMES),
    "Then come {} numbers for its words": len(TEXT.mean) - len(features.NAMES),
    "For each of the {} labels there are log-odds": len(Label),
    "The {:,} words that tell most": len(TEXT.words),
    "by a hash of {} bits": BUCKET_BITS,
    "A network of {:,} numbers": NUMBERS,
    "turns the facts of a block into {} units": TEXT.embedding.shape[1],
    "layers of {} units follow": TEXT.layers.shape[-1],
    "its own, of {} units and without echoes": HTML.layers.shape[-1],
    "the means of the {} blocks beyond these": CONTEXT_SIZES[1],
    "and of the {} beyond those": CONTEXT_SIZES[2],
    "the mean, and {} means more": model.HEADS,
    "what was made, in {} numbers, of the other": TEXT.echo_in.shape[-1],
    "So a layer sees {} blocks to each side": FARTHEST,
    "decides with what {} blocks on either side": FARTHEST * len(TEXT.layers),
    "a probability for each of the {} labels": len(Label),
    "(Lipton, Elkan and Naryanaswamy, {},": 2014,
    "by {} units with weights of their own": len(ranking.shipped("calibration").bias),
    "never under {}, so that": f"{decision._HARDLY:.2f}".lstrip("0"),
    "is held from {} on": f"{decision._HARDLY:.2f}".lstrip("0"),
    "a logistic regression over {} facts of the page": len(TEXT.page) - 1,
    "has {} features more": len(features.ELEMENT_NAMES),
    "and {} numbers for the names": len(HTML.mean) - len(TEXT.mean) - len(features.ELEMENT_NAMES),
    "lines wrapped at {} columns": 80,
}


def folded(text: str) -> str:
    return " ".join(text.split())


def prose_of(text: str) -> str:
    """A page without its code, tables, links and pictures."""
    for pattern in (r"```.*?```", r"<picture>.*?</picture>"):
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    text = re.sub(r"^\|.*$|`[^`\n]*`", " ", text, flags=re.MULTILINE)
    return re.sub(r"\]\([^)]*\)", "]", text)


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the table that begins with this cell, without its heading."""
    lines = text[text.index(f"| {heading} |") :].split("\n\n", 1)[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_figure_of_the_page_is_what_the_weights_and_constants_have() -> None:
    said = folded(prose_of(PAGE))
    for phrase, number in SAID.items():
        sentence = phrase.format(number)
        assert sentence in said, sentence
        said = said.replace(sentence, "")
    left = set(re.findall(r"\w*\d\w*", said)) - {"F1", "libxml2"}
    assert not left, "figures that no test holds"


def test_the_words_that_stand_for_numbers_are_true() -> None:
    assert "Three layers" in PAGE
    assert len(TEXT.layers) == len(HTML.layers) == 3
    assert HTML.layers.shape[:2] == TEXT.layers.shape[:2]
    assert "in the last two layers, its echoes" in folded(PAGE)
    assert (len(TEXT.echo_out), len(HTML.echo_out)) == (2, 0)
    assert "is long lines (more than ten words)" in folded(PAGE)
    assert features.NAMES[features.LONG] == "over 10 words"
    assert "within eight blocks" in folded(PAGE)
    assert _REACH == 8
    assert "dumps of five renderers" in folded(PAGE)
    assert len(set(FLOORS["dumps.dev"]["renderer"]) - {"ALL"}) == 5


def test_the_table_of_features_has_all_of_them_and_no_other() -> None:
    rows = table(PAGE, "group")
    named = [name for _, _, names in rows for name in names.split(", ")]
    assert Counter(named) == Counter(features.NAMES)
    for group, number, names in rows:
        assert int(number) == len(names.split(", ")), group


def test_the_groups_of_features_are_those_of_the_modules() -> None:
    told = Pages(dump.read("Ferry returns\n"), [1])
    of_layout, of_shape = set(layout(told)), set(shape(told))
    groups = {group: set(names.split(", ")) for group, _, names in table(PAGE, "group")}
    assert groups["length"] | groups["its end"] | groups["signs"] <= of_shape
    assert groups["how it is set"] <= of_layout
    assert groups["repetition"] | groups["place"] | groups["prose around"] <= set(place(told))


def test_the_table_of_elements_has_the_numbers_of_their_modules() -> None:
    numbers = [int(row[1]) for row in table(PAGE, "about")]
    assert numbers == [len(each.PHRASES) for each in (around, prose, likeness)]
    assert sum(numbers) == len(features.ELEMENT_NAMES)


@cache
def observed() -> dict[str, tuple[float, float]]:
    """What share of the story's blocks, and of the cruft's, is so, over the fixtures."""
    sides: tuple[list[dict[str, bool]], ...] = ([], [])
    for path in sorted((ROOT / "fixtures/articles").glob("*.tsv")):
        gold = fixture.parse(path.read_text("utf-8"))
        blocks = dump.read(gold.dump)
        labels = [Label(label) for label in _labels(gold, [block.start for block in blocks])]
        story = [label in (Label.BODY, Label.HEADING) for label in labels]
        for i, values in enumerate(features.describe(blocks).values.tolist()):
            fact = dict(zip(features.NAMES, values, strict=True))
            if story[i] or not labels[i].kept:  # title, byline and date are neither
                holds = {
                    "more than ten words": fact["over 10 words"] > 0,
                    "ends as a sentence does": fact["ends sentence"] > 0,
                    "the block above is of its side too": i > 0 and story[i - 1] == story[i],
                    "stands on the page again, word for word": fact["repeated"] > 0,
                }
                sides[story[i]].append(holds)
    cruft, of_story = sides
    return {
        name: (
            sum(each[name] for each in of_story) / len(of_story),
            sum(each[name] for each in cruft) / len(cruft),
        )
        for name in of_story[0]
    }


def _labels(gold: fixture.Fixture, starts: list[int]) -> list[str]:
    """The labels of blocks that start there: those of the lines that they start in."""
    ends = list(accumulate(len(line) + 1 for line in gold.dump.split("\n")))
    return [gold.labels[bisect_right(ends, start)] for start in starts]


def test_what_is_said_of_dumps_is_true_of_the_fixtures() -> None:
    rows = table(PAGE, "observation")
    found = observed()
    assert {row[0] for row in rows} == set(found)
    for name, *shares in rows:
        for told, share in zip(shares, found[name], strict=True):
            assert abs(int(told.removesuffix(" %")) - 100 * share) <= 1, (name, found[name])


def test_the_picture_s_mistake_is_the_one_that_is_told() -> None:
    article = cleaner.clean((ROOT / "docs/pictures/page.txt").read_bytes())
    body = [block for block in article.blocks if block.label in (Label.BODY, Label.HEADING)]
    wrong = [b.text for b in body if b.text.startswith(("A letter from", "Marta Osgood has"))]
    told = "a line for the story's that is none: the author's bio."
    assert (len(wrong) == 1) is (told in folded(PAGE)), f"the page keeps {wrong}: say so"
