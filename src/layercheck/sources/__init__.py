"""Reading files: which ones, and what they import."""
