from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import MAIN, Certainty, ImportOptions, Kind, ProjectRule, Severity
from layercheck.rules.layers.allowed_kinds import drop_allowed
from layercheck.rules.layers.notes import allowed_note, role_notes, weigh
from layercheck.rules.packages import is_package_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Layers, Module, Project, Suspect


class IsolatedLayerOptions(ImportOptions, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The options of LC103."""

    allow_kinds: tuple[Kind, ...] = (Kind.ENUM, Kind.CONSTANT, Kind.TYPE)
    """The kinds of names that may be taken."""


class IsolatedLayer(ProjectRule):
    """An import of another layer by an isolated layer.

    ## What it does

    Reports a module of an isolated layer that imports a layer of the order: with the preset, a `schemas` module
    that imports `api`, `services`, `models` or `db`. Enums, constants and types may be imported, and tables by
    modules in which a schema is made from a table (`ModelSerializer`, `SQLAlchemyAutoSchema`, `class Meta: model =
    …`). These may import any class of `models`, as what a library makes a table of is not known as one.

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

    The key `isolated` of the configuration lists the isolated layers.

    ## Limits

    A schema that is defined in the lowest layers counts as a schema and may be imported. A name about which nothing
    is known is reported, and so is a module that is imported as a whole. Imports of entry points are reported by
    LC105.
    """

    code = "LC103"
    name = "isolated-layer"
    severity = Severity.ERROR
    Options = IsolatedLayerOptions

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every crossing from an isolated layer into the order."""
        layers = project.layers
        for (layer, other), suspects in project.crossings.items():
            if not _is_judged(layers, layer, other):
                continue
            judged = (suspect for suspect in suspects if not _passes_on(*suspect))
            for imported_names in drop_allowed(
                project, self.confirmed(project, judged), self.options.allow_kinds, to_schemas=True
            ):
                yield self.import_finding(
                    imported_names.importer,
                    imported_names.places,
                    f"`{layer}` is isolated and must not import `{other}`: {imported_names.words}",
                    [
                        allowed_note(project, imported_names.importer),
                        (
                            f"help: move what both need to a module without a layer, or convert between"
                            f" `{other}` and `{layer}` in a layer that knows both"
                        ),
                    ],
                    roles=role_notes(imported_names.importer, imported_names.imported),
                    severity=weigh(self.severity, imported_names.importer, imported_names.imported),
                )

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Look at what leads from an isolated layer into the order."""
        return suspect.is_crossing and _is_judged(project.layers, suspect.importer.layer, suspect.imported.layer)


def _passes_on(importer: Module, imported: Module) -> bool:
    """Tell whether a package, which is only likely one of schemas, imports a module in it, to pass it on."""
    return is_package_of(importer, imported) and importer.certainty is Certainty.LIKELY


def _is_judged(layers: Layers, layer: str | None, other: str | None) -> bool:
    return layer in layers.isolated and other in layers.rank and other != MAIN
