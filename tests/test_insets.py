"""Lists, tables and code set into stories: the gold says of them what the dump shows."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from cleaner import dump, markup
from cleaner.labeller.model import STORY
from training import insets
from training.align import allowed
from training.tokens import tokens

BODY = """\
The ferry to Port Hale sails again on Monday, after two winters at the quay for repairs which the
council had put off, and put off again.
Its captain, who grew up on the other side of the bay, says that the timetable is the old one and
that the fares are the old ones too.
Nobody has counted how many islanders have bought cars since, but the harbour master thinks that
most of them would rather not have.
""".replace("\n", " ").split(". ")
BODY = [f"{line.strip(' .')}." for line in BODY]
MENU = ["Home", "News", "Harbour", "Weather"]
TEXT = "\n".join([*MENU, "Ferry returns", *BODY, "Most read", "Goat wins prize"]) + "\n"
GOLD = {"body": BODY}

SEEDS = st.integers(0, 499)


@given(SEEDS)
def test_what_is_set_into_a_story_is_the_storys(seed: int) -> None:
    text, gold = insets.inset(TEXT, GOLD, random.Random(seed)) or ("", {})
    blocks = dump.read(text)
    known = {block.text for block in dump.read(TEXT)}
    masks = allowed(blocks, gold, None)
    set_in = [i for i, block in enumerate(blocks) if block.text not in known]
    worded = [i for i in set_in if tokens(blocks[i].text)]  # none where points read as one again
    assert masks[worded][:, STORY].any(1).sum() >= 0.9 * len(worded)
    outside = [i for i, block in enumerate(blocks) if block.text in (*MENU, "Goat wins prize")]
    assert not masks[outside][:, STORY].any()


@given(SEEDS)
def test_the_dump_loses_nothing_and_shows_all_that_its_gold_holds(seed: int) -> None:
    text, gold = insets.inset(TEXT, GOLD, random.Random(seed)) or ("", {})
    told = iter(tokens(text))
    assert all(word in told for word in tokens(TEXT))
    assert all(" ".join(tokens(line)) in " ".join(tokens(text)) for line in gold["body"])


@given(SEEDS)
def test_only_words_of_the_paragraph_and_of_code_are_set_in(seed: int) -> None:
    text, _ = insets.inset(TEXT, GOLD, random.Random(seed)) or ("", {})
    forms = {word for form in insets._CODE for word in tokens(form)}
    initials = {name[0] for name in tokens(" ".join(BODY))}
    new = {word for word in tokens(text) if not word.isdigit()} - set(tokens(TEXT))
    assert {word.removesuffix("px") for word in new if not word[:-2].isdigit()} <= forms | initials


def test_a_page_without_prose_is_left_as_it_is() -> None:
    assert insets.inset("", GOLD, random.Random(0)) is None
    assert insets.inset("\n".join(MENU), GOLD, random.Random(0)) is None


def test_a_page_is_set_the_same_way_by_the_same_chance() -> None:
    one, other = (insets.inset(TEXT, GOLD, random.Random(7)) for _ in range(2))
    assert one == other != insets.inset(TEXT, GOLD, random.Random(8))


# --- HTML

PAGE = "<nav><a>Home</a></nav><h1>Ferry returns</h1>{}<footer>Most read</footer>".format(
    "".join(f'<p class="text">{line}</p>' for line in BODY)
)


@given(SEEDS)
def test_what_is_set_into_a_story_in_html_is_the_storys(seed: int) -> None:
    page, gold = insets.inset_html(PAGE, GOLD, random.Random(seed)) or ("", {})
    assert page != PAGE
    blocks = markup.read(page).blocks
    masks = allowed(blocks, gold, None)
    worded = [i for i, block in enumerate(blocks) if tokens(block.text)]
    outside = [i for i in worded if blocks[i].text in ("Home", "Most read", "Ferry returns")]
    assert not masks[outside][:, STORY].any()
    inside = sorted({*worded} - {*outside})
    assert masks[inside][:, STORY].any(1).sum() >= 0.9 * len(inside)


@given(SEEDS)
def test_html_loses_no_word_of_the_page(seed: int) -> None:
    page, _ = insets.inset_html(PAGE, GOLD, random.Random(seed)) or ("", {})
    shown = [word for block in markup.read(page).blocks for word in tokens(block.text)]
    told = iter(word.lstrip("0123456789") for word in shown)
    assert all(word in told for line in BODY for word in tokens(line))


def test_html_without_paragraphs_of_the_gold_is_left_as_it_is() -> None:
    assert insets.inset_html("<p>Home</p>", GOLD, random.Random(0)) is None
