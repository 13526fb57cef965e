"""Tell the language of a text by its script and its function words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import regex

from cleaner import lexicon

# So many characters of a text tell its language, and its script, as well as the whole does.
_SAMPLE = 2_000
_SCRIPT_SAMPLE = 500
# A language is named when its function words are at least so great a share of the words, which
# holds for running text (0.15 to 0.5), not for menus or names; the runner-up must stay below it.
_SHARE = 0.08
# Outside of these ranges stand the letters of all other scripts.
_BEYOND_LATIN = re.compile(r"[^\0-\u024f\u1e00-\u1eff\u2000-\u20ff]")
_NO_WORD = regex.compile(r"[^\p{L}\p{M} ]++")


def detect(text: str) -> str | None:
    """The BCP-47 tag of the language that a text is written in, or None where that is not clear.

    >>> detect("The ferry was late, and the baker said that it had been worth the wait.")
    'en'
    >>> detect("渡轮昨天恢复通航"), detect("Home News Sport")
    ('zh', None)
    """
    script = _script(text[:_SCRIPT_SAMPLE])
    if script is None:
        return None
    if own := lexicon.load("languages")["script"][script].get("language"):
        return str(own)
    words = _words()
    found = _NO_WORD.sub(" ", text[:_SAMPLE].lower()).split()
    votes: Counter[str] = Counter()
    counts = Counter(found)
    for word in counts.keys() & words.keys():
        for tag in words[word]:
            votes[tag] += counts[word]
    most = max(votes.values(), default=0)
    first = [tag for tag, count in votes.items() if count == most]
    return first[0] if len(first) == 1 and most >= _SHARE * len(found) else None


def _script(text: str) -> str | None:
    """The script that most letters of a text are of."""
    scripts = _scripts()
    if not _BEYOND_LATIN.search(text):
        return "latin" if scripts["latin"].search(text) else None
    signs = "".join(set(text))  # each once: enough to tell which scripts there are
    present = [name for name, letters in scripts.items() if letters.search(signs)]
    if len(present) < 2:
        return present[0] if present else None
    counts = {name: len(scripts[name].findall(text)) for name in present}
    script = max(counts, key=counts.__getitem__)
    # Japanese mixes the two; Chinese holds no kana but in names.
    japanese = script == "han" and counts.get("kana", 0) * 10 > counts["han"]
    return "kana" if japanese else script


@cache
def _scripts() -> dict[str, regex.Pattern[str]]:
    scripts = lexicon.load("languages")["script"].items()
    return {name: regex.compile(f"[{entry['letters']}]") for name, entry in scripts}


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The languages that have each function word."""
    words: dict[str, tuple[str, ...]] = {}
    for tag, listed in lexicon.load("languages")["words"].items():
        for word in listed.split():
            words[word] = (*words.get(word, ()), tag)
    return words
