from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.finding import Severity
from layercheck.project.roles import MAIN
from layercheck.rule.rule import ImportOptions, ProjectRule
from layercheck.rules.layers.notes import allowed_note
from layercheck.rules.layers.private_leaves import is_private

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.finding import Finding
    from layercheck.project.project import Project


class LeafLayer(ProjectRule):
    """An import of a layer by a leaf layer.

    ## What it does

    Reports a module of a leaf layer that imports any other layer: with the preset, a `utils` module that imports
    `api`, `services`, `models`, `db` or `schemas`. Helpers of one feature (`orders/utils.py` next to
    `orders/models.py`) and helpers inside a layer (`services/billing/utils.py`) are not checked.

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

    The key `leaf` of the configuration lists the leaf layers.

    ## Limits

    Imports of entry points are reported by LC105.
    """

    code = "LC104"
    name = "leaf-layer"
    severity = Severity.WARNING
    Options = ImportOptions

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every crossing that starts in a leaf."""
        leaves = project.layers.leaf
        for (layer, other), suspects in project.crossings.items():
            if layer not in leaves or other is None or other == MAIN or other in leaves:
                continue
            shared = [suspect for suspect in suspects if not is_private(project, suspect.importer)]
            for importer, imported, places in self.confirmed(project, shared):
                yield self.import_finding(
                    importer,
                    places,
                    f"`{layer}` is a leaf and must not import `{other}`: {importer.name} imports {imported.name}",
                    [
                        allowed_note(project, importer),
                        f"help: move the function to `{other}`, or pass in what it takes from there",
                    ],
                )
