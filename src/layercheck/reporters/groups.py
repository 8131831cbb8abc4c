"""Findings that say the same thing, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.model.finding import Violation


class Group(NamedTuple):
    """Findings of one rule that a reader would read the same explanation to."""

    first: Violation
    others: tuple[Violation, ...]


def group_violations(violations: Iterable[Violation]) -> list[Group]:
    """Group what shares rule, severity and notes (the layers concerned); the gravest first, then by code and place."""
    alike: dict[tuple[object, ...], list[Violation]] = {}
    for violation in violations:
        alike.setdefault((violation.severity, violation.code, _generalise(violation)), []).append(violation)
    groups = [Group(found[0], tuple(found[1:])) for found in alike.values()]
    return sorted(groups, key=_get_rank)


def ungroup_violations(violations: Iterable[Violation]) -> list[Group]:
    """Every finding on its own, in the order of the groups."""
    return sorted((Group(violation, ()) for violation in violations), key=_get_rank)


def _get_rank(group: Group) -> tuple[object, ...]:
    return (group.first.severity.rank, group.first.code, group.first.sort_key())


def _generalise(violation: Violation) -> str:
    """Take the notes without the names of the very modules: "use app.db.a through a service" is one advice for all."""
    modules = {violation.importer, violation.imported, *(hop.imported for hop in violation.chain)}
    notes = "\n".join(violation.notes)
    for module in sorted((module for module in modules if module), key=len, reverse=True):
        notes = notes.replace(module, "")
    return notes
