"""Reading one credit line: where its names stand, and what the lexicon promises."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from functools import partial
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import credit, lexicon
from cleaner.credit.given import is_person
from cleaner.credit.tokens import CREDIT_CHARS, tokens

LEXICON = lexicon.load("credits")
LEADS = sorted(set(chain.from_iterable(LEXICON["lead"].values())))
# Texts in which credits, and what looks like credits, are likely.
PIECES = st.sampled_from(
    """
    By by Von von de la Ana Ruiz Tom Lee Editor and & , ; / | - • : ( ) 3 May 2024 12:30 @ana
    記者 王小明 報導 기자 홍길동 كتب أحمد وسعيد Reuters Updated photo Text: © __ ... 's ﬁ \u0301
    """.split()  # noqa: SIM905 (a list of them would fill a page)
)
CREDITS = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)

credit.read("By Ana Ruiz, 3 May")  # the lexicons are read on first use: outside any deadline


MONTHS = {
    form
    for months in lexicon.load("months").values()
    for forms in months.values()
    for form in "|".join(forms).split("|")
    if " " not in form
}


def entries(kind: str) -> set[str]:
    return set(chain.from_iterable(LEXICON[kind].values()))


@given(CREDITS, st.booleans())
def test_any_line_gives_names_that_stand_in_it_in_order_and_apart(text: str, strict: bool) -> None:
    spans = credit.read(text, strict=strict).spans
    bounds = [place for span in spans for place in span]
    assert bounds == sorted(bounds)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@pytest.mark.parametrize(
    ("line", "strict", "sure"),
    [
        ("Ana Ruiz", ["Ana Ruiz"], ["Ana Ruiz"]),
        ("gizmo", [], ["gizmo"]),
        ("Outlook", [], ["Outlook"]),
        ("Politics", [], []),
        ("loved by readers", [], ["readers"]),
        ("Politics Weekly", [], ["Politics Weekly"]),
        ("Written by gizmo", ["gizmo"], ["gizmo"]),
        ("3 May 2024 by gizmo", ["gizmo"], ["gizmo"]),
    ],
)
def test_a_line_that_no_label_vouches_for_is_read_strictly(
    line: str, strict: list[str], sure: list[str]
) -> None:
    found = [[line[a:b] for a, b in credit.read(line, strict=how).spans] for how in (True, False)]
    assert found == [strict, sure]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("& Tom Lee, Director", ["Tom Lee"]),  # goes on with the line above
        ("Text & Fotos: Ana Ruiz", ["Ana Ruiz"]),
        ("3 May 2024 byAna Ruiz Post a Comment", ["Ana Ruiz"]),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(line: str, expected: list[str]) -> None:
    assert [line[start:end] for start, end in credit.read(line).spans] == expected


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ("By", True),
        ("Ana Ruiz and", True),
        ("By Ana Ruiz,", True),
        (",", True),
        ("、", True),
        ("ו", True),
        (";", False),
        ("Ana Ruiz", False),
        ("", False),
    ],
)
def test_a_line_that_ends_where_a_name_must_follow_says_so(line: str, waits: bool) -> None:
    assert credit.read(line).waits is waits


def test_a_role_beside_a_name_is_told() -> None:
    assert credit.read("Ana Ruiz, Editor").role
    assert credit.read("홍길동 기자").role
    assert not credit.read("Ana Ruiz").role
    assert not credit.read("Editor").role


@given(CREDITS)
def test_the_cheap_look_never_misses_a_lead_word(text: str) -> None:
    if credit.read(text[: credit.LEAD_CHARS]).led:
        assert credit.may_lead(text)


@pytest.mark.parametrize(
    "line", ["記者李小明", "本报记者 李小明", "ライター 山田太郎", "글 홍길동", "By 李小明"]
)
def test_in_unspaced_writing_a_lead_word_is_seen_where_it_is_glued(line: str) -> None:
    assert credit.may_lead(line)
    assert not credit.may_lead("李小明昨日乘渡輪返回港口")


@given(CREDITS)
def test_tokens_are_slices_in_order(text: str) -> None:
    found = tokens(text)
    places = [place for token in found for place in (token.start, token.end)]
    assert places == sorted(places)
    assert all(text[token.start : token.end] == token.text for token in found)


@pytest.mark.parametrize("lead", LEADS)
def test_every_lead_word_opens_a_credit(lead: str) -> None:
    name = "李小明" if "\u4e00" <= lead[-1] <= "\u9fff" else "Ana Ruiz"
    line = f"{lead[0].upper()}{lead[1:]}: {name}"
    read = credit.read(line)
    assert read.led
    assert [line[start:end] for start, end in read.spans] == [name]
    assert credit.may_lead(line)


@pytest.mark.parametrize("word", sorted(entries("other")))
def test_no_credit_of_another_craft_names_an_author(word: str) -> None:
    assert not credit.read(f"{word[0].upper()}{word[1:]}: Ana Ruiz").spans


@pytest.mark.parametrize("kind", ["ambiguous", "short", "colon"])
def test_every_exception_among_the_leads_is_a_lead(kind: str) -> None:
    assert entries(kind) <= entries("lead")


def test_every_exception_of_the_other_lists_stands_in_its_list() -> None:
    assert entries("weak") <= entries("conjunction")
    assert entries("titled") <= entries("place")
    assert entries("short") <= entries("ambiguous")
    assert entries("signoff") <= entries("lead")


def test_the_entries_are_lower_case_and_none_stands_twice_in_a_list() -> None:
    for kind, languages in LEXICON.items():
        for language, words in languages.items():
            assert len(words) == len(set(words)), (kind, language)
            assert all(word == word.lower().rstrip(".") for word in words), (kind, language)


def test_leads_are_known_in_many_languages() -> None:
    assert len(LEXICON["lead"]) >= 60
    assert len(LEXICON["conjunction"]) >= 50


@pytest.mark.parametrize(
    "unit", ["a", "By ", "Ana Ruiz, ", "1,", "((", "a.", "aA", "___", "@", "é́"]
)
def test_a_line_of_any_length_is_read_in_bounded_time(unit: str) -> None:
    began = time.process_time()
    read = credit.read(unit * 200_000)
    assert time.process_time() - began < 1
    assert all(end <= CREDIT_CHARS for _, end in read.spans)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Posted by Ana Ruiz _ 59 Comments", "Ana Ruiz"),  # a renderer's emphasis
        ("_ Ana Ruiz _", "Ana Ruiz"),
        ("Photo of Ana Ana", "Ana"),  # a portrait's text, and the name
        ("By Ana Ruiz On 12 December 2022", "Ana Ruiz"),
        ("By A. J. Ruiz View In Digital Edition", "A. J. Ruiz"),
    ],
)
def test_what_renderers_and_buttons_leave_beside_a_name_is_cut_off(line: str, name: str) -> None:
    assert [line[start:end] for start, end in credit.read(line).spans] == [name]


@pytest.mark.parametrize("line", ["Lighthouse © Bo Ek", "Show Caption", "mins read"])
def test_a_copyright_sign_and_buttons_are_no_names(line: str) -> None:
    assert not credit.read(line, strict=True).spans


@pytest.mark.parametrize(
    "name",
    [
        "Ana Ruiz", "ANA RUIZ", "José Ortega y Gasset", "Jean-Luc Petit", "Anne-Sophie Petit",
        "Kiss Anna", "Анна Орлова", "Γιάννης Ρήγας", "دنيا أحمد", "Łukasz Wilk", "Ayşe Kaya",
    ],
)  # fmt: skip
def test_a_persons_name_is_told_by_its_given_name(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "text",
    [
        "", "Ana", "Harbour News", "Share This Story", "Sports Desk", "Wellness & Ergonomics",
        "The ferry on which Ana Ruiz sails", "3 May", "...", "\u0301 \u0301", "Ana " + "z" * 200,
    ],
)  # fmt: skip
def test_other_words_are_no_persons_name(text: str) -> None:
    assert not is_person(text)


def test_no_given_name_is_listed_twice_or_with_an_accent_that_readers_would_not_find() -> None:
    listed = [n for names in lexicon.load("given_names")["name"].values() for n in names.split()]
    assert len(listed) == len(set(listed))
    assert all(is_person(f"{name} Ruiz") for name in listed)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("โดย วรรณิศา ทองประไพ | วันศุกร์ที่ 12 มกราคม 2572", ["วรรณิศา ทองประไพ"]),
        ("เผยแพร่เมื่อ วันพฤหัสบดีที่ 29 มกราคม 2558", []),
        ("掲載日：2022年2月14日（月）", []),
    ],
)
def test_a_day_of_the_week_is_no_name(line: str, names: list[str]) -> None:
    assert [line[start:end] for start, end in credit.read(line).spans] == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("26. September 2019 Ana Ruiz Schreibe einen Kommentar", ["Ana Ruiz"]),
        ("1. Januar 2016 von KleineFähre Ein Kommentar", ["KleineFähre"]),
        ("Ein Kommentar von Ana Ruiz", ["Ana Ruiz"]),
        ("Ana Ruiz22. Februar 2020", ["Ana Ruiz"]),
        ("by Ana Ruiz --10 min read", ["Ana Ruiz"]),
        ("Ana Ruiz LinkedIn", ["Ana Ruiz"]),
        ("Hafen-Online-Experte Tom Lee", ["Tom Lee"]),
        ("Read Mode", []),
        ("written by Our Editors", ["Our Editors"]),
    ],
)
def test_what_stands_beside_a_name_on_a_blog_or_an_app_is_no_part_of_it(
    line: str, names: list[str]
) -> None:
    for strict in (True, False):
        spans = credit.read(line, strict=strict).spans
        assert [line[start:end] for start, end in spans] == names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Alex Reyes KHPN", "Alex Reyes"),
        ("By Henry Lee III", "Henry Lee III"),
        ("By Gina RuizCEO", "Gina Ruiz"),
        ("Ana Ruiz_Reporter", "Ana Ruiz"),
        ("By Nina Pine", "Nina Pine"),  # a lead word elsewhere
    ],
)
def test_letters_and_words_glued_to_a_name_are_no_part_of_it(line: str, name: str) -> None:
    assert [line[start:end] for start, end in credit.read(line, strict=True).spans] == [name]


@pytest.mark.parametrize(
    "line", ["SaveCopyPrintTelegram", "CopierWhatsAppImprimer", "XViberΕκτύπωση", "ПечатьWhatsApp"]
)
@pytest.mark.parametrize("lead", ["", "By "])
def test_labels_of_buttons_without_spaces_between_are_no_name(line: str, lead: str) -> None:
    assert not credit.read(lead + line).spans


@pytest.mark.parametrize(
    "name", ["Ana DeLaCruz", "Rosa McDonald-McLeod", "Oлег Ветров", "Zoë von K"]
)
def test_a_name_may_have_capitals_within_and_a_letter_of_another_alphabet(name: str) -> None:
    line = f"By {name}"
    assert [line[start:end] for start, end in credit.read(line).spans] == [name]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ana Ruiz, MD", ["Ana Ruiz, MD"]),
        ("By Ana Ruiz, MD, FOXA, DABX", ["Ana Ruiz, MD, FOXA, DABX"]),
        ("Ana Ruiz, PhD, RN and Tom Lee, MD, Editor", ["Ana Ruiz, PhD, RN", "Tom Lee, MD"]),
        ("Ana Ruiz, MD, AFP", ["Ana Ruiz, MD", "AFP"]),
        ("Ana Ruiz, AFP", ["Ana Ruiz", "AFP"]),
        ("Ana Ruiz and KXQZ", ["Ana Ruiz", "KXQZ"]),
    ],
)
def test_degrees_belong_to_the_name_before_and_those_behind_a_known_one_too(
    line: str, names: list[str]
) -> None:
    assert [line[start:end] for start, end in credit.read(line).spans] == names


@pytest.mark.parametrize("line", ["Ana Ruiz, KXQZ", "By Ana Ruiz, KXQZ", "Ana Ruiz | Columnists"])
def test_letters_behind_a_comma_that_no_agency_has_and_what_writers_are_are_no_name(
    line: str,
) -> None:
    assert [line[start:end] for start, end in credit.read(line).spans] == ["Ana Ruiz"]


@pytest.mark.parametrize(
    "line",
    [
        "יום ראשון, 15 בדצמבר 2019",
        "יום שבת, 14 בדצמבר 2019",
        "पब्लिश्ड: 3 मई 2023 अंतिम अपडेट: 4 मई 2023",
    ],
)
def test_a_weekday_and_the_words_for_a_last_update_are_nobody(line: str) -> None:
    assert credit.read(line).spans == credit.read(line, strict=True).spans == ()


@pytest.mark.parametrize("write", [str.lower, str.upper, partial(unicodedata.normalize, "NFD")])
def test_a_month_beside_a_number_is_nobody_in_any_language(write: Callable[[str], str]) -> None:
    dates = [f"27 {write(month)} 2018" for month in sorted(MONTHS)]
    assert [date for date in dates if {token.kind for token in tokens(date)} != {"number"}] == []
