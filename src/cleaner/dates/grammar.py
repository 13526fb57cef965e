"""The grammar of dates, as one regular expression over the kinds of `words`.

Alternatives stand from the most to the least explicit; every repeat is bounded, so matching
is linear. Groups: `core` the day without its time; d day, m or M month (in words, in figures),
y year, e year of an era, j year and J month of the Iranian calendar, f1 f2 f3 the parts of a
date in figures; w weekday; H N S the time with its `half` of the day; z zone, `sign` zh zn its
offset; n and unit an amount of time ago, `back` a word such as "yesterday".
"""

from __future__ import annotations

from functools import cache

import regex

# --- parts of a date
WEEKDAY = r"(?:(?P<w>[wmA])[.,)]{0,2}f?)?"  # "mar." is Tuesday too
DAY = r"(?P<d>n)(?:-?o)?"
MONTH = r"(?P<m>[mA])[.']?(?:/[mA]\.?)?"  # printed twice in "3 يونيو/حزيران"
FILL = r"(?:[fD]['.]?){0,2}"  # "de", "d'", "พ.ศ."
YEAR = r"(?P<y>[yb])"
# Two digits are a year only after an apostrophe, or where nothing else can follow.
SHORT_YEAR = r"(?:(?P<y>[yb])|'(?P<y>n)|(?P<y>n)(?=$|[-|()/]|,?k?n:n))"
ALONE = r"(?<![n0y4][-/.:|])"  # not the tail of a longer row of numbers
MARK = r"(?P<mark>[-/.|])"  # the same one twice
FINAL_DOT = r"(?:(?<=\.n)\.)?"  # 2023. 6. 3.
NAMED = (
    # Sat, 3rd of June, 2023 · 3 de junio de 2023 · 3-Jun-23 · 3 июня 2023 г.
    rf"{WEEKDAY}{DAY}[.\-/,]{{0,2}}{FILL}{MONTH}[,.\-/|]{{0,2}}{FILL}{SHORT_YEAR}(?:[eV]\.?)?",
    # Sat, June 3rd, 2023 · Jun. 3, '23 · Jan/27/2020
    rf"{WEEKDAY}{MONTH}[,\-/]?{DAY}(?:[.,/\-]{{0,2}}f?{YEAR}|,?'(?P<y>n)|,(?P<y>n)(?=$|[-|()]))",
    # 2023. június 3. · 2023 m. birželio 3 d. · 2023-Jun-03 · 2023ko ekainaren 3a
    rf"{YEAR}[.,\-]?(?:[eu]\.?)?{FILL}{MONTH}[.\-]?{DAY}(?!,?[yb])D?\.?",
    # 2023. gada 3. jūnijs · 2023 жылғы 3 маусым
    rf"{YEAR}\.?f{DAY}\.?{MONTH}",
    rf"{WEEKDAY}{ALONE}(?P<d>n)(?P<J>J),?(?P<j>j)",  # ۱۳ خرداد ۱۴۰۲
)
FIGURES = (
    r"(?:E(?P<e>[n0])|(?P<y>y))[Yf](?P<M>n)(?:-[oe])?M(?P<d>n)D?",  # 2023年6月3日 · 令和5年6月3日
    r"D?(?P<d>n)M(?P<M>n),?[Yf]?(?P<y>y)",  # ngày 3 tháng 6 năm 2023
    # 2023-06-03 · 2023. 6. 3. · ۱۴۰۲/۰۳/۱۳
    rf"{ALONE}(?:{YEAR}|(?P<j>j)){MARK}(?P<M>n)(?P=mark)(?P<d>n)(?!(?P=mark)n[^:]){FINAL_DOT}",
    # 03.06.2023 · 06/03/23
    rf"{WEEKDAY}{ALONE}(?P<f1>n){MARK}(?P<f2>n)(?P=mark)(?P<f3>[yb]|n(?!(?P=mark)[nyb04]|[:h]))",
)
YEARLESS = (
    rf"{WEEKDAY}{ALONE}{DAY}[.\-]?{FILL}(?P<m>m)(?![.,]?[ybj04])",  # 30 Sep · mandag 5. august
    rf"{WEEKDAY}(?P<m>m)\.?,?{DAY}(?!:n|[.,]?[ybj04])",  # Sep 30
    r"(?P<M>n)M(?P<d>n)D",  # 9月30日
)

# --- the time of day, and its zone
LEAD = r"(?:[kqutf][.:]?){0,2}"  # "at", "kl.", "o godz."; "Saat" is an hour, too
OFFSET = r"(?P<sign>[+\-])(?:(?P<zh>n)(?::?(?P<zn>n))?|(?P<zh>4))"
ZONE = rf"(?:[,(]?(?:(?P<z>z)(?:{OFFSET})?|(?P<sign>[+\-])(?:(?P<zh>n):(?P<zn>n)|(?P<zh>4)))\)?)?"
HALF = r"(?:(?P<half>a)\.?)?"
AFTER = rf",?{HALF}(?:[th]\.?)?{ZONE}"
COLON = r"(?P<H>n):(?P<N>n)(?::(?P<S>n)(?:[.,][n0])?)?"  # 08:53 · 08:53:00.000
SIGNED = r"(?P<H>n)h(?:(?P<N>n)i?(?:(?P<S>n)s)?)?"  # 8h53 · 8時53分
BARE = r"(?P<H>n)(?=\.?a)"  # 8 p.m.
DOT = r"(?P<H>n)\.(?P<N>n)(?!\.?[ny04])"  # 08.53, beside a date
TIME = rf"{HALF}(?:{COLON}|{SIGNED}|{BARE}|{DOT}(?=t)){AFTER}"
TIME_AFTER = (
    rf"(?:[,.|\-/('T:]{{0,2}}(?:w[.,)]{{0,2}}|x\))?[,.|\-/('T:]{{0,2}}{LEAD}"
    rf"{HALF}(?:{COLON}|{SIGNED}|{BARE}|{DOT}){AFTER}\)?"
    r"|(?:[,(\-]|(?<=D))w\.?\)?|[,(]?z\)?)?"  # no time, but a weekday or a zone
)
TIME_BEFORE = rf"(?:{TIME}[,|\-]{{0,2}}[kfa]?)?"  # 15:56 BST, 27 April 2024

# --- so long ago
UNIT = r"(?P<unit>[uhiDMYV])"
AGO = (
    rf"[GB]f?(?:(?P<n>[nqk])?{UNIT}|(?P<unit>d))",  # vor 2 Stunden · منذ ساعتين
    rf"(?P<n>[nqk]){UNIT}\.?(?:[,f]?n[uhi])?[gBA]",  # 2 hours ago · 2時間前
    rf"(?P<back>R){TIME_AFTER}",  # Heute, 11:07 Uhr
)


@cache
def pattern() -> regex.Pattern[str]:
    """Compile the grammar (on first use: importing stays cheap)."""
    core = "|".join((*NAMED, *FIGURES, *YEARLESS))
    dated = f"{TIME_BEFORE}(?P<core>{core}){TIME_AFTER}"
    return regex.compile("|".join((dated, *AGO, TIME, f"k[.:]?{DOT}{AFTER}")))
