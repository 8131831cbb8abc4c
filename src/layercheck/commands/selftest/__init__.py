"""Whether the rules and contracts of a project can fail: something forbidden is injected in memory, and must be found."""
