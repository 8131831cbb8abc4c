"""The location of findings about missing files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck import Finding, ProjectFiles, ProjectRule

_PLACES = ("pyproject.toml", "setup.cfg", "setup.py", "requirements.txt", "Pipfile", ".gitignore")
"""Files at which a missing file is reported, the best first."""


def report_missing(rule: ProjectRule, files: ProjectFiles, name: str, message: str, notes: tuple[str, ...]) -> Finding:
    """Report that the file `name` is missing at the top of a project."""
    place = next((path for path in _PLACES if path in files.paths), name)
    return rule.file_finding(place, message, subject=name, notes=notes)
