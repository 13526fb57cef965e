"""Strategies for what no page should be, and yet comes in: arbitrary text and damaged dumps."""

from __future__ import annotations

from hypothesis import strategies as st

from cleaner.strategies import dumps


def texts() -> st.SearchStrategy[str]:
    """The dumps of generated pages, without their truth."""
    return dumps().map(str)


def anything() -> st.SearchStrategy[str]:
    """Arbitrary text, lines of arbitrary text, and dumps with something arbitrary in them."""
    line = st.text(max_size=60)
    lines = st.lists(line, max_size=30).map("\n".join)
    mixed = st.builds(
        lambda dump, noise, at: dump[:at] + noise + dump[at:], texts(), lines, st.integers(0, 2000)
    )
    return st.one_of(st.text(), lines, mixed)
