"""Findings about what a contract says, at its line in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import Finding, Location, Severity
from layercheck.rules.severities import at_most

if TYPE_CHECKING:
    from layercheck import DeclaredContract, KeyPath, Project, Rule


def report_key(
    rule: Rule,
    project: Project,
    declared: DeclaredContract,
    key: KeyPath,
    culprit: str,
    message: str,
    note: str,
    *,
    is_harmless: bool = False,
) -> Finding:
    """Report what is wrong with a key of a contract; a warning at most where it is harmless, or in another tool's file."""
    severity = rule.severity
    if is_harmless or declared.terms is not None or declared.path != project.configuration_path:
        severity = at_most(severity, Severity.WARNING)
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=severity,
        message=f"{declared.contract.name}: {message}",
        location=Location.at_line(declared.path, declared.find_line(key)),
        subject=f"{declared.path}:{declared.slug}",
        object=culprit,
        notes=(note,),
    )
