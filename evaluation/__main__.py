"""The commands of `python -m evaluation`; README.md tells what each does."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluation import (
    agree,
    command,
    compare,
    corpus,
    extractors,
    figures,
    gate,
    outputs,
    report,
    runs,
    seeds,
    templates,
)

GROUP_FIELDS = ("dataset", "renderer", "domain", "lang", "kind", "words", "share", "short")
DEFAULT_GROUPS = "dataset,renderer"


def run(args: argparse.Namespace) -> int:
    """Clean a corpus and print its figures."""
    from cleaner import clean

    results = runs.run(corpus.spread(args.corpus, args.limit), clean, args.workers)
    if args.save:
        runs.save(results, args.save)
    rows = report.table(results, args.by)
    print(json.dumps(rows, indent=1) if args.json else report.render(rows, ",".join(args.by)))
    if args.worst and not args.json:
        print(report.worst(results, args.worst))
    return 0


def tools(args: argparse.Namespace) -> int:
    """Print the figures of cleaner and of the public extractors installed here, a table for each.

    Of a corpus of dumps they are those that can be given text.
    """
    from cleaner import clean

    pages = list(corpus.spread(args.corpus, args.limit))
    of_text = any(page.renderer for page in pages)
    every: dict[str, runs.Clean] = {"cleaner": clean, **extractors.installed(of_text=of_text)}
    for name, extract in every.items():
        rows = report.table(runs.run(pages, extract, args.workers), ["dataset"])
        print(f"{report.render(rows, name)}\n")
    return 0


def agreement(args: argparse.Namespace) -> int:
    """Print how far dumps come out as the HTML of their pages does."""
    from cleaner import clean

    html = corpus.spread(args.html, args.limit)
    results = agree.run_both(html, corpus.pages(args.dumps), clean, args.workers)
    print(report.render(report.table(results, args.by), ",".join(args.by)))
    if args.worst:
        print(report.worst(results, args.worst))
    return 0


def diff(args: argparse.Namespace) -> int:
    """Print what differs between two saved runs."""
    before, after = runs.load(args.before), runs.load(args.after)
    found = compare.difference(before, after, args.by, args.figure)
    print(compare.render(found, ",".join(args.by), args.figure, args.worst))
    both = len({result.key for result in before} & {result.key for result in after})
    print("\n" + outputs.render(outputs.changes(before, after), both, args.outputs))
    return 0


def told(args: argparse.Namespace) -> int:
    """Print what the template of a site's other pages is worth for each page."""
    found = templates.run(corpus.spread(args.corpus, args.limit), args.workers)
    print(templates.render(found, args.by, args.worst))
    return 0


def hold(args: argparse.Namespace) -> int:
    """Check the floors of a corpus: 0 where all hold or there is no corpus, else 1."""
    path = gate.find(args.corpus)
    if isinstance(path, str):
        print(f"skipped: {path}")
        return 0
    all_floors = gate.load(args.floors) if args.floors.exists() else {}
    name, checksum = gate.stem(path), gate.checksum(path)
    if args.lift and args.limit and name in all_floors:
        print(f"the floors of {name} stand, and are lifted, on their own sample: leave out --limit")
        return 1
    floors = all_floors.get(name, {"checksum": checksum} if args.lift else {})
    if floors.get("checksum") != checksum:
        print(f"{args.floors} has no floors for {name} with the checksum {checksum}")
        return 1
    from cleaner import clean

    limit = args.limit or floors.get("limit")
    measured = gate.tables(runs.run(corpus.spread(path, limit), clean, args.workers))
    checks = gate.check(floors, measured)
    for check in checks:
        print(check)
    if args.lift:
        sample = {"limit": limit} if limit else {}
        all_floors[name] = gate.raised(floors | sample, measured)
        args.floors.write_text(json.dumps(all_floors, indent=1) + "\n", "utf-8")
    return int(not all(check.held for check in checks))


def lowered(args: argparse.Namespace) -> int:
    """Name the floors that were lowered from one file to another: 1 where there is one."""
    found = gate.lowered(gate.load(args.before), gate.load(args.after))
    for words in found:
        print(f"lowered: {words}")
    return int(bool(found))


def check_seeds(args: argparse.Namespace) -> int:
    """Check the seeds of a folder: 0 where all are exact, else 1."""
    from cleaner import clean

    outcomes = seeds.check(args.folder, clean)
    if not outcomes:
        print(f"no seeds (.txt beside .json) in {args.folder}")
    for outcome in outcomes:
        print(outcome)
    for outcome in outcomes:
        for difference in outcome.differences:
            print(f"{outcome.name}  {difference}")
    return int(not outcomes or not all(outcome.passed for outcome in outcomes))


def _groups(value: str) -> list[str]:
    names = value.split(",")
    if not set(names) <= set(GROUP_FIELDS):
        raise argparse.ArgumentTypeError(f"{value} is not one or more of {', '.join(GROUP_FIELDS)}")
    return names


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value} is not positive")
    return number


def parser() -> argparse.ArgumentParser:
    """Give the parser of the command line."""
    main_parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = main_parser.add_subparsers(required=True)

    one = commands.add_parser("run", help=run.__doc__)
    one.add_argument("corpus", type=Path, help=".jsonl[.gz|.xz], or a benchmark's folder")
    one.add_argument("--by", type=_groups, default=DEFAULT_GROUPS, help="fields, comma between")
    one.add_argument("--limit", type=_positive, help="pages, spread evenly, with all their dumps")
    one.add_argument("--workers", type=_positive, default=2)
    one.add_argument("--save", type=Path, help="write what came out, with its scores, as .jsonl")
    one.add_argument("--worst", type=_positive, help="list that many dumps of the lowest F1")
    one.add_argument("--json", action="store_true")
    one.set_defaults(command=run)

    five = commands.add_parser("tools", help=tools.__doc__)
    five.add_argument("corpus", type=Path, help="a corpus of HTML pages or of dumps")
    five.add_argument("--limit", type=_positive, help="pages, spread evenly")
    five.add_argument("--workers", type=_positive, default=2)
    five.set_defaults(command=tools)

    six = commands.add_parser("agree", help=agreement.__doc__)
    six.add_argument("html", type=Path, help="a corpus of HTML pages")
    six.add_argument("dumps", type=Path, help="a corpus of dumps of these pages")
    six.add_argument("--by", type=_groups, default=DEFAULT_GROUPS, help="fields, comma between")
    six.add_argument("--limit", type=_positive, help="pages, spread evenly, with all their dumps")
    six.add_argument("--workers", type=_positive, default=2)
    six.add_argument("--worst", type=_positive, help="list that many dumps that differ most")
    six.set_defaults(command=agreement)
    eight = commands.add_parser("templates", help=told.__doc__)
    eight.add_argument("corpus", type=Path, help="pages or dumps with their domain")
    eight.add_argument("--by", type=_groups, default=DEFAULT_GROUPS, help="fields, comma between")
    eight.add_argument("--limit", type=_positive, help="pages, spread evenly, with all their dumps")
    eight.add_argument("--workers", type=_positive, default=2)
    eight.add_argument("--worst", type=_positive, default=10, help="pages listed on each side")
    eight.set_defaults(command=told)

    two = commands.add_parser("diff", help=diff.__doc__)
    two.add_argument("before", type=Path)
    two.add_argument("after", type=Path)
    two.add_argument("--by", type=_groups, default=DEFAULT_GROUPS)
    two.add_argument("--figure", choices=figures.FIGURES, default="F1")
    two.add_argument("--worst", type=_positive, default=10, help="pages listed on each side")
    two.add_argument("--outputs", type=_positive, default=3, help="changes listed of each field")
    two.set_defaults(command=diff)

    three = commands.add_parser("gate", help=hold.__doc__)
    three.add_argument("floors", type=Path)
    three.add_argument("corpus", help=f"a file, or its name in the folder ${gate.CORPUS_FOLDER}")
    three.add_argument("--limit", type=_positive, help="pages, in place of the floors' own limit")
    three.add_argument("--workers", type=_positive, default=2)
    three.add_argument(
        "--raise", dest="lift", action="store_true", help="lift floors to just under the figures"
    )
    three.set_defaults(command=hold)

    seven = commands.add_parser("lowered", help=lowered.__doc__)
    seven.add_argument("before", type=Path, help="a file of floors")
    seven.add_argument("after", type=Path)
    seven.set_defaults(command=lowered)

    four = commands.add_parser("seeds", help=check_seeds.__doc__)
    four.add_argument("folder", type=Path)
    four.set_defaults(command=check_seeds)
    return main_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    return command.run(parser(), argv)


if __name__ == "__main__":
    sys.exit(main())
