"""The commands `speed`, `linear`, `memory`, `batch` and `imports`; see README.md."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import batch, hostile, imports, linear, memory, speed

FIXTURES = Path(__file__).parent.parent / "fixtures"
SIZES = (0.25, 0.5, 1.0, 2.0)
PAGES = 100  # takes a few seconds
DUMPS = 10_000


def run_speed(args: argparse.Namespace) -> int:
    """Print pages per second of cleaner.clean, by stage, and beside trafilatura."""
    from cleaner import clean, records
    from evaluation import corpus

    if args.corpus:
        dumps = list(corpus.spread(args.corpus, args.limit))
    else:
        read = records.read_directory(FIXTURES)
        found = [one for one in read if isinstance(one, records.Record)]
        dumps = [corpus.Page(one.id, one.data) for one in found]
    if not dumps:
        print(f"no pages in {args.corpus or FIXTURES}")
        return 1
    print(speed.HEADING)
    for row in speed.stages(clean, [dump.source for dump in dumps]):
        print(row)
    if args.pages:
        html = {page.key: page.source for page in corpus.pages(args.pages)}
        pairs = [(dump.source, html[dump.key]) for dump in dumps if dump.key in html]
        _beside_trafilatura(pairs)
    return 0


def _beside_trafilatura(pairs: Sequence[tuple[str | bytes, str | bytes]]) -> None:
    from cleaner import clean

    if not pairs:
        print("no dump has its page among the pages given")
        return
    dumps, pages = [dump for dump, _ in pairs], [page for _, page in pairs]
    contestants: list[tuple[str, speed.Work, list[str | bytes]]] = [
        ("cleaner.clean, dumps", clean, dumps),
        ("cleaner.clean, HTML", clean, pages),
    ]
    try:
        extract = importlib.import_module("trafilatura").extract
        contestants.append(("trafilatura.extract, HTML", extract, pages))
    except ImportError:
        print("trafilatura is not installed")
    for row in speed.compare(contestants):
        print(row)


def run_linear(args: argparse.Namespace) -> int:
    """Print how time and memory grow with hostile inputs; 1 where one is not linear."""
    from cleaner import clean

    sizes = sorted(int(size * linear.MEGA) for size in args.sizes)
    clean(hostile.SENTENCE)  # weights and lexicons are loaded by the first call
    print(f"{'seconds at million chars':24}" + "".join(f"{s / linear.MEGA:9.2f}" for s in sizes))
    growths = []
    for name in args.only or hostile.FAMILIES:
        family = hostile.FAMILIES[name]
        growths.append(linear.grow(name, family, clean, sizes, memory=not args.no_memory))
        print(growths[-1], flush=True)
    failed = [growth.name for growth in growths if not growth.linear]
    print(f"{len(growths) - len(failed)} of {len(growths)} within exponent {linear.LIMIT}")
    return int(bool(failed))


def run_memory(args: argparse.Namespace) -> int:
    """Print the peak of memory of a process that cleans one dump, and many."""
    one, many = memory.peaks(args.corpus, args.dumps)
    print(f"{'1 dump':20}{one:8.0f} MB")
    print(f"{f'{args.dumps} dumps':20}{many:8.0f} MB")
    return 0


def run_batch(args: argparse.Namespace) -> int:
    """Print how a batch gains by workers, and what its parent needs at most, by files."""
    print(batch.HEADING)
    for row in batch.measure(args.corpus or FIXTURES, args.files, args.workers, args.rounds):
        print(row, flush=True)
    return 0


def run_imports(_: argparse.Namespace) -> int:
    """Print what `import cleaner` costs and which heavy modules it brings in."""
    bare, full = imports.milliseconds()
    print(f"python -c {imports.BARE!r:20}{bare:8.1f} ms")
    print(f"python -c {imports.IMPORT!r:20}{full:8.1f} ms")
    print(f"{'difference':30}{full - bare:8.1f} ms  (medians of {imports.ROUNDS}, in turns)")
    print("imports of", ", ".join(imports.HEAVY) + ":", " ".join(imports.imported()) or "none")
    return 0


def _counts(value: str) -> list[int]:
    return [int(count) for count in value.split(",")]


def _sizes(value: str) -> list[float]:
    return [float(size) for size in value.split(",")]


def parser() -> argparse.ArgumentParser:
    """Give the parser of the command line."""
    main_parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = main_parser.add_subparsers(required=True)

    one = commands.add_parser("speed", help=run_speed.__doc__)
    one.add_argument("corpus", type=Path, nargs="?", help="a corpus file; the fixtures if none")
    one.add_argument("--pages", type=Path, help="the corpus file of the same pages' HTML")
    one.add_argument("--limit", type=int, default=PAGES, help="pages, with all their dumps")
    one.set_defaults(command=run_speed)

    two = commands.add_parser("linear", help=run_linear.__doc__)
    two.add_argument("--sizes", type=_sizes, default=SIZES, help="million characters: 1,2,4,8")
    two.add_argument("--only", nargs="+", choices=hostile.FAMILIES, metavar="FAMILY")
    two.add_argument("--no-memory", action="store_true", help="leave out the slower memory pass")
    two.set_defaults(command=run_linear)

    three = commands.add_parser("memory", help=run_memory.__doc__)
    three.add_argument("corpus", type=Path, help="a corpus file")
    three.add_argument("--dumps", type=int, default=DUMPS)
    three.set_defaults(command=run_memory)

    five = commands.add_parser("batch", help=run_batch.__doc__)
    five.add_argument("corpus", type=Path, nargs="?", help="a corpus file; the fixtures if none")
    five.add_argument("--files", type=_counts, default=batch.FILES, help="directories of so many")
    five.add_argument("--workers", type=_counts, default=batch.WORKERS, help="processes: 1,2")
    five.add_argument("--rounds", type=int, default=1, help="runs of each, in turns")
    five.set_defaults(command=run_batch)

    four = commands.add_parser("imports", help=run_imports.__doc__)
    four.set_defaults(command=run_imports)
    return main_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    args = parser().parse_args(argv)
    code: int = args.command(args)
    return code


if __name__ == "__main__":
    sys.exit(main())
