"""No regular expression of the package backtracks without bound: each is attacked with its own
signs, and the time that it takes must grow no faster than the text."""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import json
import math
import pkgutil
import random
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import regex

import cleaner
from cleaner import fixture

KINDS = (re.Pattern, regex.Pattern)

# A text is doubled until it has so many characters, or takes so long.
LONGEST = 1 << 13
ENOUGH = 0.01  # seconds
TELLING = 0.0005  # seconds: less is noise
GROWTH = 1.5  # the power of its length that time may grow with; 2 is quadratic
ATTACKS = 12  # of each kind on each pattern

# Patterns that grow faster, and the most characters that they are ever asked to match: what calls
# them cuts the text before. They are attacked with texts of that length, which they must read in
# `AT_ONCE` seconds.
BOUNDED = {
    "credit.tokens._TOKEN": 600,  # CREDIT_CHARS
    "dates.rules._DATELINE_PLACE": 80,  # DATELINE_START
    "title.edges._CLOSING": 80,  # END
}
AT_ONCE = 0.02

# Patterns that are only ever matched at the start of a text, not looked for in it.
AT_START = frozenset({"dates.page._ROLE_BEHIND", "title.edges._DATED", "title.edges._OPENING"})


def patterns() -> dict[str, Any]:
    """Every compiled pattern of the package by its place: globals, what they contain, and what
    cached functions without arguments give."""
    found: dict[str, Any] = {}
    for module in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for at, pattern in enumerate(_inside(value)):
                place = f"{module.name.removeprefix('cleaner.')}.{name}{f'[{at}]' if at else ''}"
                if not any(pattern is other for other in found.values()):
                    found[place] = pattern
        told = {pattern.pattern for pattern in found.values()}
        found |= {at: one for at, one in _in_calls(module.name) if one.pattern not in told}
    return found


def _in_calls(module: str) -> Iterator[tuple[str, Any]]:
    """What a module writes into a call: `re.sub("...", ...)`."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        of, pattern = call.func, call.args[0]
        named = isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name)
        if named and isinstance(pattern, ast.Constant) and of.value.id in ("re", "regex"):
            engine = regex if of.value.id == "regex" else re
            if of.attr != "escape":
                place = f"{module.removeprefix('cleaner.')}:{call.lineno}"
                yield place, engine.compile(pattern.value)


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, KINDS):
        yield value
    elif isinstance(value, dict):
        yield from _inside([*value, *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        yield from itertools.chain.from_iterable(map(_inside, value))
    elif hasattr(value, "cache_info") and not value.__wrapped__.__code__.co_argcount:
        yield from _inside(value())


PATTERNS = patterns()
EVERY = "".join(map(chr, itertools.chain(range(0x20, 0xD800), range(0xE000, 0x10000))))


def signs(pattern: Any) -> list[str]:
    """What a pattern speaks of: its own characters and words, and one of each class it names."""
    source = pattern.pattern
    source = source.decode("latin-1") if isinstance(source, bytes) else source
    found = dict.fromkeys(["a", "A", "1", " ", "\n", ".", "-"])
    for name in re.findall(r"\\[pP]\{[^}]*\}|\\[dDsSwW]", source):
        if match := regex.search(name, EVERY):
            found[match[0]] = None
    bare = re.sub(r"\(\?P?<\w+>|\\[pP]\{[^}]*\}|\\[a-zA-Z]", " ", source)
    found |= dict.fromkeys(re.findall(r"[^\W\d_]{2,}", bare))
    found |= dict.fromkeys(bare)
    return list(found)


def attacks(pattern: Any) -> Iterator[str]:
    """Units to repeat: each of its signs, and signs in twos and threes; the same in every run."""
    chance = random.Random(0)
    own = signs(pattern)
    yield from chance.sample(own, min(ATTACKS, len(own)))
    for size in (2, 3):
        for _ in range(ATTACKS):
            yield "".join(chance.choices(own, k=size))


def texts(unit: str, size: int) -> Iterable[str]:
    whole = (unit * (size // len(unit) + 1))[:size]
    return (whole, f"{whole}\0", f"({whole}\n")


class Matched:
    """A pattern that is looked for at the start of a text only."""

    def __init__(self, pattern: Any) -> None:
        self.pattern, self.fullmatch = pattern.pattern, pattern.fullmatch
        self.finditer = lambda text: [pattern.match(text)]


def seconds(pattern: Any, unit: str, size: int) -> float:
    """How long it takes to find all matches of a pattern, and to match the whole, at the best."""
    best = math.inf
    for _ in range(2):
        spent = 0.0
        for text in texts(unit, size):
            raw = text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text
            began = time.process_time()
            deque(pattern.finditer(raw), 0)
            pattern.fullmatch(raw)
            spent += time.process_time() - began
        best = min(best, spent)
        if best < TELLING:
            break
    return best


def growth(pattern: Any, unit: str) -> float:
    """The power that the time grows with when the text is made four times as long, at the worst;
    0 where it is never long enough to tell."""
    size, times = 64, [seconds(pattern, unit, 16), seconds(pattern, unit, 32)]
    worst = 0.0
    while size <= LONGEST:
        times.append(seconds(pattern, unit, size))
        if times[-3] > TELLING:
            worst = max(worst, math.log2(times[-1] / times[-3]) / 2)
        if times[-1] > ENOUGH:
            break
        size *= 2
    return worst


COMPILED = """
import json, sys
import re, regex

made = []

def noted(engine):
    compile = engine.compile
    def note(pattern, *args, **more):
        if sys._getframe(1).f_globals.get("__name__", "").startswith("cleaner"):
            made.append(pattern if isinstance(pattern, str) else str(pattern))
        return compile(pattern, *args, **more)
    engine.compile = note

noted(re)
noted(regex)
import importlib, pkgutil
import cleaner
for module in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
for page in json.load(sys.stdin):
    cleaner.clean(page)
print(json.dumps(made))
"""


def test_whatever_the_package_compiles_is_among_them() -> None:
    paths = sorted((Path(__file__).parent.parent / "fixtures/articles").glob("*.tsv"))
    pages = [fixture.parse(path.read_text("utf-8")).dump for path in paths[::3]]
    pages.append("<title>a</title><p>By Ann Lee, 3 May 2020</p><script type=x>{}</script>")
    command = [sys.executable, "-c", COMPILED]
    given = json.dumps(pages)
    done = subprocess.run(command, input=given, capture_output=True, check=True, text=True)
    known = {str(pattern.pattern) for pattern in PATTERNS.values()}
    assert len(json.loads(done.stdout)) > 50
    assert set(json.loads(done.stdout)) <= known


def test_all_patterns_are_found() -> None:
    assert len(PATTERNS) > 50
    assert {
        "dump.lines._MARKER",
        "agreement.headline._PARTED",
        "dates.grammar.pattern",
    } <= PATTERNS.keys()
    assert any(place.startswith("records.sniff:") for place in PATTERNS)  # within a call
    assert BOUNDED.keys() | AT_START <= PATTERNS.keys()


@pytest.mark.parametrize("place", [place for place in PATTERNS if place not in BOUNDED])
def test_a_pattern_takes_no_longer_than_its_text_is_long(place: str) -> None:
    pattern = Matched(PATTERNS[place]) if place in AT_START else PATTERNS[place]
    if not re.search(r"[*+?{]", str(pattern.pattern)):
        return  # it repeats nothing: a character at a time
    for unit in attacks(pattern):
        # A busy machine can only add: what grows in truth does so again.
        assert any(growth(pattern, unit) <= GROWTH for _ in range(3)), repr(unit)


@pytest.mark.parametrize("place", BOUNDED)
def test_a_pattern_for_short_texts_reads_the_longest_of_them_at_once(place: str) -> None:
    for unit in attacks(PATTERNS[place]):
        assert any(seconds(PATTERNS[place], unit, BOUNDED[place]) < AT_ONCE for _ in range(3))


@pytest.mark.parametrize("source", [r"\s*,", r"a.*1.*1;"])
def test_a_pattern_that_backtracks_would_be_noticed(source: str) -> None:
    pattern = re.compile(source)
    assert max(growth(pattern, unit) for unit in ("a", " ", "1", "a1")) > GROWTH
