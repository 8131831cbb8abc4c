"""The version of layercheck."""

__version__ = "0.1.0"
