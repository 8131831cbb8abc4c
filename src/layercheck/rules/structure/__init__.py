"""Rules about folders, names and tests: what lies where."""
