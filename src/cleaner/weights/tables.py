"""Weights that are few and have names: a table of TOML, of which every part is looked at."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from math import isfinite
from typing import Any, TypeGuard


def shipped(field: str) -> tuple[str, str]:
    """The text of a table that the package ships, and what errors call it.

    >>> shipped("title")[1]
    'weights/title.toml'
    """
    path = files("cleaner.weights").joinpath(f"{field}.toml")
    return path.read_text("utf-8"), f"weights/{field}.toml"


def parsed(text: str, name: str) -> dict[str, Any]:
    """Parse a table; ValueError where it is no TOML. `name` is what errors call it."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise damaged(name, str(error)) from error


def facts(table: dict[str, Any], name: str) -> dict[str, Any]:
    """The facts of a table, one at least; ValueError where it has none.

    >>> facts({"facts": 3}, "weights/title.toml")
    Traceback (most recent call last):
    ...
    ValueError: weights/title.toml is damaged (it has no facts); install the package again
    """
    held = table.get("facts")
    if not (isinstance(held, dict) and held):
        raise damaged(name, "it has no facts")
    return held


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number: true and nan are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def damaged(name: str, why: str) -> ValueError:
    """What to raise where a table is not what `training/` writes."""
    return ValueError(f"{name} is damaged ({why}); install the package again")
