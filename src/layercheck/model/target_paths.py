"""Which findings lie in the files and folders that a run is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layercheck.model.finding import Finding


def keep_paths(findings: Iterable[Finding], paths: Sequence[str], configuration_path: str) -> list[Finding]:
    """Keep what is in one of the paths (files or folders), or takes its way through one of them.

    Mistakes in the configuration concern every part.
    """
    wanted = frozenset(paths)
    return [finding for finding in findings if is_in_paths(finding, wanted, configuration_path)]


def is_in_paths(finding: Finding, paths: Collection[str], configuration_path: str) -> bool:
    """Return whether a finding is in one of the paths, or runs through one; where there are none, all do."""
    places = (finding.location, *(hop.location for hop in finding.chain))
    return (
        not paths
        # As a whole it only stands for a file that the project lacks.
        or (finding.location.path == configuration_path and finding.location.span is not None)
        or any(is_within(place.path, paths) for place in places)
    )


def is_within(path: str, paths: Collection[str]) -> bool:
    """Return whether a file is one of the paths or lies in one; there may be thousands of them."""
    while path not in paths:
        path, slash, _ = path.rpartition("/")
        if not slash:
            return False
    return True
