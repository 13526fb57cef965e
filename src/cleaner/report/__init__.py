"""What was done, to look at: pages of a dump's explanation, of a run, and to correct labels in."""

from __future__ import annotations

from cleaner.report.page import page

__all__ = ["page"]
