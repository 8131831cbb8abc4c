"""Rules about the files themselves, the comments in them, and the baseline beside them."""
