"""What tells the role of a module: one kind of evidence per file."""
