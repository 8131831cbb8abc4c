"""Rules about the contents of layers."""
