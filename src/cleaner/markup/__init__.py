"""HTML read into blocks, and into what is known about each and about the page."""

from cleaner.markup.reader import Page, read

__all__ = ["Page", "read"]
