"""Public extractors, given a dump."""

from __future__ import annotations

import cleaner
from evaluation import extractors

DUMP = """\
Courier
  • News

Ferry returns to Port Hale

The ferry to Port Hale sails again from Monday, the harbour office said in a letter to all.

The crossing takes forty minutes & saves the islanders a drive of three hours round the bay.
"""


def test_a_dump_is_given_to_extractors_as_a_paragraph_for_each_block() -> None:
    html = extractors.in_paragraphs(DUMP)
    assert html.count("<p>") == 5
    assert "<p>News</p>" in html
    assert "minutes &amp; saves" in html


def test_c4_keeps_lines_that_end_as_sentences_do_in_any_script() -> None:
    body = extractors.c4_lines(f"{DUMP}Sign up.\n渡轮昨天恢复通航。\n").body
    assert body.startswith("The ferry to Port Hale")
    assert body.endswith("渡轮昨天恢复通航。")
    assert "Sign up" not in body


def test_the_whole_dump_is_what_to_do_nothing_gives() -> None:
    assert extractors.every_line(DUMP).body == DUMP


def test_lines_can_be_scored_without_any_extractor_installed() -> None:
    found = extractors.installed(of_text=True)
    assert {"C4's line rules", "every line"} <= set(found)
    assert found["every line"](DUMP).body == DUMP


def test_every_installed_extractor_of_text_answers_and_never_raises() -> None:
    for name, extract in extractors.installed(of_text=True).items():
        assert isinstance(extract(DUMP), cleaner.Article), name
        assert isinstance(extract(b"\xff\x00"), cleaner.Article), name
