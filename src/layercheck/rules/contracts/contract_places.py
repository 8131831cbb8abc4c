"""Findings about the text of a contract, at its line in the configuration."""

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
    """Report a problem with a key of a contract; at most a warning if it is harmless or in another tool's file."""
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
