"""Which imports of another layer do no harm, by what the names taken stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck import Certainty, Kind, Location

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from layercheck import Import, Module, Project

_MOST_NAMED = 3
_TABLES = "models"

ConfirmedImport = tuple["Module", "Module", "list[Import]"]


class ImportedNames(NamedTuple):
    """An import that counts, cut down to the names that may not pass."""

    importer: Module
    imported: Module
    places: list[Import]
    kinds: list[tuple[str, Kind | None]]
    """The names at all the places with their kinds; empty where nobody can tell which names are taken."""

    @property
    def is_unknown(self) -> bool:
        """Whether the names are known, but of none of them what it stands for."""
        return bool(self.kinds) and all(kind is None for _, kind in self.kinds)

    @property
    def words(self) -> str:
        """Say what is done: `app.api.users takes the table `User` from app.models`."""
        if all(kind is None for _, kind in self.kinds):
            return f"{self.importer.name} imports {self.imported.name}"
        # Those of which something is known first.
        named = sorted(self.kinds, key=lambda each: each[1] is None)
        things = [f"the {kind.words} `{name}`" if kind else f"`{name}`" for name, kind in named[:_MOST_NAMED]]
        if len(named) > _MOST_NAMED:
            things.append(f"{len(named) - _MOST_NAMED} more")
        listed = f"{', '.join(things[:-1])} and {things[-1]}" if len(things) > 1 else things[0]
        return f"{self.importer.name} takes {listed} from {self.imported.name}"


class Tolerated(NamedTuple):
    """Imports that take something of a kind which is allowed only as long as it is counted, by that kind."""

    used: list[ImportedNames]
    """The other imports, cut down to what else they take."""
    counted: dict[Kind, list[ImportedNames]]


COUNTED = (Kind.ANNOTATION, Kind.HELPER)
"""The kinds that are reported once for the project, with their count, where they are allowed."""


def divide_counted(project: Project, taken: Iterable[ImportedNames], allowed: Collection[Kind]) -> Tolerated:
    """Divide imports into those that take something of another kind than `COUNTED`, and those that do not.

    A kind that is not among the `allowed` ones is one of the others.
    """
    used, counted = list(taken), {kind: list[ImportedNames]() for kind in COUNTED}
    for kind in COUNTED:
        if kind in allowed:
            used, counted[kind] = set_apart(used, _names_of_kind(project, used, kind))
    return Tolerated(used, counted)


def set_apart(
    taken: Iterable[ImportedNames], harmless: Iterable[Collection[str]]
) -> tuple[list[ImportedNames], list[ImportedNames]]:
    """Take from each import its harmless names: give what is left of those that take others as well, and the rest.

    A module that is imported as a whole is harmless where its own name is.
    """
    kept: list[ImportedNames] = []
    apart: list[ImportedNames] = []
    for each, names in zip(taken, harmless, strict=True):
        (kept.append(_without(each, names)) if _takes_more(each, names) else apart.append(each))
    return kept, apart


def _names_of_kind(project: Project, taken: Sequence[ImportedNames], kind: Kind) -> list[frozenset[str]]:
    """Tell for each import which of its names are of a kind."""
    if kind is Kind.ANNOTATION:
        annotated = project.kinds.names_only_in_annotations({each.importer for each in taken})
        return [annotated.get(each.importer.path, frozenset()) for each in taken]
    return [frozenset(name for name, found in each.kinds if found is kind) for each in taken]


def _takes_more(taken: ImportedNames, harmless: Collection[str]) -> bool:
    if any(place.names for place in taken.places):
        return not taken.kinds or any(name not in harmless for name, _ in taken.kinds)
    return taken.imported.name.rpartition(".")[2] not in harmless


def _without(taken: ImportedNames, harmless: Collection[str]) -> ImportedNames:
    """Take harmless names from an import that takes others as well."""
    left = [(place, [name for name in place.names if name not in harmless]) for place in taken.places]
    return taken._replace(
        places=[_narrow(place, names) for place, names in left if names or not place.names],
        kinds=[(name, kind) for name, kind in taken.kinds if name not in harmless],
    )


def drop_allowed(
    project: Project, confirmed: Iterable[ConfirmedImport], allowed: Collection[Kind], *, to_schemas: bool = False
) -> Iterator[ImportedNames]:
    """Keep the imports that take something of a kind which is not allowed, or of which nothing is known.

    A schema that lives in the lowest layers counts as a schema, which every layer above may import. `to_schemas` says
    that the importers are modules of schemas: one that is made from a table may take this.
    """
    found = list(confirmed)
    project.kinds.read_ahead(
        (f"{imported.name}.{name}", importer.path)
        for importer, imported, places in found
        for place in places
        for name in place.names
    )
    for importer, imported, places in found:
        may_pass: set[Kind | None] = {
            *allowed,
            *([Kind.SCHEMA] if _may_take_schemas(project, importer, imported) else []),
        }
        is_made_from_tables = to_schemas and project.kinds.holds_schemas_made_from_tables(importer)
        if is_made_from_tables:
            # What a library makes a table of is not known as one: `class Key(AbstractAPIKey)`.
            may_pass |= {Kind.TABLE, *([Kind.CLASS, None] if imported.role == _TABLES else [])}
        if imported.layer_certainty is Certainty.LIKELY:
            # Where a schema lies is likely to be a module of schemas; exceptions and helpers lie anywhere.
            may_pass |= {Kind.EXCEPTION, *([Kind.SCHEMA, Kind.HELPER] if to_schemas else [])}
        kept: list[Import] = []
        kinds: dict[str, Kind | None] = {}
        is_resolved = True
        for place in places:
            names = place.names or _name_in_its_place(project, imported)
            of = {name: project.kinds.of(f"{imported.name}.{name}", seen_from=importer.path) for name in names}
            harmful = {name: kind for name, kind in of.items() if kind not in may_pass}
            # `class Meta: model = models.User` takes the module.
            takes_module_of_tables = not of and is_made_from_tables and imported.role == _TABLES
            if (harmful or not of) and not takes_module_of_tables:
                kept.append(_narrow(place, harmful) if place.names else place)
                kinds.update(harmful)
                is_resolved = is_resolved and bool(of)
        if kept:
            yield ImportedNames(importer, imported, kept, list(kinds.items()) if is_resolved else [])


def _name_in_its_place(project: Project, module: Module) -> tuple[str, ...]:
    """Give the name that a package has in the place of its module: after `from .db import db`, `models.db` is a session."""
    last = module.name.rpartition(".")[2]
    package = project.module_at.get(module.path.rpartition("/")[0] + "/__init__.py")
    if package is None or package is module:
        return ()
    bound = project.kinds.definitions(package).names.get(last)
    return (last,) if bound is not None and bound.value == f"{module.name}.{last}" else ()


def _may_take_schemas(project: Project, importer: Module, imported: Module) -> bool:
    """Return whether what a module of the lowest layers has of schemas may be taken: a leaf knows no schemas at all."""
    layers = project.layers
    return bool(layers.isolated) and imported.layer in layers.lowest and importer.layer not in layers.leaf


def _narrow(place: Import, harmful: Collection[str]) -> Import:
    """Cut an import down to some of the names it takes; it then stands at the first of them."""
    if len(harmful) == len(place.names):
        return place
    left = [(name, span) for name, span in zip(place.names, place.name_spans, strict=True) if name in harmful]
    return msgspec.structs.replace(
        place,
        location=Location(place.location.path, left[0][1]),
        names=tuple(name for name, _ in left),
        name_spans=tuple(span for _, span in left),
    )
