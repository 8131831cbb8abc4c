"""Which findings are to be reported: not those ignored for their path, only those in the part that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.config.selection import is_selected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

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
    """Keep what stands in one of the parts (files or folders), or takes its way through one of them.

    Mistakes in the configuration concern every part.
    """
    if not parts:
        return list(violations)
    wanted = frozenset(parts)
    return [
        violation
        for violation in violations
        if violation.location.path == configuration_path
        or is_within(violation.location.path, wanted)
        or any(is_within(hop.location.path, wanted) for hop in violation.chain)
    ]


def is_within(path: str, parts: Collection[str]) -> bool:
    """Tell whether a file is one of the parts or lies in one; there may be thousands of them."""
    while path not in parts:
        path, slash, _ = path.rpartition("/")
        if not slash:
            return False
    return True
