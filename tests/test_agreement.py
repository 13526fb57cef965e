"""What a page declares and what it shows: which of them is taken, and what the evidence says."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner import agreement, markup
from cleaner.agreement.folding import _WORD, words
from cleaner.article import NOWHERE, Block, Evidence, Label
from cleaner.byline import Byline
from cleaner.dates import Dates
from cleaner.structure import Declared, Structure

STORY = "The ferry to Port Hale sails again from Monday, the harbour office said, and " * 4
SHOWN = Evidence("title", 0, "Harbour news", "shown")


def headline(html: str, shown: Evidence | None = None) -> Evidence | None:
    page = markup.read(html)
    return agreement.headline(page.blocks, page.structure, page.declared, lambda: shown)


def title(html: str) -> str:
    found = headline(html)
    assert found
    return found.text


def test_the_heading_that_the_page_declares_is_the_title() -> None:
    html = f"""<title>Ferry returns to Port Hale - Harbour Post</title>
        <h1>Harbour Post</h1><h2>Ferry returns to Port Hale</h2><p>{STORY}</p>
        <h2>Ferry timetable of Port Hale</h2>"""
    found = headline(html, SHOWN)
    assert found
    assert (found.text, found.block) == ("Ferry returns to Port Hale", 1)
    assert "declared title" in found.reason


def test_a_linked_teaser_of_the_same_words_is_not_the_title() -> None:
    html = f"""<title>Ferry returns</title><a href=x>Ferry returns</a>
        <h1 class=headline>Ferry returns</h1><p>{STORY}</p>"""
    found = headline(html)
    assert found
    assert found.block == 1


def test_the_only_top_heading_is_the_title_where_nothing_is_declared() -> None:
    assert title(f"<p>Sport</p><h1>Ferry returns</h1><p>{STORY}</p>") == "Ferry returns"


def test_no_line_below_the_story_is_its_headline() -> None:
    page = markup.read(f"<title>Ferry returns</title><p>{STORY}</p><h1>Ferry returns</h1>")
    story, below = page.blocks

    def found(label: Label) -> Evidence | None:
        blocks = (story._replace(label=label), below)
        return agreement.headline(blocks, page.structure, page.declared, lambda: SHOWN)

    assert found(Label.BODY) == SHOWN
    no_story = found(Label.PROMO)
    assert no_story
    assert no_story.block == 1


def test_what_the_labels_give_is_taken_where_no_line_is_a_heading() -> None:
    assert headline(f"<p>{STORY}</p>", SHOWN) == SHOWN


def test_a_title_that_is_only_declared_says_so() -> None:
    found = headline(f"<title>Ferry returns</title><p>{STORY}</p>")
    assert found
    assert (found.text, found.block) == ("Ferry returns", NOWHERE)
    assert found.reason == "declared, and not shown"


@pytest.mark.parametrize(
    ("declared", "page"),
    [
        ("Ferry returns", ""),
        ("Ferry returns | Harbour Post", "<p>© Harbour Post</p>"),
        ("Ferry returns - The Very Old Harbour Post", "<p>© 2024 The Very Old Harbour Post.</p>"),
        ("Harbour Post: Ferry returns", "<meta property=og:site_name content='Harbour Post'>"),
        ("Ferry returns » News » Post", "<ul><li>News<li>Post</ul>"),
    ],
)
def test_a_declared_title_is_freed_of_the_names_that_the_page_tells(
    declared: str, page: str
) -> None:
    assert title(f"<title>{declared}</title><p>{STORY}</p>{page}") == "Ferry returns"


def test_a_declared_title_keeps_a_name_that_the_page_does_not_tell() -> None:
    html = f"<title>Ferry returns | Courier</title><p>{STORY}</p><p>© Harbour Post</p>"
    assert title(html) == "Ferry returns | Courier"


def test_a_part_of_a_declared_title_is_known_where_there_are_no_spaces() -> None:
    story = "渡轮公司说，周一早上六点起恢复通航，票价不变。" * 12
    html = f"""<title>渡轮恢复通航！票价不变 - 海港邮报</title>
        <h1>海港邮报 〉新闻 〉渡轮恢复通航！票价不变</h1><p>》渡轮恢复通航！票价不变
        <h1>其他新闻</h1><p>{story}</p>"""
    assert title(html) == "》渡轮恢复通航！票价不变"


SITE = "<meta property=og:site_name content='Harbour Post'>"
FERRY = "Ferry returns to Port Hale"


@pytest.mark.parametrize(
    "shown",
    [
        f"Strike over {FERRY}",
        f"Strike over: {FERRY}",
        f"Strike over / {FERRY}",
        f"Jun 17 {FERRY}",
        f"{FERRY} 06.01.24 08:49",
        f"{FERRY} / Dec 2025",
        f"3 May 2024 {FERRY}",
    ],
)
@pytest.mark.parametrize("declared", [FERRY, f"{FERRY} - Harbour Post"])
def test_what_is_glued_to_a_headline_goes_where_the_page_declares_it_without(
    shown: str, declared: str
) -> None:
    html = f"{SITE}<title>{declared}</title><h1>{shown}</h1><p>{STORY}</p>"
    found = headline(html)
    assert found
    assert (found.text, found.block) == (FERRY, 0)


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        (f"Strike over: {FERRY} | Harbour Post", f"Strike over: {FERRY}"),
        (f"{FERRY} 3 May 2024 - Harbour Post", f"{FERRY} 3 May 2024"),
        ("erry returns to Port Hale", FERRY),  # begins within a word
        ("Port Hale", FERRY),  # so short that chance may have put it there
        (FERRY, f"{FERRY}, and stays"),
        ("Harbour Post", f"{FERRY} 3 May 2024"),  # nothing says what the headline is
    ],
)
def test_a_headline_keeps_what_no_declared_title_tells_from_it(declared: str, shown: str) -> None:
    assert title(f"{SITE}<title>{declared}</title><h1>{shown}</h1><p>{STORY}</p>") == shown


def test_the_title_says_how_sure_it_is_and_what_would_have_been_taken_instead() -> None:
    alone = headline(f"<title>Ferry returns</title><h1>Ferry returns</h1><p>{STORY}</p>")
    beside = headline(
        f"<title>Ferry returns</title><h1>Ferry returns</h1><h1>Harbour open</h1><p>{STORY}</p>"
    )
    assert alone
    assert beside
    assert (alone.confidence, alone.runner_up) == (1.0, None)
    assert beside.runner_up == "Harbour open"
    assert 0.5 < (beside.confidence or 0) < 1


def test_a_page_with_neither_has_no_title() -> None:
    assert headline(f"<p>{STORY}</p>") is None
    assert agreement.headline((), Structure(), Declared(), lambda: None) is None


PAGE = (Block(0, 13, "Ferry returns"), Block(14, 25, "ANN EXAMPLE"), Block(26, 38, "It sails."))


def credit(*names: str) -> Byline:
    text = ", ".join(names)
    return Byline(text, names, Evidence("byline", 1, text, "by its label"))


def test_declared_authors_whom_the_page_shows_are_its_authors() -> None:
    found = agreement.author(PAGE, Declared(authors=("Ann Example", "Tom Sample")), None)
    assert found
    assert found.authors == ("Ann Example",)
    assert found.evidence.block == 1


def test_declared_authors_outweigh_what_else_stands_in_the_shown_credit() -> None:
    shown = credit("Ann Example", "Harbour Desk")
    found = agreement.author(PAGE, Declared(authors=("Ann Example",)), shown)
    assert found
    assert found.authors == ("Ann Example",)


def test_a_house_that_is_declared_beside_a_person_is_shown_beside_it_or_no_author() -> None:
    declared = Declared(authors=("Ann Example", "Harbour Media"))
    lines = ["Ann Example", *["It sails."] * 9, "Harbour Media"]
    for texts, names in ((lines, declared.authors[:1]), (lines[::10], declared.authors)):
        page = [Block(0, len(text), text, label=Label.BYLINE) for text in texts]
        found = agreement.author(page, declared, None)
        assert found
        assert found.authors == names


def test_a_house_that_is_declared_is_shown_by_a_credit_and_not_by_any_line() -> None:
    told = Declared(authors=("Harbour Post",))
    for label, name in ((Label.BODY, "Ann Example"), (Label.BYLINE, "Harbour Post")):
        page = [*PAGE, Block(39, 65, "The Harbour Post asked him", label=label)]
        found = agreement.author(page, told, credit("Ann Example"))
        assert found
        assert found.authors == (name,)


def test_a_declared_name_within_a_longer_word_is_not_shown() -> None:
    page = [*PAGE, Block(39, 50, "Tom Leeward", label=Label.BYLINE)]
    found = agreement.author(page, Declared(authors=("Tom Lee",)), None)
    assert found
    assert found.evidence.block == NOWHERE


def test_a_credit_that_names_more_persons_than_are_declared_is_the_byline() -> None:
    for more, names in (("Maria Sample", ("Ann Example", "Maria Sample")), ("Web Desk", None)):
        found = agreement.author(
            PAGE, Declared(authors=("Ann Example",)), credit("Ann Example", more)
        )
        assert found
        assert found.authors == (names or ("Ann Example",))


def test_a_part_of_a_declared_name_is_no_author_of_its_own() -> None:
    found = agreement.author(PAGE, Declared(authors=("Ann Example", "Example")), None)
    assert found
    assert found.authors == ("Ann Example",)


def test_a_shown_credit_outweighs_names_that_are_only_declared() -> None:
    found = agreement.author(PAGE, Declared(authors=("Tom Sample",)), credit("Ann Example"))
    assert found
    assert found.authors == ("Ann Example",)


@pytest.mark.parametrize(
    "declared", ["https://post.example/ann", "ann@post.example", "Harbour Post", "admin", ""]
)
def test_sites_addresses_and_accounts_are_no_authors(declared: str) -> None:
    told = Declared(authors=(declared,), sites=("Harbour Post",))
    assert agreement.author(PAGE, told, None) is None


@pytest.mark.parametrize("declared", ["annex", "Ann", "Ann Example"])
def test_a_name_that_is_only_declared_may_be_one_word_or_that_of_a_site_of_ones_own(
    declared: str,
) -> None:
    found = agreement.author(PAGE[:1], Declared(authors=(declared,), sites=("Ann Example",)), None)
    assert found
    assert found.authors == (declared,)


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("Example, Ann", "Ann Example"),
        ("Example, Ann B.", "Ann B. Example"),
        ("Ann Example, PhD", "Ann Example, PhD"),
    ],
)
def test_a_name_as_libraries_write_it_is_turned(declared: str, name: str) -> None:
    found = agreement.author(PAGE[:1], Declared(authors=(declared,)), None)
    assert found
    assert found.authors == (name,)


def test_the_declared_language_gives_the_region_of_the_one_that_is_detected() -> None:
    told = Declared(languages=("en_gb", "de-AT"))
    assert [agreement.locale(told, tongue) for tongue in ("en", "de", "fr", None)] == [
        *("en-GB", "de-AT", "fr", "en-GB")
    ]
    assert agreement.locale(Declared(), None) is None


def test_the_region_that_a_page_declares_decides_the_order_of_numbers() -> None:
    for language, day in (
        ("en-GB", datetime.date(2021, 5, 4)),
        ("en-US", datetime.date(2021, 4, 5)),
    ):
        html = f"<html lang={language}><h1>Ferry returns</h1><p>04/05/2021</p><p>{STORY}</p>" * 2
        assert cleaner.clean_html(html).date == day


def test_a_page_that_declares_whom_it_cites_declares_no_author() -> None:
    everyone = tuple(f"Ann {chr(65 + k // 26)}{chr(97 + k % 26)}ample" for k in range(100))
    assert agreement.author(PAGE, Declared(authors=everyone), None) is None
    assert agreement.author(PAGE, Declared(authors=everyone[:20]), None) is None


def test_an_author_who_is_only_declared_says_so() -> None:
    found = agreement.author(PAGE, Declared(authors=("Tom Sample",)), None)
    assert found
    assert (found.authors, found.evidence.block) == (("Tom Sample",), NOWHERE)


def day(text: str, **others: datetime.date) -> Dates | None:
    return agreement.day(PAGE, Declared(published=(text,)), None, **others)


def printed(text: str, date: datetime.date, confidence: float) -> Dates:
    return Dates(date, None, None, text, Evidence("date", 1, text, "a line", confidence))


def declaring(*published: str, **others: tuple[str, ...]) -> Declared:
    return Declared(published=published, **others)


MAY_3, MAY_4, JUNE_9 = (datetime.date(2021, *day) for day in ((5, 3), (5, 4), (6, 9)))


def test_the_day_that_is_shown_beside_a_declared_moment_is_the_writers_own() -> None:
    shown = printed("3 May 2021", MAY_3, 0.8)
    assert agreement.day(PAGE, declaring("2021-05-04T02:30:00Z"), shown) == shown


def test_a_date_line_of_the_story_outweighs_another_day_that_is_declared() -> None:
    sure, doubtful = (printed("9 June 2021", JUNE_9, confidence) for confidence in (0.97, 0.8))
    assert agreement.day(PAGE, declaring("2021-05-03"), sure) == sure
    found = agreement.day(PAGE, declaring("2021-05-03"), doubtful)
    assert found
    assert found.date == MAY_3


def test_the_declared_day_counts_where_the_same_date_lines_show_it_too() -> None:
    shown = printed("9 June 2021", JUNE_9, 0.97)
    lines = ("Ferry returns", "9 June 2021", "3 May 2021", *["It sails."] * 9, "3 May 2021")
    page = [Block(0, 1, text, label=Label.DATE) for text in lines]
    for blocks, date in ((page, MAY_3), ([*page[:2], *page[3:]], JUNE_9)):
        found = agreement.day(blocks, declaring("2021-05-03"), shown)
        assert found
        assert found.date == date


def test_when_the_page_was_made_counts_where_a_day_is_shown_and_not_alone() -> None:
    made = Declared(made=("2021-05-03",))
    assert agreement.day(PAGE, made, None) is None
    shown = replace(printed("3 May", MAY_3, 0.9), date=None)
    found = agreement.day(PAGE, made, shown)
    assert found
    assert found.date == MAY_3
    sure = printed("9 June 2021", JUNE_9, 0.97)
    assert agreement.day(PAGE, made, sure) == sure


def test_a_declared_day_tells_which_of_its_numbers_is_the_month() -> None:
    shown = printed("05.04.2021", datetime.date(2021, 4, 5), 0.97)
    found = agreement.day(PAGE, declaring("2021-05-04"), shown)
    assert found
    assert found.date == MAY_4


def test_the_declared_day_of_the_last_change_is_not_taken_for_that_of_publication() -> None:
    shown = printed("Updated 9 June 2021", JUNE_9, 0.87)
    told = declaring("2021-05-03", updated=("2021-06-09T08:00Z",))
    found = agreement.day(PAGE, told, shown)
    assert found
    assert found.date == MAY_3
    unmarked = printed("9 June 2021", JUNE_9, 0.97)
    assert agreement.day(PAGE, told, unmarked) == unmarked
    assert agreement.day(PAGE, declaring(updated=("2021-06-09",)), None) is None


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("https://post.example/2021/05/04/ferry", MAY_4),
        ("https://post.example/ferry-2021-05-04.html", MAY_4),
        ("https://post.example/20210504/ferry", MAY_4),
        ("https://post.example/2021/5/4/ferry", MAY_4),
        ("https://post.example/04-05-2021-ferry", MAY_4),
        ("https://post.example/2021/5/44/ferry", None),
        ("https://post.example/ferry/202105041", None),
        ("https://post.example/2021/05/ferry-04", None),
        ("https://post.example/2021/13/04/", None),
    ],
)
def test_a_day_in_the_address_counts_where_nothing_else_tells_one(
    address: str, date: datetime.date | None
) -> None:
    canonical = f"<link rel=canonical href='{address}'><p>{STORY}</p>"
    for found in (
        agreement.day(PAGE, Declared(), None, url=address),
        agreement.day(PAGE, markup.read(canonical).declared, None),
    ):
        assert (found and found.date) == date
    shown = printed("9 June 2021", JUNE_9, 0.8)
    assert agreement.day(PAGE, Declared(), shown, url=address) == shown


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("2021-05-04", None),
        ("20210504", None),
        ("2021 May 4", None),
        ("Tue, 4 May 2021 08:30", "2021-05-04T08:30:00"),
        ("2021-05-04T08:30", "2021-05-04T08:30:00"),
        ("2021-05-04 08:30:15", "2021-05-04T08:30:15"),
        ("2021-05-04T08:30:15.123Z", "2021-05-04T08:30:15+00:00"),
        ("2021-05-04T08:30:15+0530", "2021-05-04T08:30:15+05:30"),
        ("2021-05-04T08:30:15 -03:00", "2021-05-04T08:30:15-03:00"),
    ],
)
def test_a_declared_moment_keeps_its_precision_and_zone(text: str, published: str | None) -> None:
    found = day(text)
    assert found
    assert found.date == datetime.date(2021, 5, 4)
    assert (found.published and found.published.isoformat()) == published
    assert found.evidence.block == NOWHERE


@pytest.mark.parametrize(
    "text", ["", "yesterday", "0000-00-00", "1970-01-01", "2021-13-04", "2021-05-04T99:99"]
)
def test_what_is_no_day_is_not_taken_for_one(text: str) -> None:
    assert day(text) is None


def test_a_declared_day_is_never_later_than_today() -> None:
    assert day("2021-05-04", today=datetime.date(2021, 5, 3)) is None


def test_a_printed_day_stays_as_printed_where_the_page_declares_the_same() -> None:
    line = Evidence("date", 1, "4 May 2021", "a date line")
    shown = Dates(datetime.date(2021, 5, 4), None, None, "4 May 2021", line)
    found = agreement.day(PAGE, Declared(published=("2021-05-04T08:30:00Z",)), shown)
    assert found
    assert found.date_text == "4 May 2021"
    assert found.published == datetime.datetime(2021, 5, 4, 8, 30, tzinfo=datetime.UTC)
    assert found.evidence.block == 1


def test_another_day_on_the_page_gives_way_to_the_declared_one() -> None:
    line = Evidence("date", 1, "1 April 2020", "a date line")
    shown = Dates(datetime.date(2020, 4, 1), None, None, "1 April 2020", line)
    found = agreement.day(PAGE, Declared(published=("2021-05-04",)), shown)
    assert found
    assert (found.date, found.evidence.block) == (datetime.date(2021, 5, 4), NOWHERE)


def labelled(*lines: tuple[str, str]) -> tuple[Block, ...]:
    return tuple(Block(0, len(text), text, label=Label(label)) for label, text in lines)


def test_a_heading_with_nothing_under_it_does_not_end_the_story() -> None:
    page = labelled(
        *(("body", "It sails."), ("heading", "The fares"), ("body", "Twelve crowns.")),
        *(("related", "Tide"), ("body", "Read more:"), ("footer", "Imprint"), ("heading", "More")),
    )
    kinds = [str(block.label) for block in agreement.ended(page)]
    assert kinds == ["body", "heading", "body", "related", "related", "footer", "related"]
    assert agreement.ended(page)[-1].reason


def test_a_story_that_ends_in_a_sentence_is_left_as_it_is() -> None:
    for end in (
        "It sails.",
        "He said: it sails.",
        "The harbour office told us " * 3 + "only this:",
    ):
        page = labelled(("heading", "Ferry"), ("body", end), ("related", "Tide"))
        assert agreement.ended(page) == page
    headings = labelled(("heading", "Ferry"), ("footer", "Imprint"))
    assert agreement.ended(headings) == headings
    assert agreement.ended(()) == ()


@given(st.text(), st.text())
def test_any_declaration_gives_an_article(name: str, content: str) -> None:
    told = "".join(
        f'<meta property="{key}" content="{content}">'
        for key in ("og:title", "author", "article:published_time", name.replace('"', ""))
    )
    article = cleaner.clean_html(f"{told}<h1>Ferry</h1><p>{STORY}</p>")
    assert article.title
    assert {block.label for block in article.blocks} <= set(Label)


def test_a_day_in_a_script_or_the_pictures_address_is_the_last_resort() -> None:
    picture = ("https://post.example/2021/05/03/ferry.jpg",)
    for told, date in (
        (Declared(stated=("2021-05-04",), pictures=picture), MAY_4),
        (Declared(pictures=picture), MAY_3),
        (Declared(stated=("2021-05-04",), published=("2021-06-09",)), JUNE_9),
    ):
        found = agreement.day(PAGE, told, None)
        assert found
        assert (found.date, found.evidence.block) == (date, NOWHERE)
    shown = printed("9 June 2021", JUNE_9, 0.8)
    assert agreement.day(PAGE, Declared(stated=("2021-05-04",)), shown) == shown


def sure(shown: Byline) -> Byline:
    return replace(shown, evidence=replace(shown.evidence, confidence=0.95))


def test_a_sure_credit_of_a_person_outweighs_a_house_that_is_declared() -> None:
    page = [*PAGE, Block(39, 51, "Harbour Post", label=Label.METADATA)]
    told = Declared(authors=("Harbour Post",))
    for shown, name in (
        (sure(credit("Ann Example")), "Ann Example"),
        (credit("Ann Example"), "Harbour Post"),
        (sure(credit("Harbour Desk")), "Harbour Post"),
    ):
        found = agreement.author(page, told, shown)
        assert found
        assert found.authors == (name,)


def credited(label: Label, *texts: str) -> tuple[list[Block], Declared]:
    page = [
        Block(0, 9, "Ferry returns"),
        Block(10, 60, "4 May 2021 annex, in Harbour", label=label),
    ]
    return page, Declared(credits=tuple((1, text) for text in texts))


def test_an_element_of_an_author_in_a_line_of_the_credit_tells_who_it_is() -> None:
    found = agreement.author(*credited(Label.DATE, "annex", "Ann Example"), None)
    assert found
    assert (found.authors, found.evidence.block) == (("annex", "Ann Example"), 1)
    assert agreement.author(*credited(Label.RELATED, "annex"), None) is None
    shown = credit("Tom Sample")
    assert agreement.author(*credited(Label.DATE, "annex"), shown) == shown


def test_an_element_of_an_author_parts_the_name_from_what_is_glued_to_it() -> None:
    found = agreement.author(
        *credited(Label.BYLINE, "Ann Example"), credit("Ann Examplein Harbour")
    )
    assert found
    assert found.authors == ("Ann Example",)


@given(st.text(st.characters(codec="ascii")))
def test_words_of_ascii_letters_are_those_of_any_writing(text: str) -> None:
    assert words(text) == _WORD.findall(text.casefold())
