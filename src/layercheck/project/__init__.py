"""Thinking about the project: names, roles, layers and the graph."""
