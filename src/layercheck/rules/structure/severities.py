"""The severity of findings that are less serious than others of their rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import Severity

if TYPE_CHECKING:
    from layercheck import Project, Rule


def lighter_severity(rule: Rule, project: Project) -> Severity:
    """Return `info`, or the severity that the user has chosen for the rule."""
    return rule.severity if project.loaded.sets_severity(rule.code, rule.name) else Severity.INFO
