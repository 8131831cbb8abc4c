"""Findings that say the same thing, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.model.violation import Violation


class Group(NamedTuple):
    """Findings of one rule that a reader would read the same explanation to."""

    first: Violation
    others: tuple[Violation, ...]


def group_violations(violations: Iterable[Violation]) -> list[Group]:
    """Group what shares rule, severity and notes (the layers concerned); the gravest first, then by code and place."""
    alike: dict[tuple[object, ...], list[Violation]] = {}
    for violation in violations:
        alike.setdefault((violation.severity, violation.code, violation.notes), []).append(violation)
    groups = [Group(found[0], tuple(found[1:])) for found in alike.values()]
    return sorted(groups, key=lambda group: (group.first.severity.rank, group.first.code, group.first.sort_key()))


def ungroup_violations(violations: Iterable[Violation]) -> list[Group]:
    """Every finding on its own, in the order of the groups."""
    return sorted(
        (Group(violation, ()) for violation in violations),
        key=lambda group: (group.first.severity.rank, group.first.code, group.first.sort_key()),
    )
