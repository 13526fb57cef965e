"""The commands of the benchmarks; see README.md."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import arrow, batch, hostile, imports, laws, linear, memory, pages, speed, templates
from cleaner.strategies import CRUFT, LANGUAGES, STYLES, WHERE
from evaluation import command

FIXTURES = Path(__file__).parent.parent / "fixtures"
SIZES = (0.1, 0.3, 1.0, 3.0, 10.0)  # million characters: two orders of magnitude
FAMILIES: dict[str, hostile.Pages] = {**hostile.FAMILIES, **hostile.HTML}
PAGES = 100  # takes a few seconds
DUMPS = 10_000
PAGE_SIZES = (1.0, 5.0)
STREAMED = 2_048
ROWS = (16, 256, 2_048)


def run_speed(args: argparse.Namespace) -> int:
    """Print pages per second, page by page and batched, by stage, and beside trafilatura."""
    from cleaner import records
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
    sources = [dump.source for dump in dumps]
    for name, work in (("page by page", speed.page_by_page), ("batched", speed.batched)):
        for row in speed.stages(name, work, sources):
            print(row)
    if args.pages:
        html = {page.key: page.source for page in corpus.pages(args.pages)}
        pairs = [(dump.source, html[dump.key]) for dump in dumps if dump.key in html]
        _beside_trafilatura(pairs)
    return 0


def _beside_trafilatura(pairs: Sequence[tuple[str | bytes, str | bytes]]) -> None:
    if not pairs:
        print("no dump has its page among the pages given")
        return
    dumps, pages = [dump for dump, _ in pairs], [page for _, page in pairs]
    contestants: list[tuple[str, speed.Work, list[str | bytes]]] = [
        ("dumps, page by page", speed.page_by_page, dumps),
        ("dumps, batched", speed.batched, dumps),
        ("HTML, page by page", speed.page_by_page, pages),
    ]
    try:
        extract = importlib.import_module("trafilatura").extract
        contestants.append(
            ("trafilatura.extract, HTML", lambda run: list(map(extract, run)), pages)
        )
    except ImportError:
        print("trafilatura is not installed")
    rows = speed.compare(contestants)
    for row in [*rows, *speed.ratios(rows)]:
        print(row)


def run_linear(args: argparse.Namespace) -> int:
    """Print how time and memory grow with hostile inputs; 1 where one is not linear."""
    sizes = sorted(int(size * linear.MEGA) for size in args.sizes)
    _warm()
    print(f"{'seconds at million chars':28}" + "".join(f"{s / linear.MEGA:9.2f}" for s in sizes))
    growths = []
    for name in args.only or FAMILIES:
        growths.append(linear.grow(name, FAMILIES[name], _road(name), sizes))
        print(growths[-1], flush=True)
    failed = [growth.name for growth in growths if not growth.linear]
    print(
        f"{len(growths) - len(failed)} of {len(growths)} within exponent {linear.LIMIT} and"
        f" {linear.BYTES} bytes of memory a byte, {linear.BLOCK_BYTES} a block and"
        f" {linear.SHEET_BYTES // linear.MEGA} MB"
    )
    return int(bool(failed))


def run_hostile(args: argparse.Namespace) -> int:
    """Clean the catalogue of hostile inputs at full size; 1 where one kills, or costs too much."""
    _warm()
    bad = 0
    for name in args.only or hostile.CASES:
        case = hostile.CASES[name]
        found = linear.measure(_road(case.family), FAMILIES[case.family], case.size)
        fine = bool(found and found.peak <= found.allowed)
        bad += not fine
        verdict = "" if fine else "  TOO MUCH" if found else "  KILLED"
        print(f"{name:36}{found or ''}{verdict}", flush=True)
    return int(bool(bad))


def _warm() -> None:
    """Load weights and lexicons, as the first call does."""
    from cleaner import clean_html

    clean_html(hostile.PARAGRAPH.encode("cp1252") + b"\xe9")


def _road(name: str) -> linear.Work:
    from cleaner import clean_html, clean_text

    return clean_html if name in hostile.HTML else clean_text


def run_memory(args: argparse.Namespace) -> int:
    """Print the peak of memory of a process that cleans one dump, and many."""
    one, many = memory.peaks(args.corpus, args.dumps)
    print(f"{'1 dump':20}{one:8.0f} MB")
    print(f"{f'{args.dumps} dumps':20}{many:8.0f} MB")
    return 0


def run_arrow(args: argparse.Namespace) -> int:
    """Print what pages in Arrow columns cost, and the peak of memory by the size of a batch."""
    from evaluation import corpus

    pages = [page.source for page in corpus.spread(args.corpus, args.limit)]
    if not pages:
        print(f"no pages in {args.corpus}")
        return 1
    print(speed.HEADING)
    for row in arrow.rates(pages):
        print(row)
    for name, size in arrow.sizes(pages).items():
        print(f"{name:28}{size:8.1f} KB each")
    for rows in args.rows:
        print(arrow.peak(args.corpus, args.pages, rows, blocks=args.blocks), flush=True)
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


def run_pages(args: argparse.Namespace) -> int:
    """Print how large explanations are and how soon they answer; 1 where one is over a limit."""
    from cleaner import clean_text, records, source

    read = records.read_directory(FIXTURES)
    dumps = [source.read(one.data).text for one in read if isinstance(one, records.Record)]
    sizes = [int(size * pages.MEGA) for size in args.sizes]
    try:
        with pages.chromium() as browser:
            found = list(pages.measure(browser, clean_text, dumps, sizes))
    except (ImportError, FileNotFoundError) as error:
        print(f"needs a browser ({error}): pip install -e '.[browser]', apt-get install chromium")
        return 1
    print(pages.HEADING)
    for one in found:
        print(one)
    slow = found[0].interactive > pages.SECONDS_LIMIT  # the limit is one for the first size
    return int(slow or any(one.ratio > pages.SIZE_LIMIT for one in found))


def run_templates(args: argparse.Namespace) -> int:
    """Print how generated sites come out with templates, and what these cost; 1 where too bad."""
    print(templates.HEADING)
    cells = [(language, style) for language in args.languages for style in args.styles]
    right = 0.0
    for tally in templates.measure(cells, args.processes, args.seed):
        print(tally, flush=True)
        right = tally.share("both")  # the last is of all
    alone, learned, told = templates.seconds()
    ratio = (learned + told) / alone
    print(f"seconds alone {alone:.2f}, to learn {learned:.2f}, with it {told:.2f}: {ratio:.2f}")
    megabytes = templates.peak(args.learned)
    print(f"{args.learned} pages of {templates.SITES} sites learned within {megabytes:.0f} MB")
    too_much = ratio > templates.RATIO or megabytes > templates.MEGABYTES
    return int(right < templates.RIGHT or too_much)


def run_laws(args: argparse.Namespace) -> int:
    """Print how often laws 5 and 6 hold over generated pages; 1 where too seldom."""
    cells = [(language, style) for language in args.languages for style in args.styles]
    task = laws.Task(args.pages, args.seed, args.half, tuple(args.cruft), tuple(args.where))
    tallies = laws.measure(cells, task, args.processes)
    for line in laws.report(tallies, args.worst):
        print(line)
    return int(any(laws.short(tally) for tally in tallies))


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
    two.add_argument("--only", nargs="+", choices=FAMILIES, metavar="FAMILY")
    two.set_defaults(command=run_linear)

    five = commands.add_parser("hostile", help=run_hostile.__doc__)
    five.add_argument("--only", nargs="+", choices=hostile.CASES, metavar="CASE")
    five.set_defaults(command=run_hostile)

    three = commands.add_parser("memory", help=run_memory.__doc__)
    three.add_argument("corpus", type=Path, help="a corpus file")
    three.add_argument("--dumps", type=int, default=DUMPS)
    three.set_defaults(command=run_memory)

    five = commands.add_parser("arrow", help=run_arrow.__doc__)
    five.add_argument("corpus", type=Path, help="a corpus file")
    five.add_argument("--limit", type=int, default=PAGES, help="pages timed, with all their dumps")
    five.add_argument("--pages", type=int, default=STREAMED, help="pages streamed")
    five.add_argument("--rows", type=int, nargs="+", default=ROWS, help="pages of a batch")
    five.add_argument("--blocks", action="store_true", help="stream articles with their blocks")
    five.set_defaults(command=run_arrow)

    six = commands.add_parser("batch", help=run_batch.__doc__)
    six.add_argument("corpus", type=Path, nargs="?", help="a corpus file; the fixtures if none")
    six.add_argument("--files", type=_counts, default=batch.FILES, help="directories of so many")
    six.add_argument("--workers", type=_counts, default=batch.WORKERS, help="processes: 1,2")
    six.add_argument("--rounds", type=int, default=1, help="runs of each, in turns")
    six.set_defaults(command=run_batch)

    four = commands.add_parser("imports", help=run_imports.__doc__)
    four.set_defaults(command=run_imports)

    five = commands.add_parser("pages", help=run_pages.__doc__)
    five.add_argument("--sizes", type=_sizes, default=PAGE_SIZES, help="million bytes: 1,5")
    five.set_defaults(command=run_pages)
    seven = commands.add_parser("templates", help=run_templates.__doc__)
    seven.add_argument(
        "--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES, metavar="TAG"
    )
    seven.add_argument("--styles", nargs="+", default=STYLES, choices=STYLES, metavar="STYLE")
    seven.add_argument("--seed", type=int, default=0)
    seven.add_argument("--learned", type=int, default=templates.LEARNED, help="pages")
    seven.add_argument("--processes", type=int, default=1)
    seven.set_defaults(command=run_templates)

    five = commands.add_parser("laws", help=run_laws.__doc__)
    five.add_argument("--pages", type=int, default=laws.PAGES, help="of each language and style")
    five.add_argument("--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES, metavar="TAG")
    five.add_argument("--styles", nargs="+", default=STYLES, choices=STYLES, metavar="STYLE")
    five.add_argument("--cruft", nargs="+", default=laws.INERT, choices=CRUFT, metavar="LABEL")
    five.add_argument("--where", nargs="+", default=WHERE, choices=WHERE, metavar="PLACE")
    five.add_argument(
        "--half", type=int, choices=(0, 1), help="of the phrases; all of them if none"
    )
    five.add_argument("--seed", type=int, default=0)
    five.add_argument("--worst", type=int, default=20, help="pages to list")
    five.add_argument("--processes", type=int, default=1)
    five.set_defaults(command=run_laws)
    return main_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    return command.run(parser(), argv)


if __name__ == "__main__":
    sys.exit(main())
