"""Rules about what may stand in which layer."""
