"""Evaluation: figures, corpora, runs, floors and seeds, with a stand-in for `cleaner.clean`."""

from __future__ import annotations

import dataclasses
import datetime
import gzip
import hashlib
import json
import lzma
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from bench import memory, speed
from bench.__main__ import main as benchmark_main
from bench.linear import exponent
from cleaner.article import Article, Block, Label
from evaluation import benchmarks, compare, corpus, figures, gate, outputs, report, runs, seeds
from evaluation.__main__ import main
from evaluation.figures import Prediction, score

FERRY = "The ferry to the islands sails again after three weeks in the yard."
CREW = "Its crew of nine spent the time painting the cabins a cheerful green."
GOAT = "A goat that had boarded by mistake was returned to its owner on Monday."
SHARES = st.floats(0, 1)


def stand_in(source: str | bytes) -> Article:
    """Take the first line for the title and every line with a full stop for the body."""
    text = source.decode() if isinstance(source, bytes) else source
    lines = text.split("\n")
    credited = [line.removeprefix("By ") for line in lines if line.startswith("By ")]
    return Article(
        source=text,
        title=lines[0],
        authors=tuple(credited),
        date=datetime.date(2021, 5, 3) if "3 May 2021" in text else None,
        date_text="3 May 2021" if "3 May 2021" in text else None,
        body="\n\n".join(line for line in lines if line.endswith(".")),
        is_article=True,
        blocks=tuple(_blocks(lines)),
    )


def _blocks(lines: list[str]) -> list[Block]:
    blocks, offset = [], 0
    for number, line in enumerate(lines):
        label = Label.TITLE if number == 0 else Label.BODY if line.endswith(".") else Label.DATE
        if line.strip():
            blocks.append(Block(offset, offset + len(line), line.strip(), label=label))
        offset += len(line) + 1
    return blocks


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaner, "clean", stand_in)


def dump(id: str, renderer: str, *lines: str, **gold: Any) -> dict[str, Any]:
    return {
        "id": id,
        "renderer": renderer,
        "dataset": "harbour",
        "text": "\n".join(lines),
        "gold": gold,
    }


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    """Three pages in two dumps each; the stand-in keeps too much of the lynx ones."""
    return write(
        tmp_path / "ferries.jsonl",
        *(
            dump(f"page-{number}", renderer, "Ferry", FERRY, CREW, *more, title="Ferry",
                 body=[FERRY, CREW], byline=None)
            for number in range(3)
            for renderer, more in (("bs4", ()), ("lynx", (GOAT,)))
        ),
    )  # fmt: skip


# Figures


@given(st.text(), st.text())
def test_figures_are_shares(gold: str, predicted: str) -> None:
    scores = score(
        {"body": gold, "title": gold, "byline": [gold], "with": [gold], "without": [gold]},
        Prediction(title=predicted, byline=(predicted,), body=predicted),
    )
    assert all(0 <= value <= 1 for value in scores.values())


@given(st.text(), st.lists(st.text(min_size=1)), st.dates() | st.none())
def test_a_prediction_equal_to_its_gold_scores_one_in_every_figure(
    text: str, names: list[str], day: datetime.date | None
) -> None:
    date = day.isoformat() if day else None
    gold = {"title": text, "byline": names, "date": date, "body": text, "article": True}
    scores = score(gold, Prediction(text, tuple(names), date, text, is_article=True))
    assert set(scores.values()) == {1.0}


@given(st.text(), st.text())
def test_precision_against_is_recall_the_other_way_round(one: str, other: str) -> None:
    first, second = figures.shingles(one), figures.shingles(other)
    precision, recall, f1 = figures.overlap(first, second)
    assert figures.overlap(second, first) == (recall, precision, f1)


def test_an_absent_gold_is_not_scored_but_a_null_one_is() -> None:
    nobody = Prediction(byline=("Ann Lee",), date="2021-05-03")
    assert score({}, nobody) == {}
    assert score({"byline": None, "date": None}, nobody) == dict.fromkeys(
        ("byline", "byline_P", "date", "date_P"), 0.0
    )
    assert score({"byline": None, "date": None}, Prediction()) == {"byline": 1.0, "date": 1.0}


def test_a_body_is_scored_by_its_bag_of_four_token_shingles() -> None:
    scores = score({"body": ["One two three", "four five."]}, Prediction(body="one two three four"))
    assert scores == {"P": 1.0, "R": 0.5, "F1": 2 / 3}


def test_a_shingle_counts_as_often_as_it_stands_in_the_gold() -> None:
    scores = score({"body": "a b c d"}, Prediction(body="a b c d a b c d"))
    assert scores["P"] == 1 / 5


def test_each_character_of_a_script_without_spaces_is_a_token() -> None:
    assert figures.tokens("渡輪停航 two") == ["渡", "輪", "停", "航", "two"]


def test_titles_and_names_are_equal_but_for_case_spacing_and_punctuation() -> None:
    scores = score(
        {"title": "Ferry, again!", "byline": ["Ann Lee", "Bo Ek"]},
        Prediction(title="FERRY  again", byline=("ANN LEE.",)),
    )
    assert scores == {"title": 1.0, "byline": pytest.approx(2 / 3), "byline_P": 0.0}


def test_a_time_after_the_day_is_no_difference() -> None:
    assert score({"date": "2021-05-03"}, Prediction(date="2021-05-03T10:00"))["date"] == 1.0


def test_snippets_are_looked_for_in_the_folded_body() -> None:
    gold = {"with": ["sails again", "oil slick"], "without": ["by mistake", "read more"]}
    scores = score(gold, Prediction(body=f"{FERRY}\n\n{GOAT}"))
    assert scores == {"with": 0.5, "without": 0.5}


def test_the_first_missing_paragraph_is_the_one_of_which_most_is_gone() -> None:
    assert figures.first_missing([FERRY, CREW, GOAT], FERRY + "\n" + CREW[:50]) == GOAT
    assert figures.first_missing(FERRY, FERRY) == ""


def test_means_are_taken_over_the_pages_that_have_a_figure() -> None:
    assert figures.means([]) == {"n": 0}
    assert figures.means([{"F1": 0.0}, {"F1": 1.0, "date": 1.0}]) == {
        "F1": 0.5,
        "date": 1.0,
        "n": 2,
    }


# Corpora


@given(st.lists(st.integers()), st.integers(1, 50))
def test_an_even_choice_is_distinct_in_order_and_as_many_as_wanted(
    items: list[int], limit: int
) -> None:
    distinct = list(dict.fromkeys(items))
    chosen = corpus.evenly(items, limit)
    assert len(chosen) == min(limit, len(distinct))
    assert [item for item in distinct if item in chosen] == chosen


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz"])
def test_a_corpus_file_is_read_packed_or_not(tmp_path: Path, suffix: str) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".xz": lzma.compress}
    pack = packers.get(suffix, bytes)
    path = tmp_path / f"pages.jsonl{suffix}"
    path.write_bytes(pack('{"id": "a", "html": "<p>Fähre"}\n\n{"id": "b", "text": "x"}'.encode()))
    assert [(page.id, page.source) for page in corpus.pages(path)] == [
        ("a", "<p>Fähre"),
        ("b", "x"),
    ]


def test_a_sample_holds_all_dumps_of_its_pages(ferries: Path) -> None:
    sample = [(page.id, page.renderer) for page in corpus.spread(ferries, 1)]
    assert sample == [("page-0", "bs4"), ("page-0", "lynx")]
    assert len(list(corpus.spread(ferries, None))) == 6


def test_a_page_of_another_kind_is_no_article() -> None:
    assert corpus.page({"id": "a", "text": "", "kind": "forum"}).gold["article"] is False
    assert corpus.page({"id": "a", "text": "", "gold": {"body": []}}).gold["article"] is True
    assert "article" not in corpus.page({"id": "a", "text": "", "gold": {"title": "x"}}).gold


# Folders of public benchmarks


def _pack(path: Path, html: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(html.encode()))


def test_the_folder_of_the_article_extraction_benchmark_is_read(tmp_path: Path) -> None:
    truth = {
        "f1": {"articleBody": FERRY, "url": "https://news.example/a"},
        "f2": {"articleBody": ""},
    }
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), "utf-8")
    _pack(tmp_path / "html" / "f1.html.gz", f"<p>{FERRY}")
    (page,) = corpus.pages(tmp_path)
    assert (page.id, page.dataset, page.domain) == ("f1", "aeb", "news.example")
    assert page.source == f"<p>{FERRY}".encode()
    assert page.gold == {"body": FERRY, "article": True}


GOLD = {"title": "Ferry", "author": "Ann Lee, Bo Ek", "publish_date": "2021-05-03T08:00Z",
        "main_content": FERRY, "with": ["again"], "without": []}  # fmt: skip


@pytest.mark.parametrize(
    "truth",
    [
        {"url": "https://news.example/", "ground_truth": GOLD, "page_type": "article"},
        {"url": "https://news.example/", "page_type": {"primary": "article"}} | GOLD,
        {"_internal": {"page_type": {"primary": "article"}, "url": "https://news.example/"},
         "title": "not this one", "ground_truth": GOLD},
    ],
)  # fmt: skip
def test_the_keys_of_wcxb_are_found_wherever_they_stand(
    tmp_path: Path, truth: dict[str, Any]
) -> None:
    (tmp_path / "ground-truth").mkdir()
    (tmp_path / "ground-truth" / "0001.json").write_text(json.dumps(truth), "utf-8")
    _pack(tmp_path / "html" / "0001.html.gz", "<p>")
    (page,) = corpus.pages(tmp_path)
    assert (page.id, page.dataset, page.domain, page.kind) == (
        *("0001", "wcxb"),
        *("news.example", "article"),
    )
    assert page.gold == {
        "title": "Ferry",
        "byline": ["Ann Lee", "Bo Ek"],
        "date": "2021-05-03",
        "body": FERRY,
        "with": ["again"],
        "article": True,
    }


def test_an_empty_key_of_wcxb_says_none_and_an_unreadable_date_says_nothing() -> None:
    assert benchmarks.wcxb_gold({"author": "", "publish_date": None}) == {
        "byline": None,
        "date": None,
    }
    assert benchmarks.wcxb_gold({"publish_date": "last spring"}) == {}


def test_a_folder_of_no_known_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="neither"):
        list(corpus.pages(tmp_path))


# run


def test_run_prints_the_figures_per_data_set_and_renderer(
    ferries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(ferries), "--workers", "1", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert list(rows) == ["harbour bs4", "harbour lynx", "ALL"]
    assert rows["harbour bs4"]["F1"] == rows["ALL"]["R"] == rows["ALL"]["title"] == 1.0
    assert rows["harbour lynx"]["P"] < 1.0
    assert (rows["harbour lynx"]["n"], rows["ALL"]["n"]) == (3, 6)


def test_run_lists_the_worst_dumps_with_what_they_wrongly_kept(
    ferries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", str(ferries), "--workers", "1", "--by", "renderer", "--worst", "1"])
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines()[1:4]] == ["bs4", "lynx", "ALL"]
    assert "harbour page-0 lynx" in out
    assert f"kept: {GOAT}" in out
    assert "page-1" not in out


def test_run_says_what_a_body_lost(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", dump("a", "bs4", "Ferry", FERRY, body=[FERRY, CREW]))
    (result,) = runs.run(corpus.pages(path), stand_in)
    assert (result.lost, result.kept) == (CREW, "")


def test_two_workers_give_what_one_gives(ferries: Path) -> None:
    pages = list(corpus.pages(ferries))
    assert runs.run(pages, stand_in, workers=2) == runs.run(pages, stand_in)


def test_dumps_are_scored_against_what_their_html_gives(
    ferries: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = [dump(f"page-{n}", "", *lines) for n, lines in enumerate([("Ferry", FERRY, CREW), ()])]
    html = write(tmp_path / "pages.jsonl", *pages)
    main(["agree", str(html), str(ferries), "--workers", "1", "--worst", "1"])
    bs4, lynx, every = capsys.readouterr().out.splitlines()[1:4]
    assert bs4.split()[:6] == ["harbour", "bs4", "1", "1.000", "1.000", "1.000"]
    assert lynx.split()[4] == "1.000"
    assert lynx.split()[3] < "1.000"
    assert every.split()[1] == "2"


def test_an_error_names_the_page_it_came_from() -> None:
    def broken(source: str | bytes) -> Article:
        raise RuntimeError("out of ink")

    with pytest.raises(RuntimeError) as caught:
        runs.run([corpus.Page("page-7", "x", renderer="lynx")], broken)
    assert "page-7 lynx" in caught.value.__notes__[0]


def test_a_saved_run_is_read_back_as_it_was(ferries: Path, tmp_path: Path) -> None:
    results = runs.run(corpus.pages(ferries), stand_in)
    runs.save(results, tmp_path / "run.jsonl")
    again = runs.load(tmp_path / "run.jsonl")
    assert [(one.key, one.body, one.figures) for one in again] == [
        (one.key, one.body, one.figures) for one in results
    ]


def test_pages_without_gold_do_not_enter_a_table() -> None:
    results = runs.run([corpus.Page("a", FERRY)], stand_in)
    assert report.table(results, ["dataset"]) == {"ALL": {"n": 0}}


def test_an_unknown_field_to_group_by_is_a_usage_error(
    ferries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["run", str(ferries), "--by", "colour"])
    assert "colour is not one or more of dataset" in capsys.readouterr().err


# diff


def _result(id: str, **values: float) -> runs.Result:
    return runs.Result(
        id=id, renderer="bs4", dataset="harbour", domain=None, lang=None, kind=None,
        title=None, byline=(), date=None, body="", is_article=True, figures=values,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.jsonl", None, "cannot be read: No such file"),
        ("notes.jsonl", b"A page\n", "line 1: no object in JSON"),
        ("list.jsonl", b'{"id": "a", "text": "b"}\n[1]\n', "line 2: no object in JSON"),
        ("bare.jsonl", b'{"id": "a"}\n', "a record without id, or without text and html"),
        ("bytes.jsonl", b'"\xff"\n', "is damaged behind line 0"),
        ("cut.jsonl.xz", lzma.compress(b'{"id": "a", "text": "b"}\n' * 99)[:-20], "is damaged"),
        ("folder", b"", "holds neither ground-truth.json nor ground-truth/"),
    ],
)
def test_a_corpus_that_cannot_be_read_is_named_and_told_what_is_wrong_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    assert main(["run", str(path), "--workers", "1"]) == 2
    assert benchmark_main(["speed", str(path)]) == 2
    for told in capsys.readouterr().err.splitlines():
        assert told.startswith(str(path))
        assert said in told


def test_a_file_that_holds_no_floors_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    path.write_text("[1]")
    assert main(["lowered", str(path), str(path)]) == 2
    assert f"{path} holds no floors" in capsys.readouterr().err
    assert main(["lowered", str(tmp_path / "none.json"), str(path)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_difference_ranks_pages_from_the_most_fallen_to_the_most_risen() -> None:
    before = [_result("a", F1=0.5), _result("b", F1=0.5), _result("c", F1=0.5), _result("d")]
    after = [_result("a", F1=0.75), _result("b", F1=0.25), _result("c", F1=0.5), _result("e")]
    found = compare.difference(before, after, ["dataset"], "F1")
    assert [(one.result.id, one.rise) for one in found.changes] == [("b", -0.25), ("a", 0.25)]
    assert (found.same, found.alone) == (1, 2)
    assert found.table["harbour"] == {"F1": 0.0, "n": 3}


def test_diff_prints_mean_differences_with_their_sign(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs.save([_result("a", F1=0.5, title=1.0)], tmp_path / "old.jsonl")
    runs.save([_result("a", F1=0.75, title=0.0)], tmp_path / "new.jsonl")
    assert main(["diff", str(tmp_path / "old.jsonl"), str(tmp_path / "new.jsonl")]) == 0
    out = capsys.readouterr().out
    assert "harbour bs4" in out
    assert "+0.250" in out
    assert "-1.000" in out
    assert "1 better, 0 worse" in out


def test_outputs_that_differ_are_counted_and_shown_without_a_gold() -> None:
    before = [_result("a"), _result("b"), _result("c")]
    after = [
        dataclasses.replace(before[0], title="Ferry", byline=["Ann Lee"], body=FERRY),
        before[1],
        _result("d"),
    ]
    found = outputs.changes(before, after)
    assert [(one.field, one.was, one.now) for one in found] == [
        ("title", "", "Ferry"),
        ("byline", "", "Ann Lee"),
        ("body", "", FERRY),
    ]
    shown = outputs.render(found, 2, 1)
    assert re.search(r"^title +1 +0\.500$", shown, re.MULTILINE)
    assert "title: harbour a bs4\n    was: -\n    now: Ferry" in shown
    assert "is_article: " not in shown


def test_a_saved_run_and_a_fresh_one_of_the_same_give_the_same(
    ferries: Path, tmp_path: Path
) -> None:
    fresh = runs.run(corpus.pages(ferries), stand_in)
    runs.save(fresh, tmp_path / "run.jsonl")
    assert outputs.changes(runs.load(tmp_path / "run.jsonl"), fresh) == []


# gate


def _floors(path: Path, corpus_file: Path, f1: float, **more: Any) -> Path:
    checksum = hashlib.sha256(corpus_file.read_bytes()).hexdigest()
    entry = {"checksum": checksum, "renderer": {"lynx": {"F1": f1}}} | more
    path.write_text(json.dumps({"ferries": entry}), "utf-8")
    return path


@pytest.mark.parametrize(("floor", "code", "verdict"), [(0.5, 0, " held"), (0.99, 1, "NOT HELD")])
def test_the_gate_fails_exactly_where_a_floor_is_not_held(
    ferries: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    floor: float,
    code: int,
    verdict: str,
) -> None:
    floors = _floors(tmp_path / "floors.json", ferries, floor)
    assert main(["gate", str(floors), str(ferries), "--workers", "1"]) == code
    out = capsys.readouterr().out
    assert f"floor {floor:.4f}" in out
    assert verdict in out


def test_a_floor_without_a_figure_is_not_held(ferries: Path, tmp_path: Path) -> None:
    floors = _floors(tmp_path / "floors.json", ferries, 0.5, dataset={"sea": {"F1": 0.1}})
    assert main(["gate", str(floors), str(ferries), "--workers", "1"]) == 1


def test_the_gate_fails_where_the_corpus_is_another_than_that_of_the_floors(
    ferries: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = _floors(tmp_path / "floors.json", ferries, 0.5)
    ferries.write_text(ferries.read_text("utf-8") + "\n", "utf-8")
    assert main(["gate", str(floors), str(ferries)]) == 1
    assert "checksum" in capsys.readouterr().out


def test_the_gate_finds_a_corpus_by_name_in_the_folder_of_the_environment(
    ferries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(gate.CORPUS_FOLDER, str(tmp_path))
    assert gate.find("ferries") == ferries
    floors = _floors(tmp_path / "floors.json", ferries, 0.99)
    assert main(["gate", str(floors), "ferries", "--workers", "1"]) == 1


def test_the_gate_is_skipped_aloud_where_there_is_no_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(gate.CORPUS_FOLDER, raising=False)
    assert main(["gate", str(tmp_path / "floors.json"), "ferries"]) == 0
    monkeypatch.setenv(gate.CORPUS_FOLDER, str(tmp_path))
    assert main(["gate", str(tmp_path / "floors.json"), "ferries"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("skipped: CLEANER_CORPUS is not set")
    assert second.startswith("skipped: there is no ferries in ")


def test_floors_are_measured_on_the_sample_that_they_name(ferries: Path, tmp_path: Path) -> None:
    spoiled = [*corpus.lines(ferries)]
    for record in spoiled[2:]:
        record["text"] = "Ferry"
    write(ferries, *spoiled)
    whole = _floors(tmp_path / "whole.json", ferries, 0.5)
    sample = _floors(tmp_path / "sample.json", ferries, 0.5, limit=1)
    assert main(["gate", str(whole), str(ferries), "--workers", "1"]) == 1
    assert main(["gate", str(sample), str(ferries), "--workers", "1"]) == 0


def test_raising_floors_makes_ones_that_hold(ferries: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    command = ["gate", str(floors), str(ferries), "--workers", "1"]
    assert main(command) == 1
    assert main([*command, "--raise"]) == 0
    written = json.loads(floors.read_text("utf-8"))["ferries"]
    assert written["renderer"]["bs4"]["F1"] == pytest.approx(1 - gate.MARGIN)
    assert main(command) == 0


@given(old=SHARES, figure=SHARES)
def test_raising_floors_lowers_and_drops_none(old: float, figure: float) -> None:
    floors = {"dataset": {"a": {"F1": old}, "b": {"F1": old}}, "limit": 5}
    lifted = gate.raised(floors, {"dataset": {"a": {"F1": figure, "n": 3}}, "renderer": {}})
    assert lifted["dataset"]["a"]["F1"] >= old
    assert lifted["dataset"]["b"] == {"F1": old}
    assert lifted["limit"] == 5


def test_a_language_of_few_dumps_gets_no_floor() -> None:
    rows = {"sv": {"F1": 0.5, "n": 50}, "fi": {"F1": 0.5, "n": 49}, "-": {"F1": 0.5, "n": 500}}
    assert gate.raised({}, {"lang": rows})["lang"] == {"sv": {"F1": 0.49}}


def test_the_floors_of_this_repository_are_well_formed() -> None:
    path = Path(gate.__file__).with_name("floors.json")
    for floors in json.loads(path.read_text("utf-8")).values():
        assert len(floors["checksum"]) == hashlib.sha256().digest_size * 2
        checks = gate.check(floors, {grouping: {} for grouping in gate.GROUPINGS})
        assert checks
        assert all(0 < check.floor <= 1 for check in checks)
        assert {check.figure for check in checks} <= set(figures.FIGURES)


# seeds

LINES = ["Ferry", "", "By Ann Lee", "  3 May 2021", FERRY, CREW]
SEED = {
    "title": "Ferry", "byline": ["Ann Lee"], "date": "2021-05-03", "date_text": "3 May 2021",
    "body": [FERRY, CREW],
    "kinds": {"1": "title", "3": "date", "4": "date", "5": "body", "6": "body"},
}  # fmt: skip


def _seed(folder: Path, **changes: Any) -> list[str]:
    (folder / "ferry.txt").write_text("\n".join(LINES), "utf-8")
    (folder / "ferry.json").write_text(json.dumps(SEED | changes), "utf-8")
    return ["seeds", str(folder)]


def test_a_seed_with_every_field_and_line_right_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(_seed(tmp_path)) == 0
    assert "lines 1.000" in capsys.readouterr().out


@pytest.mark.parametrize("command", [main, benchmark_main])
def test_who_has_read_enough_of_the_output_sees_no_traceback(
    command: Callable[..., int], tmp_path: Path
) -> None:
    laws = ["laws", "--pages", "1", "--languages", "en", "--styles", "wet"]
    script = (
        "import os, sys\n"
        f"from {command.__module__} import main\n"
        "reader, writer = os.pipe()\n"
        "os.dup2(writer, 1), os.close(writer), os.close(reader)\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *(_seed(tmp_path) if command is main else laws)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Ferries"},
        {"byline": None},
        {"date": None},
        {"date_text": "May 2021"},
        {"body": [FERRY]},
        {"kinds": SEED["kinds"] | {"4": "metadata"}},  # type: ignore[operator]
    ],
)
def test_a_seed_with_one_thing_wrong_fails_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any]
) -> None:
    assert main(_seed(tmp_path, **change)) == 1
    (name,) = change
    assert ("line 4: date, not metadata" if name == "kinds" else name) in capsys.readouterr().out


def test_a_folder_without_seeds_is_no_success(tmp_path: Path) -> None:
    assert main(["seeds", str(tmp_path)]) == 1


def test_a_line_that_no_block_covers_has_no_label() -> None:
    source = "Menu\n\n  Ferry\nrest"
    blocks = (Block(8, 13, "Ferry", label=Label.TITLE),)
    labels = seeds.line_labels(Article(source=source, blocks=blocks))
    assert labels == {1: None, 3: "title", 4: None}


# The benchmarks beside it


@given(st.floats(0.5, 3), st.floats(1e-3, 1e3))
def test_the_exponent_of_a_power_law_is_its_power(power: float, factor: float) -> None:
    sizes = [1e5, 2e5, 4e5, 8e5]
    assert exponent(sizes, [factor * size**power for size in sizes]) == pytest.approx(power)


def test_the_peak_of_memory_is_that_of_processes_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "dumps.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "Ferry returns\n\nIt sails at noon."}) + "\n")
    one, many = memory.peaks(path, 3)
    assert 10 < one < 1000
    assert 10 < many < 1000


def test_a_corpus_of_no_pages_has_no_peak(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    with pytest.raises(ValueError, match="no pages in"):
        memory.peaks(tmp_path / "none.jsonl", 1)


def test_contestants_see_the_same_pages_in_turns() -> None:
    seen: list[tuple[str, int]] = []

    def contestant(name: str) -> tuple[str, speed.Work, list[str | bytes]]:
        return name, lambda run: seen.append((name, len(run))), ["page"] * (speed.RUN + 1)

    rows = speed.compare([contestant("ours"), contestant("theirs")])
    assert [(row.name, row.pages) for row in rows] == [("ours", 17), ("theirs", 17)]
    assert seen[2:] == [("ours", 16), ("theirs", 16), ("ours", 1), ("theirs", 1)]


def test_the_batched_path_is_timed_by_stage() -> None:
    rows = speed.stages("batched", speed.batched, ["Ferry returns"] * 3)
    names = [row.name.strip() for row in rows]
    assert names[0] == "batched"
    assert {"dump", "features", "labeller", "fields", "rest"} <= set(names)


@pytest.mark.parametrize(
    ("now", "named"),
    [
        ({"a": {"lang": {"en": {"F1": 0.9, "title": 0.7}}}}, []),
        ({"a": {"lang": {"en": {"F1": 0.95}, "ru": {"F1": 0.1}}}}, []),
        ({"a": {"lang": {"en": {"F1": 0.8}}}}, ["lowered: a lang en F1: 0.9 to 0.8"]),
        ({"a": {"lang": {}}}, ["lowered: a lang en F1: 0.9 to none"]),
        ({}, ["lowered: a lang en F1: 0.9 to none"]),
    ],
)
def test_a_floor_that_was_lowered_or_dropped_is_named(
    now: dict[str, Any],
    named: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    before.write_text(json.dumps({"a": {"checksum": "x", "lang": {"en": {"F1": 0.9}}}}))
    after.write_text(json.dumps(now))
    assert main(["lowered", str(before), str(after)]) == bool(named)
    assert capsys.readouterr().out.splitlines() == named


def test_a_table_can_be_made_by_the_shape_of_the_story(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pages.jsonl"
    page = {"id": "a", "text": f"Menu\n\n{FERRY}\n\n{CREW}\n", "gold": {"body": [FERRY, CREW]}}
    path.write_text(json.dumps(page) + "\n")
    assert main(["run", str(path), "--workers", "1", "--by", "words,share"]) == 0
    assert "0000 to 0049 80 to 100 " in capsys.readouterr().out
