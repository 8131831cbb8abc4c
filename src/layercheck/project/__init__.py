"""The project: names, roles, layers and the graph."""
