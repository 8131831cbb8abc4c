from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import ContractRule, InterfaceEntry, PublicContract, is_hidden, parse_entry
from layercheck.rules.contracts.grouping import BoundTargets, is_within, leaves_any_out, report_direct, select_closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layercheck import Broken, Edge, GraphView, Import, PatternMatch, Step


class ContractPublic(ContractRule[PublicContract]):
    """A use of a package that breaks a contract of the kind `public`.

    ## What it does

    Reports what modules outside a package import from it, or use of it through its name, besides its interface. `interface`
    lists names and modules, relative to the package; a module stands for what is in it, and a regular expression between
    slashes for the paths that it matches as a whole. Without `interface`, it is what the `__all__` of the package lists, and if
    there is none, the names without an underscore in its `__init__.py`. Names and modules with an underscore are public only
    if they are listed. `importers` may use everything; with `sources`, only these modules are judged, also those in the package.

    ## Why is this bad?

    What is not part of the interface may change at any time, and whoever uses it depends on it all the same.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "billing is used through its interface"
    kind = "public"
    packages = ["app.billing"]
    ```

    `app/billing/__init__.py`:

    ```python
    from app.billing._db import load

    __all__ = ["load"]
    ```

    `app/billing/_db.py`:

    ```python
    def load() -> None: ...


    def drop() -> None: ...
    ```

    `app/orders.py`:

    ```python
    from app.billing._db import drop  # error: LC126
    ```

    `app/mail.py`:

    ```python
    from app import billing

    billing.load()
    billing._db.drop()  # error: LC126
    ```

    ## Use instead

    `app/orders.py`:

    ```python
    from app.billing import load
    ```

    `app/mail.py`:

    ```python
    from app import billing

    billing.load()
    ```

    ## Limits

    A use through a name is seen if the name is imported: `billing._db.drop()` after `from app import billing`. A use of an
    instance (`invoice._total`) is not.
    """

    code = "LC126"
    name = "contract-public"
    record = PublicContract

    def judge(self, contract: PublicContract, graph: GraphView) -> Iterable[Broken]:
        """Check all imports of a package, or of something in it, from outside."""
        packages = select_closest(graph, contract.packages)
        importers = BoundTargets(graph, contract.importers)
        sources = BoundTargets(graph, contract.sources)
        names = [module.name for module in graph.modules]
        edges = [
            (start, end)
            for start, end in graph.edges
            if (match := packages.get(end)) is not None
            and (start in sources.of(match) if contract.sources else not is_within(names[start], match.head))
            and start not in importers.of(match)
        ]
        interfaces = {head: _Interface(contract, graph, head) for head in {packages[end].head for _, end in edges}}
        hidden: dict[tuple[int, str], list[tuple[Import, str, Step]]] = defaultdict(list)
        for edge, step in _with_uses(graph, edges, packages).items():
            head = packages[edge[1]].head
            hidden[edge[0], head] += (
                (place, path, step) for place in step.places for path in interfaces[head].find_hidden(step, place)
            )
        for (_, head), found in hidden.items():
            if found:
                # A module is told once what it may use of a package.
                found.sort(key=lambda each: (each[0].location, each[1]))
                _, path, step = found[0]
                yield report_direct(
                    step._replace(places=list(dict.fromkeys(place for place, _, _ in found))),
                    f"{head}.{path} is not part of the interface of `{head}`: {step.importer.name} uses it",
                    (step.importer.name, head),
                    f"use {interfaces[head].described}",
                )._replace(target=head)

    def find_reason_idle(self, contract: PublicContract, graph: GraphView) -> str:
        """Look for a module that must keep to the interface."""
        packages = select_closest(graph, contract.packages)
        importers = BoundTargets(graph, contract.importers)
        sources = BoundTargets(graph, contract.sources)

        def is_free(start: int, match: PatternMatch) -> bool:
            is_inside = is_within(graph.modules[start].name, match.head)
            is_source = start in sources.of(match) if contract.sources else not is_inside
            return is_inside or not is_source or start in importers.of(match)

        return "" if leaves_any_out(graph, packages, is_free) else "no module has to keep to the interface"


def _with_uses(graph: GraphView, edges: Iterable[Edge], packages: Mapping[int, PatternMatch]) -> dict[Edge, Step]:
    """Confirm imports, and add the uses of a package through its name."""
    steps = graph.confirm(edges)
    for edge, step in steps.items():
        if step.imported.name == packages[edge[1]].head:
            uses = graph.graph.reader.uses_of(step.importer, step.imported, graph.kinds)
            lines = {place.location for place in step.places}
            added = [use for use in uses if use.location not in lines]
            steps[edge] = step._replace(places=[*step.places, *added])
    return steps


class _Interface:
    """The interface of one package."""

    def __init__(self, contract: PublicContract, graph: GraphView, package: str) -> None:
        self._package = package
        self._entries: Sequence[InterfaceEntry] | None = [parse_entry(text) for text in contract.interface] or None
        listed = ", ".join(f"`{entry}`" for entry in contract.interface)
        if self._entries is None:
            face = next((module for module in graph.modules if module.name == package), None)
            exported = None if face is None else graph.graph.reader.exports_of(face)
            listed = f"names of {package} without an underscore"
            if exported is not None:
                self._entries = [InterfaceEntry(name, None) for name in exported]
                listed = f"what `__all__` of {package} lists"
        self.described = listed

    def find_hidden(self, step: Step, place: Import) -> Iterator[str]:
        """Return the names at a location that are not public, as paths from the package."""
        module = step.imported.name.removeprefix(self._package).lstrip(".")
        for name in place.names or ("",):
            path = ".".join(part for part in (module, name if name != "*" else "") if part)
            if path and not self._is_public(path, is_module=bool(module)):
                yield path

    def _is_public(self, path: str, *, is_module: bool) -> bool:
        if self._entries is None:
            return not is_module and not is_hidden(path)
        return any(entry.lists(path) for entry in self._entries)
