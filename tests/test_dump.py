"""Reading a dump into blocks: what is joined, what is left out, and that nothing else is lost."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.article import Block
from cleaner.dump import read

INVISIBLE = "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202e\u2066\u2069\u061c"
BULLETS = "•·▪‣◦●○■□*+→»>"
BARE = re.compile(rf"[\s{INVISIBLE}\u202b-\u202d\u2067\u2068]|[{BULLETS}o#-]|\(BUTTON\)")

VOCABULARY = re.findall(
    r"\S+",
    "the a an old new harbour ferry quay mayor crossing island engine captain gulls weather storm"
    " timetable passengers returned sailed said Monday, (again) slowly; it was is of to in on at"
    " 1987 £40 twenty-three anchor. waited. harbourmaster's and because although lighthouse keeper",
)

# Pieces of dumps of every make, and a little of everything else.
pieces = st.sampled_from(
    [
        "Ferry returns", "It sails at noon,", "said the mayor.", "and no later", "•", "* News", "o",
        "  - Sport", "    o Chess", "# Ferry", "### Quay", "> quote", "[1]Home", "[23]", "(BUTTON)",
        "**bold**", "_so_", "](", "[Quay](http://q.example/a_b)", "![](x.png)", "\\_", "***", "»",
        "渡轮恢复通航", "เรือข้ามฟาก", "フェリー。", "나룻배가 다닌다", "- Sim, disse ele.", "— No.",
        "\u200b", "\u00ad", "\u200f", "\t", "   ", " ", ".", ")", "The ferry to the isles",
        "[star.gif]", "[a_quay.JPG] News",
    ]
)  # fmt: skip
breaks = st.sampled_from(["\n"] * 6 + ["\n\n", "\n\n\n", " ", "\n  ", "\n    ", "\n\t", "\f"])
dumps = st.lists(st.tuples(pieces, breaks), max_size=30).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)
texts = dumps | st.text(st.characters())


def shapes(text: str) -> list[tuple[str, str, int, int]]:
    """All of the blocks but their offsets and the blank lines before the first."""
    blocks = read(text)
    return [(b.text, b.marker, b.indent, b.gap if i else 0) for i, b in enumerate(blocks)]


def told(text: str) -> list[str]:
    return [block.text for block in read(text)]


# --- what holds of every text


@given(texts)
def test_blocks_stand_in_order_and_do_not_overlap(text: str) -> None:
    blocks = read(text)
    assert all(0 <= b.start < b.end <= len(text) for b in blocks)
    assert all(before.end <= after.start for before, after in pairwise(blocks))


@given(texts)
def test_between_blocks_are_only_white_space_invisible_characters_and_bare_bullets(
    text: str,
) -> None:
    at = 0
    for block in read(text):
        assert not BARE.sub("", text[at : block.start])
        at = block.end
    assert not BARE.sub("", text[at:])


@given(texts)
def test_a_block_begins_and_ends_at_something_to_see(text: str) -> None:
    for block in read(text):
        edges = text[block.start] + text[block.end - 1]
        assert not any(edge.isspace() or edge in INVISIBLE for edge in edges)


@given(texts)
def test_the_text_of_a_block_stands_in_its_slice_in_order(text: str) -> None:
    for block in read(text):
        assert block.text == " ".join(block.text.split()) != ""
        source = iter(text[block.start : block.end])
        assert all(char in source for char in block.text if char != " ")


@given(st.lists(st.tuples(pieces, breaks), max_size=30))
def test_only_marks_are_left_out(pairs: list[tuple[str, str]]) -> None:
    pairs = [(piece, gap) for piece, gap in pairs if not re.search(r"[*_\[\]#\\]", piece)]
    text = "".join(piece + gap for piece, gap in pairs)
    for block in read(text):
        shown = re.sub(f"[{INVISIBLE}]", "", text[block.start : block.end])
        # The marker of a line of two bullets has one space between them, however many it is given.
        marked = "".join(block.marker.split()) + "".join(block.text.split())
        assert marked == "".join(shown.split())


@given(dumps)
def test_crlf_and_lf_make_no_difference(text: str) -> None:
    assert shapes(text.replace("\n", "\r\n")) == shapes(text)


@given(dumps)
def test_a_byte_order_mark_makes_no_difference(text: str) -> None:
    assert shapes("\ufeff" + text) == shapes(text)


@given(dumps, st.lists(st.sampled_from(["", " ", "   ", "\t", "\u00a0 "]), min_size=1))
def test_trailing_white_space_makes_no_difference(text: str, tails: list[str]) -> None:
    lines = text.split("\n")
    spaced = (line + tails[i % len(tails)] for i, line in enumerate(lines))
    assert shapes("\n".join(spaced)) == shapes(text)


@given(dumps)
def test_non_breaking_spaces_make_no_difference(text: str) -> None:
    assert shapes(text.replace(" ", "\u00a0")) == shapes(text)


@given(dumps, st.integers(0, 3), st.integers(0, 3))
def test_blank_lines_at_the_ends_make_no_difference(text: str, above: int, below: int) -> None:
    assert shapes("\n" * above + text + "\n" * below) == shapes(text)


# --- wrapped dumps


def prose(seed: int, lead: str, words: list[str] = VOCABULARY) -> list[str]:
    """Paragraphs of some 40 to 90 words, each beginning with `lead`."""
    chance = random.Random(seed)
    sizes = [chance.randint(40, 90) for _ in range(chance.randint(5, 9))]
    return [" ".join([lead, *chance.choices(words, k=size)]) for size in sizes]


def wrap(paragraph: str, width: int, indent: str = "", hanging: str | None = None) -> str:
    """Break lines before the word that would not fit."""
    lines = [indent]
    for word in paragraph.split():
        if len(lines[-1]) + 1 + len(word) > width and lines[-1].strip():
            lines.append((indent if hanging is None else hanging) + word)
        else:
            lines[-1] += (" " if lines[-1].strip() else "") + word
    return "\n".join(lines)


@given(st.integers(0), st.integers(70, 140), st.sampled_from(["", "   ", "\t"]))
def test_paragraphs_wrapped_at_any_width_are_read_as_they_were(
    seed: int, width: int, indent: str
) -> None:
    paragraphs = prose(seed, "Yesterday")
    columns = width - len(indent.expandtabs()) + len(indent)
    text = "\n\n".join(wrap(paragraph, columns, indent) for paragraph in paragraphs)
    assert told(text) == paragraphs


@given(st.integers(0), st.integers(70, 140))
def test_menus_around_the_story_do_not_hide_its_width(seed: int, width: int) -> None:
    menu = ["Home", "Harbour news", "Chess and other board games", "Weather"]
    listed = "\n".join(f"   * {entry}" for entry in menu)
    paragraphs = prose(seed, "Yesterday")
    story = "\n\n".join(wrap(paragraph, width, "   ") for paragraph in paragraphs)
    assert told(f"{listed}\n\n{story}\n\n{listed}") == [*menu, *paragraphs, *menu]


@given(st.integers(0), st.integers(70, 140))
def test_list_items_wrapped_with_a_hanging_indent_are_joined(seed: int, width: int) -> None:
    items = prose(seed, "Yesterday")
    text = "\n".join(wrap(f"* {item}", width, "     ", "       ") for item in items)
    assert shapes(text) == [(item, "*", 5, 0) for item in items]


@given(st.integers(0), st.integers(70, 140), st.sampled_from(["o", "-"]))
def test_a_word_that_looks_like_a_bullet_is_not_lost_where_a_line_was_wrapped(
    seed: int, width: int, word: str
) -> None:
    paragraphs = prose(seed, "Ontem", [*VOCABULARY, word])
    text = "\n\n".join(wrap(paragraph, width, "   ") for paragraph in paragraphs)
    # Alone on a line, or in two lines on end, it is taken for a bullet all the same.
    bullets = rf"^ +{word}(?:(?: {word})*$|.*\n +{word}(?: |$)| {word} )"
    assume(not re.search(bullets, text, re.MULTILINE))
    assert told(text) == paragraphs


@given(
    st.integers(0),
    st.integers(36, 70),
    st.sampled_from(["渡轮恢复通航港务局周一表示，。「」", "フェリーがもどる。"]),
    st.sampled_from(["\n", "\r\n", " \n", "\n   ", "\u200b\n"]),
)
def test_lines_of_wide_scripts_are_joined_without_a_space(
    seed: int, columns: int, letters: str, newline: str
) -> None:
    chance = random.Random(seed)
    story = "".join(chance.choices(letters, k=columns * 6 + chance.randint(1, columns - 1)))
    indent = "   " if newline == "\n   " else ""
    lines = [story[at : at + columns] for at in range(0, len(story), columns)]
    assert told(indent + newline.join(lines)) == [story]


def test_thai_is_wrapped_at_its_spaces_which_stay() -> None:
    story = " ".join(["เรือข้ามฟากกลับมาแล้ว", "หลังพายุ", "สองปี"] * 12)
    assert told(wrap(story, 60)) == [story]


def test_a_short_line_ends_a_paragraph_of_a_wide_script() -> None:
    paragraphs = ["渡轮恢复通航" * 30 + "。", "港务局周一表示" * 20 + "。"] * 3
    lines = [p[at : at + 38] for p in paragraphs for at in range(0, len(p), 38)]
    assert told("\n".join(lines)) == paragraphs


def test_a_number_that_is_broken_in_a_wide_script_stays_one_number() -> None:
    story = "渡轮在" + "港务局" * 11 + "1985" + "年恢复通航，" * 20 + "ABC 报道。"
    lines = "\n".join(story[at : at + 38] for at in range(0, len(story), 38))
    assert "19\n85年" in lines
    assert told(lines) == [story]


def test_letters_beside_a_wide_script_keep_the_space_of_their_line_break() -> None:
    story = "港" * 40 + "Harbour\n" + "务" * 47 + "\n" + "局" * 47 + "\n" + "周" * 47 + "\n" + "一"
    assert told(story) == [story.replace("r\n", "r ").replace("\n", "")]


def test_lines_that_open_with_a_quote_are_not_taken_for_wrapped_ones() -> None:
    paragraphs = ["“" + "渡轮恢复通航" * size + "。”" for size in (8, 9, 9, 10, 10, 11, 12)]
    assert told("\n".join(paragraphs)) == paragraphs
    assert told("\n\n".join(["港口", "\n".join(paragraphs), "天气"]))[1:-1] == paragraphs


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("一" * 70 + "在", "港口。"),
        ("一" * 70 + "在", "。"),
        ("The ferry to the outer islands is back, said the harbour master,", "who waited for it."),
        ("The ferry to the outer islands takes as many as it can, up to 100 %", "of its seats."),
        ("א" * 60 + " בנמל", "הישן והחדש."),
        ("เรือข้ามฟากไปเกาะรอบนอกกลับมาแล้ว " * 2 + "นายท่าบอก", "ผู้รอเรือมาสองปี"),
        ("เรือข้ามฟากไปเกาะรอบนอกกลับมาแล้ว " * 2 + "หลังหยุดไป 2", "ปี นายท่าบอก"),
    ],
    ids=[
        "wide",
        "a stop",
        "cased",
        "a share",
        "caseless",
        "without stops",
        "a number without stops",
    ],
)
def test_one_line_that_breaks_off_shows_the_width_where_blank_lines_part_paragraphs(
    first: str, rest: str
) -> None:
    space = "" if first[0] == "一" else " "
    assert told(f"  Menu\n\n   {first}\n   {rest}\n\n   Home\n") == [
        "Menu",
        f"{first}{space}{rest}",
        "Home",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The ferry to the outer islands is back, said the harbour master.", "who waited."),
        ("The ferry to the outer islands is back and so are all the gulls", "Gulls on board"),
        ("The ferry is back and so are all the gulls", "and the goats."),
        ("เรือข้ามฟากไปเกาะรอบนอกกลับมาแล้วหลังพายุ", "นกนางนวลบนเรือ"),
        ("សាឡាងទៅកោះបានត្រឡប់មកវិញ " * 3 + "ហើយ។", "សត្វនៅលើសាឡាង"),
    ],
    ids=[
        "a sentence that has ended",
        "a line that goes on with none",
        "a line with room",
        "room in Thai",
        "a stop in Khmer",
    ],
)
def test_two_lines_show_no_width_unless_a_full_one_breaks_off(first: str, second: str) -> None:
    lines = f"  Menu\n\n   {first}\n   {second}\n\n   Home\n"
    assert told(lines) == ["Menu", first, second, "Home"]


def test_full_lines_without_stops_are_paragraphs_beside_one_that_is_longer_than_a_terminal() -> (
    None
):
    short = [f"เรือข้ามฟากไปเกาะรอบนอกกลับมาแล้ว{n} " * 2 + "นายท่าบอก" for n in ("", "วันนี้")]
    long = " ".join([*short, short[0]])
    assert told("\n\n".join(["เมนู", "\n".join(short)]))[1:] == [" ".join(short)]
    assert told("\n\n".join(["เมนู", "\n".join([*short, long])]))[1:] == [*short, long]


def test_korean_lines_are_joined_with_a_space() -> None:
    story = " ".join(["나룻배가 수요일부터 다시 다닌다고 항만 관리소가 밝혔다."] * 8)
    assert told(wrap(story, 40)) == [story]


def test_a_long_address_does_not_hide_the_width() -> None:
    paragraphs = prose(7, "Yesterday")[:2]
    address = "https://harbour.example/" + "timetable/" * 20
    text = "\n\n".join([*(wrap(paragraph, 72) for paragraph in paragraphs), address])
    assert text.count("\n") - 2 * text.count("\n\n") == 10  # wrapped lines, against one address
    assert told(text) == [*paragraphs, address]


def test_lines_that_seem_wrapped_by_chance_do_not_outweigh_the_long_ones() -> None:
    headlines = ["Gulls take the ferry to the outer islands for the summer"] * 8
    assert told("\n".join([*headlines, ""])) == [" ".join(headlines)]
    story = [paragraph[:200].strip() for paragraph in prose(6, "Yesterday")[:2]]
    text = "\n\n".join(["\n".join(headlines), *story])
    assert told(text) == [*headlines, *story]


FULL = "The gulls, which had been waiting for the captain's sandwiches, go on board."  # 76 columns


@pytest.mark.parametrize(
    "after",
    ["* Sport", "  indented", "\nhttps://q.example/" + "a" * 60 + "\nSport", "\nSport"],
    ids=["a bullet", "another indent", "too long a line", "a blank line"],
)
def test_a_full_line_goes_on_only_in_a_line_like_it(after: str) -> None:
    paragraphs = prose(7, "Yesterday")
    text = "\n\n".join(wrap(paragraph, 76) for paragraph in paragraphs)
    expected = [line.removeprefix("* ").strip() for line in after.split("\n") if line]
    assert told(f"{text}\n\n{FULL}\n{after}\n") == [*paragraphs, FULL, *expected]


def test_a_dash_after_a_line_with_room_for_it_is_a_bullet() -> None:
    paragraphs = prose(7, "Yesterday")
    text = "\n\n".join(wrap(paragraph, 80, "   ") for paragraph in paragraphs)
    after = f"   {FULL[:69]}\n   - Sport\n"
    assert told(f"{text}\n\n{after}") == [*paragraphs, FULL[:69], "Sport"]


def test_short_lines_are_never_joined_in_a_wrapped_dump() -> None:
    wrapped = "\n\n".join(wrap(paragraph, 80) for paragraph in prose(8, "Yesterday"))
    poem = ["The ferry went", "the way it came,", "the gulls forgot", "its name."]
    assert told("\n".join([*poem, "", wrapped]))[:4] == poem


def test_lines_of_their_own_length_are_left_alone() -> None:
    lines = [f"{paragraph[:length]}." for paragraph, length in zip(
        prose(9, "Yesterday"), (60, 140, 44, 120, 95), strict=False
    )]  # fmt: skip
    text = "\n\n".join(lines)
    assert told(text) == [" ".join(line.split()) for line in lines]


# --- dumps of one text node a line


def test_a_sentence_split_at_its_links_is_joined() -> None:
    text = (
        "The ferry to the outer islands is back, said the\nharbour master\n"
        ", who had waited for it since the first storm of the winter.\n"
        "On its way there it will call at Longholm and at\nGull Rock\nuntil the lamps are lit.\n"
        "Tickets are sold on board.\n"
    )
    assert told(text) == [
        (
            "The ferry to the outer islands is back, said the harbour master , who had waited"
            " for it since the first storm of the winter."
        ),
        "On its way there it will call at Longholm and at Gull Rock until the lamps are lit.",
        "Tickets are sold on board.",
    ]


def test_punctuation_on_a_line_of_its_own_ends_the_sentence_before() -> None:
    text = "Tickets for the morning ferry are sold on board\n.\nHome\nNews\nSport\n"
    assert told(text)[0] == "Tickets for the morning ferry are sold on board ."


@pytest.mark.parametrize(("sign", "space"), [("”", " "), (")", " "), ("。", "")])
def test_a_sign_on_a_line_of_its_own_goes_with_a_sentence_that_has_ended(
    sign: str, space: str
) -> None:
    whole = f"(“It sails.{space}{sign}"  # beside a wide sign a line break is no space
    assert told(f"(“It sails.\n{sign}\nHome\nNews\n") == [whole, "Home", "News"]


def test_a_name_that_was_a_link_opens_its_sentence() -> None:
    text = "Ann Lee\nwas at the helm when the ferry came back to its quay.\nHome\n"
    assert told(text) == ["Ann Lee was at the helm when the ferry came back to its quay.", "Home"]


def test_a_sentence_that_breaks_off_is_not_joined_to_the_next_one() -> None:
    lines = [
        "On its way there it will call at Longholm and at",
        "The Harbour Post has a list of all that will open",
        "in the summer months.",
    ]
    assert told("\n".join(lines)) == [lines[0], f"{lines[1]} {lines[2]}"]


def test_a_sentence_may_begin_with_a_few_words_before_its_first_link() -> None:
    text = (
        "The ferry to the outer islands is back after two winters.\nThe council of\nGull Rock\n"
        "will discuss on Monday what the boat is to be called.\nHome\n"
    )
    assert told(text)[1:] == [
        "The council of Gull Rock will discuss on Monday what the boat is to be called.",
        "Home",
    ]


@pytest.mark.parametrize("above", ["Share", "Cruise ship leaves the harbour"])
def test_punctuation_after_a_link_shows_that_the_few_words_before_it_begin_a_sentence(
    above: str,
) -> None:
    pieces = ["The day after", "Port Hale Day", ", between nettles, stood an apple tree all along."]
    assert told("\n".join([above, *pieces])) == [above, " ".join(pieces)]


@pytest.mark.parametrize("small", ["of", "the old", "von", "à la"])
def test_few_words_that_end_in_a_small_one_begin_the_sentence_of_the_link_below(small: str) -> None:
    link, rest = "Port Hale", "moved from cellar to cellar until now and again."
    begun = f"For 45 years the library {small}"
    assert told("\n".join(["Share", begun, link, rest])) == ["Share", f"{begun} {link} {rest}"]
    heading = "Forty-five years of libraries"
    assert told("\n".join(["Share", heading, link, rest])) == ["Share", heading, f"{link} {rest}"]


# A sentence ends on the first line; the next breaks off before its first link.
CUT = {
    "zh": (
        "“我们只在一幅画上见过它，没想到它在眼前”。在",
        "望潮镇",
        "教书的",
        "叶知秋",
        "说。渡轮回来了。",
    ),
    "ar": ("كان كل شيء هادئا هذا الصباح. قال رئيس بلدية", "تل الريحان", "إنه سعيد. والعبّارة عادت."),
    "he": ("הכול היה שקט הבוקר, והים היה חלק. אמר ראש", "נמל שחף", "שהוא שמח. המעבורת שבה."),
}


@pytest.mark.parametrize("pieces", CUT.values(), ids=CUT)
def test_a_sentence_that_is_cut_by_links_is_joined_where_letters_have_no_case(
    pieces: tuple[str, ...],
) -> None:
    space = "" if pieces[0][0] == "“" else " "
    assert told("\n".join(["News", *pieces, "Home"])) == ["News", space.join(pieces), "Home"]


@pytest.mark.parametrize(
    "lines",
    [
        ("没想到它就在眼前，谁也没想到它会回来，可它就在眼前", "望潮镇", "教书的叶知秋说。"),
        ("渡轮停在码头。摄影：没想到它就在眼前谁也没想到它会回来", "渡轮昨天回来了。" * 6),
        ("渡轮停在码头。没想到它就在眼前谁也没想到它会回来", "相关新闻", "昨天"),
        ("渡轮。镇里", "望潮镇", "教书的叶知秋说。"),
        ("渡轮停在码头。没想到它就在眼前谁也没想到它会回来", "望潮镇" * 14, "教书的叶知秋说。"),
    ],
    ids=["no sentence ended", "no link between", "no end", "too short", "too long a link"],
)
def test_other_lines_without_case_stay_apart(lines: tuple[str, ...]) -> None:
    assert told("\n".join(lines)) == list(lines)


# A caption ends in who took the picture; the paragraph below begins with few words and a link.
CREDITED = {
    "ar": ("العبّارة تغادر الميناء اليوم. تصوير: نادر الخطيب", "في", "تل الريحان", "عاد كل شيء."),
    "he": ("המעבורת יוצאת מן הנמל. צילום: נועה ברק", "בנמל שחף", "הכול חזר לקדמותו."),
    "hi": ("नाव घाट से निकल रही है। फ़ोटो: रमेश दूबे", "रामपुर", "में सब पहले जैसा है।"),
    "zh": ("渡轮昨天早上离开了望潮镇的码头。图片 提供：叶知秋", "在望潮镇", "一切都和从前一样。"),
}


@pytest.mark.parametrize("lines", CREDITED.values(), ids=CREDITED)
def test_a_credit_behind_a_caption_breaks_off_no_sentence(lines: tuple[str, ...]) -> None:
    caption, *below = lines
    assert told("\n".join(["News", caption, *below, "Home"])) == ["News", caption, *below, "Home"]


@pytest.mark.parametrize("above", ["Home", "The ferry to the outer islands is back, says the"])
def test_a_short_line_that_follows_no_sentence_begins_none(above: str) -> None:
    lines = ["Weather", "Gull Rock", "will discuss on Monday what the boat is to be called."]
    assert told("\n".join([above, *lines]))[:2] == [above, "Weather"]


def test_a_name_after_a_line_that_expects_nothing_more_is_not_joined_to_it() -> None:
    first = "All boats to the outer islands leave from QUAY 7"
    second = "Gull Rock\nis the first stop of the ferry on most days."
    assert told(f"{first}\n{second}\nHome\n") == [first, second.replace("\n", " "), "Home"]


def test_a_date_below_a_headline_is_no_part_of_it_though_it_opens_with_a_small_letter() -> None:
    lines = ["Donde dormían los bomberos, Castroviejo lee", "viernes, 9 de abril de 2021", "Home"]
    assert told("\n".join(lines)) == lines
    text = "The ferry to the outer islands is back and sails\nsince 3 May 2021\n, on all days.\n"
    assert told(text) == [" ".join(text.split("\n")).strip()]


def test_a_letter_alone_does_not_go_on_with_a_sentence_that_has_ended() -> None:
    lines = [
        "The ferry sails at noon again, the harbour office said on Friday.",
        "A",
        "The quay was full of people, half of whom had never been aboard.",
    ]
    assert told("\n".join(lines)) == lines


def test_a_blank_line_above_does_not_change_how_a_flat_dump_is_read() -> None:
    lines = [
        "The ferry to the outer islands is back, said the",
        "harbour master on Monday, when the first boat left with gulls all over it.",
    ]
    text = "\n".join([*lines * 3, "Home"])
    assert told("\n" + text) == told(text) == [" ".join(lines)] * 3 + ["Home"]


def test_menu_entries_are_not_joined() -> None:
    menu = ["Home", "Harbour", "Sport", "chess", "Weather", "about the harbour post", "Contact"]
    assert told("\n".join(menu)) == menu


def test_sentences_are_not_joined_where_blank_lines_part_blocks() -> None:
    lines = ["The ferry to the outer islands is back, said the", "harbour master", "on Monday."]
    assert told("\n\n".join(lines * 3)) == lines * 3


# --- bullets


@pytest.mark.parametrize("bullet", BULLETS)
def test_bullets_are_told_at_every_depth(bullet: str) -> None:
    text = f"{bullet} News\n  {bullet} Sport\n      {bullet} Board games\n"
    assert shapes(text) == [
        ("News", bullet, 0, 0), ("Sport", bullet, 2, 0), ("Board games", bullet, 6, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("bullet", ["o", "-"])
def test_a_dash_or_a_letter_is_a_bullet_only_on_an_indented_line(bullet: str) -> None:
    text = f"{bullet} News\n   {bullet} Sport\n"
    assert shapes(text) == [(f"{bullet} News", "", 0, 0), ("Sport", bullet, 3, 0)]


def test_bare_bullets_are_no_blocks_but_count_as_blank_lines() -> None:
    assert shapes("* News\n  *\n\n  o\n* Sport") == [("News", "*", 0, 0), ("Sport", "*", 0, 3)]


def test_marks_that_follow_each_other_are_one_marker() -> None:
    assert shapes("  * # Sport\n  * (BUTTON) Log in\n") == [
        ("Sport", "* #", 2, 0), ("Log in", "* (BUTTON)", 2, 0),
    ]  # fmt: skip


def test_a_button_without_a_name_is_a_block() -> None:
    assert shapes("(BUTTON)\n(BUTTON) Search") == [
        ("(BUTTON)", "", 0, 0), ("Search", "(BUTTON)", 0, 0),
    ]  # fmt: skip


def test_a_picture_before_a_line_is_its_bullet_and_parts_it_from_the_line_above() -> None:
    lines = ["Ferry returns to Port Hale as the winter ends and the storms with it"] * 8
    text = "\n".join(f"   [blue_star.gif] {line}" for line in lines)
    assert shapes(text) == [(line, "[blue_star.gif]", 3, 0) for line in lines]
    nested = "* [a.png] Sport\n  * # [a.png] Chess\n"
    assert shapes(nested) == [("Sport", "* [a.png]", 0, 0), ("Chess", "* # [a.png]", 2, 0)]


def test_a_picture_that_is_shown_once_is_part_of_its_line() -> None:
    lines = ["[quay.jpg] The new quay [quay.jpg]", "[a.gif] [b.gif] Sport", "[a.gif] Chess"]
    assert shapes("\n".join(lines)) == [
        ("[quay.jpg] The new quay [quay.jpg]", "", 0, 0), ("[b.gif] Sport", "[a.gif]", 0, 0),
        ("Chess", "[a.gif]", 0, 0),
    ]  # fmt: skip


def test_a_picture_without_a_line_is_a_block() -> None:
    assert shapes("[quay.jpg]\n  * [quay.jpg]\n[1] [x] News") == [
        ("[quay.jpg]", "", 0, 0), ("[quay.jpg]", "*", 2, 0), ("[1] [x] News", "", 0, 0),
    ]  # fmt: skip
    assert shapes("[dot.gif] *\n * [dot.gif] (BUTTON)\n") == [
        ("[dot.gif] *", "", 0, 0), ("[dot.gif] (BUTTON)", "*", 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["*Note", "+44 20 5550 0123", "#ferry", "->", "•News", "-12 °C", "[a.gif]-Go"]
)
def test_a_mark_without_a_space_is_part_of_the_text(line: str) -> None:
    assert shapes(f"Harbour\n{line}\n")[1] == (line, "", 0, 0)


@pytest.mark.parametrize("dash", ["- Sim", "— Sim", "– Sim", "   — Sim", "   – Sim", "―Sim"])
def test_the_dash_that_opens_a_line_of_dialogue_is_kept(dash: str) -> None:
    line = f"{dash}, o barco voltou — disse o capitão."
    assert told(f"{line}\n\n{line}\n") == [line.strip()] * 2


# --- Markdown


@pytest.mark.parametrize("level", range(1, 7))
def test_heading_marks_are_markers(level: int) -> None:
    marks = "#" * level
    assert shapes(f"Harbour\n\n{marks} Ferry returns\n")[1] == ("Ferry returns", marks, 0, 1)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The **new** ferry is _late_ and *red*.", "The new ferry is late and red."),
        ("**Monday**: the [ferry](https://ferry.example/x_y) is back", "Monday: the ferry is back"),
        ("A [ferry]() and ![its picture](/i/f.png \"Ferry\")", "A ferry and its picture"),
        ("[a\\_b](x) costs 5\\* at most\\.", "a_b costs 5* at most."),
        ("snake_case stays, 2 * 3 too", "snake_case stays, 2 * 3 too"),
        ("**An [ _island_ ](x) and more**", "An island and more"),
        ("****", "*"),
    ],
)  # fmt: skip
def test_emphasis_and_links_are_left_out_of_markdown(written: str, shown: str) -> None:
    assert told(f"# Ferry returns\n\n{written}\n") == ["Ferry returns", shown]


def test_stars_and_underscores_stay_where_the_dump_is_not_markdown() -> None:
    lines = ["The *new* ferry is _late_.", "[Photo] by A. Gull (harbour)", "C:\\_quay"]
    assert told("\n\n".join(lines)) == lines


def test_an_indented_heading_mark_is_no_sign_of_markdown() -> None:
    assert told("  # Ferry\n\nIt is _late_.") == ["Ferry", "It is _late_."]


@pytest.mark.parametrize("sign", ["# Ferry", "#### Ferry", "**Ferry**", "[Ferry](x)"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_one_sign_of_markdown_is_enough(sign: str, newline: str) -> None:
    assert told(f"{sign}{newline}It is _late_.") == ["Ferry", "It is late."]


# --- lynx


def test_the_link_marks_of_lynx_are_left_out() -> None:
    text = "   [1]Home [22]News\n\n   The [333]ferry is back.[4444]\n"
    assert told(text) == ["Home News", "The ferry is back."]


def test_a_link_mark_without_text_is_kept() -> None:
    assert told("[1]Home [2]News [3]Sport\n[4]\n") == ["Home News Sport", "[4]"]


def test_a_bracketed_number_or_two_are_kept() -> None:
    lines = ["The [1]ferry is back.[2]", "[3] Harbour office, 1987"]
    assert told("\n".join(lines)) == lines


def test_lynx_numbers_a_link_or_two_from_one_on_and_before_their_text() -> None:
    assert told("The [1]ferry of [2]Gull Rock is back.") == ["The ferry of Gull Rock is back."]


@pytest.mark.parametrize(
    "text", ["The [2]ferry is back.", "The ferry [1] is back.", "It [1]sails [1]"]
)
def test_notes_are_no_link_marks(text: str) -> None:
    assert told(text) == [text]


def test_a_link_may_begin_within_a_line_that_sets_no_spaces() -> None:
    assert told("[1]港口 [2]新闻\n\n渡轮回到[3]云桥镇，[4]王芳说。") == [
        "港口 新闻",
        "渡轮回到云桥镇，王芳说。",
    ]
    assert told("渡轮回到[1]云桥镇。") == ["渡轮回到云桥镇。"]
    assert told("“我们等了很久。”[1]王芳说。") == ["“我们等了很久。”王芳说。"]
    assert told("渡轮[1]，回来了。") == ["渡轮[1]，回来了。"]


def test_a_link_may_begin_within_a_word_where_letters_have_no_case() -> None:
    assert (
        told("[1]חדשות [2]ספורט [3]דעות [4]וידאו\n\nהוא מלמד ב[5]נמל שחף.")[-1]
        == "הוא מלמד בנמל שחף."
    )
    assert told("דלאל ו[1]וליד אמרו. הם חיים ב[2]נמל.") == ["דלאל ווליד אמרו. הם חיים בנמל."]
    assert told("เรือกลับมาที่[1]ท่าเรือ") == ["เรือกลับมาที่ท่าเรือ"]
    assert told("המעבורת[1] חזרה, אמרו[2].") == ["המעבורת[1] חזרה, אמרו[2]."]


def test_brackets_after_a_word_are_no_link_marks() -> None:
    assert told("[1]a [2]b [3]c [4]d\n\nrow[5] of 2021")[1] == "row[5] of 2021"


# --- characters


def test_a_tab_leads_to_the_next_eighth_column() -> None:
    assert [b.indent for b in read("a\n\tb\n  \tc\n\t d\n        e")] == [0, 8, 8, 9, 8]


def test_a_form_feed_parts_lines() -> None:
    assert told("Ferry returns\fHarbour office") == ["Ferry returns", "Harbour office"]


def test_tabs_within_a_line_are_spaces() -> None:
    assert told("Ferry\treturns \t today") == ["Ferry returns today"]


def test_invisible_characters_are_left_out_and_indent_nothing() -> None:
    text = "Har\u00adbour\u200b\n\u200f\u202a- Sim\u202c\n"
    assert shapes(text) == [("Harbour", "", 0, 0), ("- Sim", "", 0, 0)]


def test_the_joiners_of_persian_and_emoji_are_kept() -> None:
    text = "می\u200cخواهم \U0001f468\u200d\U0001f467"
    assert told(text) == [text]


def test_a_line_of_invisible_characters_is_blank() -> None:
    assert shapes("Ferry\n\u200b \ufeff\nQuay") == [("Ferry", "", 0, 0), ("Quay", "", 0, 1)]


@pytest.mark.parametrize("text", ["", "\n\n", " \t\f\u00a0\u200b", "*", "  o\n  -\n\u2022 #\n"])
def test_a_dump_of_nothing_has_no_blocks(text: str) -> None:
    assert read(text) == ()


def test_offsets_count_in_the_dump() -> None:
    assert read("\ufeff\n  * Ferry\r\n\r\n  returns \n") == (
        Block(4, 11, "Ferry", indent=2, marker="*", gap=1),
        Block(17, 24, "returns", indent=2, gap=1),
    )


def test_a_line_of_a_million_bullets_is_read() -> None:
    (block,) = read("* " * 1_000_000)
    assert (block.start, block.end) == (0, 1_999_999)
