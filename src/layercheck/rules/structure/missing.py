"""Where it is reported that a file is missing: nothing stands in a file that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.source import Location
from layercheck.model.violation import Violation

if TYPE_CHECKING:
    from layercheck.project.files import ProjectFiles
    from layercheck.rule import Rule

_PLACES = ("pyproject.toml", "setup.cfg", "setup.py", "requirements.txt", "Pipfile", ".gitignore")
"""What is there instead, the most telling first."""


def report_missing(rule: Rule, files: ProjectFiles, name: str, message: str, notes: tuple[str, ...]) -> Violation:
    """Report that a project lacks the file `name` at its top."""
    place = next((path for path in _PLACES if path in files.paths), name)
    return Violation(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=message,
        location=Location(place),
        subject=name,
        notes=notes,
    )
