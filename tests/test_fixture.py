from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.article import Label
from cleaner.fixture import Fixture, parse, render

words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), min_size=1)
# A line may hold tabs, and line breaks of other systems: only "\n" parts lines.
lines = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))


@st.composite
def fixtures(draw: st.DrawFn) -> Fixture:
    rows = [
        (draw(st.sampled_from(Label)) if line.strip() else "", line)
        for line in draw(st.lists(lines, min_size=1))
    ]
    keys = words.filter(lambda key: ":" not in key)
    header = draw(st.dictionaries(keys, words | st.just("")))
    return Fixture("\n".join(line for _, line in rows), tuple(str(row[0]) for row in rows), header)


@given(fixtures())
def test_what_is_rendered_is_parsed_again(fixture: Fixture) -> None:
    assert parse(render(fixture)) == fixture


@given(st.text())
def test_any_text_is_a_fixture_or_a_value_error(text: str) -> None:
    try:
        fixture = parse(text)
    except ValueError:
        return
    assert len(fixture.labels) == len(fixture.dump.split("\n"))


def test_a_header_without_lines_is_no_fixture() -> None:
    with pytest.raises(ValueError, match="no lines"):
        parse("#! language: en")


def test_every_fixture_has_labels_for_all_its_lines(fixture_path: Path) -> None:
    text = fixture_path.read_bytes().decode("utf-8")
    fixture = parse(text)
    assert fixture.header["language"]
    pairs = zip(fixture.labels, fixture.dump.split("\n"), strict=True)
    assert all(bool(label) == bool(line.strip()) for label, line in pairs)
    assert parse(render(fixture)) == fixture


def test_only_the_lines_at_the_head_are_header() -> None:
    fixture = parse("#! language: en\n\nother\t#! not: a header")
    assert fixture.header == {"language": "en"}
    assert fixture.dump == "\n#! not: a header"


def test_a_header_value_may_hold_colons_or_be_empty() -> None:
    fixture = parse("#! date_text: Mon 4 May, 9:30\n#! authors:\n")
    assert fixture.header == {"date_text": "Mon 4 May, 9:30", "authors": ""}


@pytest.mark.parametrize("row", ["no label here", "headline\tFerry returns", "\tFerry returns"])
def test_a_line_without_a_known_label_is_named(row: str) -> None:
    with pytest.raises(ValueError, match=r"^line 3: no label"):
        parse(f"#! language: en\nbody\tIt sails.\n{row}\n")


def test_labels_and_lines_that_differ_in_number_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        render(Fixture("Ferry returns\nIt sails.", ("title",)))
