from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.violation import Severity
from layercheck.project.layers import ENTRY_POINT
from layercheck.rule import ImportOptions, ProjectRule
from layercheck.rules.layers.wording import allowed_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.violation import Violation
    from layercheck.project.project import Project


class IsolatedLayer(ProjectRule):
    """An import of another layer by an isolated one.

    ## What it does

    Reports a module of an isolated layer that imports a layer of the order: with the preset, a `schemas` module that
    imports `api`, `services`, `models` or `db`.

    ## Why is this bad?

    Schemas are the contract with the outside. One that imports tables or services changes with them, cannot be shared,
    and is the usual first step of an import circle.

    ## Example

    `app/models/user.py`:

    ```python
    MAXIMUM = 80
    ```

    `app/schemas/user.py`:

    ```python
    from app.models.user import MAXIMUM  # error: LC103
    ```

    ## Use instead

    `app/models/user.py`:

    ```python
    from app.utils.limits import MAXIMUM
    ```

    `app/schemas/user.py`:

    ```python
    from app.utils.limits import MAXIMUM
    ```

    `app/utils/limits.py`:

    ```python
    MAXIMUM = 80
    ```

    ## Options

    - `imports`: the kinds of import that count; all but `typing` by default.

    Which layers are isolated is the key `isolated` of the configuration.

    ## Limits

    Judges modules, not the names taken from them. Imports of entry points are LC105's.
    """

    code = "LC103"
    name = "isolated-layer"
    severity = Severity.ERROR
    Options = ImportOptions

    def check(self, project: Project) -> Iterator[Violation]:
        """Look at every crossing from an isolated layer into the order."""
        layers = project.layers
        for (layer, other), suspects in project.crossings.items():
            if layer not in layers.isolated or other not in layers.rank or other == ENTRY_POINT:
                continue
            for importer, imported, places in self.convicted(project, suspects):
                yield self.import_violation(
                    importer,
                    places,
                    f"`{layer}` is isolated and must not import `{other}`: {importer.name} imports {imported.name}",
                    [
                        allowed_note(project, importer),
                        (
                            f"way out: move what both need to a module without a layer, or convert between"
                            f" `{other}` and `{layer}` in a layer that knows both"
                        ),
                    ],
                )
