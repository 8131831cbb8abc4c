"""Which findings are to be reported: not those ignored for their path, only those in the part that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.config.selection import is_selected
from layercheck.project.naming import is_above

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.model.violation import Violation


def drop_ignored_paths(
    violations: Iterable[Violation], per_path_ignores: Mapping[str, Sequence[str]]
) -> list[Violation]:
    """Leave out what the configuration ignores for the files that match a pattern (.gitignore syntax)."""
    if not per_path_ignores:
        return list(violations)
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  (30 ms, and seldom needed)

    ignores = [(GitIgnoreSpec.from_lines([pattern]), rules) for pattern, rules in per_path_ignores.items()]
    return [
        violation
        for violation in violations
        if not any(
            spec.match_file(violation.location.path)
            and not is_selected(violation.code, violation.name, select=(), ignore=rules)
            for spec, rules in ignores
        )
    ]


def keep_parts(violations: Iterable[Violation], parts: Sequence[str], configuration_path: str) -> list[Violation]:
    """Keep what stands in one of the parts (files or folders); mistakes in the configuration concern every part."""
    return [violation for violation in violations if is_in_parts(violation, parts, configuration_path)]


def is_in_parts(violation: Violation, parts: Sequence[str], configuration_path: str) -> bool:
    """Tell whether a finding stands in one of the parts; where there are none, everything does."""
    path = violation.location.path
    return not parts or path == configuration_path or any(is_above(part, path) for part in parts)
