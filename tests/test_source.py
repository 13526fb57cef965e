"""Decoding: whatever bytes come in, a string comes out, and it is told how it was read."""

from __future__ import annotations

import codecs
import encodings
import pkgutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.source import Source, looks_like_html, read

ENCODINGS = sorted(module.name for module in pkgutil.iter_modules(encodings.__path__))
unicode_texts = st.text(st.characters(exclude_categories=["Cs"]))

FERRY = {
    "cp1252": "Die Fähre fährt wieder, sagt die Bürgermeisterin. Größere Schäden gab es nicht.",
    "cp1250": "Przeprawa promowa działa od środy. Mieszkańcy wyspy cieszą się, że łódź wróciła.",
    "cp1251": "Паром снова ходит между берегами залива, сообщила в среду городская управа.",
    "koi8_r": "Паром снова ходит между берегами залива, сообщила в среду городская управа.",
    "shift_jis": "渡し船は水曜日から運航を再開した。船長は乗客に花を配り、港は笑顔に包まれた。",
    "gb18030": "渡轮周三恢复通航。船长向乘客送花，码头上一片笑声，岛上的居民终于可以回家了。",
    "euc_kr": "나룻배가 수요일부터 다시 다닌다. 선장은 승객들에게 꽃을 나누어 주었다고 말했다.",
}


@pytest.mark.parametrize("source", [None, 7, ["a"], Path("page.html")])
def test_what_is_no_page_is_refused_by_its_kind(source: object) -> None:
    with pytest.raises(TypeError, match=f"str or bytes, not {type(source).__name__}"):
        read(source)  # type: ignore[arg-type]


@given(st.binary())
def test_bytes_are_read_whatever_holds_them(page: bytes) -> None:
    assert read(bytearray(page)) == read(memoryview(page)) == read(page)


@given(st.binary() | st.text())
def test_anything_is_read(source: bytes | str) -> None:
    found = read(source)
    assert isinstance(found.text, str)
    assert found.known_by


@given(st.text())
def test_a_string_stays_as_it_is(text: str) -> None:
    assert read(text) == Source(text)


@given(unicode_texts.filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_is_read_with_and_without_a_byte_order_mark(text: str) -> None:
    assert read(text.encode()).text == text
    marked = read(codecs.BOM_UTF8 + text.encode())
    assert (marked.text, marked.known_by) == (text, "byte order mark")


# UTF-16 text that begins with U+0000 reads like UTF-32: no page does.
@given(
    unicode_texts.filter(lambda text: not text.startswith("\0")),
    st.sampled_from(
        [
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ]
    ),
)
def test_a_byte_order_mark_names_the_encoding(text: str, encoding: tuple[bytes, str]) -> None:
    mark, name = encoding
    found = read(mark + text.encode(name))
    assert (found.text, found.known_by) == (text, "byte order mark")


@given(st.sampled_from(ENCODINGS) | st.text(st.characters(codec="ascii")), st.binary())
def test_no_declaration_makes_reading_fail(name: str, rest: bytes) -> None:
    found = read(b'<meta charset="' + name.encode() + b'">caf\xe9 \\d \\x \\N' + rest)
    assert found.known_by != "declared by the page" or found.text.startswith("<meta charset=")


@pytest.mark.parametrize("encoding", FERRY)
@pytest.mark.parametrize(
    "head",
    ['<meta charset="{}">', "<meta http-equiv=x content='text/html; charset={}'>",
     '<?xml version="1.0" encoding="{}"?>', "<META CHARSET = {} >"],
)  # fmt: skip
def test_what_a_page_declares_is_believed(encoding: str, head: str) -> None:
    text = head.format(encoding) + FERRY[encoding]
    found = read(text.encode(encoding))
    assert (found.text, found.known_by) == (text, "declared by the page")
    assert found.encoding == codecs.lookup(encoding).name


def test_valid_utf8_is_utf8_whatever_is_declared() -> None:
    text = '<meta charset="windows-1251">' + FERRY["cp1251"]
    assert read(text.encode()) == Source(text, "utf-8", "valid UTF-8")


@pytest.mark.parametrize("name", ["zip", "idna", "punycode", "unicode_escape", "utf-16", "cp037"])
def test_a_declaration_that_cannot_be_true_is_passed_over(name: str) -> None:
    found = read(f'<meta charset="{name}">{FERRY["cp1252"]}'.encode("cp1252"))
    assert found.known_by == "detected"
    assert "Fähre fährt" in found.text


def test_detection_does_not_believe_a_declaration_that_was_passed_over() -> None:
    page = b'<meta charset="cp500">caf\xe9 \\d \\x \\N\0'  # EBCDIC by its own word
    assert read(page).text.startswith("<meta")


def test_a_declaration_counts_only_near_the_start() -> None:
    late = " " * 1024 + "<meta charset=koi8_r>"
    assert read(b"\xe9t\xe9" + late.encode()).known_by != "declared by the page"


@pytest.mark.parametrize("encoding", ["cp1251", "shift_jis", "gb18030", "euc_kr"])
def test_without_a_declaration_the_encoding_is_detected(encoding: str) -> None:
    text = FERRY[encoding] * 3
    found = read(text.encode(encoding))
    assert (found.text, found.known_by) == (text, "detected")


def test_a_broken_byte_does_not_spoil_a_utf8_page() -> None:
    found = read(FERRY["cp1251"].encode() + b"\xd0 and \xff")
    assert found.known_by == "nearly valid UTF-8"
    assert found.text == FERRY["cp1251"] + "\ufffd and \ufffd"


def test_bytes_that_the_declared_encoding_lacks_are_marked() -> None:
    found = read(b"<meta charset=shift_jis>\x83t\x83F\x83\x8a\x81[ \xff\xff")
    assert found.text.endswith("フェリー \ufffd\ufffd")


TAGGED = "<div><p>Ferry returns</p></div>"


@given(st.text())
def test_any_text_is_html_or_not(text: str) -> None:
    assert looks_like_html(text) in (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>Ferry",
        "<!DOCTYPE>\n<p>Ferry",
        "\ufeff\n <html lang=en>",
        "<HEAD><title>",
        '<?xml version="1.0"?><html>',
        "<!-- made by hand -->",
        "<body>Ferry",
        TAGGED,
        "\n\n" + TAGGED,
        "<div class='story'><h2>Ferry</h2><br>",
    ],
)
def test_a_page_is_told_by_its_opening_or_its_tags(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ferry returns",
        "Write <b> for bold and <p> for a paragraph.",
        "<p>One tag",
        "<Advertisement>",
        "<header row>",
        "<< Previous | Next >>",
        "Ferry " + TAGGED,
        "<3 ferries " * 9,
        "<p" * 9,
        "<" + " " * 4000 + TAGGED,
    ],
)
def test_a_dump_that_quotes_a_tag_is_text(text: str) -> None:
    assert not looks_like_html(text)


def test_what_was_read_from_bytes_is_the_page_that_was_written() -> None:
    page = f"<!doctype html><meta charset=euc-kr><p>{FERRY['euc_kr']}"
    assert looks_like_html(read(page.encode("euc_kr")).text)


@pytest.mark.parametrize(
    "start",
    [
        '<page id="7">\n\n<!DOCTYPE html PUBLIC "x">\n',
        "<!--[if IE]><![endif]-->\n<html>",
        "\ufeff\r\n\t<meta name=x>",
        "<style>" + "p { }" * 900 + "</style>" + "<p>Ferry</p>" * 5,
        "\n" * 5_000 + "<html>",
    ],
)
def test_a_page_is_known_behind_wrappers_comments_and_scripts(start: str) -> None:
    assert looks_like_html(start)


def test_an_advertisements_tags_above_a_dump_make_no_page_of_it() -> None:
    advert = "<a href='http://ads.example/7' target='_blank'><img src='http://ads.example/8'></a>"
    assert not looks_like_html(f"  {advert}\n" + "          * Ferry\n" * 40)
    assert looks_like_html(advert)
    assert looks_like_html(f"{advert}\n" + "Ferry returns\n" * 40 + TAGGED * 4)


def test_a_piece_of_a_page_may_end_in_a_long_paragraph() -> None:
    assert looks_like_html("<p>Ferry<p>returns " + "at noon and again at six, " * 400)


def test_a_page_of_a_few_tags_and_many_plain_lines_is_told_by_the_words_in_its_tags() -> None:
    plain = "It sails at noon.\n" * 40
    assert looks_like_html(f"<h2>Ferry returns</h2>\n<p>By Ann Example</p>\n{plain}")
    assert not looks_like_html(f"  <noscript><p>No script</p></noscript>\n<br>\n{plain}")
    assert not looks_like_html(f"  <noscript><p>No script</p></noscript>\n\n{plain}")


@pytest.mark.parametrize(
    "dump", ["   <script src=x></script>\n\n  * News\n  * Sport\n", "<3 ferries", "<Ferry> returns"]
)
def test_a_tag_that_a_renderer_left_makes_no_page_of_a_dump(dump: str) -> None:
    assert not looks_like_html(dump)
