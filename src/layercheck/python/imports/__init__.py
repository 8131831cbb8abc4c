"""What a file imports: a fast scan that finds a superset, and the exact reader."""
