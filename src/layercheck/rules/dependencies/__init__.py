"""Rules about the libraries that layers may use."""
