from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from layercheck.model.finding import Finding, Hop, Severity
from layercheck.project.roles import MAIN
from layercheck.rule.rule import ImportOptions, ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.imports import Import
    from layercheck.model.module import Module
    from layercheck.project.project import Project, Suspect


class IndirectLayerOrder(ProjectRule):
    """A chain of imports to a higher layer through modules without a layer.

    ## What it does

    Reports a module that reaches a module of a higher layer through modules which have neither a layer nor a role,
    with the shortest such chain. Direct imports of a higher layer are LC101's; a chain beside one is told as well, since
    it stays when the direct import goes.

    ## Why is this bad?

    The lower layer depends on the higher one all the same; the module in between only hides it.

    ## Example

    `app/services/mail.py`:

    ```python
    def send() -> None: ...
    ```

    `app/registry.py`:

    ```python
    from app.services.mail import send
    ```

    `app/models/user.py`:

    ```python
    from app.registry import send  # error: LC106
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

    Chains that end at an entry point are not reported: their last import is LC105's.
    """

    code = "LC106"
    name = "indirect-layer-order"
    severity = Severity.WARNING
    Options = ImportOptions
    follows_chains = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Search from every module of the order through the free modules that may lead up."""
        paths = _FreePaths(project, self)
        starts = [module for module in project.modules if paths.may_lead_up_from(module)]
        project.read_ahead(starts)
        for start in starts:
            for end, chain in paths.upward_from(start):
                yield self._report(project, start, end, chain)

    def _report(self, project: Project, start: Module, end: Module, chain: list[Import]) -> Finding:
        first = chain[0]
        between = [entry.imported for entry in chain[:-1]]
        through = between[0] if len(between) == 1 else f"{len(between)} modules without a layer"
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=f"`{start.layer}` reaches `{end.layer}`, a higher layer: {start.name} imports {end.name}"
            f" through {through}",
            location=first.location,
            subject=start.name,
            object=end.name,
            application=start.application or "",
            importer=start.name,
            imported=end.name,
            import_kind=first.kind,
            statement=first.statement,
            chain=tuple(Hop(entry.importer, entry.imported, entry.location) for entry in chain),
            notes=(
                f"layers: {project.layers.order}",
                f"way out: cut the chain at one of its imports, or give {between[0]} a place in a layer",
            ),
        )


class _FreePaths:
    """The chains of imports that lead up through free modules: those with neither a layer nor a role."""

    def __init__(self, project: Project, rule: IndirectLayerOrder) -> None:
        self._project = project
        self._rule = rule
        self._suspects: dict[str, list[Suspect]] = defaultdict(list)
        self._real: dict[str, list[tuple[Module, Import]]] = {}
        for suspect in project.suspects:
            if _is_free(suspect.importer) or suspect.importer.layer in project.layers.rank:
                self._suspects[suspect.importer.path].append(suspect)
        self._leading = self._find_leading()

    def may_lead_up_from(self, module: Module) -> bool:
        """Tell whether a module of the order may import a free module from which a higher layer may be reached."""
        return module.layer in self._project.layers.rank and any(
            self._leads_up(suspect.imported, module) for suspect in self._suspects[module.path]
        )

    def upward_from(self, start: Module) -> Iterator[tuple[Module, list[Import]]]:
        """Find the shortest chain from `start` to each higher module that it reaches through free ones."""
        came_by: dict[str, tuple[Module, Import]] = {}
        queue = deque([start])
        while queue:
            current = queue.popleft()
            for imported, entry in self._imports(current):
                if imported.path in came_by or (current is start and not _is_free(imported)):
                    continue
                came_by[imported.path] = (current, entry)
                if self._leads_up(imported, start):
                    queue.append(imported)
                elif self._is_higher(imported, start):
                    yield imported, _walk_back(imported, start, came_by)

    def _imports(self, importer: Module) -> list[tuple[Module, Import]]:
        """List the real imports of a module that matter here, in a fixed order."""
        known = self._real.get(importer.path)
        if known is None:
            relevant = [
                suspect
                for suspect in self._suspects[importer.path]
                if suspect.imported.layer in self._project.layers.rank or suspect.imported.path in self._leading
            ]
            found = self._rule.confirmed(self._project, relevant)
            known = [(imported, places[0]) for _, imported, places in found]
            known.sort(key=lambda pair: (pair[0].name, pair[0].path))
            self._real[importer.path] = known
        return known

    def _find_leading(self) -> dict[str, int]:
        """Find the free modules from which a layer of the order may be reached, each with the highest rank."""
        ranks = self._project.layers.rank
        importers: dict[str, list[str]] = defaultdict(list)
        best: dict[str, int] = {}
        for suspects in self._suspects.values():
            for importer, imported in suspects:
                if not _is_free(importer):
                    continue
                if _is_free(imported):
                    importers[imported.path].append(importer.path)
                elif imported.layer in ranks and imported.layer != MAIN:
                    best[importer.path] = min(best.get(importer.path, len(ranks)), ranks[imported.layer])
        queue = deque(best)
        while queue:
            path = queue.popleft()
            for importer_path in importers[path]:
                if best[path] < best.get(importer_path, len(ranks)):
                    best[importer_path] = best[path]
                    queue.append(importer_path)
        return best

    def _leads_up(self, module: Module, start: Module) -> bool:
        rank = self._leading.get(module.path) if _is_free(module) else None
        return rank is not None and rank < self._project.layers.rank[str(start.layer)]

    def _is_higher(self, module: Module, start: Module) -> bool:
        return (
            module.layer != MAIN
            and module.application == start.application
            and self._project.layers.is_above(module.layer, start.layer)
        )


def _is_free(module: Module) -> bool:
    return module.layer is None and module.role is None


def _walk_back(end: Module, start: Module, came_by: dict[str, tuple[Module, Import]]) -> list[Import]:
    chain: list[Import] = []
    current = end
    while current.path != start.path:
        current, entry = came_by[current.path]
        chain.append(entry)
    return chain[::-1]
