"""What the rules and contracts of a project judge, what breaks them, and what they cannot judge."""
