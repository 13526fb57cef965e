"""Families of hostile inputs: each a piece of text that, repeated, tries one weakness.

What repeats is built so that any two sizes of a family differ in length only.
"""

from __future__ import annotations

from collections.abc import Callable

Family = Callable[[int], str]


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
    # Pairs that open and never close, or close in the end.
    "nested brackets": nest("(", ")"),
    "open brackets": repeat("["),
    "nested quotes": nest("\u201c\u2018", "\u2019\u201d"),
    "straight quotes": repeat("\" ' "),
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
