"""Rules about the files themselves and the comments in them."""
