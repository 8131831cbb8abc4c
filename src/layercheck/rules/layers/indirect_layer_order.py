from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import MAIN, Certainty, Finding, Hop, ImportOptions, ProjectRule, Severity
from layercheck.rules.layers.free_routes import MOST_COUNTED, Step, find_chain, find_links, layer_of
from layercheck.rules.layers.notes import role_notes
from layercheck.rules.layers.shared_modules import takes_only_light
from layercheck.rules.severities import at_most

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck import Module, Project, Suspect
    from layercheck.rules.layers.free_routes import Step


class IndirectLayerOrder(ProjectRule):
    """A chain of imports to a higher layer through modules without a layer.

    ## What it does

    Reports the import with which a chain enters a higher layer: a module without a layer imports a module of a
    higher layer, and a lower layer imports that module, directly or through more modules without a layer. There is
    one finding for each such import, with the shortest chain through it and the number of modules that reach it (up
    to 20). Direct imports of a higher layer are reported by LC101.

    Chains through wiring (`config.py`, `container.py`, the `__init__.py` of the package) are included, and so are those
    through the `__init__.py` of a package that Python runs before a module in it. `api`, `main` and other wiring may
    import wiring. Imports inside functions of wiring are dependency injection and do not count.

    ## Why is this bad?

    The lower layer still depends on the higher one; the module in between only hides that. Removing this one import
    breaks every chain through it.

    ## Example

    `app/services/mail.py`:

    ```python
    def send() -> None: ...
    ```

    `app/registry.py`:

    ```python
    from app.services.mail import send  # error: LC106
    ```

    `app/models/user.py`:

    ```python
    from app.registry import send
    ```

    ## Use instead

    `app/services/mail.py`:

    ```python
    from app.registry import handlers


    def send() -> None: ...


    handlers.append(send)
    ```

    `app/registry.py`:

    ```python
    handlers: list[object] = []
    ```

    `app/models/user.py`:

    ```python
    from app.registry import handlers
    ```

    ## Options

    - `imports`: the kinds of import that count; all but `typing` by default.

    ## Limits

    Chains that end at an entry point are not reported, because LC105 reports their last import. Chains that end at a module
    whose role is only likely are counted, not reported (`stood_down` in json, and with `-v`), where the last import takes
    nothing but enums, constants, types, exceptions, schemas and helpers, or where the module that imports is called like the
    same layer. That a module runs the `__init__.py` of the packages in which it lies itself does not count, as no import of
    its own makes it. The finding is a warning only if the roles at both ends of a chain are certain and every import of it is
    written down, and an info otherwise.
    """

    code = "LC106"
    name = "indirect-layer-order"
    severity = Severity.WARNING
    Options = ImportOptions
    follows_chains = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every import of a higher layer by a module without one, and search back for who reaches it."""
        kinds = self.options.imports
        left_out: list[Module] = []
        for link, end in find_links(project, kinds):
            chain, others = project.derive(find_chain, link, end, kinds)
            if not chain:
                continue
            if end.layer_certainty is Certainty.LIKELY and self._is_doubtful(project, link, end):
                left_out.append(end)
            else:
                yield self._report(project, end, chain, others)
        self._stand_down(project, left_out)

    def _stand_down(self, project: Project, left_out: Sequence[Module]) -> None:
        """Count the chains that were not reported, by application."""
        for application in {end.application for end in left_out}:
            ends = [end.name for end in left_out if end.application == application]
            many = (
                f"{len(ends)} chains of imports end at modules"
                if len(ends) > 1
                else "1 chain of imports ends at a module"
            )
            reason = f"{many} whose role is only likely, for helpers and shapes or from their own folder: {ends[0]}"
            project.stand_down(self.code, self.name, application, reason + (", …" if len(ends) > 1 else ""))

    def _is_doubtful(self, project: Project, link: Module, end: Module) -> bool:
        """Tell whether an import says more against the role of its end, which is only likely, than against itself."""
        if layer_of(end) in {link.named, link.guess}:
            return True
        places = project.imports_between(link, end, self.options.imports)
        return bool(places) and takes_only_light(project, link, end, places)

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Look at the imports of the order by modules without a layer; of others it depends on who reaches them."""
        importer, imported = suspect
        return importer.layer is None and layer_of(imported) in project.layers.rank and imported.layer != MAIN

    def _report(self, project: Project, end: Module, chain: list[Step], others: int) -> Finding:
        start, (link, _, last) = chain[0].importer, chain[-1]
        many = f"at least {others}" if others == MOST_COUNTED else str(others)
        more = f" ({many} more {'module reaches' if others == 1 else 'modules reach'} it)" if others else ""
        is_sure = start.layer_certainty is Certainty.CERTAIN and end.layer_certainty is Certainty.CERTAIN
        is_sure = is_sure and not any(step.is_implied for step in chain)
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity if is_sure else at_most(self.severity, Severity.INFO),
            message=f"`{start.layer}` reaches `{layer_of(end)}`, a higher layer, through {link.name}: it imports"
            f" {end.name}{more}",
            location=last.location,
            subject=link.name,
            object=end.name,
            application=end.application or "",
            importer=link.name,
            imported=end.name,
            import_kind=last.kind,
            statement=last.statement,
            chain=tuple(Hop(step.entry.importer, step.imported.name, step.entry.location) for step in chain),
            notes=(
                f"layers: {project.layers.order}",
                f"help: remove this import, or assign {link.name} to a layer",
            ),
            roles=tuple(role_notes(start, end)),
        )
