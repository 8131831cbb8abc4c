"""Configuration of other tools, as contracts of ours: read and converted, never written."""
