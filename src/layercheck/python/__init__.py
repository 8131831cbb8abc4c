"""Python source: bytes to text, tree, imports and names. Knows nothing of layers, roles or configuration."""
