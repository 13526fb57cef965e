"""Write src/cleaner/lexicon/months.toml: month and weekday names as Unicode CLDR has them.

    python tools/months.py > src/cleaner/lexicon/months.toml

Needs Babel, which ships the CLDR data; the library itself does not. Names that CLDR lacks,
and those that must not count, are no business of this script: they stand, with their
reasons, in src/cleaner/lexicon/date_words.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version

from babel import localedata

# Languages with an online press of their own. Left out on purpose: Sesotho, Kinyarwanda, Breton,
# Scottish Gaelic and Tswana, whose short forms collide with those of large languages
# (Sesotho "Jan." is June).
LANGUAGES = """
    af am ar as az be bg bn bs ca ckb cs cy da de el en eo es et eu fa fi fil fo fr fy ga gl gu ha
    he hi hr hu hy id ig is it ja ka kk km kn ko ku ky lb lo lt lv mg mk ml mn mr ms mt my nb ne nl
    nn or pa pl ps pt ro ru sd si sk sl so sq sr sr_Latn sv sw ta te tg th tk tr tt uk ur uz vi xh
    yo zh zu
"""
PARENTS = {"nb": "no", "nn": "no"}  # CLDR keeps what both Norwegians share under "no"
CONTEXTS = ("format", "stand-alone")  # "3 czerwca", but "czerwiec"
WIDTHS = ("wide", "abbreviated")  # the narrow one is a single letter
MARKS = " .\u0970\u05f3\u200e\u200f"  # dots of abbreviation (Indian, Hebrew), direction marks
DE = re.compile(r"^(?:de |d[’'])")  # Catalan prints the preposition with the name

HEADER = f"""\
# Month and weekday names by language: months from January, weekdays from Monday, the forms of
# one name (nominative, genitive, abbreviation) parted by "|", lower-case, without final dot.
# Written by tools/months.py from Unicode CLDR as shipped by Babel {version("babel")}; do not edit.
# Additions and exclusions stand in date_words.toml. CLDR data: Copyright 1991-2025 Unicode, Inc.,
# Unicode License v3 (https://www.unicode.org/license.txt), which permits this use.
"""


def forms(language: str, field: str, key: int) -> Iterator[str]:
    """Give the usable forms of one name, long ones first.

    Only what the locale itself declares is read: Babel resolves the inherited parts through
    aliases that depend on which locales were loaded before.
    """
    for name in (language, PARENTS.get(language, language)):
        data = localedata.load(name, merge_inherited=False).get(field, {})
        for context in CONTEXTS:
            for width in WIDTHS:
                text = data.get(context, {}).get(width, {})
                if isinstance(text, dict) and isinstance(text.get(key), str):
                    yield DE.sub("", text[key].lower().strip(MARKS))


def cell(language: str, field: str, key: int) -> str:
    """Join the forms of one name, each once, without numerals and single letters."""
    names = [n for n in forms(language, field, key) if len(n) > 1 and not re.search(r"\d", n)]
    if language == "he":  # the preposition is written onto the month: "3 ביוני"
        names += ["ב" + name for name in names if field == "months"]
    return "|".join(dict.fromkeys(names))


def table(language: str) -> str:
    """Write the TOML table of one language, empty where CLDR has numerals only."""
    lines = [f'\n["{language.replace("_", "-")}"]' if "_" in language else f"\n[{language}]"]
    for field, key, numbers in (("months", "months", range(1, 13)), ("days", "weekdays", range(7))):
        cells = [cell(language, field, number) for number in numbers]
        if all(cells):
            lines.append(f"{key} = [")
            lines.extend(f'    "{text}",' for text in cells)
            lines.append("]")
    return "\n".join(lines) if len(lines) > 1 else ""


if __name__ == "__main__":
    print(HEADER + "\n".join(filter(None, map(table, LANGUAGES.split()))))
