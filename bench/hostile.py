"""A catalogue of hostile inputs, for the benchmarks and the tests.

`FAMILIES` and `HTML` are pieces of text and of markup that, repeated to any size, try one weakness
each; any two sizes of a family differ in length only. `CASES` are a few of them at their worst.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Family = Callable[[int], str]
Pages = Callable[[int], str | bytes]


def repeat(unit: str) -> Family:
    """Give the family that repeats a unit up to a number of characters.

    >>> repeat("ab")(5)
    'ababa'
    """
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def nest(opening: str, closing: str) -> Family:
    """Give the family that opens for half its size and closes for the other half.

    >>> nest("(", ")")(6)
    '((()))'
    """
    return lambda size: repeat(opening)(size // 2) + repeat(closing)(size - size // 2)


def ends(head: str, unit: str, tail: str) -> Family:
    """Give the family of one head, a unit repeated, and one tail that no match expects."""
    return lambda size: head + repeat(unit)(max(0, size - len(head) - len(tail))) + tail


def numbered(*patterns: str) -> Family:
    """Give the family of lines made of patterns in turn, no two alike: each gets its number."""

    def make(size: int) -> str:
        lines: list[str] = []
        left = size
        while left > 0:
            at = len(lines)
            lines.append(patterns[at % len(patterns)].format(at) + "\n")
            left -= len(lines[-1])
        return "".join(lines)[:size]

    return make


SENTENCE = "The ferry left the old harbour at noon with forty people and two goats aboard. "

# The first, the last and some characters between of all seventeen planes, surrogates left out.
EVERY_PLANE = "".join(
    chr(plane << 16 | place) for plane in range(17) for place in (0, 0x61, 0x4E00, 0xFFFD, 0xFFFF)
)

FAMILIES: dict[str, Family] = {
    # An ordinary page made long: what the others are to be compared with.
    "article": numbered(SENTENCE * 4 + "Trip {}.", "", "Home {}", "Latest news {}", ""),
    # Lines: how long, how many, how alike.
    "one line": repeat(SENTENCE),
    "one word": repeat("a"),
    "one-character lines": repeat("a\n"),
    "empty lines": repeat("\n"),
    "same line": repeat(SENTENCE + "\n"),
    "short lines": numbered("Menu {}"),
    "long and short lines": numbered(SENTENCE * 3 + "{}.", "", "More {}"),
    "carriage returns": repeat("a\r\r\n"),
    # White space of every kind, and characters that print nothing.
    "spaces": ends("a", " ", "a"),
    "tabs": repeat("\tHome\t\t\n"),
    "no-break spaces": repeat("\u00a0\u00a0Home\u00a0"),
    "zero-width spaces": ends("a", "\u200b", "a"),
    "combining marks": ends("a", "\u0301", " b"),
    "marked letters": repeat("e" + "\u0301" * 1000 + " "),
    "direction marks": repeat("\u202e\u2066a\u2069 "),
    "joiners": ends("a", "\u200d", "a"),
    # Code points that few programs meet.
    "every plane": repeat("".join(map(chr, range(0x20, 0xD800, 97))) + EVERY_PLANE),
    "every plane by line": repeat(
        "\n".join(map(chr, range(0x20, 0xD800, 97))) + EVERY_PLANE + "\n"
    ),
    "lone surrogates": repeat("\ud800a\udfff \udc00\ud83d"),
    "control characters": repeat("".join(map(chr, range(32))) + "\x7f\x80\x85\x9f"),
    "emoji": repeat("\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f1ec\U0001f1e7\ufe0f"),
    # Pairs that open and never close, or close in the end.
    "nested brackets": nest("(", ")"),
    "open brackets": repeat("["),
    "nested quotes": nest("\u201c\u2018", "\u2019\u201d"),
    "straight quotes": repeat("\" ' "),
    "nested dates": nest("(3 May 2020 ", " 12:30)"),
    "nested names": nest("(By Ann Lee ", ", Bo Ek)"),
    "nested separators": nest("a | (b - ", " \u00bb c) / d"),
    "nested links": nest("![[a](", "](b))"),
    # Runs that look like the beginning of something.
    "digits": repeat("1234567890"),
    "numbers": repeat("12 345 678,90 "),
    "dates on a line": repeat("Jan 3, 2020 12:30 pm, "),
    "date lines": numbered("Updated: 3 January 2020 at 12:30, read {} times"),
    "half dates": repeat("3/4/5/"),
    "months": repeat("January "),
    "names on a line": ends("By ", "Ann Lee and ", "1"),
    "name lines": numbered("By Ann Lee, Bo Ek, staff writer {}"),
    "capitals": repeat("Ann "),
    "initials": repeat("A. "),
    "urls": repeat("https://example.org/a/b?c=d&e=f#g."),
    "e-mails": repeat("a.b@c.d-"),
    "glued menu": repeat("HomeNewsSportWeatherMoneyTravel"),
    "separators": repeat("Home | News » Sport / "),
    "cue phrases": repeat("Read more: Share this Advertisement Follow us "),
    # Scripts without spaces, and a script written from right to left.
    "chinese": repeat("港口今日清晨起霧渡輪停航兩小時乘客改乘巴士"),
    "chinese lines": repeat("港口今日清晨起霧\n"),
    "thai": repeat("เรือออกจากท่าเรือตอนเที่ยงวัน"),
    "arabic": repeat("غادرت العبارة الميناء القديم ظهرا وعلى متنها ركاب، "),
    # Marks of the renderers.
    "markdown": repeat("  * [**Home** _now_](https://example.org/a) ![x](y)\n## News\n"),
    "open links": repeat("[a]("),
    "image marks": repeat("!["),
    "stars": ends("a ", "*", " a"),
    "underscores": ends("a ", "_a", " a"),
    "bullets": repeat("* "),
    "wrapped lines": numbered(
        "   [{0}]Harbour news [{0}]Weather and then a line that was broken at the width of a",
        "   terminal, as lynx does it, with two spaces or three before each of them. {0}",
    ),
    "table rows": repeat("| a | b |\n|---|---|\n"),
    # Markup: nested, never closed, never opened.
    "nested tags": nest("<div>", "</div>"),
    "open tags": repeat("<p><a href="),
    "angle brackets": repeat("<"),
    "entities": repeat("&amp;&#"),
}

# Markup that parsers choke on; the paragraph shows whether the page behind it is still read.
PARAGRAPH = f"<p>{SENTENCE * 2}</p>"


def mixed(*encodings: str) -> Pages:
    """Give the family of a paragraph in each of some encodings in turn; it declares the first."""
    units = b"".join(
        f"<p>{SENTENCE} Caf\u00e9 \u043f\u043e\u0440\u0442 \u6e2f</p>".encode(name, "ignore")
        for name in encodings
    )
    head = f'<html><meta charset="{encodings[0]}">'.encode()
    return lambda size: head + (units * (size // len(units) + 1))[: max(0, size - len(head))]


HTML: dict[str, Pages] = {
    "paragraphs": repeat(PARAGRAPH + "\n"),
    "deep elements": nest("<div>", "</div>"),
    "deep lists": nest("<ul><li>a", "</ul>"),
    "deep tables": nest("<table><tr><td>a", "</table>"),
    "deep inline": nest("<b><i>a", "</i></b>"),
    "never closed": repeat("<div><p>a<span>b"),
    "never opened": repeat("</div></p></span>a"),
    "crossed": repeat("<b><p>a</b><i>b</p></i>"),
    "links in links": repeat("<a href=x>a"),
    "attributes": ends("<html><body><p ", "a=b ", ">" + PARAGRAPH),
    "attributes, no two alike": numbered("<p data-a{0}=b{0} c{0}>a"),
    "an attribute without an end": ends('<html><body><p class="', "a b ", ""),
    "classes": ends('<html><body><p class="', "a related ", '">' + PARAGRAPH),
    "one tag name": ends("<html><body><", "a", ">" + PARAGRAPH),
    "open comment": ends("<html><body>" + PARAGRAPH + "<!--", "a - ", ""),
    "comments": repeat("<!-- a -- b --!> c -->"),
    "comment openings": repeat("<!--"),
    "entities by name": repeat("<p>&amp;&lt;&notit;&nbsp;&CounterClockwiseContourIntegral;"),
    "entities by number": repeat("<p>&#38;&#x0;&#x110000;&#xD800;&#99999999999;"),
    "open entities": repeat("&"),
    "NULs": repeat("<p>a\0b\0</p>\0"),
    "plaintext": ends("<html><body><plaintext>", PARAGRAPH, ""),
    "open script": ends("<html><body>" + PARAGRAPH + "<script>", "a < b; '</scrip", ""),
    "scripts": repeat("<script>a</script><style>b</style>"),
    "declarations": repeat("<!DOCTYPE html><?xml a?><![CDATA[ b ]]>"),
    "declared data": ends(
        '<html><script type="application/ld+json">', '{"a":[', "</script>" + PARAGRAPH
    ),
    "meta tags": repeat('<meta property="article:author" content="Ann Lee">'),
    "meta tags, no two alike": numbered(
        '<meta name="published-{0}-date" content="2020-01-{0}">',
        '<meta name="twitter:label{0}" content=by><meta name="twitter:data{0}" content=a>',
    ),
    "headings": repeat("<h1>Ferry returns</h1>"),
    "frames": repeat("<frameset><iframe><svg><math><template>a"),
    "forms": repeat("<form><select><option>a<textarea>b"),
    "line breaks": repeat("a<br>"),
    "white space": ends("<html><body><p>a", " \n\t", "b"),
    "lone surrogates in markup": repeat("<p>\ud800a</p>"),
    "mixed encodings": mixed("utf-8", "utf-16-le", "cp1251", "gb18030"),
    "bytes of no encoding": lambda size: b"<p>" + bytes(range(256)) * (size // 256),
}


class Case(NamedTuple):
    """A family at a size that is its worst."""

    family: str
    size: int


CASES = {
    "a line of 20 MB": Case("one line", 20_000_000),
    "a word of 20 MB": Case("one word", 20_000_000),
    "a million one-character lines": Case("one-character lines", 2_000_000),
    "a million empty lines": Case("empty lines", 1_000_000),
    "a million marks on one letter": Case("combining marks", 1_000_000),
    "a million lone surrogates": Case("lone surrogates", 1_000_000),
    "every plane, a million times": Case("every plane", 1_000_000),
    "a hundred thousand elements deep": Case("deep elements", 1_100_000),
    "a million attributes": Case("attributes", 4_000_000),
    "a comment without an end": Case("open comment", 10_000_000),
    "a million entities": Case("entities by name", 8_000_000),
    "a million NULs": Case("NULs", 3_000_000),
    "a tag of 50 MB": Case("one tag name", 50_000_000),
    "a class of 50 MB": Case("classes", 50_000_000),
    "an article of 50 MB, as HTML": Case("paragraphs", 50_000_000),
    "a hundred thousand lists deep": Case("deep lists", 1_600_000),
    "ten million characters of plaintext": Case("plaintext", 10_000_000),
    "10 MB in four encodings": Case("mixed encodings", 10_000_000),
    "50 MB of one tag": Case("never closed", 50_000_000),
}


def make(name: str, size: int) -> str | bytes:
    """Give the page of a family of text or HTML, by its name."""
    return (FAMILIES.get(name) or HTML[name])(size)
