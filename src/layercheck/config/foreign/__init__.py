"""Converts the configuration of other tools to contracts; never writes it."""
