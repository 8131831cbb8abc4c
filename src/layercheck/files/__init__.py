"""Where the bytes of a project come from."""
