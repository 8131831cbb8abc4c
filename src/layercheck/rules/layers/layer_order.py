from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from layercheck import MAIN, ImportOptions, ProjectRule, Severity
from layercheck.rules.layers.notes import allowed_note, role_notes, weigh
from layercheck.rules.layers.shared_modules import find_shared, is_neighbour, takes_only_light

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck import Finding, Module, Project, Suspect


class LayerOrder(ProjectRule):
    """An import of a higher layer.

    ## What it does

    Reports a module that imports a module of a higher layer. The order of most projects is `main > api > services >
    models : db`; `models` and `db` are siblings that may import each other. Siblings separated by `|` may not. The
    order of a hexagon is `main > adapters > application > domain`, and its layers are folders. Wiring that lies in
    a layer (`api/deps.py`) counts as that layer for the layers below it; the layer itself, the layers above it and
    other wiring may import it.

    ## Why is this bad?

    The lower layer can no longer be understood, tested or reused without the higher one, and sooner or later the
    two import each other in a cycle.

    ## Example

    `app/services/users.py`:

    ```python
    def notify(user_id: int) -> None: ...
    ```

    `app/models/user.py`:

    ```python
    from app.services.users import notify  # error: LC101


    class User:
        def save(self) -> None:
            notify(1)
    ```

    ## Use instead

    Do what needs both layers in the higher one.

    `app/services/users.py`:

    ```python
    from app.models.user import User


    def save(user: User) -> None:
        user.save()
    ```

    `app/models/user.py`:

    ```python
    class User:
        def save(self) -> None: ...
    ```

    ## Options

    - `imports`: the kinds of import that count; all but `typing` by default.

    ## Limits

    A module that only its name makes foreign to the folder around it (`services/orders/crud.py`) may import its
    neighbours there, and a package whose role is only likely may import the modules in it.

    Of a module whose role is only likely, imports of enums, constants, types, exceptions, schemas and helpers are not
    reported but counted (`stood_down` in json, and with `-v`), and so is every import of it where lower layers import it
    as a matter of course: at least two of their modules, and half as many as of its own layer and above.

    Imports of entry points are reported by LC105, and chains through modules without a layer by LC106. Layers are
    compared within one application: two backends in one repository are not above each other.
    """

    code = "LC101"
    name = "layer-order"
    severity = Severity.ERROR
    Options = ImportOptions

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every crossing that leads up, or to an independent sibling."""
        layers = project.layers
        shared = find_shared(project)
        left_out: list[Module] = []
        for (layer, other), suspects in project.crossings.items():
            if layer is None or other is None or other == MAIN:
                continue
            if layers.is_above(other, layer):
                judged = [suspect for suspect in suspects if suspect.imported.path not in shared]
                left_out += [suspect.imported for suspect in suspects if suspect.imported.path in shared]
                reason = f"`{layer}` must not import `{other}`, a higher layer"
                yield from self._judge(project, judged, reason, left_out)
            elif layers.are_independent(layer, other):
                reason = f"`{layer}` must not import `{other}`, an independent sibling"
                yield from self._judge(project, suspects, reason, left_out)
        yield from self._check_wiring(project)
        self._stand_down(project, left_out)

    def _stand_down(self, project: Project, left_out: Sequence[Module]) -> None:
        """Count the imports that were not judged, by application."""
        by_application: dict[str | None, list[Module]] = defaultdict(list)
        for module in left_out:
            by_application[module.application].append(module)
        for application, modules in by_application.items():
            most = Counter(module.name for module in modules).most_common(1)[0][0]
            many = f"{len(modules)} imports go up to modules" if len(modules) > 1 else "1 import goes up to a module"
            reason = f"{many} whose role is only likely, for helpers and shapes or as many others do: {most}"
            project.stand_down(self.code, self.name, application, reason)

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Compare two layers of the order; wiring has the place of the layer it lies in."""
        rank, (importer, imported) = project.layers.rank, suspect
        is_compared = importer.layer in rank and (imported.layer in rank or imported.within in rank)
        return is_compared and suspect.is_crossing and imported.layer != MAIN

    def _check_wiring(self, project: Project) -> Iterator[Finding]:
        """Look at what imports the wiring of a higher layer: `db` has no business with `api/deps.py`."""
        for (layer, _), suspects in project.crossings.items():
            if layer is None:
                continue
            for within in sorted({imported.within for _, imported in suspects if imported.within is not None}):
                if project.layers.is_above(within, layer):
                    upward = [suspect for suspect in suspects if suspect.imported.within == within]
                    reason = f"`{layer}` must not import the wiring of `{within}`, a higher layer"
                    yield from self._judge(project, upward, reason, [])

    def _judge(
        self, project: Project, suspects: list[Suspect], reason: str, left_out: list[Module]
    ) -> Iterator[Finding]:
        for importer, imported, places in self.confirmed(project, suspects):
            if takes_only_light(project, importer, imported, places) or is_neighbour(project, importer, imported):
                left_out.append(imported)
                continue
            yield self.import_finding(
                importer,
                places,
                f"{reason}: {importer.name} imports {imported.name}",
                [
                    f"layers: {project.layers.order}",
                    allowed_note(project, importer),
                    (
                        f"help: move what both need down to `{importer.layer}` or below, or let"
                        f" `{imported.layer or imported.within}` call `{importer.layer}` and pass in what it needs"
                    ),
                ],
                roles=role_notes(importer, imported),
                severity=weigh(self.severity, importer, imported),
            )
