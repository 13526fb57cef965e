"""Which lines of a dump go on with the line before: wrapped ones, and sentences cut by links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from itertools import accumulate

import regex

from cleaner import writing
from cleaner.dump.folding import FIRST_WIDE, WIDE
from cleaner.dump.lines import WORDS_TOO, Line

# Renderers wrap at 70 to 140 columns; characters of double width halve that.
_WRAP_WIDTHS = range(36, 165)
_WIDEST = 140  # of a terminal
# So many pairs of lines must break where the next word would not have fitted ...
_WRAPS_OF_A_WRAPPED_DUMP = 4
# ... and so many times more than the lines that stand out beyond that width (long addresses do).
_WRAPS_TO_OVERLONG = 5
# A line of so many columns that breaks off, and goes on in the next one, is worth all of them where
# there are too few (pages of short paragraphs) and blank lines or indents part the paragraphs.
_FULL = 60

# In a dump of one text node a line there are no blank lines, indents or bullets to speak of.
_FLAT_SHARE = 0.1
_LONG = 40  # characters: longer than a menu entry, so a line that can be part of a sentence
_CONTINUES = regex.compile(f"[{writing.CONTINUING}]")
_UNFINISHED = regex.compile(r"[\p{L}\p{N},(\[“‘«\-–—]")
_EXPECTS_MORE = regex.compile(r"[\p{Ll}\p{Lo},(\[“‘«]")
# What names something else stands before it; headings hardly ever end so (2 of 90 in real dumps).
_SMALL_WORD = regex.compile(r"(?<=\s)\p{Ll}{1,4}$")
_BREAKS_OFF = regex.compile(r"[\p{L}\p{M}\p{N},、，%％]")
# Writing without capitals or spaces between words, and few stops (Thai and Lao have none) shows no
# more than that a full line that ends with none has another right below it.
_SPELLED = regex.compile(f"[{writing.SPELLED}]")

# Letters without case do not show what goes on. What does is a line that has ended one sentence and
# breaks off in the next, short ones after it, and one that ends that sentence: of such lines in
# Chinese dumps twenty of 22 were one paragraph.
_CASELESS = regex.compile(r"[\p{Lo}\p{M}]")
_STOP = regex.compile(r"[。।]|[.؟](?=[\s\"”»)]|$)")
_WIDE_STOPS = frozenset("。！？”」』")
_PIECES = 6  # of a sentence, at most: two or three links
# "Photo: Jane Doe" behind a caption breaks off no sentence.
_CREDITED = regex.compile(r"[。।.؟]\s*+(?:[\p{L}\p{M}]++\s?){1,2}+[:：][^:：。।؟\"”»]{1,40}$")


def joined(lines: list[Line]) -> list[bool]:
    """For every line, whether it goes on with the block of the line before."""
    joined = [False] * len(lines)
    taken = [indent + end - start for start, end, _, indent, _, _ in lines]
    flat = _flat(lines)
    wraps = _possible_wraps(lines, taken, flat)
    width = _wrap_width(taken, wraps)
    if not (width or flat) and (cut := _cut(lines, taken, wraps)):
        width = _wrap_width(taken, wraps, cut)
    if width:
        for i, room in wraps:
            joined[i] = taken[i - 1] <= width < taken[i - 1] + room
        return joined
    return _split_sentences([line[2] for line in lines]) if flat else joined


def _possible_wraps(lines: list[Line], taken: list[int], flat: bool) -> list[tuple[int, int]]:
    """The lines that may go on with the line before, and the columns their first word takes.

    `taken` is the columns that each line takes.
    """
    found = []
    narrowest, widest = _WRAP_WIDTHS[0], _WRAP_WIDTHS[-1]
    for i, (columns, line) in enumerate(zip(taken, lines[1:], strict=False), 1):
        if line[-1] or columns > widest or columns + len(line[2]) < narrowest:
            continue
        _, _, content, indent, marker, _ = line
        start, end, before, margin, _, _ = lines[i - 1]
        hanging = margin + end - len(before) - start
        if marker:
            if marker in WORDS_TOO and indent == hanging:
                found.append((i, 1 + len(marker)))
        elif indent in (margin, hanging):
            found.append((i, 1 + _first_word(content, flat or before.rstrip()[-1] in _WIDE_STOPS)))
    return found


def _first_word(content: str, whole_lines: bool) -> int:
    """How many characters no renderer parts from the first: none where all are of wide scripts.

    Where others stand before these, lynx takes all up to the next space for a word, though it
    parts it where it is too long; not so where lines are full or end a sentence.
    """
    if content[0] >= FIRST_WIDE and WIDE.match(content):
        return 0
    word = content.split(None, 1)[0]
    wide = whole_lines and not word.isascii() and WIDE.search(word)
    return wide.start() if wide else len(word)


def _cut(lines: list[Line], taken: list[int], wraps: list[tuple[int, int]]) -> set[int]:
    """Of the lines that may go on with the one before, those that do by what both say.

    A line as long as a terminal is wide has broken off; the next one begins in the middle of a
    sentence, or ends one, or it is of writing that hardly shows it and no line is longer than one.
    """
    found = set()
    wrapped = max(taken, default=0) <= _WIDEST
    for i, _ in wraps:
        before, content = lines[i - 1][2], lines[i][2].rstrip()
        if taken[i - 1] >= _FULL and _BREAKS_OFF.match(before.rstrip()[-1]):
            first = content[0]
            ends = not first.isupper() and first.isalnum() and _STOP.match(content[-1])
            if ends or _CONTINUES.match(first) or (wrapped and _SPELLED.match(first)):
                found.add(i)
    return found


def _wrap_width(
    taken: list[int], wraps: list[tuple[int, int]], cut: Collection[int] = ()
) -> int | None:
    """The width at which this dump was wrapped, or None: that which explains most line breaks.

    Those before the lines that are `cut` count for as many as it takes.
    """
    if len(wraps) < _WRAPS_OF_A_WRAPPED_DUMP and not cut:
        return None
    top = _WRAP_WIDTHS.stop
    # By how much the evidence for a width differs from that for the width before.
    change = [-_WRAPS_TO_OVERLONG * (len(taken) - 1)] + [0] * top
    for columns, count in Counter(taken[:-1]).items():
        change[min(columns, top)] += _WRAPS_TO_OVERLONG * count
    for i, room in wraps:
        breaks = _WRAPS_OF_A_WRAPPED_DUMP if i in cut else 1
        change[taken[i - 1]] += breaks
        change[min(taken[i - 1] + room, top)] -= breaks
    evidence = list(accumulate(change))[_WRAP_WIDTHS.start : top]
    most = max(evidence)
    return _WRAP_WIDTHS[evidence.index(most)] if most >= _WRAPS_OF_A_WRAPPED_DUMP else None


def _flat(lines: list[Line]) -> bool:
    # Before the first line there is nothing that a blank line could part it from.
    shaped = len([1 for _, _, _, indent, marker, gap in lines[1:] if gap or indent or marker])
    return shaped <= _FLAT_SHARE * len(lines)


def _split_sentences(contents: list[str]) -> list[bool]:
    """Join the pieces of sentences that stand on lines of their own where a link was."""
    firsts, lasts = [content[0] for content in contents], [content[-1] for content in contents]
    continuing = _of_kind(_CONTINUES, firsts)
    unfinished, expecting = _of_kind(_UNFINISHED, lasts), _of_kind(_EXPECTS_MORE, lasts)
    long = [len(content) >= _LONG for content in contents]
    joined = _without_case(contents, lasts)
    for i in range(1, len(contents)):
        if joined[i]:
            continue
        continues = firsts[i] in continuing
        if lasts[i - 1] not in unfinished:
            # Punctuation cannot open a line; a word may, after a sentence that has ended.
            joined[i] = continues and not firsts[i].isalpha() and len(contents[i]) == 1
            continue
        sentence = long[i - 1] or joined[i - 1]
        if continues:
            # A date below a headline opens with a small letter too: where a piece ends in a number
            # and nothing goes on with it, it stands by itself (48 of 49 in real dumps).
            goes_on = i + 1 < len(contents) and firsts[i + 1] in continuing
            alone = lasts[i].isdigit() and firsts[i].isalpha() and not goes_on
            joined[i] = (sentence or long[i]) and not alone
        elif i + 1 < len(contents):
            # A short piece may begin a sentence that a link cuts: where the one before has ended,
            # where punctuation follows the link, or where it ends in "of", "von", "la".
            ended = i > 1 and (long[i - 2] or joined[i - 2]) and lasts[i - 2] not in unfinished
            link = lasts[i] in unfinished and firsts[i + 1] in continuing and not long[i]
            told = ended or not firsts[i + 1].isalpha() or _SMALL_WORD.search(contents[i - 1])
            begun = sentence or (long[i + 1] and told)
            joined[i] = bool(begun and link and lasts[i - 1] in expecting)
    return joined


def _without_case(contents: list[str], lasts: list[str]) -> list[bool]:
    """Join the pieces of sentences in scripts without case."""
    joined = [False] * len(contents)
    caseless = _of_kind(_CASELESS, lasts)
    if not caseless:
        return joined
    for i, content in enumerate(contents):
        if lasts[i] not in caseless or (not joined[i] and len(content) < _LONG // 2):
            continue
        if not _STOP.search(content) or _CREDITED.search(content):
            continue
        for end in range(i + 1, min(i + _PIECES, len(contents))):
            if _STOP.search(contents[end]):
                joined[i + 1 : end + 1] = [end > i + 1] * (end - i)
                break
            if lasts[end] not in caseless or len(contents[end]) >= _LONG:
                break
    return joined


def _of_kind(kind: regex.Pattern[str], chars: list[str]) -> set[str]:
    """The characters that are of a kind; a page has few of them, and many times each."""
    return {char for char in set(chars) if kind.match(char)}
