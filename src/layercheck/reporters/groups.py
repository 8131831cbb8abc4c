"""Findings that say the same thing, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.model.finding import Finding


class Group(NamedTuple):
    """Findings of one rule with the same explanation."""

    first: Finding
    others: tuple[Finding, ...]


def group_findings(findings: Iterable[Finding]) -> list[Group]:
    """Group what shares rule, severity and notes (the layers concerned); the gravest first, then by code and place."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.severity, finding.code, _generalise(finding)), []).append(finding)
    groups = [Group(found[0], tuple(found[1:])) for found in alike.values()]
    return sorted(groups, key=_get_rank)


def ungroup_findings(findings: Iterable[Finding]) -> list[Group]:
    """Every finding on its own, in the order of the groups."""
    return sorted((Group(finding, ()) for finding in findings), key=_get_rank)


def fold_infos(findings: Iterable[Finding]) -> list[Group]:
    """Put the infos of each rule together, by code."""
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.INFO:
            alike.setdefault(finding.code, []).append(finding)
    return sorted((Group(found[0], tuple(found[1:])) for found in alike.values()), key=_get_rank)


def _get_rank(group: Group) -> tuple[object, ...]:
    return (group.first.severity.rank, group.first.code, group.first.sort_key())


def _generalise(finding: Finding) -> str:
    """Take the notes without the names of the very modules: "use app.db.a through a service" is one advice for all.

    A rule that points at code, and not at an import, says one thing however often it says it.
    """
    span = finding.location.span
    if finding.importer is None and span is not None and span.start != span.end:
        return ""
    modules = {finding.importer, finding.imported, *(hop.imported for hop in finding.chain)}
    notes = "\n".join(finding.notes)
    for module in sorted((module for module in modules if module), key=len, reverse=True):
        notes = notes.replace(module, "")
    return notes
