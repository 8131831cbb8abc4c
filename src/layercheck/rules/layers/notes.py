"""What the layer rules say of the two ends of an import, and how much that weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import Certainty, Finding, Severity
from layercheck.rules.severities import at_most

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck import Location, Module, Project, Rule


def allowed_note(project: Project, importer: Module) -> str:
    """Say what a module may import from where it is."""
    layer = importer.layer or "it"
    allowed = project.layers.allowed_from(layer, project.present_layers(importer.application))
    names = ", ".join((*allowed, "modules without a layer"))
    return f"allowed: `{layer}` may import {names}"


def role_notes(*modules: Module) -> list[str]:
    """Say why each module has its role or its layer, and what changes it; nothing of those that the configuration places."""
    judged = [module for module in modules if module.role is not None and module.layer == module.role]
    lines = [f"{module.name} is `{module.role}` ({module.certainty}): {module.evidence}" for module in judged]
    if lines:
        lines.append(f'to change a role: roles.ROLE = ["{judged[-1].name}"]')
    placed = [module for module in modules if module.placed]
    lines += [f"{module.name} is `{module.layer}`: {module.placed}" for module in placed]
    return [*lines, 'to change the layer of a folder: folders.LAYER = ["NAME"]'] if placed else lines


def weigh(severity: Severity, *modules: Module) -> Severity:
    """Lower the severity of a finding to a warning where the role of one of its ends is only likely."""
    is_sure = all(module.layer_certainty is Certainty.CERTAIN for module in modules)
    return severity if is_sure else at_most(severity, Severity.WARNING)


def report_allowed(rule: Rule, message: str, location: Location, subject: str, notes: Iterable[str]) -> Finding:
    """Make the one info of a project that counts what a rule allows; `subject` tells it from others of the rule."""
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=at_most(rule.severity, Severity.INFO),
        message=message,
        location=location,
        subject=subject,
        notes=tuple(notes),
    )
