"""Which findings lie in the files and folders that a run is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layercheck.model.finding import Violation


def keep_parts(violations: Iterable[Violation], parts: Sequence[str], configuration_path: str) -> list[Violation]:
    """Keep what stands in one of the parts (files or folders), or takes its way through one of them.

    Mistakes in the configuration concern every part.
    """
    wanted = frozenset(parts)
    return [violation for violation in violations if is_in_parts(violation, wanted, configuration_path)]


def is_in_parts(violation: Violation, parts: Collection[str], configuration_path: str) -> bool:
    """Tell whether a finding stands in one of the parts, or runs through one; where there are none, all do."""
    places = (violation.location, *(hop.location for hop in violation.chain))
    return (
        not parts
        # As a whole it only stands for a file that the project lacks.
        or (violation.location.path == configuration_path and violation.location.span is not None)
        or any(is_within(place.path, parts) for place in places)
    )


def is_within(path: str, parts: Collection[str]) -> bool:
    """Tell whether a file is one of the parts or lies in one; there may be thousands of them."""
    while path not in parts:
        path, slash, _ = path.rpartition("/")
        if not slash:
            return False
    return True
