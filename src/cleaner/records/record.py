"""What reading gives: a page, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Record:
    """A page as it was read: its name among the inputs and its bytes (a string out of JSON).

    `url`, `charset` and `html` (the page is said to be HTML) are what its container tells of it.
    """

    id: str
    data: bytes | str
    url: str | None = None
    charset: str | None = None
    html: bool = False


class Cause(StrEnum):
    """Why an input gave no record: its path is at fault, what it holds, or it is no page."""

    PATH = "path"
    CONTENT = "content"
    NO_PAGE = "no page"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no record, and why, in words that say what to do."""

    id: str
    reason: str
    cause: Cause = Cause.PATH
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An input that can be read: its id, and how much of all input (bytes) ends with it.

    `load` reads it and never raises. An entry that is not loaded costs next to nothing. `within`
    is the file of many pages that holds it, if one does.
    """

    id: str
    load: Callable[[], Record | Failure]
    position: int = 0
    within: str | None = None


def known(answer: Record | Failure) -> Callable[[], Record | Failure]:
    """Give what an entry loads where it is there already."""
    return lambda: answer


class MissingExtraError(ImportError):
    """A package that is not installed is needed; the message says which command mends it."""


def missing(package: str, purpose: str) -> str:
    """Say which package is missing, for what, and the command that brings it.

    >>> missing("fastwarc", "WARC files")
    "WARC files need fastwarc; pip install 'newsdump-cleaner[batch]'"
    """
    return f"{purpose} need {package}; pip install 'newsdump-cleaner[batch]'"


def told(error: Exception) -> str:
    """Say in words why something could not be read, and what to do."""
    match error:
        case FileNotFoundError():
            return "no such file; check the path"
        case IsADirectoryError():
            return "a directory; name a file in it, or clean all of it with `cleaner batch`"
        case NotADirectoryError():
            return "not a directory; check the path"
        case PermissionError():
            return "permission denied; make it readable to you"
        case MissingExtraError():
            return str(error)
        case EOFError():
            return "broken off: its compressed data has no end; fetch it again"
        case OSError(strerror=str(words)):
            return f"cannot be read ({words.lower()}); check the path"
        case _:
            return f"cannot be read ({error}); check the path"
