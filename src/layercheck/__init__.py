"""layercheck: structure linter and architecture checker for Python backends."""

__version__ = "0.1.0"
