"""A process that stays: it answers hooks and editors without starting anew each time."""
