"""What a check covered: the basis of its verdict."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from layercheck.model.report import UNRECOGNISED, ApplicationCoverage, BlindSpotPlace, Coverage
from layercheck.project.relative_paths import folders_above
from layercheck.project.roles import ASIDE, LAYERS, MAIN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layercheck.model.module import Module
    from layercheck.project.project import Project

CONFIGURED = "configured"
"""The layout of a project whose layers come from its configuration alone."""
_BESIDE = frozenset({*ASIDE, MAIN})


def measure_coverage(
    project: Project,
    *,
    contracts: int = 0,
    judges_layers: bool = True,
    ignored: int = 0,
    unread: Sequence[str] = (),
) -> Coverage:
    """Count what was recognised, and list what could not be seen."""
    places = ((path, spot.span.start, spot.what) for path, spot in project.blind_spots)
    spots = tuple(BlindSpotPlace(path, start.line, start.column + 1, what) for path, start, what in places)
    # `init` judges one project under several configurations, of which some are exhaustive.
    seen = project.derive(_measure_modules, project.loaded.configuration.exhaustive)
    return msgspec.structs.replace(
        seen,
        blind_spots=spots,
        stood_down=tuple(project.stood_down),
        contracts=contracts,
        judges_layers=judges_layers,
        ignored=ignored,
        unread=tuple(unread),
    )


def _measure_modules(project: Project, is_exhaustive: bool) -> Coverage:
    del is_exhaustive  # `unmapped` depends on it
    labels: dict[str | None, Counter[str]] = defaultdict(Counter)
    for module in project.modules:
        label = module.layer or module.role
        is_placed = module.application is not None or module.layer is not None
        if label is not None and (is_placed or module.role in _BESIDE):
            labels[module.application][label] += 1
    unmapped = Counter(module.application for module in project.unmapped)
    applications = tuple(
        ApplicationCoverage(each.path or ".", each.style, dict(sorted(labels[each.path].items())), unmapped[each.path])
        for each in project.layout.applications
    )
    styles = sorted({root.style for root in applications})
    is_configured = not project.loaded.user_keys.isdisjoint({"layers", "roles"})
    layout = ", ".join(styles) or (CONFIGURED if is_configured else UNRECOGNISED)
    total = sum(labels.values(), Counter())
    return Coverage(
        applications=applications,
        layout=layout,
        modules=len(project.modules),
        roles=dict(sorted(total.items())),
        unmapped=tuple(module.name for module in project.unmapped),
        outside=_count_outside(project),
        without_layer=_count_without_layer(project),
        not_checked_out=len(project.not_checked_out),
        layers=tuple(project.layers.lines),
    )


def _count_outside(project: Project) -> dict[str, int]:
    """Count the modules that belong to no application, by the largest folders that hold none."""
    # Where no application was recognised, there is nothing to be outside of.
    if not project.layout.applications:
        return {}
    above = {folder for each in project.layout.applications for folder in folders_above(each.path)}
    outside = [
        module
        for module in project.modules
        if module.application is None and module.layer is None and module.role not in _BESIDE
    ]
    return _count_by_folder(outside, above)


def _count_without_layer(project: Project) -> dict[str, int]:
    """Count the modules whose role is no layer here, by the largest folders without a layer: a hexagon has other layers."""
    above = {folder for each in project.modules if each.layer is not None for folder in folders_above(each.path)}
    return _count_by_folder(filter(is_without_layer, project.modules), above)


def is_without_layer(module: Module) -> bool:
    """Return whether a module of an application is not judged, as its role is none of the layers in force."""
    return module.application is not None and module.layer is None and module.role in LAYERS


def _count_by_folder(modules: Iterable[Module], above: Collection[str]) -> dict[str, int]:
    """Count modules by the outermost folder that is not one of those `above` others."""
    counts: Counter[str] = Counter()
    for module in modules:
        inside = [folder for folder in folders_above(module.path) if folder not in above]
        counts[f"{inside[-1]}/" if inside else module.path] += 1
    return dict(sorted(counts.items()))
