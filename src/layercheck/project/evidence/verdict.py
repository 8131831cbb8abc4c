"""What a file's contents say of its role by themselves, before any name is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.evidence.signs import (
    APPLICATION,
    DEPENDENCY,
    ENDPOINT,
    ENUM,
    ERROR,
    FACTORY,
    FORM,
    REPOSITORY,
    REQUEST,
    SCHEMA,
    SERVICE,
    SESSION,
    SETTINGS,
    TABLE,
    TASK,
)

if TYPE_CHECKING:
    from layercheck.project.evidence.contents import Contents


class Verdict(NamedTuple):
    """The role that contents tell."""

    role: str
    kind: str
    """Of what they define (`signs.py`)."""
    is_pure: bool
    """Whether the file defines nothing that says otherwise."""


# The first that fits decides: kinds that must be there → the role, and the kind to be shown.
_ORDER: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset({APPLICATION}), "main", APPLICATION),
    (frozenset({FACTORY}), "wiring", FACTORY),
    (frozenset({SETTINGS}), "wiring", SETTINGS),
    (frozenset({SESSION}), "db", SESSION),
    (frozenset({ENDPOINT}), "api", ENDPOINT),
    (frozenset({TABLE}), "models", TABLE),
    (frozenset({REPOSITORY}), "db", REPOSITORY),
    (frozenset({FORM}), "api", FORM),
    (frozenset({SERVICE}), "services", SERVICE),
    (frozenset({SCHEMA}), "schemas", SCHEMA),
    (frozenset({REQUEST}), "api", REQUEST),
    (frozenset({DEPENDENCY}), "api", DEPENDENCY),
)
_TELLING = frozenset().union(*(wanted for wanted, _, _ in _ORDER))
_NEUTRAL = frozenset({ENUM, ERROR, DEPENDENCY})


def judge(contents: Contents) -> Verdict | None:
    """Tell the role of a file by what it defines; None where that says nothing."""
    kinds = contents.kinds
    if _TELLING.isdisjoint(kinds):
        return None
    for wanted, role, kind in _ORDER:
        if wanted <= kinds.keys():
            others = kinds.keys() - wanted - _NEUTRAL - ({SCHEMA} if role in {"api", "models"} else set())
            plain = contents.classes - sum(kinds[each] for each in (*wanted, *_NEUTRAL) if each in kinds)
            is_pure = not others and (role != "schemas" or (plain <= 0 and contents.functions == 0))
            return Verdict(role, kind, is_pure)
    return None


def is_task_module(contents: Contents) -> bool:
    """Tell whether a file holds tasks of a queue, which belong to no layer."""
    return TASK in contents.kinds


def holds_only_exceptions(contents: Contents) -> bool:
    """Tell whether a file defines exceptions and nothing else."""
    return bool(contents.classes) and contents.kinds.get(ERROR, 0) == contents.classes and not contents.functions
