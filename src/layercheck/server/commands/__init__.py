"""What a client can have done: one module for each command, with its `NAME` and `run`."""
