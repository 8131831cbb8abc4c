"""Functions of a lower layer that most modules of a higher one take: the helpers that a project has agreed on."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck import Kind
from layercheck.rules.layers.allowed_kinds import set_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layercheck import Project
    from layercheck.rules.layers.allowed_kinds import ImportedNames

_ENOUGH = 5
"""In a handful of modules, most is a matter of chance."""
_MOST = 0.5


class UsualFunction(NamedTuple):
    """A function that most modules of a layer take past another one."""

    name: str
    """Its full name, as it is imported."""
    users: Sequence[ImportedNames]
    """The imports that take it, in the order of the modules."""
    modules: int
    """How many modules the layer has."""


def find_usual(project: Project, taken: Sequence[ImportedNames]) -> list[UsualFunction]:
    """Find the functions that most modules of a layer of an application take, the most usual first."""
    sizes = Counter((each.application, each.layer) for each in project.modules if not each.is_package)
    users: dict[tuple[str | None, str | None, str], list[ImportedNames]] = defaultdict(list)
    for each in taken:
        for name in _functions_in(each):
            users[each.importer.application, each.importer.layer, name].append(each)
    found = [
        UsualFunction(name, sorted(by, key=lambda each: each.importer.path), max(sizes[application, layer], len(by)))
        for (application, layer, name), by in users.items()
    ]
    usual = [each for each in found if len(each.users) >= _ENOUGH and len(each.users) > _MOST * each.modules]
    return sorted(usual, key=lambda each: (-len(each.users), each.name))


def drop_usual(
    taken: Mapping[str, Sequence[ImportedNames]], usual: Sequence[UsualFunction]
) -> dict[str, list[ImportedNames]]:
    """Take the functions from the imports that usually take them; `taken`: by the layer that is passed."""
    harmless: dict[int, set[str]] = defaultdict(set)
    for function in usual:
        for each in function.users:
            harmless[id(each)].add(function.name.rpartition(".")[2])
    return {closed: set_apart(found, [harmless[id(each)] for each in found])[0] for closed, found in taken.items()}


def _functions_in(taken: ImportedNames) -> Iterator[str]:
    return (f"{taken.imported.name}.{name}" for name, kind in taken.kinds if kind is Kind.FUNCTION)
