"""Words that mean something on a news page, as data: a TOML file per subject, by language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(subject: str) -> dict[str, Any]:
    """Read the lexicon of a subject (the stem of a TOML file beside this module).

    >>> load("languages")["script"]["greek"]["language"]
    'el'
    """
    return tomllib.loads(files(__name__).joinpath(f"{subject}.toml").read_text("utf-8"))
