from __future__ import annotations

from collections import defaultdict, deque
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.finding import Finding, Hop, Severity
from layercheck.model.imports import ImportKind
from layercheck.model.module import Certainty
from layercheck.project.roles import MAIN, WIRING
from layercheck.rule.rule import ImportOptions, ProjectRule
from layercheck.rules.layers.notes import role_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.model.imports import Import
    from layercheck.model.module import Module
    from layercheck.project.project import Project, Suspect


class IndirectLayerOrder(ProjectRule):
    """A chain of imports to a higher layer through modules without a layer.

    ## What it does

    Reports the import with which a chain enters a higher layer: a module without a layer imports a module of a
    higher layer, and a lower layer imports that module, directly or through more modules without a layer. There is
    one finding for each such import, with the shortest chain through it and the number of modules that reach it (up
    to 20). Direct imports of a higher layer are reported by LC101.

    Chains through wiring (`config.py`, `container.py`, the `__init__.py` of the package) are included. `api`,
    `main` and other wiring may import wiring. Imports inside functions of wiring are dependency injection and do
    not count.

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

    Chains that end at an entry point are not reported, because LC105 reports their last import. The finding is a
    warning only if the roles at both ends of a chain are certain, and an info otherwise.
    """

    code = "LC106"
    name = "indirect-layer-order"
    severity = Severity.WARNING
    Options = ImportOptions
    follows_chains = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every import of a higher layer by a module without one, and search back for who reaches it."""
        routes = _FreeRoutes(project, self)
        for link, end in routes.find_links():
            chain, others = routes.shortest_chain(link, end)
            if chain:
                yield self._report(project, end, chain, others)

    def _report(self, project: Project, end: Module, chain: list[_Step], others: int) -> Finding:
        start, (link, last) = chain[0].importer, chain[-1]
        many = f"at least {others}" if others == _MOST_COUNTED else str(others)
        more = f" ({many} more {'module reaches' if others == 1 else 'modules reach'} it)" if others else ""
        is_sure = start.certainty is Certainty.CERTAIN and end.certainty is Certainty.CERTAIN
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity if is_sure else max(self.severity, Severity.INFO, key=lambda each: each.rank),
            message=f"`{start.layer}` reaches `{_layer_of(end)}`, a higher layer, through {link.name}: it imports"
            f" {end.name}{more}",
            location=last.location,
            subject=link.name,
            object=end.name,
            application=end.application or "",
            importer=link.name,
            imported=end.name,
            import_kind=last.kind,
            statement=last.statement,
            chain=tuple(Hop(step.entry.importer, step.entry.imported, step.entry.location) for step in chain),
            notes=(
                f"layers: {project.layers.order}",
                f"help: remove this import, or assign {link.name} to a layer",
            ),
            roles=tuple(role_notes(start, end)),
        )


_MOST_COUNTED = 20
"""Modules that reach a link beside the first: to count on would be to parse half of a large project."""


class _Step(NamedTuple):
    """One real import of a chain."""

    importer: Module
    entry: Import


class _FreeRoutes:
    """The imports among free modules: those without a layer, wiring included, that chains may lead through."""

    def __init__(self, project: Project, rule: IndirectLayerOrder) -> None:
        self._project = project
        self._rule = rule
        self._ranks = project.layers.rank
        self._importers: dict[str, list[Suspect]] = defaultdict(list)
        """Path of a free module → who may import it."""
        self._links: list[Suspect] = []
        for suspect in project.suspects:
            importer, imported = suspect
            if not _is_free(importer) and importer.layer not in self._ranks:
                continue
            if _is_free(imported):
                self._importers[imported.path].append(suspect)
            elif _is_free(importer) and _layer_of(imported) in self._ranks and imported.layer != MAIN:
                self._links.append(suspect)
        self._real: dict[tuple[str, str], Import | None] = {}

    def find_links(self) -> list[tuple[Module, Module]]:
        """List the real imports of a layer by a free module that a lower layer may reach, in a fixed order."""
        upward = [link for link in self._links if self._may_lead_up(link.importer, link.imported)]
        self._read(upward)
        found = [(link.importer, link.imported) for link in upward if self._entry(*link) is not None]
        return sorted(found, key=lambda pair: (pair[0].name, pair[1].name, pair[0].path, pair[1].path))

    def shortest_chain(self, link: Module, end: Module) -> tuple[list[_Step], int]:
        """Find the shortest chain from a lower layer through `link` to `end`, and count the other modules that reach it.

        One from a module whose role is certain comes first. The chain is empty where no import of it is real.
        """
        onward: dict[str, tuple[Import, Module]] = {link.path: (self._real_entry(link, end), end)}
        starts: list[Module] = []
        queue = deque([link])
        while queue and len(starts) <= _MOST_COUNTED:
            current = queue.popleft()
            suspects = [
                each
                for each in self._importers[current.path]
                if each.importer.path not in onward and self._may_lead_up(each.importer, end)
            ]
            self._read(suspects)
            for importer, _ in sorted(suspects, key=lambda each: (each.importer.name, each.importer.path)):
                entry = self._entry(importer, current)
                if entry is not None and importer.path not in onward:
                    onward[importer.path] = (entry, current)
                    (queue if _is_free(importer) else starts).append(importer)
        # The search finds the nearest first.
        start = next((each for each in starts if each.certainty is Certainty.CERTAIN), starts[0] if starts else None)
        chain: list[_Step] = []
        while start is not None and start.path in onward:
            entry, following = onward[start.path]
            chain.append(_Step(start, entry))
            start = following
        return chain, min(max(0, len(starts) - 1), _MOST_COUNTED)

    def _may_lead_up(self, module: Module, end: Module) -> bool:
        """Tell whether a module is of a layer below `end`, or may be reached from one through free modules."""
        if not _is_free(module):
            return self._is_upward(end, module.layer) and module.application == end.application
        return any(self._is_upward(end, layer) for layer in self._reaching.get(module.path, ()))

    @cached_property
    def _reaching(self) -> Mapping[str, set[str | None]]:
        """Which layers may reach each free module, through free modules only."""
        imports: dict[str, list[str]] = defaultdict(list)
        reached: dict[str, set[str | None]] = defaultdict(set)
        queue: deque[tuple[str, str | None]] = deque()
        for path, suspects in self._importers.items():
            for importer, _ in suspects:
                if _is_free(importer):
                    imports[importer.path].append(path)
                elif importer.layer not in reached[path]:
                    reached[path].add(importer.layer)
                    queue.append((path, importer.layer))
        while queue:
            path, layer = queue.popleft()
            for further in imports[path]:
                if layer not in reached[further]:
                    reached[further].add(layer)
                    queue.append((further, layer))
        return reached

    def _is_upward(self, end: Module, layer: str | None) -> bool:
        return layer in self._ranks and self._project.layers.is_above(_layer_of(end), layer)

    def _read(self, suspects: list[Suspect]) -> None:
        """Find out at once which of some suspects really import."""
        unknown = [each for each in suspects if (each.importer.path, each.imported.path) not in self._real]
        self._real.update(((each.importer.path, each.imported.path), None) for each in unknown)
        for importer, imported, places in self._rule.confirmed(self._project, unknown):
            # What wiring imports inside of functions, it imports to put the application together.
            counted = [each for each in places if importer.role != WIRING or each.kind not in _LATE]
            if counted:
                self._real[importer.path, imported.path] = counted[0]

    def _real_entry(self, importer: Module, imported: Module) -> Import:
        """Give the import of a link that `find_links` found."""
        entry = self._entry(importer, imported)
        assert entry is not None  # noqa: S101  (only real imports are links)
        return entry

    def _entry(self, importer: Module, imported: Module) -> Import | None:
        return self._real.get((importer.path, imported.path))


def _layer_of(module: Module) -> str | None:
    return module.layer or module.within


_LATE = frozenset({ImportKind.DEFERRED, ImportKind.DYNAMIC, ImportKind.LAZY})


def _is_free(module: Module) -> bool:
    return module.layer is None and module.role in {None, WIRING} and module.within is None
