"""The templates of a batch: learned in a first pass over its inputs, or read from a file.

What is held of a site does not grow with its pages, and which pages are kept does not hang on when
they came: so neither the number of workers nor the order of the inputs changes what is learned.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import records, template
from cleaner.batch.workers import Crash, Workers
from cleaner.batch.writers import write_whole
from cleaner.records import Entry, Failure, Record
from cleaner.records.encoding import decode
from cleaner.template import Learner, TemplateError, Templates

_TWICE = (
    "{}: templates are learned by reading the inputs twice, and this can be read only once; "
    "save it to a file first, or give a file of templates"
)


class Seen(NamedTuple):
    """What is learned of a page: its site and its lines."""

    site: str
    lines: bytes


def prepare() -> Callable[[Record], Seen]:
    """Give the function that a worker reads a page with."""
    return seen


def seen(record: Record) -> Seen:
    """Give what is learned of a record.

    >>> seen(Record("hale/a.txt", "Port Hale Courier")).site
    'hale/'
    """
    blocks = template.blocks(decode(record).text, html=record.html or None)
    return Seen(template.site(record.url, record.id), template.page(blocks))


def learn(entries: Iterator[Entry], workers: Workers[Record, Seen]) -> Templates:
    """Learn the templates of all sites of the inputs; what cannot be read teaches nothing."""
    learners: defaultdict[str, Learner] = defaultdict(Learner)
    with workers:
        for answer in workers.run(_tasks(entries)):
            if not isinstance(answer, Crash):
                learners[answer.site].add(answer.lines)
    return Templates({name: learners[name].template for name in sorted(learners)})


def check(given: Sequence[str | os.PathLike[str]]) -> None:
    """Raise TemplateError where an input cannot be read twice."""
    for name in given:
        path = Path(name)
        if os.fspath(name) == records.STDIN or not (path.is_dir() or path.is_file()):
            raise TemplateError(_TWICE.format(os.fspath(name)))


def digest(templates: Templates | None) -> str | None:
    """Give what tells templates from others; None where there are none."""
    return templates and hashlib.sha256(templates.to_json().encode()).hexdigest()


def read(path: str | os.PathLike[str]) -> Templates:
    """Read a file of templates. Raises OSError, and TemplateError, which names the file."""
    try:
        return Templates.from_json(Path(path).read_bytes())
    except TemplateError as error:
        raise TemplateError(f"{os.fspath(path)}: {error}") from error


def write(path: str | os.PathLike[str], templates: Templates) -> None:
    """Write a file of templates, whole or not at all. Raises TemplateError where it cannot."""
    try:
        write_whole(Path(path), templates.to_json())
    except (OSError, ValueError) as error:
        raise TemplateError(f"{os.fspath(path)}: cannot be written ({error})") from error


def _tasks(entries: Iterator[Entry]) -> Iterator[tuple[Record | None, Seen | None, int]]:
    for entry in entries:
        try:
            loaded = entry.load()
        except Exception:  # noqa: BLE001 - the second pass tells of it
            continue
        if not isinstance(loaded, Failure):
            yield loaded, None, len(loaded.data)
