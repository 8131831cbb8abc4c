"""Sentences about a finding that all formats of an explanation share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.commands.explain.explanation import Explanation, Route, Side

_MOST_NAMES = 3
_MOST_FUNCTIONS = 4


def describe_status(explanation: Explanation) -> str:
    """Say that a finding is not reported, and why; empty for one that is."""
    description = {"suppressed": "suppressed by a comment", "baselined": "accepted in the baseline"}.get(
        explanation.status
    )
    if description is None:
        return ""
    return f"not reported: {description}{f' (reason: {explanation.reason})' if explanation.reason else ''}"


def describe_layer(side: Side) -> str:
    """Say which layer a module is in, or what it is else."""
    if side.layer is not None:
        return f"layer `{side.layer}`"
    return f"role `{side.role}`, no layer" if side.role is not None else "no layer"


def describe_routes(explanation: Explanation) -> str:
    """Say which routes there are, ahead of their list."""
    routes, importer, imported = explanation.routes, explanation.importer, explanation.imported
    if routes is None or importer is None or imported is None:
        return ""
    if not explanation.allowed:
        return f"not possible: `{importer.layer}` may import no layer"
    if not routes.through:
        return f"not possible: no layer that `{importer.layer}` may import is allowed to import `{imported.layer}`"
    if not routes.found:
        layers = _join([f"`{layer}`" for layer in routes.through])
        return f"none yet: no module in {layers} uses {_name_wanted(routes.wanted, imported)}"
    names = sorted({name for route in routes.found for name in route.names})
    return f"modules that may be imported here and already use {_name_wanted(names, imported)}, nearest first"


def _name_wanted(names: Sequence[str], imported: Side) -> str:
    """Name what is wanted: the names, where they are few."""
    return _join([f"`{name}`" for name in names]) if 0 < len(names) <= _MOST_NAMES else imported.module


def describe_allowed(explanation: Explanation) -> str:
    """Say what may be imported from here; empty where a note of the finding says so, or it is about no import."""
    importer = explanation.importer
    is_resolved = any(note.startswith("allowed:") for note in explanation.finding.notes)
    if importer is None or importer.layer is None or explanation.finding.importer is None or is_resolved:
        return ""
    return f"`{importer.layer}` may import {', '.join((*explanation.allowed, 'modules without a layer'))}"


def describe_use(route: Route) -> str:
    """Say which functions of a route use what is wanted; where there are none, what it takes."""
    functions = ", ".join(route.functions[:_MOST_FUNCTIONS])
    if functions:
        return f"{functions}, …" if len(route.functions) > _MOST_FUNCTIONS else functions
    return f"takes {', '.join(route.names)}" if route.names else ""


def _join(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
