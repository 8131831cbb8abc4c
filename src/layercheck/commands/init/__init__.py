"""The way to a first green check: what a project is, which settings fit it, and what has to be written where."""
