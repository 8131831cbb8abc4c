"""Sentences about a finding that every form of an explanation says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.explaining.explanation import Explanation, Route, Side


def tell_status(explanation: Explanation) -> str:
    """Say that a finding is not reported, and why; empty for one that is."""
    told = {"suppressed": "put aside by a comment", "baselined": "accepted in the baseline"}.get(explanation.status)
    if told is None:
        return ""
    return f"not reported: {told}{f', for the reason: {explanation.reason}' if explanation.reason else ''}"


def tell_layer(side: Side) -> str:
    """Say which layer a module is in, or what it is else."""
    if side.layer is not None:
        return f"layer `{side.layer}`"
    return f"role `{side.role}`, no layer" if side.role is not None else "no layer"


def tell_routes(explanation: Explanation) -> str:
    """Say which routes there are, ahead of their list."""
    routes, importer, imported = explanation.routes, explanation.importer, explanation.imported
    if routes is None or importer is None or imported is None:
        return ""
    if not routes.through:
        return f"there can be none: no layer that `{importer.layer}` may import may import `{imported.layer}`"
    layers = _join([f"`{layer}`" for layer in routes.through], "or")
    if not routes.found:
        return f"none exists yet: nothing in {layers} uses {imported.module}"
    return f"these may be imported here and use {_tell_wanted(explanation)} already, the nearest first"


def _tell_wanted(explanation: Explanation) -> str:
    """Name what is wanted: the names, where every route takes the same few."""
    found = explanation.routes.found if explanation.routes is not None else ()
    names = sorted({name for route in found for name in route.names})
    if names and len(names) <= 3:
        return _join([f"`{name}`" for name in names], "or")
    return explanation.imported.module if explanation.imported is not None else "it"


def tell_use(route: Route) -> str:
    """Say which functions of a route use what is wanted; where there are none, what it takes."""
    return ", ".join(route.functions) or (f"takes {', '.join(route.names)}" if route.names else "")


def _join(words: list[str], conjunction: str) -> str:
    *others, last = words
    return f"{', '.join(others)} {conjunction} {last}" if others else last
