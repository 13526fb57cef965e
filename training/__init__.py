"""Teaches the labeller from a corpus; see README.md."""
