"""How sphinx builds these pages: `sphinx-build -W -b html docs build/docs`."""

from __future__ import annotations

project = "layercheck"
author = "The layercheck authors"
project_copyright = "2026, the layercheck authors"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
html_theme = "furo"
html_title = "layercheck"
myst_heading_anchors = 3
# An example of what cannot be read as Python is no Python to the highlighter either.
suppress_warnings = ["misc.highlighting_failure"]
