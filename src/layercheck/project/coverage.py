"""What a check has seen: the ground on which its verdict stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from layercheck.model.report import ApplicationCoverage, BlindSpotPlace, Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layercheck.facts.file_facts import FileFacts
    from layercheck.project.project import Project

CONFIGURED = "configured"
"""The layout of a project whose layers come from its configuration alone."""


def measure_coverage(project: Project, facts: Mapping[str, FileFacts]) -> Coverage:
    """Count what was recognised, and list what could not be seen."""
    applications = tuple(
        ApplicationCoverage(root.path or ".", root.style, dict(sorted(root.roles.items())), root.unmapped)
        for root in project.layout.applications
    )
    styles = sorted({root.style for root in applications})
    layout = ", ".join(styles) or CONFIGURED
    labels = Counter(_labels(project))
    return Coverage(
        applications=applications,
        layout=layout,
        modules=len(project.modules),
        roles={label: labels[label] for label in sorted(labels)},
        unmapped=tuple(module.name for module in project.unmapped),
        blind_spots=tuple(_blind_spots(facts)),
        layers=tuple(project.layers.lines),
    )


def _labels(project: Project) -> Iterable[str]:
    return (label for module in project.modules if (label := module.layer or module.role) is not None)


def _blind_spots(facts: Mapping[str, FileFacts]) -> Iterator[BlindSpotPlace]:
    for path, file_facts in facts.items():
        if file_facts.imports is not None:
            for spot in file_facts.imports.blind_spots:
                start = spot.span.start
                yield BlindSpotPlace(path, start.line, start.column + 1, spot.what)
