"""The pages in a real browser: Chromium, driven by Playwright (the extra `browser`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import cleaner
from bench import pages
from cleaner import fixture, records, render, report
from cleaner.article import Label
from cleaner.report import overview, review, run
from training.corpus import by_hand

pytest.importorskip(
    "playwright.sync_api",
    reason="the extra `browser` is not installed: pip install -e '.[browser]'",
)
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [
    pytest.mark.skipif(not pages.program(), reason="no Chromium here: apt-get install chromium"),
    # Playwright's event loop ends after pytest has looked.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:playwright"),
]

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
STORY = (
    "The ferry to Port Hale sails again from Monday, the harbour office said, two years after "
    "a storm broke its pier."
)
ATTACKS = (
    "<script>window.hacked = 1; alert(1)</script>",
    "</style><script>window.hacked = 1</script><style>",
    "</script><script>window.hacked = 1</script>",
    "</li></ul></section><img src=x onerror='window.hacked = 1'>",
    "<svg/onload=window.hacked=1><iframe src=javascript:alert(1)></iframe>",
    "[Click here](javascript:window.hacked=1)",
    '" autofocus onfocus="window.hacked = 1" x="',
    "<!-- <script> --> ]]> <![CDATA[ <base href=//evil.example>",
    "<meta http-equiv=refresh content=0> {{7*7}} ${7*7}",
    "\u202egpj.exe \u2066hidden\u2069 \u2028\u2029 \x00 \u200b\ufeff",
)
HOSTILE = "\n\n".join((*ATTACKS, *(f"{STORY} {attack}" for attack in ATTACKS))) + "\n"

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with pages.chromium() as chromium:
        yield chromium


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from a file, and sees to it that nothing is loaded, said or asked."""
    noise: list[str] = []
    opened = []

    def opens(html: str, scheme: str = "light") -> Any:
        path = tmp_path / "page.html"
        path.write_text(html, "utf-8")
        context = browser.new_context(color_scheme=scheme, viewport={"width": 1400, "height": 900})
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("dialog", lambda dialog: (noise.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("console", lambda message: noise.append(message.text))
        page.on("request", lambda request: requests.append(request.url))
        requests: list[str] = []
        page.goto(path.as_uri())
        opened.append((context, requests, path.as_uri()))
        return page

    yield opens
    for context, requests, address in opened:
        context.close()
        assert [url for url in requests if not url.startswith("blob:")] == [address]
    assert noise == []


def source(name: str) -> str:
    return fixture.parse((ARTICLES / f"{name}.tsv").read_bytes().decode("utf-8")).dump


def explained(name: str) -> tuple[cleaner.Article, str]:
    article = cleaner.clean_text(source(name))
    return article, report.page(article, name=f"{name}.txt")


def of_run() -> str:
    """The page of a run of a few fixtures, with failures."""
    pytest.importorskip("pygal", reason="the extra `report` is not installed")
    articles = [cleaner.clean_text(source(name)) for name in ("en-wet-clipped", "fa-html2text")]
    lines = []
    for n, article in enumerate(articles):
        values = article.to_dict()
        del values["source"]
        lines.append(render.json_text({"id": f"hale/{n}.txt", **values}).encode())
    found = run.collect(lines * 2)
    manifest = [b'{"id": "x", "status": "failed", "reason": "permission denied"}']
    run.with_failures(found, manifest)
    doubts = [(doubt, articles[n % 2]) for n, doubt in enumerate(found.least_sure)]
    return overview.page(found, doubts, name="articles.jsonl")


def focused(page: Any) -> str:
    words: str = page.evaluate("document.activeElement.textContent.trim()")
    return words


def shown_rows(page: Any) -> list[str]:
    rows: list[str] = page.evaluate(
        "[...document.querySelectorAll('.dump li')]"
        ".filter((row) => row.getClientRects().length).map((row) => row.textContent)"
    )
    return rows


class TestExplanation:
    def test_labels_tint_and_stand_in_words(self, open_page: Open) -> None:
        article, html = explained("en-resiliparse-meta")
        page = open_page(html)
        looks = page.evaluate(
            """[...document.querySelectorAll('.dump ul')].map((run) => [
                run.classList[0],
                getComputedStyle(run.firstElementChild).backgroundColor,
                getComputedStyle(run, '::before').content,
                getComputedStyle(run, '::after').backgroundImage.startsWith('repeating'),
            ])"""
        )
        tints = {label: tint for label, tint, _, _ in looks}
        assert set(tints) == {str(block.label) for block in article.blocks}
        assert len(set(tints.values())) == len(tints)
        assert all(f'"{label} · ' in words for label, _, words, _ in looks)
        assert all(broken is not Label(label).kept for label, _, _, broken in looks)

    def test_filters_filter(self, open_page: Open) -> None:
        article, html = explained("en-resiliparse-meta")
        page = open_page(html)
        assert len(shown_rows(page)) == len(article.blocks)
        counts = {label: sum(block.label is label for block in article.blocks) for label in Label}
        page.get_by_role("checkbox", name="navigation").uncheck(force=True)
        assert len(shown_rows(page)) == len(article.blocks) - counts[Label.NAVIGATION]
        page.get_by_role("button", name="Only kept").click()
        assert len(shown_rows(page)) == sum(counts[label] for label in Label if label.kept)
        page.get_by_role("button", name="All").click()
        assert len(shown_rows(page)) == len(article.blocks)

    def test_the_tab_key_reaches_every_control_and_one_block(self, open_page: Open) -> None:
        _, html = explained("en-resiliparse-meta")
        page = open_page(html)
        page.evaluate(
            """document.addEventListener('focusin', (event) => event.target.dataset.reached = 1)"""
        )
        for _ in range(60):
            page.keyboard.press("Tab")
        missed = page.evaluate(
            """[...document.querySelectorAll('summary, input, button, [tabindex="0"]')]
                .filter((one) => !one.dataset.reached && one.checkVisibility())
                .map((one) => one.outerHTML)"""
        )
        assert missed == []
        assert page.locator(".dump li[data-reached]").count() == 1

    def test_the_arrow_keys_reach_every_block_and_tell_of_it(self, open_page: Open) -> None:
        article, html = explained("en-resiliparse-meta")
        page = open_page(html)
        page.locator(".dump li").first.focus()
        for n, block in enumerate(article.blocks):
            if n:
                page.keyboard.press("ArrowDown")
            assert focused(page).split()[-1] == block.text.split()[-1]
            told = page.locator(".inspector").inner_text()
            assert str(block.label) in told
            assert block.reason.partition(" (rather than")[0] in told
            rival = block.reason.rpartition("rather than ")[2].removesuffix(")")
            assert f"runner-up {rival}" in told
            assert f"score {block.score:.2f}" in told
        page.keyboard.press("ArrowDown")
        assert focused(page).split()[-1] == article.blocks[-1].text.split()[-1]
        selected = page.locator('[role=option][aria-selected="true"]')
        assert selected.count() == 1
        assert selected.get_attribute("aria-describedby") == "inspector-1"

    def test_keys_pass_over_what_is_filtered_out(self, open_page: Open) -> None:
        article, html = explained("en-resiliparse-meta")
        page = open_page(html)
        page.get_by_role("button", name="Only kept").click()
        page.locator('.dump li[tabindex="0"]').focus()
        kept = [block for block in article.blocks if block.label.kept]
        page.keyboard.press("Home")
        assert focused(page).endswith(kept[0].text.split()[-1])
        page.keyboard.press("End")
        assert focused(page).endswith(kept[-1].text.split()[-1])

    def test_pointing_at_a_block_tells_of_it(self, open_page: Open) -> None:
        article, html = explained("en-resiliparse-meta")
        page = open_page(html)
        page.locator(".dump li").nth(2).hover()
        assert str(article.blocks[2].label) in page.locator(".inspector").inner_text()

    def test_a_paragraph_of_the_article_leads_to_its_block(self, open_page: Open) -> None:
        _, html = explained("en-resiliparse-meta")
        page = open_page(html)
        paragraph = page.locator(".clean p[data-b]").nth(1)
        paragraph.click()
        assert focused(page) == paragraph.inner_text()
        assert "lit" in (paragraph.get_attribute("class") or "")
        page.locator(".fields button").first.click()
        assert page.evaluate("document.activeElement.matches('.dump li')")

    def test_right_to_left_lines_stand_at_the_right(self, open_page: Open) -> None:
        page = open_page(report.page(cleaner.clean_text(source("he-lynx"))))
        edges = page.evaluate(
            """[...document.querySelectorAll('.dump li')].map((row) => {
                const range = document.createRange();
                range.selectNodeContents(row);
                const words = [...range.getClientRects()].filter((box) => box.width > 1);
                const box = row.getBoundingClientRect();
                const right = Math.max(...words.map((one) => one.right));
                return [row.textContent, box.right - right, right - box.left];
            })"""
        )
        hebrew = [gap for words, gap, _ in edges if "\u05d0" <= words.strip()[:1] <= "\u05ea"]
        assert hebrew
        assert max(hebrew) < 80  # the dump's own indent

    def test_a_hostile_dump_runs_nothing(self, open_page: Open) -> None:
        for html in (
            report.page(cleaner.clean_text(HOSTILE), name=ATTACKS[0]),
            review.page(cleaner.clean_text(HOSTILE), name=ATTACKS[1]),
        ):
            page = open_page(html)
            for _ in range(len(ATTACKS)):
                page.keyboard.press("Tab")
            page.locator(".dump li").first.focus()
            page.keyboard.press("End")
            assert page.evaluate("window.hacked") is None
            assert page.locator("img, iframe, svg, base, a, meta[http-equiv=refresh]").count() == 0
            shown = page.locator(".dump").text_content()
            assert all(attack in shown for attack in ATTACKS[:-1])
            for unseen in "\u202e\u2066\u2069\u2028\u2029\x00\u200b\ufeff":
                assert unseen not in shown
            assert "RLOgpj.exe" in shown

    def test_the_policy_stops_a_script_that_got_in_all_the_same(
        self, browser: Any, tmp_path: Path
    ) -> None:
        path = tmp_path / "page.html"
        attack = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'></body>"
        html = report.page(cleaner.clean_text("Ferry")).replace("</body>", attack)
        path.write_text(html.replace("<body>", "<body onclick='window.hacked = 1'>"), "utf-8")
        page = browser.new_page()
        page.goto(path.as_uri())
        page.locator("h1").click()
        assert page.evaluate("window.hacked") is None
        assert page.locator('.dump [role="option"]').count() == 1  # our own script did run
        page.close()

    def test_a_dump_without_blocks_is_a_page_too(self, open_page: Open) -> None:
        for words in ("", "\n\n\u200b\n"):
            page = open_page(report.page(cleaner.clean_text(words)))
            assert "No body was found" in page.locator(".clean").inner_text()


def test_the_benchmark_of_the_pages_measures_one(browser: Any) -> None:
    (found,) = pages.measure(browser, cleaner.clean_text, [HOSTILE], [20_000])
    assert 15_000 < found.dump < 25_000
    assert found.page > found.dump
    assert min(found.interactive, found.key, found.filter) > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestAccessibility:
    @pytest.fixture
    def check(self, open_page: Open, scheme: str) -> Callable[[str], None]:
        def check(html: str) -> None:
            page = open_page(html, scheme)
            for folded in page.locator("details").all()[:4]:
                folded.evaluate("(one) => { one.open = true; }")
            if page.locator(".dump li").count():
                page.locator(".dump li").first.focus()
            found = axe.Axe().run(page).response["violations"]
            serious = [one for one in found if one["impact"] in ("serious", "critical")]
            assert [(one["id"], one["nodes"][0]["html"][:200]) for one in serious] == []

        return check

    @pytest.mark.parametrize("name", ["en-resiliparse-meta", "ar-resiliparse"])
    def test_axe_finds_no_serious_fault_in_an_explanation(
        self, check: Callable[[str], None], name: str
    ) -> None:
        check(explained(name)[1])

    def test_axe_finds_no_serious_fault_in_a_review(self, check: Callable[[str], None]) -> None:
        check(review.page(cleaner.clean_text(source("en-lynx-links")), name="a.txt"))

    def test_axe_finds_no_serious_fault_in_a_report(self, check: Callable[[str], None]) -> None:
        check(of_run())

    def test_the_page_takes_the_colours_of_the_system(self, open_page: Open, scheme: str) -> None:
        page = open_page(explained("en-resiliparse-meta")[1], scheme)
        paper, ink = page.evaluate(
            """['backgroundColor', 'color'].map((name) => {
                const [red, green, blue] = getComputedStyle(document.body)[name].match(/[0-9]+/g);
                return Number(red) + Number(green) + Number(blue);
            })"""
        )
        assert (paper > ink) is (scheme == "light")


class TestReport:
    def test_a_doubtful_page_opens_its_explanation(self, open_page: Open) -> None:
        page = open_page(of_run())
        assert page.locator("svg[role=img]").count() == 3
        assert page.locator(".tiles").inner_text().split("\n")[-2:] == ["failures", "1"]
        first = page.locator("details.page").first
        assert not first.locator(".dump").is_visible()
        first.locator("summary").first.click()
        first.locator(".dump li").nth(3).click()
        assert "score" in first.locator(".inspector").inner_text()
        assert "line" not in first.locator(".inspector .what").inner_text()


class TestReview:
    def save(self, page: Any, path: Path) -> fixture.Fixture:
        with page.expect_download() as download:
            page.get_by_role("button", name="Save the fixture").click()
        download.value.save_as(path)
        return fixture.parse(path.read_bytes().decode("utf-8"))

    @pytest.mark.parametrize(
        "dump",
        [
            source("en-resiliparse-meta"),
            source("ar-resiliparse"),
            HOSTILE,
            "A\r\nB\r\n\r\n\tC \u200f\n#! no: header\nD\x85E\u2028F\rG\n\x1c\n",
            "\n\n",
        ],
    )
    def test_saved_as_it_is_it_is_the_fixture_of_the_article(
        self, open_page: Open, tmp_path: Path, dump: str
    ) -> None:
        article = cleaner.clean_text(dump)
        page = open_page(review.page(article, name="a/ferry.txt"))
        self.save(page, tmp_path / "ferry.tsv")
        saved = (tmp_path / "ferry.tsv").read_bytes().decode("utf-8")
        assert saved == fixture.render(fixture.of(article))

    def test_corrected_labels_go_into_tests_and_into_training(
        self, open_page: Open, tmp_path: Path
    ) -> None:
        article = cleaner.clean_text(source("en-lynx-links"))
        start = fixture.of(article)
        page = open_page(review.page(article, name="ferry.txt"))
        rows = page.locator(".dump li")
        numbers = [n for n, label in enumerate(start.labels) if label]
        rows.nth(0).click()
        page.keyboard.press("p")  # the block of a line
        rows.nth(4).click()
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("Shift+ArrowDown")
        page.locator(".relabel").select_option("footer")  # a range
        rows.nth(9).click()
        page.keyboard.press("k")
        page.keyboard.press("z")  # taken back
        page.locator(".header summary").click()
        page.get_by_label("shows").fill("a review,\n twice")
        path = tmp_path / "saved.tsv"
        saved = self.save(page, path)

        assert saved.dump == article.source
        assert saved.header["shows"] == "a review, twice"
        labels = list(saved.labels)
        assert labels[numbers[0]] == "promo"
        assert [labels[n] for n in numbers[4:7]] == ["footer"] * 3
        assert labels[numbers[9]] == start.labels[numbers[9]]
        # A test reads it as a page, training as labels of blocks.
        read = records.read_file(path)
        assert isinstance(read, records.Record)
        assert read.data == article.source.encode()
        masks = by_hand(dict(enumerate(labels, 1)), saved.dump, article.blocks)
        assert tuple(Label)[masks[0].argmax()] is Label.PROMO
        # And a page made of the fixture starts where the last one ended.
        again = open_page(review.page(article, name="saved.tsv", gold=saved))
        assert again.locator(".dump li[data-p]").count() == len(review.differences(saved, article))
        assert self.save(again, tmp_path / "again.tsv") == saved

    def test_a_block_of_several_lines_may_be_parted(self, open_page: Open, tmp_path: Path) -> None:
        article = cleaner.clean_text(source("fr-lynx"))
        start = fixture.of(article)
        several = next(
            block
            for block in article.blocks
            if block.label is Label.BODY and "\n" in article.source[block.start : block.end]
        )
        first = article.source.count("\n", 0, several.start)
        row = sum(bool(label) for label in start.labels[:first])
        page = open_page(review.page(article, name="ferry.txt"))
        page.locator(".dump li").nth(row).click()
        page.keyboard.press("r")
        page.keyboard.press("z")
        page.locator(".single").check()
        page.locator(".dump li").nth(row).click()
        page.keyboard.press("r")
        saved = self.save(page, tmp_path / "saved.tsv")
        assert saved.labels[first : first + 2] == ("related", "body")
