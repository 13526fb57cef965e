from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner import arrow, fixture, records
from cleaner.arrow import answer
from cleaner.strategies import site_samples
from cleaner.template import Templates, learn
from tests.pages import anything, texts

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
DAY = datetime.date(2021, 10, 2)
BINARY = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
STORY = (
    "Ferry returns to Port Hale\n\nBy Ann Example\n\nPublished {}\n\nShare\n\n"
    "The ferry to Port Hale sails again from Monday, the harbour office said.\n\n"
    + "It sails at noon from the old pier. "
    * 9
)
PAGE = STORY.format("4 May 2021")
NAMES = arrow.SCHEMA.names


def fixtures() -> list[str]:
    return [fixture.parse(path.read_text("utf-8")).dump for path in sorted(ARTICLES.glob("*.tsv"))]


def row(article: cleaner.Article) -> dict[str, Any]:
    """What an article's row holds: its JSON, with a date for a date."""
    values = article.to_dict()
    del values["source"]
    return values | {"date": article.date, "error": None}


def failed(error: str) -> dict[str, Any]:
    return dict.fromkeys(NAMES) | {"error": error}


def cleaned(pages: pa.Array | list[Any], **options: Any) -> list[dict[str, Any]]:
    """The rows for a column of pages."""
    rows: list[dict[str, Any]] = arrow.clean_table(pa.table({"text": pages}), **options).to_pylist()
    return rows


def test_a_template_is_evidence_for_every_row_and_of_several_the_address_chooses() -> None:
    pages = [sample.text for sample in site_samples(4, style="wet")]
    known = learn(pages)
    expected = [row(cleaner.clean(page, template=known)) for page in pages]
    assert cleaner.clean(pages[0], template=known) != cleaner.clean(pages[0])
    assert cleaned(pages, template=known) == expected
    url = "https://www.courier.example/a"
    table = pa.table({"text": [pages[0]] * 3, "url": [url, None, "https://herald.example/"]})
    sites = Templates({"courier.example": known})
    found = arrow.clean_table(table, template=sites).to_pylist()
    assert found[0]["blocks"] == expected[0]["blocks"]
    alone = row(cleaner.clean(pages[0]))["blocks"]
    assert [one["blocks"] for one in found[1:]] == [alone, alone]
    (batch,) = arrow.clean_batches(table.to_batches(), template=sites)
    assert batch.to_pylist() == found


def test_every_row_is_what_clean_gives_for_its_page() -> None:
    pages = fixtures()
    assert cleaned(pages) == [row(cleaner.clean(page)) for page in pages]


@given(st.lists(st.one_of(anything(), st.none()), max_size=3))
def test_any_text_gives_its_row(pages: list[str | None]) -> None:
    pages = [page if page is None else page.encode("utf-8", "replace").decode() for page in pages]
    column = pa.array(pages, pa.string())
    assert cleaned(column) == [
        failed("no page: text is null here") if page is None else row(cleaner.clean(page))
        for page in pages
    ]


@given(st.lists(st.binary(), max_size=3))
def test_any_bytes_give_their_row(pages: list[bytes]) -> None:
    assert cleaned(pa.array(pages, pa.binary())) == [
        failed(records.NOT_TEXT) if records.is_binary(page) else row(cleaner.clean(page))
        for page in pages
    ]


def test_the_schema_has_the_fields_of_an_article_and_the_error() -> None:
    article = cleaner.clean(PAGE).to_dict()
    assert [name for name in article if name != "source"] + ["error"] == NAMES
    for name in ("blocks", "evidence"):
        struct = arrow.SCHEMA.field(name).type.value_type
        assert [part.name for part in struct] == list(article[name][0])


def test_times_with_and_without_a_zone_stay_apart() -> None:
    moments = (
        datetime.datetime(2021, 5, 4, 9, 30),  # noqa: DTZ001 - the page gives no zone
        datetime.datetime(2021, 5, 4, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
    )
    found = [cleaner.Article("", published=one, updated=one) for one in moments]
    nothing = pa.record_batch({"id": pa.array([1, 2])})
    schema = pa.schema([*nothing.schema, *arrow.SCHEMA])
    batch = answer.beside(nothing, found, schema)
    assert batch["published"].to_pylist() == [one.isoformat() for one in moments]
    assert batch["updated"].to_pylist() == [one.isoformat() for one in moments]


ENCODED = {
    "string": pa.string(),
    "large_string": pa.large_string(),
    "string_view": pa.string_view(),
    "binary": pa.binary(),
    "large_binary": pa.large_binary(),
    "binary_view": pa.binary_view(),
}


@pytest.mark.parametrize("kind", ENCODED.values(), ids=ENCODED)
def test_every_type_of_string_holds_pages(kind: pa.DataType) -> None:
    texts = [PAGE, None, "Hafen: Fähre fährt wieder"]
    is_bytes = "binary" in str(kind)
    pages = pa.array([t and t.encode() if is_bytes else t for t in texts], kind)
    assert cleaned(pages) == cleaned(texts)


def test_a_dictionary_of_pages_is_read_through() -> None:
    pages = pa.array([PAGE, None, "Home", PAGE]).dictionary_encode()
    assert cleaned(pages) == cleaned([PAGE, None, "Home", PAGE])


class PageType(pa.ExtensionType):
    def __init__(self) -> None:
        super().__init__(pa.string(), "example.page")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""


def test_an_extension_type_of_strings_is_read_through() -> None:
    pages = pa.array([PAGE, None])
    assert cleaned(pa.ExtensionArray.from_storage(PageType(), pages)) == cleaned(pages)


def test_a_string_that_is_no_utf8_is_read_as_the_bytes_that_it_is() -> None:
    held = "Fähre fährt wieder über die Förde, sagte Frau Köhler am Dienstag".encode("latin-1")
    buffers = pa.array([held], pa.binary()).buffers()
    (found,) = cleaned(pa.Array.from_buffers(pa.string(), 1, buffers))
    assert found == row(cleaner.clean(held))


def test_a_column_of_nulls_gives_a_row_for_each() -> None:
    assert cleaned(pa.nulls(2)) == 2 * [failed("no page: text is null here")]


def test_chunks_and_slices_with_offsets_keep_their_rows() -> None:
    pages = [f"{PAGE} {i}" for i in range(9)]
    whole = pa.table({"id": range(9), "text": pa.chunked_array([pages[:2], [], pages[2:]])})
    expected = arrow.clean_table(whole).to_pylist()
    assert [line["id"] for line in expected] == list(range(9))
    assert arrow.clean_table(whole.slice(1, 5)).to_pylist() == expected[1:6]
    (batch,) = whole.combine_chunks().to_batches()
    assert rows(arrow.clean_batches(iter([batch.slice(3, 4)]))) == expected[3:7]


def rows(batches: Iterator[pa.RecordBatch]) -> list[dict[str, Any]]:
    return [line for batch in batches for line in batch.to_pylist()]


def test_an_empty_table_gives_an_empty_one_with_all_columns() -> None:
    empty = pa.table({"id": pa.array([], pa.int64()), "html": pa.array([], pa.binary())})
    assert arrow.clean_table(empty).equals(arrow.output_schema(empty.schema).empty_table())
    assert arrow.clean_table(empty.schema.empty_table()).num_rows == 0


def test_a_batch_without_rows_gives_one_too() -> None:
    pages = pa.record_batch({"id": [1], "text": [PAGE]})
    found = list(arrow.clean_batches(iter([pages.slice(0, 0), pages, pages.slice(1)])))
    assert [batch.num_rows for batch in found] == [0, 1, 0]
    assert {batch.schema for batch in found} == {arrow.output_schema(pages.schema)}


def test_no_batches_give_none() -> None:
    assert list(arrow.clean_batches(iter([]))) == []


def test_batches_are_asked_for_one_at_a_time() -> None:
    asked = []

    def endless() -> Iterator[pa.RecordBatch]:
        while True:
            asked.append(1)
            yield pa.record_batch({"text": ["Home"]})

    stream = arrow.clean_batches(endless())
    next(stream)
    next(stream)
    assert len(asked) == 2


def test_long_batches_come_out_in_pieces_that_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "_ROWS", 3)
    monkeypatch.setattr(arrow, "_SIZE", 100)
    pages = ["Home", "News", None, "Sport", "long " * 30, "a", "long " * 30, "b" * 100, "", "c"]
    batch = pa.record_batch({"id": range(10), "text": pages})
    found = list(arrow.clean_batches(iter([batch])))
    assert [one.num_rows for one in found] == [3, 1, 1, 1, 1, 2, 1]
    whole = [{"id": i} | one for i, one in enumerate(cleaned(pages))]
    assert rows(iter(found)) == whole


def test_the_other_columns_come_through_as_they_are() -> None:
    ids = pa.array(["a", "b"]).dictionary_encode()
    taken = pa.array([datetime.datetime(2021, 5, 4, tzinfo=datetime.UTC), None])
    fields = [
        pa.field("id", ids.type, nullable=False, metadata={"of": "the crawl"}),
        pa.field("page", pa.string()),
        pa.field("taken", taken.type),
    ]
    schema = pa.schema(fields, metadata={"made": "by hand"})
    table = pa.table([ids, pa.array([PAGE, None]), taken], schema=schema)
    found = arrow.clean_table(table)
    assert found.select(["id", "taken"]).equals(table.select(["id", "taken"]), check_metadata=True)
    assert found.schema.names == ["id", "taken", *NAMES]


def test_the_blocks_can_be_left_out() -> None:
    table = pa.table({"id": [1], "text": [PAGE]})
    slim = arrow.clean_table(table, blocks=False)
    assert slim.equals(arrow.clean_table(table).drop_columns("blocks"))
    assert slim.schema == arrow.output_schema(table.schema, blocks=False)


def test_a_row_outlives_a_way_through_parquet(tmp_path: Path) -> None:
    table = arrow.clean_table(pa.table({"text": [*fixtures(), None]}))
    pyarrow.parquet.write_table(table, tmp_path / "articles.parquet")
    assert pyarrow.parquet.read_table(tmp_path / "articles.parquet").equals(table)


# Which column holds the pages.


@pytest.mark.parametrize("name", arrow.columns.PAGE_NAMES)
def test_the_pages_are_found_by_name(name: str) -> None:
    (found,) = arrow.clean_table(pa.table({"id": ["7"], name: [PAGE]})).to_pylist()
    assert found == {"id": "7"} | row(cleaner.clean(PAGE))


def test_a_column_of_any_name_may_hold_the_pages() -> None:
    (found,) = arrow.clean_table(pa.table({"body": [PAGE]}), column="body").to_pylist()
    assert found == row(cleaner.clean(PAGE))


REFUSED = {
    "none by name": ({"id": [1], "doc": ["x"]}, {}, "'id', 'doc'"),
    "no columns": ({}, {}, "no columns at all"),
    "several": ({"text": ["x"], "html": ["x"]}, {}, "'text', 'html' may all hold the pages"),
    "missing": ({"text": ["x"]}, {"column": "doc"}, "no column called 'doc' among 'text'"),
    "no string": ({"text": [1]}, {}, "column 'text' is int64; pages are strings or binary"),
    "a clash": ({"text": ["x"], "title": ["x"], "error": [1]}, {}, "'title', 'error' would stand"),
    "a list": ({"text": [["x"]]}, {}, "column 'text' is list<"),
    "no url": ({"text": ["x"]}, {"url": "link"}, "no column called 'link'"),
    "a numeric url": ({"text": ["x"], "url": [1]}, {"url": "url"}, "addresses are strings"),
    "no day": ({"text": ["x"]}, {"today": "2021-05-04"}, "no column called '2021-05-04'"),
    "a numeric day": ({"text": ["x"], "day": [1]}, {"today": "day"}, "column 'day' is int64"),
}


@pytest.mark.parametrize(("table", "options", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_told_is_refused_with_the_names(
    table: dict[str, list[Any]], options: dict[str, Any], words: str
) -> None:
    pages = pa.table(table)
    for call in (arrow.clean_table, lambda t, **o: arrow.output_schema(t.schema, **o)):
        with pytest.raises(ValueError, match=words.replace("(", r"\(")):
            call(pages, **options)


def test_columns_of_one_name_are_refused() -> None:
    for names in (["text", "text"], ["text", "id", "id"]):
        twice = pa.table([pa.array(["x"])] * len(names), names=names)
        with pytest.raises(ValueError, match=r"2 columns called 'text'|columns are called 'id'"):
            arrow.clean_table(twice)


def test_blocks_that_are_left_out_may_come_with_the_pages() -> None:
    table = pa.table({"text": ["Home"], "blocks": [3]})
    assert arrow.clean_table(table, blocks=False)["blocks"].to_pylist() == [3]


# The day and the address.


def dated(days: pa.Array) -> list[dict[str, Any]]:
    table = pa.table({"day": days, "text": [STORY.format("2 hours ago")] * len(days)})
    cleaned = arrow.clean_table(table, today="day")
    # Python's times have no nanoseconds: the column itself is not asked for.
    found: list[dict[str, Any]] = cleaned.drop_columns(["day"]).to_pylist()
    return found


def test_a_day_is_handed_on() -> None:
    page = STORY.format("2 hours ago")
    (found,) = cleaned([page], today=DAY)
    assert found == row(cleaner.clean(page, today=DAY))
    assert found["date"] == DAY
    moment = datetime.datetime(2021, 10, 2, 23, 30, tzinfo=datetime.UTC)
    assert cleaned([page], today=moment) == [found]


LATE = datetime.datetime(2021, 10, 2, 23, 59, 59, 999999)  # noqa: DTZ001 - a naive column
DAYS = {
    "date32": pa.array([DAY, None], pa.date32()),
    "date64": pa.array([DAY, None], pa.date64()),
    "naive": pa.array([LATE, None], pa.timestamp("us")),
    "nanoseconds": pa.array([1633219199999999999, None], pa.int64()).cast(pa.timestamp("ns")),
    "aware": pa.array([1633104000, None], pa.int64()).cast(pa.timestamp("s", "Asia/Tokyo")),
    "ISO": pa.array(["2021-10-02", None]),
    "ISO with a time": pa.array(["2021-10-02T23:59:59Z", None], pa.large_string()),
    "dictionary": pa.array(["2021-10-02", None]).dictionary_encode(),
}


@pytest.mark.parametrize("days", DAYS.values(), ids=DAYS)
def test_each_row_may_have_its_day(days: pa.Array) -> None:
    assert [line["date"] for line in dated(days)] == [DAY, None]
    assert [line["error"] for line in dated(days)] == [None, None]


def test_a_column_without_any_day_gives_none() -> None:
    assert [line["error"] for line in dated(pa.nulls(1))] == [None]


def test_a_broken_day_costs_its_row_alone() -> None:
    found = dated(pa.array(["soon", "2021-10-02"]))
    assert found[0] == failed("today is 'soon' here, not a date like 2021-05-04")
    assert found[1]["date"] == DAY


@pytest.mark.parametrize("options", [{}, {"url": "link"}])
def test_the_address_is_handed_on(options: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def echo(source: str, *, url: str | None, **_: Any) -> cleaner.Article:
        return cleaner.Article(source, title=url)

    monkeypatch.setattr(cleaner, "clean", echo)
    table = pa.table({"text": ["x", "y"], "url": ["a", None], "link": ["b", "c"]})
    found = arrow.clean_table(table, **options)
    assert found["title"].to_pylist() == (["b", "c"] if options else ["a", None])


# Failures.


def test_a_binary_page_gives_the_error_that_the_batch_gives() -> None:
    found = cleaned([BINARY, PAGE.encode()])
    assert found == [failed(records.NOT_TEXT), row(cleaner.clean(PAGE))]


@pytest.mark.parametrize("fault", [RecursionError("too deep"), MemoryError()], ids=repr)
def test_a_fault_costs_its_row_alone(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = cleaner.clean

    def faulty(source: str, **options: Any) -> cleaner.Article:
        if source == "poison":
            raise fault
        return honest(source, **options)

    monkeypatch.setattr(cleaner, "clean", faulty)
    found = cleaned([PAGE, "poison", PAGE])
    assert found[1] == failed(f"a fault in cleaner ({fault!r}); please report it with this page")
    assert found[0] == found[2] == row(honest(PAGE))


def test_a_fault_in_a_reason_costs_its_row_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def reasons(*_: Any) -> list[str]:
        raise RecursionError("too deep")

    monkeypatch.setattr("cleaner.labeller.explain", reasons)
    assert "too deep" in cleaned([PAGE])[0]["error"]
    assert cleaned([PAGE], blocks=False)[0]["error"] is None


def test_half_a_surrogate_pair_becomes_the_replacement_character(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = cleaner.Article("", title="Ferry \ud83d sails", tags=("a", "\udce4", "\U0001f6a2"))
    monkeypatch.setattr(cleaner, "clean", lambda *_, **__: article)
    (found,) = cleaned(["x"])
    assert (found["title"], found["tags"]) == ("Ferry � sails", ["a", "�", "\U0001f6a2"])


def test_a_page_too_large_for_a_column_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def strings(values: list[str | None]) -> pa.Array:
        if any(value == "Ferry" for value in values):
            raise OverflowError("more than 2 GiB of text")
        return pa.array(values, pa.string())

    monkeypatch.setattr(answer, "_strings", strings)
    monkeypatch.setattr(cleaner, "clean", lambda *_, **__: cleaner.Article("", title="Ferry"))
    (found,) = cleaned(["x"])
    assert found["title"] is None
    assert "more than 2 GiB" in found["error"]


# The process that cleans.


def run(code: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | env,
    )
    return done.stdout.strip()


def test_cleaning_keeps_to_one_thread_and_loads_the_weights_once() -> None:
    if not Path("/proc/self/task").is_dir():
        pytest.skip("no /proc that tells of threads")
    code = """
import os, pathlib
import pyarrow as pa
from cleaner import arrow, weights
from tests.test_arrow import PAGE

batch = pa.record_batch({"html": ["".join(f"<p>{PAGE}{i}</p>" for i in range(200)), PAGE] * 10})
list(arrow.clean_batches([batch, batch]))
spent = {
    int(task.name): sum(map(int, (task / "stat").read_text().rsplit(")")[1].split()[11:13]))
    for task in pathlib.Path("/proc/self/task").iterdir()
}
main = spent.pop(os.getpid())
print(main, sum(spent.values()), weights._shipped.cache_info().misses)
"""
    main, others, loads = map(int, run(code).split())
    assert main >= 10  # hundredths of a second
    assert others <= main / 10
    assert loads == 2  # of text, and of HTML


def test_without_pyarrow_the_error_says_what_to_install() -> None:
    code = """
import sys
sys.modules["pyarrow"] = None
import cleaner
try:
    import cleaner.arrow
except ImportError as error:
    print(error)
"""
    assert run(code) == "cleaner.arrow needs pyarrow: pip install 'newsdump-cleaner[arrow]'"


@given(texts())
def test_the_answer_does_not_hang_on_how_a_table_is_cut(text: str) -> None:
    table = pa.table({"text": [text, "Home", text]})
    assert arrow.clean_table(pa.concat_tables([table.slice(0, 1), table.slice(1)])).equals(
        arrow.clean_table(table)
    )
