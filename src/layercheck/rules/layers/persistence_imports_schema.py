from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import ImportOptions, Kind, ProjectRule, Severity
from layercheck.rules.layers.allowed_kinds import drop_allowed
from layercheck.rules.layers.notes import allowed_note, role_notes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Layers, Project, Suspect


class PersistenceImportsSchemaOptions(ImportOptions, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The options of LC109."""

    allow_kinds: tuple[Kind, ...] = (Kind.ENUM, Kind.CONSTANT, Kind.TYPE)
    """The kinds of names that may be taken."""


class PersistenceImportsSchema(ProjectRule):
    """An import of a schema by the lowest layers.

    ## What it does

    Reports a module of the lowest level of the order that imports an isolated layer: with the preset, a `models` or
    `db` module that imports `schemas`. Enums, constants and types may be imported.

    ## Why is this bad?

    What is stored then depends on how it is presented: a new field in a response becomes a change of the data
    layer.

    ## Example

    `app/schemas/user.py`:

    ```python
    class UserOut: ...
    ```

    `app/db/users.py`:

    ```python
    from app.schemas.user import UserOut  # error: LC109
    ```

    ## Use instead

    Convert in a layer that knows both.

    `app/db/users.py`:

    ```python
    def find_row(user_id: int) -> dict[str, object]: ...
    ```

    `app/services/users.py`:

    ```python
    from app.db.users import find_row
    from app.schemas.user import UserOut


    def find_user(user_id: int) -> UserOut:
        return UserOut(**find_row(user_id))
    ```

    ## Options

    - `imports`: the kinds of import that count; all but `typing` by default.
    - `allow-kinds`: the kinds of names that may be imported; by default `enum`, `constant` and `type`. Others are `table`,
      `schema`, `exception`, `session-provider`, `router`, `endpoint`, `class` and `function`.

    ## Limits

    A name about which nothing is known is reported, and so is a module that is imported as a whole.
    """

    code = "LC109"
    name = "persistence-imports-schema"
    severity = Severity.INFO
    Options = PersistenceImportsSchemaOptions

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every crossing from the lowest level to an isolated layer."""
        for (layer, other), suspects in project.crossings.items():
            if not _is_judged(project.layers, layer, other):
                continue
            for imported_names in drop_allowed(project, self.confirmed(project, suspects), self.options.allow_kinds):
                yield self.import_finding(
                    imported_names.importer,
                    imported_names.places,
                    f"`{layer}` should not import `{other}`: {imported_names.words}",
                    [
                        allowed_note(project, imported_names.importer),
                        f"help: convert between `{layer}` and `{other}` in a layer above both",
                    ],
                    roles=role_notes(imported_names.importer, imported_names.imported),
                )

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Look at what leads from the lowest level to an isolated layer."""
        return suspect.is_crossing and _is_judged(project.layers, suspect.importer.layer, suspect.imported.layer)


def _is_judged(layers: Layers, layer: str | None, other: str | None) -> bool:
    return layer in layers.lowest and other in layers.isolated
