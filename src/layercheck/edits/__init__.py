"""Changes to the user's files."""
