"""Why one module depends on another one: the shortest chains of imports, and what the rules say of each."""
