from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.engines.conftest import Pages


def test_all_cores_give_the_same(
    snippet: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    assert snippet("cores") == pages.slim
