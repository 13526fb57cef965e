"""Measure `cleaner.clean` against pages with human-made gold; see README.md."""
