"""Templates: what is learned of a site's pages, and what it says of another page."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from bench import templates as bench
from cleaner import dump
from cleaner.strategies import site_samples
from cleaner.template import Learner, Template, TemplateError, Templates, known, learn, lines, site
from cleaner.template.lines import LINE
from evaluation import corpus, runs, templates

# Pages of few different lines, so that they share some and are equal now and then.
LINES = st.sampled_from(["News", "Sport", "It sails.", "Tom waves.", "3 comments", "Home", "Hm."])
PAGES = st.lists(st.lists(LINES, min_size=1, max_size=4).map("\n\n".join), max_size=12)

LEAD = "The ferry to Port Hale sails again from Monday, two years after a storm broke its pier."
NEXT = "Six sailings a day are planned until the end of October, and four in the winter months."
PLEA = "All of us here work day and night for the islands, and you can help us with a small gift."


@pytest.fixture(params=[3, 128])
def kept(request: pytest.FixtureRequest) -> Iterator[int]:
    """How many pages a template keeps: few, so that it forgets some, or all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known, "KEPT_PAGES", request.param)
        yield request.param


@given(PAGES, st.randoms(), st.integers(1, 4))
@pytest.mark.usefixtures("kept")
def test_neither_order_nor_splits_nor_repeats_change_what_is_learned(
    pages: list[str], random: object, parts: int
) -> None:
    shuffled = [*pages, *pages[:3]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    merged = Template()
    for part in range(parts):
        merged = learn(shuffled[part::parts]) | merged
    assert merged == learn(pages)
    assert merged.to_json() == learn(pages).to_json()


@given(PAGES, PAGES, PAGES)
@pytest.mark.usefixtures("kept")
def test_merging_is_associative_commutative_and_idempotent(
    one: list[str], two: list[str], three: list[str]
) -> None:
    a, b, c = learn(one), learn(two), learn(three)
    assert (a | b) | c == a | (b | c)
    assert a | b == b | a
    assert a | a == a == a | Template()


@given(PAGES)
def test_no_more_pages_are_kept_than_the_budget(pages: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known, "KEPT_PAGES", 3)
        learned = learn(pages)
    assert learned.known == min(3, learn(pages).known)
    assert set(learned.pages) <= set(learn(pages).pages)


def test_of_a_page_of_very_many_lines_the_ends_are_kept() -> None:
    page = lines.page(dump.read("\n\n".join(f"Line {'x' * k}." for k in range(2000))))
    assert len(page) == lines.KEPT_LINES * LINE
    first, last = (lines.keys(dump.read(f"Line {'x' * k}."))[0] for k in (0, 1999))
    assert {first, last} <= {page[at : at + LINE] for at in range(0, len(page), LINE)}


def test_lines_with_the_same_first_words_are_counted_beside_those_that_are_the_same() -> None:
    tags = "Filed in Port Hale by the desk under {}"
    site = learn([f"News\n\n{tags.format(word)}\n" for word in ("harbour", "ferry", "weather")])
    seen = site.seen(dump.read(f"News\n\n{tags.format('bakers')}\n\nFiled in Port Hale by the\n"))
    assert seen is not None
    assert seen.on.tolist() == [3, 0, 0]
    assert seen.begun.tolist() == [3, 3, 3]


@given(PAGES)
def test_templates_come_back_from_json_and_from_pickles_as_they_went(pages: list[str]) -> None:
    learned = learn(pages)
    learned.seen(dump.read("News\n\nSport"))
    assert Template.from_json(learned.to_json()) == learned
    assert pickle.loads(pickle.dumps(learned)) == learned
    both = Templates({"news.example": learned, "hale/": Template()})
    assert Templates.from_json(both.to_json()) == both
    assert Templates.from_json(both.to_json().encode()).to_json() == both.to_json()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not templates"),
        ("[]", "not templates"),
        ("[" * 100_000, "not templates"),
        (b"\xff", "not templates"),
        ('{"format": 99, "sites": {}}', "format 99, not 3: learn them again"),
        ('{"format": 3}', "no sites"),
        ('{"format": 3, "sites": {"a": 3}}', "no list of pages"),
        ('{"format": 3, "sites": {"a": [3]}}', "not templates"),
        ('{"format": 3, "sites": {"a": ["AA=="]}}', "cut off"),
        ('{"format": 3, "sites": {"a": ["*"]}}', "not templates"),
    ],
)
def test_what_is_no_file_of_templates_is_refused_in_words(text: str | bytes, says: str) -> None:
    with pytest.raises(TemplateError, match=says):
        Templates.from_json(text)


@given(PAGES)
def test_pages_written_in_another_order_are_the_same_template(pages: list[str]) -> None:
    learned = learn(pages)
    assert known.learned(learned.pages[::-1]) == learned


def on(template: Template, page: str) -> tuple[list[int], int] | None:
    seen = template.seen(dump.read(page))
    return seen and (seen.on.tolist(), seen.pages)


def pages(stories: Sequence[str]) -> list[str]:
    return [f"News\n\n{story}\n\n{PLEA}" for story in stories]


def test_a_line_is_counted_on_the_other_pages_of_the_site() -> None:
    template = learn(pages(["One.", "Two.", "Three."]))
    assert on(template, "News\n\nFour.\n\nHm.") == ([3, 0, 0], 3)


def test_a_page_does_not_speak_for_itself() -> None:
    stories = pages(["One.", "Two.", "Three."])
    assert on(learn(stories), stories[1]) == ([2, 0, 2], 2)
    assert on(learn([*stories, *stories]), stories[1]) == ([2, 0, 2], 2)


def test_a_story_that_was_edited_does_not_speak_against_itself() -> None:
    others = pages([f"{word} sails." for word in ("One", "Two", "Three", "Four")])
    first, second = f"News\n\n{LEAD}\n\n{NEXT}", f"News\n\n{LEAD}\n\n{NEXT}\n\nUpdated."
    assert on(learn([*others, first, second]), first) == ([4, 0, 0], 4)


def hashes(page: str) -> tuple[bytes, ...]:
    return tuple(lines.keys(dump.read(page)))


@given(PAGES, st.lists(LINES, min_size=1, max_size=4).map("\n\n".join))
def test_lines_and_their_company_are_counted_as_they_stand_on_the_other_pages(
    pages: list[str], page: str
) -> None:
    """No line is long: none of the pages tells the same story. The ends are neighbours too."""
    own = hashes(page)
    others = {hashes(other) for other in pages} - {own}
    seen = learn(pages).seen(dump.read(page))
    if len(others) < 2:
        assert seen is None
        return
    assert seen is not None
    assert seen.pages == len(others)
    assert seen.on.tolist() == [sum(line in other for other in others) for line in own]
    assert seen.company.tolist() == [
        sum(bool({above, below} & set(neighbours(other))) for other in others)
        for above, below in pairwise(neighbours(own))
    ]


def neighbours(page: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    return list(pairwise((b"", *page, b"")))


def test_furniture_has_company_and_the_intro_of_a_series_has_none() -> None:
    site = [
        f"News\n\nSport\n\nTale {'x' * k}\n\n{LEAD if k % 2 else ''}\n\nIt {'x' * k}.\n\nHome"
        for k in range(8)
    ]
    seen = learn(site).seen(dump.read(site[1]))
    assert seen is not None
    assert seen.on.tolist() == [7, 7, 0, 3, 0, 7]
    assert seen.company.tolist() == [7, 7, 0, 0, 0, 7]


def test_two_pages_say_nothing_of_each_other() -> None:
    stories = pages(["One.", "Two."])
    assert on(learn(stories), stories[0]) is None
    assert on(learn(stories[:1]), "News") is None
    assert on(Template(), "News") is None
    assert on(learn(pages(["One.", "Two.", "Three."])), "") is None


def test_numbers_and_case_do_not_tell_lines_apart() -> None:
    template = learn(["NEWS\n\n3 comments\n\n7", "News\n\n12 comments\n\n8", "Hm."])
    assert on(template, "news\n\n5 Comments\n\n7\n\nOh.") == ([2, 2, 1, 0], 3)


def test_html_and_dumps_are_both_learned() -> None:
    page = "<html><body><p>News</p><p>{}</p></body></html>"
    template = learn([page.format(word) for word in ("One.", "Two.", "Three.")])
    assert on(template, "News\n\nFour.") == ([3, 0], 3)


def test_what_is_kept_is_a_fair_sample() -> None:
    """Of 2,000 pages of which a quarter shows a line, about a quarter of those kept does."""
    learner = Learner()
    for k in range(2000):
        page = f"Home\n\nStory {'x' * k}.{'' if k % 4 else PLEA}\n\n{'' if k % 4 else 'Sport'}"
        learner.add(lines.page(dump.read(page)))
    assert learner.template.known == known.KEPT_PAGES
    found = on(learner.template, "Home\n\nSport")
    assert found is not None
    assert found[0][0] == found[1] == known.KEPT_PAGES
    # Four deviations of a share of a quarter among 128 are .15.
    assert abs(found[0][1] / found[1] - 0.25) < 0.15


@pytest.mark.parametrize(
    ("url", "name", "expected"),
    [
        ("https://www.News.example:8080/a?b#c", "", "news.example"),
        ("http://user:word@hale.example", "", "hale.example"),
        ("http://[2001:db8::1]:80/a", "", "[2001:db8::1]"),
        ("http:///a", "", "http:///a"),
        ("no address", "", "/"),
        (None, "hale/2021/ferry.txt", "hale/2021/"),
        (None, "ferry.txt", "/"),
        (None, "", "/"),
    ],
)
def test_the_site_of_a_page_is_its_host_or_its_folder(
    url: str | None, name: str, expected: str
) -> None:
    assert site(url, name) == expected


@given(st.one_of(st.none(), st.text()), st.text())
def test_any_page_has_a_site(url: str | None, name: str) -> None:
    assert isinstance(site(url, name), str)


def test_the_likest_site_is_the_one_whose_lines_a_page_shares() -> None:
    sites = {
        name: learn([sample.text for sample in site_samples(4, site=name, style="wet")])
        for name in ("courier", "herald", "echo")
    }
    for name, template in sites.items():
        *_, page = site_samples(9, site=name, style="wet")
        assert Templates(sites).likest(dump.read(page.text)) == template
    assert Templates(sites).likest(dump.read(LEAD)) == Template()
    assert Templates({}).likest(dump.read(LEAD)) == Template()


# What templates are worth: the evaluation and the benchmark


def corpus_pages(count: int, name: str) -> list[corpus.Page]:
    return [
        corpus.Page(
            f"{name}-{at}",
            sample.text,
            {"body": list(sample.body)},
            "wet",
            "drawn",
            f"{name}.example",
        )
        for at, sample in enumerate(site_samples(count, site=name, style="wet"))
    ]


def test_each_page_is_measured_with_a_template_that_has_not_seen_it() -> None:
    pages = corpus_pages(6, "courier")
    found = templates.run([*pages, *corpus_pages(2, "herald"), *corpus_pages(1, "echo")])
    assert [pair.size for pair in found] == ["5 pages and more"] * 6 + ["2 pages"] * 2
    assert all(pair.alone == pair.told for pair in found[6:])
    others = learn([page.source for page in pages[1:]])
    told = cleaner.clean(pages[0].source, template=others)
    assert found[0].told.body == told.body
    assert found[0].alone.body == cleaner.clean(pages[0].source).body
    mean = [sum(one.figures["F1"] for one in own) for own in zip(*map(results, found), strict=True)]
    assert mean[1] > mean[0]
    printed = templates.render(found, ["dataset"], 3)
    assert "5 pages and more (1 sites)" in printed
    assert "2 pages (1 sites)" in printed


def results(pair: templates.Pair) -> tuple[runs.Result, runs.Result]:
    return pair.alone, pair.told


def test_a_generated_site_is_tallied() -> None:
    one, whole = bench.measure([("en", "wet")], 1)
    assert one.counts == whole.counts
    assert one.counts["pages"] == bench.SITE_PAGES
    assert one.share("goes") > one.share("alone")
    assert one.counts["both"] <= min(one.counts["goes"], one.counts["stays"])


def test_learning_is_measured_in_a_process_of_its_own() -> None:
    assert 10 < bench.peak(20, 2) < bench.MEGABYTES
