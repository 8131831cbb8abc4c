"""Moving over from another tool: its configuration as ours, and where to write it."""
