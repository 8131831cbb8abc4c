"""Which tests a change can reach: more rather than fewer, where it cannot be known."""
