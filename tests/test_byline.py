"""Who wrote it: choosing the block that credits the authors, and splitting it into names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.article import Block, Label
from cleaner.byline import look, names, pick
from cleaner.byline.facts import NAMES
from cleaner.description import ORDER, as_labelled
from cleaner.strategies import samples
from tests.pages import doubted

TITLE = ("title", "Harbour ferry returns to service")
BODY = ("body", "The ferry that links the two banks of the harbour sailed again at noon.")
STORY = (TITLE, BODY, BODY)
DOUBTED = 336  # pages, four of each language and style
LABELS = st.sampled_from(list(Label))
CRUFT = st.sampled_from([Label.NAVIGATION, Label.SHARE, Label.PROMO, Label.FOOTER, Label.RELATED])
LINES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "By",
            "By Ana Ruiz",
            "Ana Ruiz",
            "and",
            ",",
            "Tom Lee, Editor",
            "3 May 2024",
            "Photo: Bo Ek",
        ]
    ),
)

names("By Ana Ruiz, 3 May")  # the lexicons are read on first use: outside any deadline


def block(label: str | Label, text: str, score: float = 0.9) -> Block:
    return Block(0, len(text), text, label=Label(label), score=score)


def page(*lines: tuple[str, str]) -> list[Block]:
    return [block(label, text) for label, text in lines]


def authors(*lines: tuple[str, str]) -> tuple[str, ...]:
    found = pick(page(*lines))
    return found.authors if found else ()


@given(st.lists(st.builds(block, LABELS, LINES, st.floats(0, 1)), max_size=20))
def test_any_blocks_give_authors_that_stand_in_them(blocks: list[Block]) -> None:
    found = pick(blocks)
    if found is None:
        return
    assert found.authors
    assert found.evidence.text == found.text
    assert all(any(author in each.text for each in blocks) for author in found.authors)
    home = blocks[found.evidence.block].text
    assert found.text in home or found.text == ", ".join(found.authors)
    assert found.authors[0] in home


@given(
    st.lists(st.builds(block, CRUFT, st.text(max_size=20)), max_size=5),
    st.lists(st.builds(block, CRUFT, st.text(max_size=20)), max_size=5),
)
def test_cruft_around_the_story_leaves_its_byline(above: list[Block], below: list[Block]) -> None:
    story = page(TITLE, ("byline", "By Ana Ruiz and Tom Lee"), BODY, BODY)
    found = pick([*above, *story, *below])
    assert found is not None
    assert found.authors == ("Ana Ruiz", "Tom Lee")
    assert found.evidence.block == len(above) + 1


@given(
    st.lists(st.sampled_from(["Ana Ruiz", "Tom Lee", "Kim Oh", "Bo Ek"]), min_size=1, unique=True)
)
def test_a_credit_of_any_number_of_names_gives_them_back(people: list[str]) -> None:
    joined = " and ".join([", ".join(people[:-1]), people[-1]]) if people[1:] else people[0]
    assert names(joined) == tuple(people)
    assert names(f"By {joined}") == tuple(people)


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "By Ana Ruiz and Tom Lee", ["Ana Ruiz", "Tom Lee"]),
        ("de", "Von Jutta Kern und Uwe Brandt", ["Jutta Kern", "Uwe Brandt"]),
        ("nl", "Door Piet de Wit en Sanne van den Berg", ["Piet de Wit", "Sanne van den Berg"]),
        ("fr", "Par Léa Morel et Hugo Petit", ["Léa Morel", "Hugo Petit"]),
        ("es", "Por Ana Ruiz y Luis Gil", ["Ana Ruiz", "Luis Gil"]),
        ("pt", "Por Rita Lopes e Rui Costa", ["Rita Lopes", "Rui Costa"]),
        ("it", "di Carla Neri e Ugo Bassi", ["Carla Neri", "Ugo Bassi"]),
        ("ca", "Per Marta Puig i Joan Serra", ["Marta Puig", "Joan Serra"]),
        ("ro", "Autor: Ion Pop și Ana Radu", ["Ion Pop", "Ana Radu"]),
        ("sv", "Text: Anna Berg och Nils Ek Foto: Bo Lind", ["Anna Berg", "Nils Ek"]),
        ("no", "Av Kari Dahl og Ola Moen", ["Kari Dahl", "Ola Moen"]),
        ("da", "Af Mette Holm", ["Mette Holm"]),
        ("is", "Eftir Jón Pálsson", ["Jón Pálsson"]),
        ("fi", "Teksti: Aino Laine ja Eero Salo", ["Aino Laine", "Eero Salo"]),
        ("et", "Autor: Mari Tamm ja Jaan Kask", ["Mari Tamm", "Jaan Kask"]),
        ("lv", "Autors: Jānis Ozols", ["Jānis Ozols"]),
        ("lt", "Autorius: Jonas Kalnas ir Rūta Vaitkė", ["Jonas Kalnas", "Rūta Vaitkė"]),
        ("pl", "Przez Jan Lis i Ewa Sowa", ["Jan Lis", "Ewa Sowa"]),
        ("cs", "Autor: Petr Dub a Jana Malá", ["Petr Dub", "Jana Malá"]),
        ("sk", "Autor: Ján Hora a Eva Nová", ["Ján Hora", "Eva Nová"]),
        ("hr", "Piše: Ivan Horvat i Ana Marić", ["Ivan Horvat", "Ana Marić"]),
        ("sr", "Пише: Јован Илић", ["Јован Илић"]),
        ("bg", "Автор: Иван Петров и Мария Колева", ["Иван Петров", "Мария Колева"]),
        ("ru", "Автор: Пётр Зайцев, Анна Орлова", ["Пётр Зайцев", "Анна Орлова"]),
        ("uk", "Автор: Олена Коваль та Іван Гай", ["Олена Коваль", "Іван Гай"]),
        ("el", "Από τον Νίκο Ρήγα και Άννα Δούκα", ["Νίκο Ρήγα", "Άννα Δούκα"]),
        ("hu", "Írta: Kiss Anna és Nagy Béla", ["Kiss Anna", "Nagy Béla"]),
        ("tr", "Yazan: Ayşe Kaya ve Ali Demir", ["Ayşe Kaya", "Ali Demir"]),
        ("ka", "ავტორი: ნინო ბერიძე", ["ნინო ბერიძე"]),
        ("he", "מאת דנה לוי ויוסי כהן", ["דנה לוי", "יוסי כהן"]),
        ("ar", "كتب: سامي نور ومريم خليل", ["سامي نور", "مريم خليل"]),
        ("fa", "نویسنده: رضا کریمی و سارا امینی", ["رضا کریمی", "سارا امینی"]),
        ("hi", "लेखक: राम कुमार और सीता देवी", ["राम कुमार", "सीता देवी"]),
        ("th", "โดย สมชาย ใจดี", ["สมชาย ใจดี"]),
        ("vi", "Tác giả: Trần Minh và Lê Hoa", ["Trần Minh", "Lê Hoa"]),
        ("id", "Oleh: Budi Santoso dan Siti Aminah", ["Budi Santoso", "Siti Aminah"]),
        ("sw", "Na Juma Hamisi", ["Juma Hamisi"]),
        ("af", "Deur Jan Botha", ["Jan Botha"]),
        ("zh", "文/李小明 王芳", ["李小明", "王芳"]),
        ("zh-Hant", "【記者王小明台北報導】", ["王小明"]),
        ("ja", "文・山田太郎", ["山田太郎"]),
        ("ko", "홍길동 기자 hong@post.example", ["홍길동"]),
    ],
)
def test_the_lead_words_of_many_languages_are_cut_off(
    language: str, line: str, expected: list[str]
) -> None:
    assert list(names(line)) == expected, language


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ana Ruiz, Senior Correspondent", ["Ana Ruiz"]),
        ("Ana Ruiz Deputy Political Editor", ["Ana Ruiz"]),
        ("Editor Ana Ruiz", ["Ana Ruiz"]),
        ("Authors: Ana Ruiz and Tom Lee, garden educators", ["Ana Ruiz", "Tom Lee"]),
        ("Ana Ruiz Offentliggjort", ["Ana Ruiz"]),
        ("Von Jutta Kern, Redakteurin für Finanzen", ["Jutta Kern"]),
        ("By Ana Ruiz ana@post.example", ["Ana Ruiz"]),
        ("Ana Ruiz @anaruiz", ["Ana Ruiz"]),
        ("By Ana Ruiz, +1 555 0100", ["Ana Ruiz"]),
        ("Ana Ruiz 12 June 2024, 10:30", ["Ana Ruiz"]),
        ("By Ana Ruiz Updated: 12 June 2024", ["Ana Ruiz"]),
        ("By Ana RuizJune 12, 2024 | 6 comments", ["Ana Ruiz"]),
        ("By Ana Ruiz • 5 min read", ["Ana Ruiz"]),
        ("By Ana Ruiz Follow", ["Ana Ruiz"]),
        ("Posted on 3 May 2024 by Ana Ruiz | Leave a comment", ["Ana Ruiz"]),
        ("109 Comments | Ana Ruiz | Last updated: 3 May", ["Ana Ruiz"]),
        ("Published by Ana Ruiz", ["Ana Ruiz"]),
        ("View all posts by Ana Ruiz", []),
        ("By Ana Ruiz in Madrid and Tom Lee in New York", ["Ana Ruiz", "Tom Lee"]),
        ("By Ana Ruiz, Madrid", ["Ana Ruiz"]),
        ("BY ANA RUIZ AND TOM LEE", ["ANA RUIZ", "TOM LEE"]),
        ("By Ana Ruiz (Special envoy)", ["Ana Ruiz"]),
        ("By Ana Ruiz | Tom Lee", ["Ana Ruiz", "Tom Lee"]),
        ("Ana Ruiz/Tom Lee", ["Ana Ruiz", "Tom Lee"]),
        ("ByAna Ruiz", ["Ana Ruiz"]),
        ("Ana Ruiz Ana Ruiz", ["Ana Ruiz"]),
        ("Portrait of Ana Ruiz", ["Ana Ruiz"]),
        ("Words by Ana Ruiz Photos by Tom Lee", ["Ana Ruiz"]),
        ("Reporting by Ana Ruiz and Tom Lee; Editing by Kim Oh", ["Ana Ruiz", "Tom Lee"]),
        ("Source: Agencies", []),
        ("Photo: Ana Ruiz", []),
        ("© Ana Ruiz", []),
        ("Published: Updated:", []),
        ("", []),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(line: str, expected: list[str]) -> None:
    assert list(names(line)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Alexa von Heyde", "Juan de la Cruz", "Omar bin Said", "Vincent van den Berg", "Ian McKay",
        "Seán O'Neill", "Jean-Luc Petit", "J. K. Lowell", "T.S. Ellis", "Ana Ruiz, PhD",
        "José Ortega y Gasset", "Dr. Ana Ruiz", "Tom Lee Jr.", "Loïc Le Clerc", "Will Ray",
        "Doris Day", "Jack Ma", "gizmo", "Al Harbour English", "The Associated Post", "7 News",
        "Smith & Co", "Sports Desk", "Redaktion", "dpa", "AFP", "Staff Reporter",
        "Our Correspondent",
    ],
)  # fmt: skip
def test_a_name_is_left_whole(name: str) -> None:
    assert names(f"By {name}") == (name,)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ana Ruiz and AFP", ("Ana Ruiz", "AFP")),
        ("Von Jutta Kern, dpa", ("Jutta Kern", "dpa")),
        ("By Ana Ruiz with agencies", ("Ana Ruiz", "agencies")),
        ("Reuters, London", ("Reuters",)),
    ],
)
def test_agencies_sign_beside_persons(line: str, expected: tuple[str, ...]) -> None:
    assert names(line) == expected


def test_the_text_is_the_credit_as_printed_without_its_lead_word() -> None:
    found = pick(page(TITLE, ("byline", "By Ana Ruiz and Tom Lee, Editors | 3 May"), BODY))
    assert found is not None
    assert found.text == "Ana Ruiz and Tom Lee"
    assert found.evidence.field == "byline"
    assert found.evidence.block == 1


def test_nobody_credited_is_no_byline() -> None:
    assert pick([]) is None
    assert pick(page(*STORY)) is None
    assert pick(page(TITLE, ("metadata", "Source: Agencies"), ("date", "3 May 2024"), BODY)) is None


def test_a_dateline_and_a_photo_credit_name_no_author() -> None:
    dateline = ("body", "Lisbon, May 3 (AFP).- The ferry sailed again at noon, its owner said.")
    assert not authors(TITLE, ("caption", "The ferry. Photo: Bo Ek"), dateline, BODY)


def test_a_quoted_person_is_no_author() -> None:
    assert not authors(TITLE, BODY, ("body", "“It floats,” said Bo Ek, the captain."), BODY)


def test_a_bare_name_in_a_byline_block_is_the_author() -> None:
    assert authors(TITLE, ("byline", "Ana Ruiz"), BODY, BODY) == ("Ana Ruiz",)


@pytest.mark.parametrize("label", ["byline", "date", "metadata"])
def test_a_lead_word_on_a_line_of_its_own_is_followed_by_its_name(label: str) -> None:
    assert authors(TITLE, ("byline", "By"), (label, "Ana Ruiz"), BODY, BODY) == ("Ana Ruiz",)


def test_names_spread_over_blocks_are_gathered_and_joined_by_commas() -> None:
    lines = ["By", "Ana Ruiz", "News Reporter", "and", "Tom Lee"]
    credit = [block("byline", line) for line in lines]
    found = pick([*page(TITLE), *credit, *page(BODY, BODY)])
    assert found is not None
    assert found.authors == ("Ana Ruiz", "Tom Lee")
    assert found.text == "Ana Ruiz, Tom Lee"
    assert found.evidence.block == 2


@pytest.mark.parametrize("label", ["byline", "tags"])
def test_a_comma_alone_ties_names_where_it_may_be_of_a_byline(label: str) -> None:
    found = authors(TITLE, ("byline", "Ana Ruiz"), (label, ","), ("byline", "Tom Lee"), BODY, BODY)
    assert found == (("Ana Ruiz", "Tom Lee") if label == "byline" else ("Ana Ruiz",))


def test_an_open_comma_reaches_into_blocks_of_other_labels() -> None:
    found = authors(TITLE, ("byline", "By Ana Ruiz,"), ("navigation", "Tom Lee"), BODY, BODY)
    assert found == ("Ana Ruiz", "Tom Lee")


def test_a_name_said_again_counts_once() -> None:
    found = pick(page(TITLE, ("byline", "Ana Ruiz"), ("byline", "Ana Ruiz"), BODY, BODY))
    assert found is not None
    assert (found.authors, found.text) == (("Ana Ruiz",), "Ana Ruiz")


def test_the_credit_above_the_story_comes_before_the_one_below() -> None:
    title, story = page(TITLE), page(*[BODY] * 8)
    doubtful, sure = (block("byline", "By Tom Lee", score) for score in (0.2, 0.9))
    for blocks, expected in (
        ([*title, *page(("byline", "By Ana Ruiz")), *story, doubtful], ("Ana Ruiz",)),
        ([*title, *story, sure], ("Tom Lee",)),
    ):
        found = pick(blocks)
        assert found is not None
        assert found.authors == expected


def test_a_byline_below_the_deck_is_above_the_story() -> None:
    assert authors(TITLE, BODY, ("byline", "By Ana Ruiz"), BODY, BODY) == ("Ana Ruiz",)


@pytest.mark.parametrize("label", ["other", "metadata", "date", "caption", "navigation", "body"])
def test_a_lead_word_near_the_headline_outweighs_another_label(label: str) -> None:
    line = block(label, "By Ana Ruiz", 0.3)
    found = pick([*page(TITLE), line, *page(BODY, BODY)])
    assert found is not None
    assert found.authors == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("related", "By Ana Ruiz"),
        ("other", "Loved by readers"),
        ("other", "Powered by Ana Ruiz"),
        ("body", "By Monday the ferry had carried more people than in all of last year."),
        ("body", "By Land And Sea."),
    ],
)
def test_not_every_lead_word_credits_an_author(label: str, text: str) -> None:
    assert not authors(TITLE, (label, text), BODY, BODY)


def test_a_lead_word_far_from_the_story_credits_nobody() -> None:
    far = [("other", "By Tom Lee"), *[("navigation", "Harbour")] * 20]
    assert not authors(*far, TITLE, BODY, BODY)
    assert not authors(TITLE, BODY, BODY, *far[::-1])


def test_a_date_line_may_hold_the_name() -> None:
    assert authors(TITLE, ("date", "3 May 2024 by Ana Ruiz"), BODY, BODY) == ("Ana Ruiz",)
    blocks = page(TITLE, ("date", "03.05.2024 - Ana Ruiz"), BODY, BODY)
    chances = as_labelled(blocks)
    chances[1] *= 0.7
    chances[1, ORDER[Label.BYLINE]] = 0.3
    found = pick(blocks, chances)
    assert found is not None
    assert found.authors == ("Ana Ruiz",)
    assert not authors(TITLE, ("date", "3 May 2024, from London"), BODY, BODY)


def test_reporters_named_at_the_end_are_the_last_resort() -> None:
    sources = ("body", "(Reporting by Ana Ruiz in Lisbon; Editing by Kim Oh)")
    assert authors(*STORY, sources) == ("Ana Ruiz",)
    assert authors(TITLE, ("byline", "Tom Lee"), BODY, BODY, sources) == ("Tom Lee",)


def test_a_lone_word_is_an_author_where_a_lead_word_credits_it() -> None:
    doubtful = [*page(TITLE), block("byline", "Outlook", 0.3), *page(BODY, BODY)]
    assert pick(doubtful) is None
    sure = [*page(TITLE), block("byline", "By gizmo", 0.97), *page(BODY, BODY)]
    found = pick(sure)
    assert found is not None
    assert found.authors == ("gizmo",)


def test_names_on_list_items_of_one_bullet_are_one_credit() -> None:
    names_in = [
        Block(0, 8, name, marker="•", label=Label.BYLINE, score=0.9)
        for name in ("Ana Ruiz", "Tom Lee")
    ]
    found = pick([*page(TITLE), *names_in, *page(BODY, BODY)])
    assert found is not None
    assert (found.authors, found.text) == (("Ana Ruiz", "Tom Lee"), "Ana Ruiz, Tom Lee")


CREDITED = [*page(TITLE), block("byline", "Ana Ruiz and Tom Lee"), *page(BODY, BODY)]


def weighed(monkeypatch: pytest.MonkeyPatch, chances: dict[tuple[str, ...], float]) -> None:
    """Let the candidates of these names have these chances, and all others none."""

    def probabilities(rows: list[list[float]], _: object) -> list[float]:
        found = look(CREDITED, as_labelled(CREDITED), 0)[0]
        assert len(rows) == len(found)
        return [chances.get(one.names, 0.0) for one in found]

    monkeypatch.setattr("cleaner.byline.ranking.probabilities", probabilities)


def test_readings_of_one_line_speak_for_a_credit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    both = ("Ana Ruiz", "Tom Lee")
    weighed(monkeypatch, {both: 0.3, ("Ana Ruiz",): 0.25})
    found = pick(CREDITED, headline=0)
    assert found is not None
    assert (found.authors, found.evidence.confidence) == (both, 0.55)
    weighed(monkeypatch, {both: 0.3})
    assert pick(CREDITED, headline=0) is None


@pytest.mark.parametrize("label", ["related", "navigation"])
def test_a_byline_under_another_label_is_found_by_its_probability(label: str) -> None:
    blocks = page(TITLE, (label, "Ana Ruiz"), BODY, BODY)
    chances = as_labelled(blocks)
    assert pick(blocks, chances) is None
    chances[1] *= 0.6
    chances[1, ORDER[Label.BYLINE]] = 0.4
    found = pick(blocks, chances)
    assert found is not None
    assert found.authors == ("Ana Ruiz",)


def read_names(*lines: tuple[str, str]) -> set[tuple[str, ...]]:
    """The credits that may be the authors' on a page of these lines, by their names."""
    blocks = page(*lines)
    return {one.names for one in look(blocks, as_labelled(blocks))[0]}


def test_a_persons_name_below_the_headline_is_read_whatever_its_label() -> None:
    far = [("share", "share")] * 4
    lines = (TITLE, *far, ("share", "Ana Ruiz"), ("share", "Harbour News"), BODY, BODY)
    assert read_names(*lines) == {("Ana Ruiz",)}


def test_a_line_of_nothing_but_a_name_right_below_the_headline_is_read() -> None:
    assert read_names(TITLE, ("navigation", "Gizmo Ruiz"), BODY) == {("Gizmo Ruiz",)}
    far = [("navigation", "share")] * 5
    assert read_names(TITLE, *far, ("navigation", "Gizmo Ruiz"), BODY) == set()


def test_one_word_after_a_lead_word_is_read_on_the_same_line_and_on_the_next() -> None:
    assert read_names(TITLE, ("navigation", "by gizmo on 3 May 2024"), BODY) == {("gizmo",)}
    assert ("gizmo",) in read_names(TITLE, ("share", "By"), ("navigation", "gizmo"), BODY)
    assert ("Gizmo",) in read_names(TITLE, ("share", "Von"), ("title", "Gizmo"), BODY)


def test_one_word_beside_a_date_is_read_as_a_name_too() -> None:
    assert ("gizmo",) in read_names(TITLE, ("date", "gizmo, 3 May 2024"), BODY)


def test_an_and_on_a_line_of_its_own_ties_the_names_around_it() -> None:
    lines = [("share", "By"), ("share", "Ana Ruiz"), ("share", "and"), ("share", "Tom Lee")]
    found = read_names(TITLE, *lines, ("share", "Bo Ek"), BODY)
    assert ("Ana Ruiz", "Tom Lee") in found
    assert ("Ana Ruiz", "Tom Lee", "Bo Ek") not in found


def test_a_credit_of_several_lines_may_end_after_each_of_the_first() -> None:
    lines = [("byline", "Ana Ruiz"), ("byline", "Tom Lee"), ("byline", "Bo Ek")]
    whole = ("Ana Ruiz", "Tom Lee", "Bo Ek")
    assert {whole[:1], whole[:2], whole} <= read_names(TITLE, *lines, BODY)


@pytest.mark.parametrize("owner", ["© 2024 Ana Ruiz.", "© Harbour News"])
def test_whose_a_site_is_may_have_written_what_it_says(owner: str) -> None:
    lines = [("navigation", "Home"), ("navigation", "Ana Ruiz"), *[("navigation", "Menu")] * 9]
    blocks = page(*lines, TITLE, BODY, BODY, ("footer", owner))
    found, rows = look(blocks, as_labelled(blocks), headline=11)
    facts = [dict(zip(NAMES, row, strict=True))["owner"] for row in rows]
    # The line, and the notice itself.
    expected = [(("Ana Ruiz",), 1.0)] * 2 if "Ruiz" in owner else []
    assert list(zip((one.names for one in found), facts, strict=True)) == expected


@pytest.mark.parametrize(
    "notice",
    [
        "© 2024 Ana Ruiz. All rights reserved.",
        "(C) 2024 Ana Ruiz",
        "Copyright (c) 2012- Ana Ruiz. Design by Quayside Templates.",
        "©2020 - Ana Ruiz - Words and Pictures",
        "Copyright Ana Ruiz 2012-2025. CC BY-NC 4.0.",
        "Copyright © 2021 by Ana Ruiz | Imprint",
    ],
)
def test_a_person_whose_the_page_is_may_have_written_it(notice: str) -> None:
    told = [("title", "Bridge opens"), ("body", "It opens on Friday."), ("footer", notice)]
    assert ("Ana Ruiz",) in read_names(*told)


@pytest.mark.parametrize(
    "notice",
    ["© Ana Ruiz", "© 2024 Harbour News", "Photo 2024 Ana Ruiz", "© 2024 Ana Ruiz Gallery Inc"],
)
def test_a_picture_is_a_persons_too_and_a_house_is_no_person(notice: str) -> None:
    told = [("title", "Bridge opens"), ("body", "It opens on Friday."), ("footer", notice)]
    assert ("Ana Ruiz",) not in read_names(*told)


def test_a_name_counts_by_its_place_about_the_headline() -> None:
    menu = [("navigation", "Harbour")] * 9
    blocks = page(("byline", "Tom Lee"), *menu, TITLE, ("byline", "By Ana Ruiz"), BODY, BODY)
    found = pick(blocks, headline=10)
    assert found is not None
    assert found.authors == ("Ana Ruiz",)
    assert found.evidence.runner_up == "Tom Lee"
    assert found.evidence.confidence is not None
    assert found.evidence.confidence > 0.4


def test_a_word_in_a_byline_after_a_lone_lead_word_is_the_author() -> None:
    assert authors(TITLE, ("byline", "By"), ("byline", "gizmo"), BODY, BODY) == ("gizmo",)
    prose = ("other", "what else there is to see on the water this week")
    assert authors(TITLE, ("byline", "By"), prose, BODY, BODY) == ()


def test_the_credit_beside_the_headline_comes_before_one_that_stands_first() -> None:
    above = [block("byline", "Tom Lee", 0.3), *page(*[("navigation", "Harbour")] * 3)]
    found = pick([*above, *page(TITLE, ("byline", "Ana Ruiz"), BODY, BODY)])
    assert found is not None
    assert (found.authors, found.evidence.block) == (("Ana Ruiz",), 5)
    assert (found.evidence.runner_up, bool(found.evidence.reason)) == ("Tom Lee", True)


def test_of_two_credits_the_surer_one_counts() -> None:
    doubtful, sure = block("byline", "Tom Lee", 0.5), block("byline", "Ana Ruiz", 0.95)
    found = pick([*page(TITLE), doubtful, *page(BODY), sure, *page(BODY, BODY, BODY)])
    assert found is not None
    assert (found.authors, found.evidence.runner_up) == (("Ana Ruiz",), "Tom Lee")


@pytest.mark.parametrize("between", ["News Reporter", "12:30"])
def test_a_name_far_below_a_credit_is_no_part_of_it(between: str) -> None:
    lines = [("byline", "By Ana Ruiz"), *[("byline", between)] * 6, ("byline", "Tom Lee")]
    assert authors(TITLE, *lines, BODY, BODY) == ("Ana Ruiz",)


@pytest.mark.parametrize("name", ["ana ruiz", "ANA RUIZ"])
def test_a_credit_in_one_case_is_one(name: str) -> None:
    assert authors(TITLE, ("byline", name), BODY, BODY) == (name,)


# Of generated pages whose labels are hardly or much in doubt: what was measured, less a hundredth.
@pytest.mark.parametrize(("sure", "floor"), [((0.9, 1.0), 0.957), ((0.3, 0.7), 0.841)])
def test_the_authors_are_found_though_labels_are_in_doubt(
    sure: tuple[float, float], floor: float
) -> None:
    right = 0
    for sample in samples(DOUBTED, seed=141):
        blocks, chances = doubted(sample, sure)
        headline = next((i for i, one in enumerate(blocks) if one.label is Label.TITLE), None)
        found = pick(blocks, chances, headline)
        right += (found.authors if found else ()) == sample.authors
    assert right >= floor * DOUBTED


def test_a_headline_read_off_the_page_title_line_stands_where_the_labels_have_it() -> None:
    menu = [("navigation", f"Section {k}") for k in range(40)]
    told = ("metadata", f"{TITLE[1]} | The Gazette")
    blocks = page(told, *menu, TITLE, ("byline", "Maahin Sundaram"), BODY, BODY)
    found = pick(blocks, headline=0)
    assert found
    assert found.authors == ("Maahin Sundaram",)


def test_a_credit_by_its_words_is_read_up_to_some_lines_below_the_story_and_no_further() -> None:
    for below, read_there in ((0, True), (6, True), (7, False)):
        blocks = page(TITLE, BODY, BODY, *[("other", "Harbour")] * below, ("other", "By Ana Ruiz"))
        found, _ = look(blocks, as_labelled(blocks), headline=0)
        assert [one.names for one in found] == [("Ana Ruiz",)] * read_there


def test_a_credit_counts_by_its_place_about_the_headline_that_is_given() -> None:
    credit, menu = ("byline", "By Ana Ruiz"), [("navigation", "Harbour")] * 5
    blocks = page(("other", "Ferry sails"), credit, *menu, ("other", "Ferry sails"), BODY, BODY)
    for headline, touches in ((0, 1.0), (7, 0.0)):
        found, rows = look(blocks, as_labelled(blocks), headline=headline)
        told = [dict(zip(NAMES, row, strict=True)) for row in rows]
        assert [one["touches"] for one in told] == [touches] * len(found)
        assert [one["over"] for one in told] == [1.0 - touches] * len(found)
    near, far = pick(blocks, headline=0), pick(blocks, headline=7)
    assert near
    assert near.evidence.confidence != (far and far.evidence.confidence)


def test_a_credit_that_stands_twice_is_no_rival_of_itself() -> None:
    found = pick(page(TITLE, ("byline", "By Ana Ruiz"), BODY, BODY, ("byline", "By Ana Ruiz")))
    assert found
    assert found.authors == ("Ana Ruiz",)
    assert found.evidence.runner_up is None
    assert 0.5 < (found.evidence.confidence or 0.0) <= 1.0
