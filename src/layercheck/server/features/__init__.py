"""What the server answers and heeds: one module for each part of the protocol, each with a `register`."""
