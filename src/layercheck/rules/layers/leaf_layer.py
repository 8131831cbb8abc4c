from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import MAIN, WEAK_WORDS, ImportOptions, Kind, ProjectRule, Severity
from layercheck.rules.layers.allowed_kinds import drop_allowed
from layercheck.rules.layers.notes import allowed_note, role_notes
from layercheck.rules.layers.private_leaves import is_private, leaf_folder
from layercheck.rules.packages import is_package_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck import Finding, Layers, Module, Project, Suspect


_ENOUGH = 3
_MOSTLY = 0.5
"""Part of the modules of a folder that must use layers for it to be no leaf."""


class LeafLayerOptions(ImportOptions, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The options of LC104."""

    allow_kinds: tuple[Kind, ...] = (Kind.ENUM, Kind.CONSTANT, Kind.TYPE, Kind.EXCEPTION)
    """The kinds of names that may be taken."""


class LeafLayer(ProjectRule):
    """An import of a layer by a leaf layer.

    ## What it does

    Reports a module of a leaf layer that imports any other layer: with the preset, a `utils` module that imports
    `api`, `services`, `models`, `db` or `schemas`. Helpers of one feature (`orders/utils.py` next to
    `orders/models.py`) and helpers inside a layer (`services/billing/utils.py`) are not checked. Enums, constants, types and
    exceptions may be imported.

    ## Why is this bad?

    Every layer may import `utils`, so whatever `utils` imports is imported by everything. A helper that imports a
    table creates an import cycle as soon as the table needs a helper.

    ## Example

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    `app/utils/names.py`:

    ```python
    from app.models.user import User  # error: LC104
    ```

    ## Use instead

    A helper that needs a layer belongs to that layer.

    `app/models/user.py`:

    ```python
    from app.utils.names import shorten
    ```

    `app/utils/names.py`:

    ```python
    def shorten(name: str) -> str:
        return name[:10]
    ```

    ## Options

    - `imports`: the kinds of import that count; all but `typing` by default.
    - `allow-kinds`: the kinds of names that may be imported; by default `enum`, `constant`, `type` and `exception`. Others
      are `table`, `schema`, `session-provider`, `router`, `endpoint`, `class` and `function`.

    The key `leaf` of the configuration lists the leaf layers.

    ## Limits

    A folder in which most modules import layers is no leaf, and is not reported; of a folder whose name says little (`lib`,
    `common`, `tools`), half of them are enough. Imports of entry points are reported by
    LC105.
    """

    code = "LC104"
    name = "leaf-layer"
    severity = Severity.WARNING
    Options = LeafLayerOptions

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every crossing that starts in a leaf."""
        found = [
            confirmed
            for (layer, other), suspects in project.crossings.items()
            if _is_judged(project.layers, layer, other)
            for confirmed in self.confirmed(project, [each for each in suspects if self.judges(project, each)])
        ]
        busy_folders = self._find_busy_folders(project, {importer.path: importer for importer, _, _ in found})
        idle = [each for each in found if leaf_folder(project, each[0]) not in busy_folders]
        for importer, imported, places, _ in drop_allowed(project, idle, self.options.allow_kinds):
            yield self.import_finding(
                importer,
                places,
                f"`{importer.layer}` is a leaf and must not import `{imported.layer}`: {importer.name} imports"
                f" {imported.name}",
                [
                    allowed_note(project, importer),
                    f"help: move the function to `{imported.layer}`, or pass in what it takes from there",
                ],
                roles=role_notes(importer, imported),
            )

    def _find_busy_folders(self, project: Project, busy: Mapping[str, Module]) -> set[str]:
        """Find the folders of a leaf in which most modules use layers: these are no leaves."""
        if project.layers.modules:
            return set()  # a configuration that names modules means these
        found: set[str] = set()
        for folder, modules in project.derive(_find_members).items():
            many, most = sum(module.path in busy for module in modules), _MOSTLY * len(modules)
            is_weak = folder.rpartition("/")[2] in WEAK_WORDS
            # Of `tools/` and its like, which may be anything, no helper need be there to show that they are no leaf.
            is_enough = many >= _ENOUGH or (many == len(modules) and is_weak)
            if is_enough and (many > most or (many == most and is_weak)):
                found.add(folder)
                reason = f"{many} of {len(modules)} modules in {folder} use layers"
                project.stand_down(self.code, self.name, modules[0].application, reason)
        return found

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Look at what leads from a leaf that is there for all to another layer."""
        importer, imported = suspect
        is_judged = suspect.is_crossing and _is_judged(project.layers, importer.layer, imported.layer)
        # A package imports the modules in it to pass them on.
        return is_judged and not is_private(project, importer) and not is_package_of(importer, imported)


def _find_members(project: Project) -> dict[str, list[Module]]:
    """Find the modules of each folder of a leaf."""
    members: dict[str, list[Module]] = defaultdict(list)
    for module in project.modules:
        if module.layer in project.layers.leaf and not module.is_package:
            members[leaf_folder(project, module)].append(module)
    return dict(members)


def _is_judged(layers: Layers, layer: str | None, other: str | None) -> bool:
    return layer in layers.leaf and other is not None and other != MAIN and other not in layers.leaf
