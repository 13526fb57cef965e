from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cleaner
from cleaner import template
from tests.engines.conftest import Pages


def test_all_cores_give_the_same(
    snippet: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    assert snippet("cores") == pages.slim


def test_what_each_site_repeats_is_learned_and_heeded(
    snippet: Callable[..., list[dict[str, Any]]], pages: Pages
) -> None:
    held = [page for page in pages.table.to_pylist() if page["html"] is not None and page["url"]]
    known = template.learn(page["html"] for page in held)
    found = snippet("templates")
    assert [row["id"] for row in found] == [row["id"] for row in pages.rows]
    for row, page in zip(found, pages.table.to_pylist(), strict=True):
        if row["error"] is None:
            own = known if page["url"] else None
            article = cleaner.clean(page["html"], url=page["url"], template=own)
            assert row["body"] == article.body
            assert row["blocks"] == article.to_dict()["blocks"]
    assert any(row != alone for row, alone in zip(found, pages.rows, strict=True))
