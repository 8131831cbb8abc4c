"""How much a finding weighs that is less grave than others of its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import Severity

if TYPE_CHECKING:
    from layercheck import Project, Rule


def lighter_severity(rule: Rule, project: Project) -> Severity:
    """Choose `info`, unless the user has chosen a severity for the whole rule."""
    return rule.severity if project.loaded.sets_severity(rule.code, rule.name) else Severity.INFO
