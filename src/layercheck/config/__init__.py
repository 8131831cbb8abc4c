"""Configuration: read, checked, merged."""
