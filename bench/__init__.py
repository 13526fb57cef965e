"""Measure how fast `cleaner.clean` is, and that it stays linear; see README.md."""
