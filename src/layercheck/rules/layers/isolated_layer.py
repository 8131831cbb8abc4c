from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import MAIN, Certainty, ImportOptions, Kind, ProjectRule, Severity, count
from layercheck.rules.below_api import BELOW_API
from layercheck.rules.layers.allowed_kinds import drop_allowed
from layercheck.rules.layers.notes import allowed_note, report_allowed, role_notes, weigh
from layercheck.rules.layers.shared_modules import is_beside, is_by_contents_alone
from layercheck.rules.packages import is_package_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Layers, Module, Project, Suspect
    from layercheck.rules.layers.allowed_kinds import ImportedNames

_API = "api"
_ANSWERING = frozenset({Kind.ENDPOINT, Kind.ROUTER})


class IsolatedLayerOptions(ImportOptions, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The options of LC103."""

    allow_kinds: tuple[Kind, ...] = (Kind.ENUM, Kind.CONSTANT, Kind.TYPE)
    """The kinds of names that may be taken."""
    isolate_serializers: bool = False
    """Whether serializers, forms, filters and types of GraphQL are isolated like other schemas."""


class IsolatedLayer(ProjectRule):
    """An import of another layer by an isolated layer.

    ## What it does

    Reports a module of an isolated layer that imports a layer of the order: with the preset, a `schemas` module
    that imports `api`, `services`, `models` or `db`. Enums, constants and types may be imported, and tables by
    modules in which a schema is made from a table (`ModelSerializer`, `SQLAlchemyAutoSchema`, `class Meta: model =
    …`). These may import any class of `models`, as what a library makes a table of is not known as one.

    Serializers of Django REST framework, forms, filters and types of GraphQL load and save what they describe. A module
    with such a class may import `services`, `models` and `db`, but not `api`; so may one without schemas of its own beside
    it in a folder of schemas (mixins and helpers of serializers). These imports are counted in one info for the project.

    ## Why is this bad?

    Schemas are the interface to the outside. A schema that imports tables or services changes with them, cannot be
    shared, and is often the first step of an import cycle.

    ## Example

    `app/models/user.py`:

    ```python
    from sqlalchemy.orm import DeclarativeBase


    class Base(DeclarativeBase): ...


    class User(Base): ...
    ```

    `app/schemas/user.py`:

    ```python
    from app.models.user import User  # error: LC103
    ```

    ## Use instead

    `app/schemas/user.py`:

    ```python
    from pydantic import BaseModel


    class UserOut(BaseModel):
        name: str
    ```

    `app/services/users.py`:

    ```python
    from app.models.user import User
    from app.schemas.user import UserOut


    def show_user(user: User) -> UserOut:
        return UserOut(name=user.name)
    ```

    ## Options

    - `imports`: the kinds of import that count; all but `typing` by default.
    - `allow-kinds`: the kinds of names that may be imported; by default `enum`, `constant` and `type`. Others are `table`,
      `schema`, `exception`, `session-provider`, `router`, `endpoint`, `class` and `function`.
    - `isolate-serializers`: `true` reports what serializers, forms, filters and types of GraphQL import as well.

    The key `isolated` of the configuration lists the isolated layers.

    ## Limits

    A schema that is defined in the lowest layers counts as a schema and may be imported. A name about which nothing
    is known is reported, and so is a module that is imported as a whole. Imports of entry points are reported by
    LC105.

    Three kinds of imports are not reported but counted (`stood_down` in json, and with `-v`): those by a module that
    only a class in it makes one of schemas, whatever its name (a tool with the shape of its arguments); those by a module
    that defines nothing and passes on what lies beside it; and those of a module that only its folder makes one of `api`,
    by a schema in the same folder, unless an endpoint or router is taken.
    """

    code = "LC103"
    name = "isolated-layer"
    severity = Severity.ERROR
    Options = IsolatedLayerOptions

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every crossing from an isolated layer into the order."""
        layers = project.layers
        by_serializers: list[ImportedNames] = []
        doubtful: list[Module] = []
        for (layer, other), suspects in project.crossings.items():
            if not _is_judged(layers, layer, other):
                continue
            judged = (suspect for suspect in suspects if not _is_likely_package(*suspect))
            for imported_names in drop_allowed(
                project, self.confirmed(project, judged), self.options.allow_kinds, to_schemas=True
            ):
                if _is_doubtful(project, imported_names):
                    doubtful.append(imported_names.importer)
                elif self._may_serialize(project, imported_names):
                    by_serializers.append(imported_names)
                else:
                    yield self._report(project, imported_names)
        if by_serializers:
            yield self._count(by_serializers)
        self._stand_down(project, doubtful)

    def _stand_down(self, project: Project, importers: list[Module]) -> None:
        """Count the imports that were not judged, by application."""
        for application in dict.fromkeys(module.application for module in importers):
            inside = [module.name for module in importers if module.application == application]
            reason = (
                f"{count(len(inside), 'import')} by modules that may be no schemas (nothing but a class says so, or they define"
                f" nothing), or of what only the folder around both makes {_API}: {inside[0]}"
            )
            project.stand_down(self.code, self.name, application, reason)

    def _may_serialize(self, project: Project, taken: ImportedNames) -> bool:
        """Return whether a serializer takes what lies below the api, which it belongs to as much as a view does."""
        is_below = taken.imported.role in BELOW_API and not self.options.isolate_serializers
        return is_below and _is_of_serializers(project, taken.importer)

    def _report(self, project: Project, taken: ImportedNames) -> Finding:
        layer, other = taken.importer.layer, taken.imported.layer
        return self.import_finding(
            taken.importer,
            taken.places,
            f"`{layer}` is isolated and must not import `{other}`: {taken.words}",
            [
                allowed_note(project, taken.importer),
                (
                    f"help: move what both need to a module without a layer, or convert between"
                    f" `{other}` and `{layer}` in a layer that knows both"
                ),
            ],
            roles=role_notes(taken.importer, taken.imported),
            severity=weigh(self.severity, taken.importer, taken.imported),
        )

    def _count(self, by_serializers: list[ImportedNames]) -> Finding:
        first = min(by_serializers, key=lambda each: each.places[0].location)
        many = "imports by serializers or forms are" if len(by_serializers) > 1 else "import by a serializer or form is"
        return report_allowed(
            self,
            f"{len(by_serializers)} {many} allowed: {first.words}",
            first.places[0].location,
            "serializers",
            ["help: to report them, set `isolate-serializers = true` in `rules.LC103`"],
        )

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Look at what leads from an isolated layer into the order."""
        return suspect.is_crossing and _is_judged(project.layers, suspect.importer.layer, suspect.imported.layer)


def _is_of_serializers(project: Project, module: Module) -> bool:
    """Return whether a module holds serializers, or lies in a folder of them and holds what only these need."""
    kinds = project.kinds
    if kinds.holds_serializers(module):
        return True
    folder = project.folder_at[module.path.rpartition("/")[0]]
    if folder.role != module.role or any(
        kinds.of(f"{module.name}.{name}", seen_from=module.path) is Kind.SCHEMA
        for name, definition in kinds.definitions(module).names.items()
        if definition.form != "import"
    ):
        return False
    return any(kinds.holds_serializers(project.module_at[file.path]) for file in folder.files)


def _is_doubtful(project: Project, taken: ImportedNames) -> bool:
    """Return whether an import says more against one of the two roles than against itself.

    A tool with the shape of its arguments is more than a schema, and a module without definitions is none. What lies in
    the folder of the API for its schemas is there to serve these, as long as it answers no requests.
    """
    if is_by_contents_alone(taken.importer) or _passes_on(project, taken):
        return True
    is_served = taken.imported.role == _API and not any(kind in _ANSWERING for _, kind in taken.kinds)
    return is_served and is_beside(project, taken.importer, taken.imported)


def _passes_on(project: Project, taken: ImportedNames) -> bool:
    """Return whether a module defines nothing, and takes names from a module beside it to pass them on."""
    folders = {module.path.rpartition("/")[0] for module in (taken.importer, taken.imported)}
    if len(folders) > 1 or not all(place.names for place in taken.places):
        return False
    names = project.kinds.definitions(taken.importer).names
    return all(definition.form == "import" for name, definition in names.items() if name != "__all__")


def _is_likely_package(importer: Module, imported: Module) -> bool:
    """Return whether a package, which is only likely one of schemas, imports a module in it, to pass it on."""
    return is_package_of(importer, imported) and importer.layer_certainty is Certainty.LIKELY


def _is_judged(layers: Layers, layer: str | None, other: str | None) -> bool:
    return layer in layers.isolated and other in layers.rank and other != MAIN
