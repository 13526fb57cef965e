"""The manifest: a line of JSON for every input, in the order of the inputs."""

from __future__ import annotations

import json
from pathlib import Path

from cleaner import render
from cleaner.batch.duplicates import Duplicate
from cleaner.batch.page import Outcome


def path(output: Path) -> Path:
    """Give where the manifest of an output stands: beside it.

    >>> path(Path("out/articles.jsonl")).name, path(Path("articles")).name
    ('articles.manifest.jsonl', 'articles.manifest.jsonl')
    """
    return output.with_name(f"{output.stem}.manifest.jsonl")


def line(
    outcome: Outcome,
    *,
    within: str | None = None,
    file: str | None = None,
    duplicate: Duplicate | None = None,
) -> bytes:
    """Give the line of an outcome, with the archive or table that it came from (`within`).

    `file` is where its page stands in a folder of pages. `reason` is null for what was cleaned.
    Fields that do not apply are left out: `encoding` of what was not read, `file` where all pages
    are in one.

    >>> from cleaner.batch.page import Status
    >>> line(Outcome("a.txt", Status.FAILED, "permission denied"))
    b'{"id": "a.txt", "status": "failed", "reason": "permission denied"}\\n'
    """
    values = {"id": outcome.id, "status": str(outcome.status), "reason": outcome.reason}
    details = {
        "input": within,
        "url": outcome.url,
        "encoding": outcome.encoding,
        "known_by": outcome.known_by,
        "confidence": outcome.confidence,
        "language": outcome.language,
        "file": file,
        "duplicate_of": duplicate.of if duplicate else None,
        "similarity": round(duplicate.similarity, 3) if duplicate else None,
    }
    known = {name: value for name, value in details.items() if value is not None}
    return (render.json_text(values | known) + "\n").encode()


def id_of(line: bytes) -> str:
    """Give the id that a line of a manifest is about."""
    return str(json.loads(line)["id"])
