"""Templates as JSON: a header, and pages as base64."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from cleaner.template.lines import LINE

# A change of what is kept, or of how lines are hashed, is another format.
FORMAT = 3

_NONE = "not templates of cleaner"


class TemplateError(ValueError):
    """Templates that this version cannot use; the message says what is wrong with them."""


def text(values: Mapping[str, Any]) -> str:
    """Give values under the header."""
    return json.dumps({"format": FORMAT, **values}) + "\n"


def values(text: str | bytes) -> dict[str, Any]:
    """Give what stands under the header. Raises TemplateError where it is not ours.

    >>> values('{"format": 0}')
    Traceback (most recent call last):
    cleaner.template.written.TemplateError: templates of format 0, not 3: learn them again
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TemplateError(f"{_NONE} ({error})") from error
    if not isinstance(found, dict) or "format" not in found:
        raise TemplateError(_NONE)
    if found["format"] != FORMAT:
        raise TemplateError(
            f"templates of format {found['format']}, not {FORMAT}: learn them again"
        )
    return found


def pages(kept: Sequence[bytes]) -> list[str]:
    """Give pages as base64."""
    return [base64.b64encode(page).decode() for page in kept]


def read_pages(given: Any) -> list[bytes]:
    """Give the pages that `pages` wrote. Raises TemplateError where they are none."""
    if not isinstance(given, list):
        raise TemplateError(f"{_NONE}: no list of pages")
    return [_page(one) for one in given]


def _page(given: Any) -> bytes:
    try:
        page = base64.b64decode(given, validate=True)
    except (TypeError, ValueError) as error:
        raise TemplateError(f"{_NONE} ({error})") from error
    if len(page) % LINE:
        raise TemplateError(f"{_NONE}: a page is cut off")
    return page
