"""Whether the tools look for the same things: nobody shall win by checking nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from projects import Project
    from tools import Findings, Pair

_SHOWN = 5


def agreement_lines(project: Project, found: Mapping[str, Findings]) -> list[str]:
    """Say how much each tool found, and on which direct imports of higher layers they differ."""
    everywhere = frozenset.intersection(*(findings.direct for findings in found.values()))
    layers = " > ".join(project.layers)
    lines = [f"{project.name}, {layers}: {len(everywhere)} direct imports of a higher layer that all tools report.", ""]
    for tool, findings in found.items():
        others = sorted(findings.direct - everywhere)
        lines.append(f"- {tool}: {findings.count} findings, {len(findings.direct)} direct{_named(others)}")
    return [*lines, ""]


def _named(pairs: list[Pair]) -> str:
    if not pairs:
        return ""
    named = "; ".join(f"{importer} → {imported}" for importer, imported in pairs[:_SHOWN])
    more = f"; {len(pairs) - _SHOWN} more" if len(pairs) > _SHOWN else ""
    return f", of which not all report: {named}{more}"
