"""Commits, the index, and the one place that runs git."""
