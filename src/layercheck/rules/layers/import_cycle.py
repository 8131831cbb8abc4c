from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck import (
    CYCLE_KINDS,
    Finding,
    Hop,
    ImportKind,
    ProjectRule,
    Related,
    Severity,
    count,
    find_tangles,
    graph_of,
)
from layercheck.rules.layers.layer_order import LayerOrder
from layercheck.rules.layers.tangle import Tangle
from layercheck.rules.name_lists import MOST_NAMES, cut_short, enumerate_names
from layercheck.rules.severities import at_most

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from layercheck import Import, Project, Suspect
    from layercheck.rules.layers.tangle import Edge


class CycleOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What an import cycle is made of."""

    imports: tuple[ImportKind, ...] = CYCLE_KINDS
    """The kinds of import that count."""


class ImportCycle(ProjectRule):
    """A cycle of imports.

    ## What it does

    Reports each tangle: a set of modules that all import each other, directly or through other modules of the set. There
    is one finding per tangle, not one per cycle. It contains the modules, a shortest cycle with the location of each
    import, and the cut: the smallest set of imports whose removal leaves no cycle. The finding is located at an import of
    the cut.

    Only imports that run while the module is imported count. Imports in functions and below `if TYPE_CHECKING` do not. A
    tangle in which every cycle contains an import that breaks a layer is not reported: LC101 reports these imports,
    unless it is switched off.

    If several cuts have the same size, the rule prefers the one with the most imports that also break a layer, then the
    one with the most imports that can be deferred into a function because only functions use the imported names, then
    the one with the fewest imported names.

    ## Why is this bad?

    None of the modules can be understood, tested or moved without the others. Whether the import succeeds depends on which
    module is imported first: a partially initialised module raises `ImportError: cannot import name`.

    ## Example

    `app/services/orders.py`:

    ```python
    from app.services.customers import Customer


    class Order:
        customer: Customer
    ```

    `app/services/customers.py`:

    ```python
    from app.services.orders import Order  # error: LC150


    class Customer:
        def orders(self) -> list[object]:
            return [Order()]
    ```

    `app/models/order.py`:

    ```python
    TABLE = "orders"
    ```

    ## Use instead

    `app/services/customers.py`:

    ```python
    class Customer:
        def orders(self) -> list[object]:
            from app.services.orders import Order

            return [Order()]
    ```

    ## Options

    - `imports`: the kinds of import that count; `runtime` and `conditional` by default.

    ## Limits

    An `__init__.py` is a module like any other. `from shop import cart` in `shop/orders.py` imports the module `shop.cart` if
    there is one, so it does not form a cycle with `shop/__init__.py`, even if that imports `shop.orders`. `from shop import
    Base` does, because `Base` is defined in `shop/__init__.py`. Python also runs `shop/__init__.py` before any module in
    `shop`; that does not count as an import.

    If every cycle contains an import of a package by a module inside it, the finding is an info instead of a warning: such
    code works as long as the package defines the names before it imports the module, and it is common with Flask. Of 57
    backends that were checked, 19 have tangles: 17 warnings in 8 of them, and 36 infos.

    All imports of one module by another count as one. The cut is exact (branch and bound over covers of cycles) for tangles
    of up to some hundred imports, and often up to 2,000. For larger tangles, or if the search takes too long, the cut may
    not be the smallest one, and the finding says so.

    In the baseline, a tangle is identified by its modules and the size of its cut: one more module or a larger cut is a new
    finding, a smaller tangle is not.
    """

    code = "LC150"
    name = "import-cycle"
    severity = Severity.WARNING
    Options = CycleOptions
    follows_chains = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Find tangles of possible imports, then tangles of real imports in these."""
        possible = project.derive(_find_possible_cycles)
        # What stands in indented lines mostly runs later, or never: without it there are far fewer files to parse.
        doubtful = [each for each in possible if each.imported.path in project.late.get(each.importer.path, ())]
        unreal = {_ends(each) for each in doubtful}
        unreal -= {(importer.path, imported.path) for importer, imported, _ in self.confirmed(project, doubtful)}
        likely = _inside_tangles(each for each in possible if _ends(each) not in unreal)
        places = {
            (importer.path, imported.path): found for importer, imported, found in self.confirmed(project, likely)
        }
        reports_layers = project.loaded.selects(LayerOrder.code, LayerOrder.name)
        for members in find_tangles(graph_of(places)):
            within = {edge: found for edge, found in places.items() if members.issuperset(edge)}
            tangle = Tangle(project, members, within)
            # Where every cycle breaks a layer, each of these imports is reported already, if that rule runs.
            if not (reports_layers and tangle.is_of_layers):
                yield self._report(tangle)

    def _weigh(self, tangle: Tangle) -> Severity:
        return at_most(self.severity, Severity.INFO) if tangle.is_of_packages else self.severity

    def _report(self, tangle: Tangle) -> Finding:
        names = [module.name for module in tangle.modules]
        hops = [_first_place(tangle, edge) for edge in tangle.cycle]
        weakest, last = tangle.cycle[-1], hops[-1]
        return Finding(
            code=self.code,
            name=self.name,
            severity=self._weigh(tangle),
            message=f"{enumerate_names(names)} import each other in cycles; {_describe_size(tangle)}",
            location=last.location,
            subject=" ".join(names),
            application=tangle.modules[0].application or "",
            importer=last.importer,
            imported=last.imported,
            import_kind=last.kind,
            statement=last.statement,
            chain=tuple(Hop(hop.importer, hop.imported, hop.location) for hop in hops),
            related=tuple(
                Related(f"to be removed as well: {_describe(tangle, edge)}", _first_place(tangle, edge).location)
                for edge in tangle.cut.edges
                if edge != weakest
            ),
            notes=(
                *([f"modules: {cut_short(names, _MOST_LISTED)}"] if len(names) > MOST_NAMES else []),
                f"to be removed: {_describe(tangle, weakest)}",
                _advise(tangle, weakest),
            ),
            cut=len(tangle.cut.edges),
        )


def _find_possible_cycles(project: Project) -> list[Suspect]:
    """List the possible imports that lie on cycles of possible imports, in the order of all."""
    graph: Mapping[str, Collection[str]] = project.derive_by_importer(_list_imported)
    for _ in range(_ROUNDS):
        # Who imports nothing, or is imported by nobody, lies on no cycle; to see that is cheap, and most are like that.
        inner = set().union(*graph.values()) & graph.keys()
        graph = {path: found for path in inner if (found := inner.intersection(graph[path]))}
    tangle_of = _number_tangles(graph)
    modules = [each for each in project.modules if each.path in tangle_of]
    return _keep_inside(tangle_of, (each for module in modules for each in project.suspects_by(module.path)))


def _list_imported(_: Project, suspects: Sequence[Suspect]) -> list[str]:
    return [each.imported.path for each in suspects]


def _inside_tangles(suspects: Iterable[Suspect]) -> list[Suspect]:
    """Keep the possible imports that lie on cycles of possible imports."""
    kept = list(suspects)
    return _keep_inside(_number_tangles(graph_of(map(_ends, kept))), kept)


def _number_tangles(graph: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Tell of each module that lies on a cycle in which tangle it is."""
    return {path: at for at, tangle in enumerate(find_tangles(graph)) for path in tangle}


def _keep_inside(tangle_of: Mapping[str, int], suspects: Iterable[Suspect]) -> list[Suspect]:
    return [each for each in suspects if tangle_of.get(each.importer.path, -1) == tangle_of.get(each.imported.path)]


def _ends(suspect: Suspect) -> Edge:
    return suspect.importer.path, suspect.imported.path


_ROUNDS = 3
_MOST_LISTED = 40


def _describe_size(tangle: Tangle) -> str:
    size = len(tangle.cut.edges)
    doubt = "" if tangle.cut.is_smallest else " (fewer may suffice)"
    return f"removing {count(size, 'import')} leaves no cycle{doubt}"


def _describe(tangle: Tangle, edge: Edge) -> str:
    place = _first_place(tangle, edge)
    also = "breaks a layer as well" if tangle.breaks_a_layer(edge) else ""
    deferred = "can be deferred into a function" if tangle.can_be_deferred(edge) else ""
    reasons = ", ".join(filter(None, (also, deferred)))
    return f"{place.importer} imports {place.imported}" + (f" ({reasons})" if reasons else "")


def _advise(tangle: Tangle, edge: Edge) -> str:
    place = _first_place(tangle, edge)
    if tangle.can_be_deferred(edge):
        return f"help: import {place.imported} in the functions of {place.importer} that use it"
    inner, package = (
        (place.importer, place.imported) if tangle.is_from_package(edge) else (place.imported, place.importer)
    )
    if tangle.is_of_packages and inner.startswith(f"{package}."):
        return f"help: move what {inner} takes from its package {package} into a module of its own"
    return "help: move what both need into a module of its own, or import below `if TYPE_CHECKING` what only annotations use"


def _first_place(tangle: Tangle, edge: Edge) -> Import:
    return tangle.places[edge][0]
