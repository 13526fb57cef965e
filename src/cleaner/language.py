"""Tell the language of a text by its script and its function words."""

from __future__ import annotations

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
_WORD = regex.compile(r"[\p{L}\p{M}]++")


def detect(text: str) -> str | None:
    """The BCP-47 tag of the language that a text is written in, or None where that is not clear.

    >>> detect("The ferry was late, and the baker said that it had been worth the wait.")
    'en'
    >>> detect("渡轮昨天恢复通航"), detect("Home News Sport")
    ('zh', None)
    """
    sample = text[:_SAMPLE]
    scripts, words = _lexicon()
    start = sample[:_SCRIPT_SAMPLE]
    letters = Counter({name: len(pattern.findall(start)) for name, pattern in scripts.items()})
    script, count = letters.most_common(1)[0]
    if not count:
        return None
    if letters["kana"] and script == "han":
        # Japanese mixes the two; Chinese holds no kana but in names.
        return "ja" if letters["kana"] * 10 > count else "zh"
    if own := lexicon.load("languages")["script"][script].get("language"):
        return str(own)
    found = _WORD.findall(sample.lower())
    votes = Counter(tag for word in found for tag in words.get(word, ()))
    (tag, most), (_, others) = [*votes.most_common(2), (None, 0), (None, 0)][:2]
    return tag if most > others and most >= _SHARE * len(found) else None


@cache
def _lexicon() -> tuple[dict[str, regex.Pattern[str]], dict[str, tuple[str, ...]]]:
    data = lexicon.load("languages")
    scripts = {
        name: regex.compile(f"[{entry['letters']}]") for name, entry in data["script"].items()
    }
    words: dict[str, tuple[str, ...]] = {}
    for tag, listed in data["words"].items():
        for word in listed.split():
            words[word] = (*words.get(word, ()), tag)
    return scripts, words
