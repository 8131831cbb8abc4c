"""What the author of a rule sees."""
