"""Inputs that a coverage-guided fuzzer makes up, and what must hold of every answer.

    python -m bench.fuzz text html bytes readers --runs 75000

Needs the extra `fuzz` (atheris, on libFuzzer). Each target runs in a process of its own, begins
with the fixtures and keeps what reached new code under `--corpus`. An input that breaks a law,
raises or takes too long is left in that folder as `TARGET-crash-*`, `-timeout-*` or `-oom-*`, to be
run again with `python -m bench.fuzz TARGET FILE` and then to become a case of tests/test_fuzz.py.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import io
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST = 512  # bytes of an input: longer ones are slower and reach no other code
SLOW = 5.0  # seconds of the processor for one input; it takes a few thousandths
HANG = 7200  # seconds by the clock, which runs on while the process is held
EXPLAINED = 32  # of so many inputs one is asked for its reasons, which take as long as the rest
MEMORY = 2048  # MB of the fuzzing process
RUNS = 75_000  # of each of the four targets: 300,000 in all
TODAY = datetime.date(2024, 2, 29)
SUFFIXES = (".txt", ".html", ".tsv", ".md", ".jsonl", ".warc", ".wet", ".gz", ".zst", ".xz", "")

# Pieces that a byte at a time is slow to find: what the readers look for, one a line in libFuzzer's
# form.
WORDS = (
    *("By ", "Published: ", "Updated ", " 2 hours ago", "3 May 2024", "2024-05-03T10:00Z", "9:30"),
    *("  * ", "# ", "[1]", "![](", "](http://", "(BUTTON)", "**", " | ", " - ", "\u2022 "),
    *("\u200b", "\u00a0", "\u2028", "\u202e", "\u0301", "\ufeff", "\u6e2f\u53e3", "\u0e40\u0e23"),
    *("<p>", "</div>", "<h1>", "<!--", "<![CDATA[", "<plaintext>", "<script>", "&#x", "&amp;"),
    *('<meta charset="', "<a href=", "<li>", "<title>", '<script type="application/ld+json">'),
    *("#! title: ", "body\t", "WARC/1.0\r\n", '{"text": "', "Content-Length: ", "HTTP/1.1 200"),
)

Target = Callable[[bytes], None]


def text(data: bytes) -> None:
    """Clean a text dump that may hold lone surrogates; every law that one call can show."""
    from cleaner import clean_text

    source = data.decode("utf-8", "surrogateescape")
    _lawful(clean_text(source, today=TODAY), source)


def html(data: bytes) -> None:
    """Clean HTML, whatever it looks like."""
    from cleaner import clean_html

    _lawful(clean_html(data.decode("utf-8", "surrogateescape")))


def undecoded(data: bytes) -> None:
    """Clean bytes of any encoding: text or HTML, told apart by looking."""
    from cleaner import clean

    _lawful(clean(data))


def readers(data: bytes) -> None:
    """Read a file of these bytes in every way; the first one chooses the suffix of its name."""
    from cleaner import clean, records

    suffix, data = SUFFIXES[(data[:1] or b"\0")[0] % len(SUFFIXES)], data[1:]
    answers: list[object] = [records.read_stream(io.BytesIO(data))]
    with _folder() as folder:
        path = Path(folder, f"page{suffix}")
        path.write_bytes(data)
        answers += [records.read_file(path), *records.read_directory(folder)]
    pages = {answer.data for answer in answers if isinstance(answer, records.Record)}
    for page in pages:
        _lawful(clean(page))
    assert all(answer.reason for answer in answers if isinstance(answer, records.Failure))


TARGETS: dict[str, Target] = {"text": text, "html": html, "bytes": undecoded, "readers": readers}


def _folder() -> contextlib.AbstractContextManager[str]:
    memory = Path("/dev/shm")  # a thousand files a second are no work for a disk
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)


def _lawful(article: object, source: str | None = None) -> None:
    """Assert what holds of every article: lossless, grounded, ready for JSON."""
    from cleaner.article import NOWHERE, Article

    assert isinstance(article, Article)
    assert source is None or article.source == source
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.source)
        assert 0 <= block.score <= 1
        at = block.end
    unshown = {evidence.field for evidence in article.evidence if evidence.block == NOWHERE}
    fields = {"title": article.title, "byline": article.byline, "date": article.date_text}
    for name, part in [*fields.items(), ("body", article.body)]:
        if name in unshown:
            continue  # only declared, and its evidence says so
        # In order, not in a row: what the renderer put in between (link numbers) is left out.
        left = iter(article.source)
        assert all(letter in left for letter in part or "" if letter.isalnum())
    if len(article.source) % EXPLAINED == 0:
        json.dumps(article.to_dict())


def _seeds(target: str) -> Iterator[bytes]:
    """The first inputs of a target: pieces of the fixtures, as text, HTML, bytes or files."""
    from cleaner import fixture

    encodings = ("utf-8", "utf-16", "cp1252", "cp1251", "gb18030", "cp932", "cp1256")
    for at, path in enumerate(sorted((ROOT / "fixtures").rglob("*.tsv"))):
        dump = fixture.parse(path.read_text("utf-8")).dump
        for start in range(0, len(dump), LONGEST // 2):
            piece = dump[start : start + LONGEST // 2]
            match target:
                case "html":
                    lines = (f"<p class=a>{line}</p>" for line in piece.split("\n"))
                    yield "<html><h1>".join(lines).encode()
                case "bytes":
                    yield piece.encode(encodings[at % len(encodings)], "replace")
                case "readers":
                    yield bytes([at % len(SUFFIXES)]) + piece.encode()
                    yield b"\2" + path.read_bytes()[start : start + LONGEST // 2]
                    row = json.dumps({"id": path.stem, "text": piece[:500]}, ensure_ascii=False)
                    yield b"\4" + f"{row}\n{row}\n".encode()
                case _:
                    yield piece.encode()


def _fuzz(target: str, options: Sequence[str]) -> None:
    """Hand one target to libFuzzer, which ends the process."""
    import atheris

    with atheris.instrument_imports(include=["cleaner"]):
        import cleaner

        cleaner.clean("By Ann Example, 3 May 2024")  # all stages are imported by the first call
        from cleaner import records  # noqa: F401
    atheris.Setup([sys.argv[0], *options], _timed(TARGETS[target]))
    atheris.Fuzz()


def _timed(target: Target) -> Target:
    def late(*_: object) -> None:
        raise TimeoutError(f"takes more than {SLOW} seconds of the processor")

    def timed(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, SLOW)
        target(data)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    signal.signal(signal.SIGVTALRM, late)
    return timed


def _run(target: str, runs: int, corpus: Path, seconds: int = 0) -> bool:
    """Fuzz one target in a process of its own and print what came of it."""
    kept = corpus / target
    kept.mkdir(parents=True, exist_ok=True)
    for at, seed in enumerate(_seeds(target)):
        (kept / f"seed-{at:04}").write_bytes(seed[:LONGEST])
    words = corpus / "words.txt"
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    words.write_text("".join(f'"{word}"\n' for word in escaped), "ascii")
    options = {
        "runs": runs,
        "max_total_time": seconds,
        "max_len": LONGEST,
        "timeout": HANG,
        "report_slow_units": HANG,
        "rss_limit_mb": MEMORY,
        "dict": words,
        "artifact_prefix": f"{corpus}/{target}-",
        "print_final_stats": 1,
    }
    command = [sys.executable, "-m", "bench.fuzz", "--inner", target]
    command += [f"-{name}={value}" for name, value in options.items()]
    began = time.monotonic()
    with (corpus / f"{target}.log").open("wb") as log:
        done = subprocess.run([*command, str(kept)], check=False, stdout=log, stderr=log, cwd=ROOT)
    told = (corpus / f"{target}.log").read_text("utf-8", "replace")
    tried = re.search(r"stat::number_of_executed_units:\s*(\d+)", told)
    covered = re.findall(r" cov: (\d+) ft: (\d+) corp: (\d+)", told)
    found = sorted(path.name for path in corpus.glob(f"{target}-*"))
    print(
        f"{target:8}{int(tried[1]) if tried else 0:9} inputs, {time.monotonic() - began:6.0f} s, "
        f"{'/'.join(covered[-1]) if covered else 'no'} edges/features/kept: "
        f"{', '.join(found) or ('fine' if not done.returncode else f'see {log.name}')}",
        flush=True,
    )
    return not done.returncode and not found


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz the targets named, or run one target over the files named; 1 where a law broke."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--inner"]:
        _fuzz(given[1], given[2:])
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(TARGETS)}: all; or one and files")
    parser.add_argument("--runs", type=int, default=RUNS, help="inputs of each target")
    parser.add_argument("--corpus", type=Path, default=ROOT / ".fuzz", help="where inputs are kept")
    parser.add_argument("--seconds", type=int, default=0, help="for each target at most; 0: any")
    options = parser.parse_args(given)
    targets = [name for name in options.names if name in TARGETS]
    if files := [Path(name) for name in options.names if name not in TARGETS]:
        for path in files:
            _timed(TARGETS[targets[0]])(path.read_bytes())
            print(f"{path}: fine")
        return 0
    corpus = options.corpus.resolve()
    fine = [_run(target, options.runs, corpus, options.seconds) for target in targets or TARGETS]
    return int(not all(fine))


if __name__ == "__main__":
    sys.exit(main())
