"""What the names in a file stand for."""
