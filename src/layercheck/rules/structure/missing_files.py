"""Where it is reported that a file is missing: nothing stands in a file that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck import Finding, ProjectFiles, ProjectRule

_PLACES = ("pyproject.toml", "setup.cfg", "setup.py", "requirements.txt", "Pipfile", ".gitignore")
"""What is there instead, the most telling first."""


def report_missing(rule: ProjectRule, files: ProjectFiles, name: str, message: str, notes: tuple[str, ...]) -> Finding:
    """Report that a project lacks the file `name` at its top."""
    place = next((path for path in _PLACES if path in files.paths), name)
    return rule.file_finding(place, message, subject=name, notes=notes)
