"""The lexicons: data that loads, says why it is there, and holds nothing twice or too broad."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import regex

from cleaner import lexicon

FILES = {
    path.name.removesuffix(".toml"): path.read_text("utf-8")
    for path in files(lexicon).iterdir()
    if path.name.endswith(".toml")
}
# BCP-47, and what is of no one language.
TAG = regex.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?|und|all")
SHORT = regex.compile(r"\p{Latin}{1,2}")

subjects = pytest.mark.parametrize("subject", sorted(FILES))


def entries(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    """Every list of a lexicon (or single value, or words parted by spaces), with its path."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from entries(below, (*path, key))
    elif isinstance(value, list):
        yield path, value
    else:
        yield path, value.split() if isinstance(value, str) else [value]


def forms(value: Any) -> list[str]:
    """The forms that the cells of a list hold, parted by "|"."""
    texts = [entry for _, listed in entries(value) for entry in listed if isinstance(entry, str)]
    return [form for text in texts for form in text.split("|") if form]


def test_there_are_lexicons_of_languages_dates_and_credits() -> None:
    assert {"languages", "months", "date_words", "credits"} <= FILES.keys()


@subjects
def test_a_lexicon_is_loaded_once(subject: str) -> None:
    assert lexicon.load(subject) == tomllib.loads(FILES[subject]) != {}
    assert lexicon.load(subject) is lexicon.load(subject)


def test_a_subject_without_a_lexicon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="goats"):
        lexicon.load("goats")


@subjects
def test_a_lexicon_begins_with_what_it_is_for(subject: str) -> None:
    assert FILES[subject].startswith("# ")


@pytest.mark.parametrize("subject", sorted(FILES.keys() - {"months"}))  # which a program writes
def test_every_table_says_what_it_holds(subject: str) -> None:
    lines = FILES[subject].split("\n")
    seen = set()
    for number, line in enumerate(lines):
        table = regex.match(r"\[([\w-]+)", line)
        if table and table[1] not in seen:
            seen.add(table[1])
            beside = (lines[number - 1], lines[number + 1])
            assert any(near.startswith("# ") for near in beside), table[1]


@subjects
def test_no_list_holds_an_entry_twice(subject: str) -> None:
    for path, listed in entries(lexicon.load(subject)):
        twice = [entry for entry, times in Counter(listed).items() if entry != "" and times > 1]
        assert not twice, path


@subjects
def test_entries_are_composed_and_folded(subject: str) -> None:
    for path, listed in entries(lexicon.load(subject)):
        for entry in listed:
            if isinstance(entry, str):
                assert unicodedata.is_normalized("NFC", entry), (path, entry)
                assert entry == " ".join(entry.split()), (path, entry)


def test_words_of_credits_and_languages_are_lower_case() -> None:
    for subject in ("credits", "languages"):
        data = dict(lexicon.load(subject))
        data.pop("script", None)  # patterns, not words
        assert [form for form in forms(data) if form != form.lower()] == []


@pytest.mark.parametrize(
    ("subject", "tables"),
    [
        ("languages", ("words",)),
        ("credits", ("lead", "other", "role", "conjunction", "unit")),
        ("date_words", ("months", "weekdays", "filler", "clock")),
        ("date_words", ("published", "updated", "joined")),
        ("months", ()),
    ],
)
def test_tables_are_kept_by_language(subject: str, tables: tuple[str, ...]) -> None:
    data = lexicon.load(subject)
    for table in (data[name] for name in tables) if tables else (data,):
        assert [tag for tag in table if not TAG.fullmatch(tag)] == []


def test_there_are_twelve_months_and_seven_weekdays() -> None:
    words, names = lexicon.load("date_words"), lexicon.load("months").values()
    months = [*words["months"].values(), *words["jalali"].values()]
    months += [language["months"] for language in names if "months" in language]
    weekdays = [*words["weekdays"].values()]
    weekdays += [language["weekdays"] for language in names if "weekdays" in language]
    assert {len(cells) for cells in months} == {12}
    assert {len(cells) for cells in weekdays} == {7}


# --- one or two letters match on every page: such an entry counts only under some condition


def short(value: Any) -> set[str]:
    return {form for form in forms(value) if SHORT.fullmatch(form)}


def test_a_short_lead_of_a_credit_counts_only_where_a_line_begins() -> None:
    data = lexicon.load("credits")
    # "by" opens a credit wherever it stands: it is what the table is there for.
    assert short(data["lead"]) - set(forms(data["ambiguous"])) == {"by"}


def test_a_conjunction_of_one_letter_parts_names_only_between_full_names() -> None:
    data = lexicon.load("credits")
    letters = {form for form in short(data["conjunction"]) if len(form) == 1}
    assert letters - set(forms(data["weak"])) == set()


def test_a_short_month_counts_only_beside_a_year_or_never() -> None:
    data = lexicon.load("date_words")
    months = [language.get("months", []) for language in lexicon.load("months").values()]
    dropped = {*data["excluded"]["months"], *data["weak"]["months"]}
    assert (short(months) | short(data["months"])) - dropped == set()


@pytest.mark.parametrize(
    ("subject", "table"),
    [
        ("credits", "other"),
        ("credits", "colon"),
        ("date_words", "published"),
        ("date_words", "updated"),
        ("date_words", "joined"),
        ("date_words", "day_word"),
        ("date_words", "dual"),
    ],
)
def test_what_counts_by_itself_is_longer_than_two_letters(subject: str, table: str) -> None:
    assert short(lexicon.load(subject)[table]) == set()


def test_every_language_is_told_by_ten_words_or_more() -> None:
    words = lexicon.load("languages")["words"]
    assert {tag: listed for tag, listed in words.items() if len(listed.split()) < 10} == {}


def test_every_letter_is_of_one_script_at_most() -> None:
    every = "".join(map(chr, range(0x10000)))
    scripts = lexicon.load("languages")["script"].values()
    letters = Counter(
        c for script in scripts for c in regex.findall(f"[{script['letters']}]", every)
    )
    assert letters.keys() >= set("aяب渡かกא가")
    assert set(letters.values()) == {1}
