"""The description of blocks in numbers: checked against the same counts made block by block."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.article import Block
from cleaner.description import Description
from cleaner.features import BUCKETS, NAMES, PHRASES, describe
from cleaner.features.layout import run_length

# Texts as the dump reader gives them: folded, never empty.
pieces = st.sampled_from(
    [
        "ferry", "The", "HARBOUR", "quay,", "gulls.", "1987", "12:30", "3/4/2021", "©", "|", "›",
        "http://q.example", "www.q.example", "q.com", "a@b", "“Sim”", "(so)", "-", "—", "?", "…",
        "渡轮恢复", "เรือ", "フェリー。", "나룻배", "паром", "ПАРОМ", "العبارة،", "नौका", "é", "🙂",
        "→", "...", "İ", "㋐", "\U00020000", "\ud800", "\U000e0001",
        "the ferry to the islands was late, said the mayor.",
    ]
)  # fmt: skip
texts = (
    st.lists(pieces, min_size=1, max_size=8).map(" ".join)
    | st.sampled_from(["ferry " * 25, "The gull said nothing. " * 8, "渡" * 60, "Home", "home"])
    | st.text(st.characters(), min_size=1, max_size=12)
)
folded = texts.map(lambda text: " ".join(text.split())).filter(bool)
blocks = st.builds(
    Block,
    st.just(0),
    st.just(1),
    folded,
    indent=st.integers(0, 12),
    marker=st.sampled_from(["", "", "", "•", "*", "#", "##", ">", "* #", "# >", "(BUTTON)"]),
    gap=st.integers(0, 6),
)
pages = st.lists(blocks, min_size=1, max_size=14)


def page(*lines: str) -> list[Block]:
    return [Block(0, len(line), line) for line in lines]


def column(description: Description, name: str) -> list[float]:
    return [float(value) for value in description.values[:, NAMES.index(name)]]


def same(found: list[float], expected: list[float]) -> bool:
    return found == pytest.approx([min(value, 8.0) for value in expected], rel=1e-5, abs=1e-6)


# --- the words, counted one by one

# As in the tables of characters: what lies beyond the planes in use counts as Han.
BEYOND = "\U00020000-\U0010ffff"
SCRIPTS = ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
UNSPACED = "[" + "".join(rf"\p{{{script}}}" for script in SCRIPTS) + BEYOND + "]"
SPELLED = r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
WORD = regex.compile(UNSPACED + r"|(?:(?!" + UNSPACED + r")[\p{L}\p{M}\p{Nd}])+")
LETTER = regex.compile(r"[\p{L}\p{M}" + BEYOND + "]")
RUN = regex.compile(rf"(?:[\p{{L}}\p{{M}}\p{{Nd}}]|{UNSPACED})+")

SPELLED_WORD = regex.compile(SPELLED + r"[\p{L}\p{M}\p{Nd}" + BEYOND + "]{0,3}")


def spans(text: str) -> list[tuple[int, int]]:
    """Where words begin and end; where they are spelled without spaces, four letters from each."""
    found = []
    for match in WORD.finditer(text):
        spelled = SPELLED_WORD.match(text, match.start())
        found.append((spelled or match).span())
    return found


def worded(text: str) -> list[str]:
    return [text[begin:end] for begin, end in spans(text)]


def runs(text: str) -> list[str]:
    """The beginnings of runs of letters and digits that hold some of a script without spaces."""
    return [run[:16] for run in RUN.findall(text) if regex.search(UNSPACED, run)]


def units(text: str) -> float:
    """The length in words, of a script without spaces two characters or five counting for one."""
    unspaced, spelled = len(regex.findall(UNSPACED, text)), len(regex.findall(SPELLED, text))
    return len(WORD.findall(text)) - unspaced * (1 - 1 / 2) - spelled * (1 / 2 - 3 / 16)


def long(text: str) -> bool:
    return units(text) >= 20


def ends_sentence(text: str) -> bool:
    return bool(regex.search(r"""[.!?…。！？।॥؟۔։](?:[\p{Pe}\p{Pf}"'”’»」』])?\Z""", text))


def share(words: list[str], kind: set[str]) -> float:
    return sum(word in kind for word in words) / max(len(words), 1)


# --- what holds of every page


@given(pages)
def test_every_block_has_a_row_of_finite_numbers_between_0_and_8(page: list[Block]) -> None:
    values = describe(page).values
    assert values.shape == (len(page), len(NAMES))
    assert values.dtype == np.float32
    assert np.isfinite(values).all()
    assert values.min() >= 0
    assert values.max() <= 8


@given(st.lists(pages, min_size=1, max_size=5))
def test_pages_in_a_row_are_described_as_if_each_were_alone(several: list[list[Block]]) -> None:
    found = describe([block for page in several for block in page], [*map(len, several)])
    alone = [describe(page) for page in several]
    for kind in ("values", "long", "ids", "counts"):
        expected = np.concatenate([getattr(one, kind) for one in alone])
        assert getattr(found, kind).tolist() == expected.tolist()


def test_the_length_of_thai_lines_is_the_same_to_the_last_bit_behind_another_page() -> None:
    first = page("เรือข้ามฟากกลับมาแล้ว", "เรือข้ามฟากกลับมาแล้วหลังพายุสองปี" * 4)
    second = page("ท่าเรือ", "ชาวเกาะรอเรือข้ามฟากมาสองปีแล้ว" * 5)
    together = describe([*first, *second], [len(first), len(second)])
    assert together.values[len(first) :].tolist() == describe(second).values.tolist()


@given(pages)
def test_buckets_belong_to_blocks_in_order(page: list[Block]) -> None:
    description = describe(page)
    assert len(description.counts) == len(page)
    assert len(description.ids) == description.counts.sum()
    assert ((description.ids >= 0) & (description.ids < BUCKETS)).all()


@given(pages)
def test_buckets_quote_the_words_pairs_lines_and_runs_of_their_blocks(page: list[Block]) -> None:
    description = describe(page)
    for i, block in enumerate(page):
        found = spans(block.text)
        expected = worded(block.text)
        expected += [block.text[a:b] for (a, _), (_, b) in pairwise(found)]
        if 0 < len(found) <= 6:
            expected.append(block.text[found[0][0] : found[-1][1]])
        expected += runs(block.text)
        assert [description.quote(i, k) for k in range(description.counts[i])] == expected


@given(pages)
def test_long_lines_are_those_of_more_than_ten_words(page: list[Block]) -> None:
    assert describe(page).long.tolist() == [units(block.text) > 10 for block in page]


@given(st.lists(st.text("abc xyz é ж", max_size=20).map(str.strip).filter(bool), min_size=1))
def test_words_have_the_same_bucket_whatever_their_case(lines: list[str]) -> None:
    small, great = describe(page(*lines)), describe(page(*(line.upper() for line in lines)))
    assert small.ids.tolist() == great.ids.tolist()


MASK = (1 << 64) - 1


def polynomial(numbers: Iterable[int]) -> int:
    return sum(n * pow(0x100000001B3, k, 1 << 64) for k, n in enumerate(numbers)) & MASK


def hashed(word: str) -> int:
    return polynomial(ord(char.lower()[0]) + 1 for char in word[:12])


def bucket(number: int) -> int:
    return ((number * 0x9E3779B97F4A7C15) & MASK) >> 42


@given(pages)
def test_buckets_are_those_of_a_hash_in_plain_integers(page: list[Block]) -> None:
    assume(all(ord(char) < 0x20000 for block in page for char in block.text))
    expected = []
    for block in page:
        numbers = [hashed(word) for word in worded(block.text)]
        expected += [bucket(number) for number in numbers]
        pairs = [polynomial((b, a)) + 0x165667B19E3779F9 for a, b in pairwise(numbers)]
        expected += [bucket(pair & MASK) for pair in pairs]
        if 0 < len(numbers) <= 6:
            expected.append(bucket((polynomial(numbers) + 0xC2B2AE3D27D4EB4F) & MASK))
        every = [polynomial(ord(c.lower()[0]) + 1 for c in run) for run in runs(block.text)]
        expected += [bucket((number + 0x85EBCA77C2B2AE63) & MASK) for number in every]
    assert describe(page).ids.tolist() == expected


def test_buckets_are_the_same_on_every_platform() -> None:
    ids = describe(page("Share this", "渡轮")).ids.tolist()
    assert ids == [1889175, 2364206, 2183229, 1083241, 3566327, 2474777, 3718931, 341116, 4107575]


@given(pages)
def test_the_same_page_is_described_the_same_again(page: list[Block]) -> None:
    once, again = describe(page), describe(list(page))
    assert once.values.tobytes() == again.values.tobytes()


def test_a_page_of_no_blocks_has_no_rows() -> None:
    nothing = describe([])
    assert nothing.values.shape == (0, len(NAMES))
    assert nothing.ids.shape == nothing.counts.shape == nothing.long.shape == (0,)
    with pytest.raises(IndexError, match="no blocks"):
        nothing.quote(0, 0)


def test_every_feature_has_a_name_and_words_for_a_high_and_a_low_value() -> None:
    assert len(set(NAMES)) == len(NAMES) == len(PHRASES)
    assert all(high and low and high != low for high, low in PHRASES)
    assert len({phrase for pair in PHRASES for phrase in pair}) == 2 * len(PHRASES)
    assert describe(page("Home")).phrases == PHRASES


# --- what a block is by itself

OWN = NAMES[: NAMES.index("bullet")]


@given(pages)
def test_what_a_block_is_made_of_does_not_depend_on_the_others(page: list[Block]) -> None:
    values = describe(page).values[:, : len(OWN)]
    alone = np.concatenate([describe([block]).values[:, : len(OWN)] for block in page])
    assert values.tolist() == alone.tolist()


@given(pages)
def test_counts_are_those_of_a_plain_loop(page: list[Block]) -> None:
    found = describe(page)
    lines = [block.text for block in page]
    letters = [len(LETTER.findall(line)) for line in lines]
    assert same(column(found, "words"), [math.log1p(units(line)) for line in lines])
    assert same(column(found, "letters"), [math.log1p(n) for n in letters])
    for size in (3, 6, 10, 20, 40):
        assert column(found, f"over {size} words") == [float(units(line) > size) for line in lines]
    digits = [len(regex.findall(r"\p{Nd}", line)) / len(line) for line in lines]
    assert same(column(found, "digits"), digits)
    signs = [len(regex.findall(r"[\p{P}\p{S}]", line)) / len(line) for line in lines]
    assert same(column(found, "punctuation"), signs)
    capitals = [len(regex.findall(r"\p{Lu}", line)) for line in lines]
    ratio = [count / max(n, 1) for count, n in zip(capitals, letters, strict=True)]
    assert same(column(found, "capitals"), ratio)
    stops = [math.log1p(len(regex.findall("[.!?…。！？।॥؟۔։]", line))) for line in lines]
    assert same(column(found, "sentences"), stops)
    assert column(found, "ends sentence") == [float(ends_sentence(line)) for line in lines]
    assert column(found, "no letters") == [float(not n) for n in letters]


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("all capitals", "HARBOUR NEWS", "Harbour NEWS"),
        ("ends sentence", "It sails.", "It sails"),
        ("ends sentence", "“It sails.”", "(It) sails”"),
        ("ends sentence", "渡轮恢复通航。", "渡轮恢复通航，"),
        ("ends colon", "Topics:", "12:30"),
        ("ends ellipsis", "It sails...", "It sails.."),
        ("ends ellipsis", "It sails…", "It… sails"),
        ("ends closing", "The “ferry”", "The “ferry” sails"),
        ("ends arrow", "More →", "→ More"),
        ("starts lower", "and sails", "And sails"),
        ("starts quote", "«Sim»", "Sim «»"),
        ("starts dash", "— Sim", "Sim —"),
        ("starts digit", "7 gulls", "Seven 7"),
        ("starts symbol", "@harbour", "harbour@"),
        ("separators", "Home | News", "Home, News"),
        ("at sign", "a@b", "a b"),
        ("address", "see https://q.example", "see https"),
        ("address", "ferry.com", "ferry.community"),
        ("copyright", "© Harbour Post", "Harbour Post"),
        ("question", "Late again?", "Late again"),
        ("quotes", "The “ferry”", "The ferry's"),
        ("brackets", "The (ferry)", "The ferry"),
        ("year", "in 1987", "in 19870"),
        ("year", "2021/22", "1787"),
        ("clock", "at 12:30", "at 12:99"),
        ("clock", "9h05", "9:5"),
        ("numeric date", "3/4/2021", "3/4"),
        ("unspaced", "渡轮", "나룻배"),
        ("no letters", "12:30", "12h30"),
        ("commas", "gulls, quay", "gulls quay"),
        ("capitalised", "Harbour News", "harbour news"),
    ],
)
def test_a_sign_is_seen_and_only_where_it_is(name: str, yes: str, no: str) -> None:
    told = column(describe(page(yes, no)), name)
    assert told[0] > told[1] == 0


# --- how the renderer set it


@given(pages)
def test_marks_indents_and_gaps_are_told(page: list[Block]) -> None:
    found = describe(page)
    markers = [block.marker for block in page]
    bullet = [marker[:1] not in ("", "#", ">") for marker in markers]
    assert column(found, "bullet") == [float(flag) for flag in bullet]
    level = [marker.count("#") if marker[:1] == "#" else 0 for marker in markers]
    assert column(found, "heading 1") == [float(number == 1) for number in level]
    assert column(found, "heading") == [float(number > 1) for number in level]
    assert column(found, "quoted") == [float(m[:1] == ">") for m in markers]
    assert same(column(found, "indent"), [math.log1p(block.indent) for block in page])
    gaps = [0.0, *(min(block.gap, 3) / 3 for block in page[1:])]
    assert same(column(found, "gap before"), gaps)
    assert same(column(found, "gap after"), [*gaps[1:], 0.0])
    assert same(column(found, "page bullets"), [sum(bullet) / len(page)] * len(page))
    assert same(column(found, "page flat"), [gaps.count(0) / len(page)] * len(page))


def test_indents_are_told_against_those_of_the_long_lines() -> None:
    story = [Block(0, 1, "ferry " * 24 + "ferry", indent=3) for _ in range(3)]
    listed = [Block(0, 1, "Home", indent=indent) for indent in (0, 3, 9)]
    found = describe([*listed, *story])
    assert same(column(found, "indented beyond prose"), [0, 0, math.log1p(6), 0, 0, 0])
    assert same(column(found, "indented short of prose"), [math.log1p(3), 0, 0, 0, 0, 0])


@given(pages)
def test_lines_set_alike_are_told(page: list[Block]) -> None:
    found = describe(page)
    settings = [(block.indent, block.marker) for block in page]
    alike = [0.0, *(float(a == b) for a, b in pairwise(settings))]
    assert column(found, "set as above") == alike
    prose = Counter[tuple[int, str]]()
    for block in page:
        prose[block.indent, block.marker] += units(block.text) if long(block.text) else 0
    total = max(sum(prose.values()), 1)
    assert same(column(found, "set as prose"), [prose[own] / total for own in settings])


@given(st.lists(st.booleans(), min_size=1))
def test_the_length_of_a_run_is_that_of_the_run(flags: list[bool]) -> None:
    expected = []
    for i, flag in enumerate(flags):
        first = last = i
        while flag and first and flags[first - 1]:
            first -= 1
        while flag and last + 1 < len(flags) and flags[last + 1]:
            last += 1
        expected.append(float(last - first + 1) if flag else 0.0)
    assert run_length(np.array(flags), np.array([0])).tolist() == expected


def test_a_run_ends_where_its_page_does() -> None:
    assert run_length(np.array([True, True, True]), np.array([0, 1])).tolist() == [1, 2, 2]


# --- where it stands


@given(pages)
def test_distances_to_prose_are_those_of_a_plain_search(page: list[Block]) -> None:
    found = describe(page)
    n = len(page)
    prose = [i for i, block in enumerate(page) if long(block.text)]
    above = [max((k for k in prose if k <= i), default=-1) for i in range(n)]
    below = [min((k for k in prose if k >= i), default=n) for i in range(n)]
    assert same(column(found, "above prose"), [math.log1p(b - i) / 2 for i, b in enumerate(below)])
    assert same(column(found, "below prose"), [math.log1p(i - a) / 2 for i, a in enumerate(above)])
    assert column(found, "before all prose") == [float(a < 0) for a in above]
    assert column(found, "after all prose") == [float(b == n) for b in below]
    assert same(column(found, "page prose"), [len(prose) / n] * n)


@given(pages)
def test_the_mass_of_prose_is_a_triangle_around_each_block(page: list[Block]) -> None:
    n = len(page)
    prose = [units(b.text) if ends_sentence(b.text) or long(b.text) else 0.0 for b in page]
    mass = [sum(prose[k] * max(0, 1 - abs(k - i) / 9) for k in range(n)) for i in range(n)]
    expected = [value / max(*mass, 1.0) for value in mass]
    found = describe(page)
    assert same(column(found, "prose mass"), expected)
    read = [sum(prose[: i + 1]) / max(sum(prose), 1.0) for i in range(n)]
    assert same(column(found, "prose read"), read)
    # Where two places tie, either may be the densest.
    peaks = [i for i, value in enumerate(mass) if value == pytest.approx(max(mass))]
    above = column(found, "above main prose")
    below = column(found, "below main prose")
    assert any(
        same(above, [math.log1p(max(peak - i, 0)) / 2 for i in range(n)])
        and same(below, [math.log1p(max(i - peak, 0)) / 2 for i in range(n)])
        for peak in peaks
    )


@given(pages)
def test_the_place_on_the_page_is_told_from_both_ends(page: list[Block]) -> None:
    n = len(page)
    found = describe(page)
    assert same(column(found, "place"), [i / n for i in range(n)])
    assert same(column(found, "near top"), [1 / (1 + i / 4) for i in range(n)])
    assert same(column(found, "near end"), [1 / (1 + i / 4) for i in reversed(range(n))])
    assert same(column(found, "page blocks"), [math.log1p(n) / 4] * n)


def plain(text: str) -> str:
    """A text as it is compared: the first small letter of each; what lies beyond is one letter."""
    return "".join(char.lower()[0] if ord(char) < 0x20000 else "\U0001ffff" for char in text)


@given(pages)
def test_repetition_is_counted_whatever_the_case(page: list[Block]) -> None:
    keys = [plain(block.text) for block in page]
    counts = Counter(keys)
    found = describe(page)
    assert same(column(found, "repeated"), [math.log1p(counts[key] - 1) for key in keys])
    assert column(found, "repeats above") == [float(key in keys[:i]) for i, key in enumerate(keys)]


# Words of one case, so that equal words are equal strings.
PLAIN = st.sampled_from(
    ["ferry", "quay", "the", "of", "sailed", "gulls", "mayor", "渡轮", "harbour", "storm " * 19]
)
plain_pages = st.lists(
    st.lists(PLAIN, min_size=1, max_size=6).map(lambda words: " ".join(" ".join(words).split())),
    min_size=1,
    max_size=8,
)


@given(plain_pages)
def test_pairs_of_words_that_stand_above_or_below_too_are_counted(lines: list[str]) -> None:
    found = describe(page(*lines))
    pairs = [list(pairwise(worded(line))) for line in lines]
    above = [share(own, {p for ps in pairs[:i] for p in ps}) for i, own in enumerate(pairs)]
    below = [share(own, {p for ps in pairs[i + 1 :] for p in ps}) for i, own in enumerate(pairs)]
    assert same(column(found, "pairs above"), above)
    assert same(column(found, "pairs below"), below)


@given(plain_pages)
def test_lines_that_begin_or_end_alike_are_counted(lines: list[str]) -> None:
    found = describe(page(*lines))
    words = [worded(line) for line in lines]
    for name, end in (("opening repeated", 0), ("closing repeated", -1)):
        counts = Counter(own[end] for own in words)
        assert same(column(found, name), [math.log1p(counts[own[end]] - 1) / 2 for own in words])


@given(plain_pages)
def test_words_shared_with_the_first_line_and_the_prose_are_counted(lines: list[str]) -> None:
    found = describe(page(*lines))
    words = [worded(line) for line in lines]
    tell = [
        [w for w in ws if len(w) >= 4 or regex.search(UNSPACED, line)]
        for ws, line in zip(words, lines, strict=True)
    ]
    assert same(column(found, "like first line"), [share(ws, set(tell[0])) for ws in tell])
    expected = []
    for i, ws in enumerate(tell):
        others = {w for k, vs in enumerate(words) if k != i and long(lines[k]) for w in vs}
        expected.append(share(ws, others))
    assert same(column(found, "prose vocabulary"), expected)


def test_a_headline_repeated_in_a_menu_is_like_the_first_line() -> None:
    found = describe(page("Ferry returns to Longholm", "Home", "Longholm ferry", "Weather"))
    assert column(found, "like first line") == [1, 0, 1, 0]


def test_a_short_word_of_the_first_line_tells_nothing() -> None:
    found = describe(page("Off to the sea", "Off to the quay", "渡 off to"))
    assert column(found, "like first line") == [0, 0, 0]


def test_short_and_long_runs_are_told() -> None:
    menu = ["Home", "News", "the old ferry sailed again to the outer isles"]
    story = ["the old ferry sailed again to the outer green isles", "the ferry sailed again " * 4]
    found = describe(page(*menu, *story, "It sails."))
    half = [math.log1p(n) / 2 for n in (3, 3, 3, 0, 0, 0)]
    assert same(column(found, "short run"), half)
    assert same(column(found, "long run"), [math.log1p(n) / 2 for n in (0, 0, 0, 2, 2, 0)])


def test_very_large_numbers_are_cut() -> None:
    wide = [Block(0, 1, "Home", indent=10**9, gap=10**9)] * 2
    assert describe(wide).values.max() <= 8


def test_the_text_of_a_pattern_does_not_run_into_the_next_block() -> None:
    found = describe(page("20", "21", "12:", "30"))
    assert column(found, "year") == column(found, "clock") == [0, 0, 0, 0]


def test_words_are_told_by_their_first_twelve_letters() -> None:
    ids = describe(page("harbourmaster", "harbourmastery", "harbourmastx")).ids.tolist()
    assert ids[0] == ids[2] != ids[4]


@pytest.mark.parametrize("text", [".", "w.", "..", ".www", "a.www"])
def test_addresses_are_looked_for_in_texts_however_short(text: str) -> None:
    found = describe([Block(0, len(text), text)])
    assert not found.values[0, NAMES.index("address")]
