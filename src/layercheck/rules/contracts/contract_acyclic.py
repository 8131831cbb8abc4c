from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import AcyclicContract, ContractRule, parse_pattern
from layercheck.rules.contracts.contracted_graph import ContractedGraph
from layercheck.rules.contracts.grouping import is_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from layercheck import Broken, Edge, GraphView


class ContractAcyclic(ContractRule[AcyclicContract]):
    """A cycle that breaks a contract of the kind `acyclic`.

    ## What it does

    Reports tangles of the children of a package: sets of modules and packages directly below it that import each other, a
    package counting as one with all that is in it. There is one finding per tangle, with a shortest cycle and the smallest
    set of imports between children whose removal leaves no cycle. The packages below are looked at as well, down to
    `depth`. With `between = "modules"`, single modules are looked at, wherever they are in the packages.

    ## Why is this bad?

    None of the packages can be understood, tested or moved without the others.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "packages form no cycle"
    kind = "acyclic"
    packages = ["app"]
    ```

    `app/orders/order.py`:

    ```python
    from app.customers.customer import Customer
    ```

    `app/orders/total.py`:

    ```python
    def total() -> int: ...
    ```

    `app/customers/customer.py`:

    ```python
    class Customer: ...
    ```

    `app/customers/balance.py`:

    ```python
    from app.orders.total import total  # error: LC128
    ```

    ## Use instead

    Move `app/customers/balance.py` to `app/orders/balance.py`.

    ## Limits

    The cut is the smallest one for tangles of up to some hundred connections, and often up to 2,000; otherwise the message
    says that fewer may suffice. In the baseline, a tangle is identified by its members and the size of the cut.
    """

    code = "LC128"
    name = "contract-acyclic"
    record = AcyclicContract

    def judge(self, contract: AcyclicContract, graph: GraphView) -> Iterable[Broken]:
        """Find tangles of possible imports, then tangles of real imports in these."""
        for package, connections in _connect(contract, graph):
            yield from ContractedGraph(graph, connections, package).find_tangles()

    def find_carried(self, contract: AcyclicContract, graph: GraphView) -> Callable[[Edge], bool]:
        """Return a function that says whether an import is on a cycle."""
        graphs = [ContractedGraph(graph, connections, package) for package, connections in _connect(contract, graph)]
        on_cycles = {edge for each in graphs for edge in each.list_edges_on_cycles()}
        return on_cycles.__contains__

    def find_reason_idle(self, contract: AcyclicContract, graph: GraphView) -> str:
        """Look for two modules, or for a package with two children."""
        if contract.between == "modules":
            return "" if len(_modules_inside(contract, graph)) > 1 else "there are no two modules in its packages"
        names = (module.name for module in graph.modules)
        is_strict = _has_two_children(names, _Scope(contract, graph))
        return "" if is_strict else "no package that it looks at has two children"


def _has_two_children(names: Iterable[str], scope: _Scope) -> bool:
    """Tell whether a package that is looked at has two children."""
    first: dict[str, str] = {}
    for name in names:
        parts = name.split(".")
        for depth in range(len(parts)):
            package, child = ".".join(parts[:depth]), parts[depth]
            if scope.includes(package) and first.setdefault(package, child) != child:
                return True
    return False


def _connect(contract: AcyclicContract, graph: GraphView) -> list[tuple[str, Mapping[tuple[str, str], list[Edge]]]]:
    """List the connections in each package; a single list for no package if modules are compared."""
    if contract.between == "siblings":
        return sorted(_connect_siblings(contract, graph).items())
    inside = _modules_inside(contract, graph)
    names = [module.name for module in graph.modules]
    edges = (edge for edge in graph.edges if edge[0] in inside and edge[1] in inside)
    return [("", {(names[edge[0]], names[edge[1]]): [edge] for edge in edges})]


def _modules_inside(contract: AcyclicContract, graph: GraphView) -> set[int]:
    if not contract.packages:
        return set(range(len(graph.modules)))
    return {each.number for text in contract.packages for each in graph.select(parse_pattern(text))}


def _connect_siblings(
    contract: AcyclicContract, graph: GraphView
) -> Mapping[str, Mapping[tuple[str, str], list[Edge]]]:
    """Group the possible imports by the package that both ends share, and by the children of it that they connect."""
    found: dict[str, dict[tuple[str, str], list[Edge]]] = defaultdict(lambda: defaultdict(list))
    scope = _Scope(contract, graph)
    names = [module.name.split(".") for module in graph.modules]
    for edge in graph.edges:
        start, end = names[edge[0]], names[edge[1]]
        shared = 0
        for one, other in zip(start, end, strict=False):
            if one != other:
                break
            shared += 1
        # A package is no child of itself.
        if shared < min(len(start), len(end)):
            package = ".".join(start[:shared])
            if scope.includes(package):
                children = (".".join(start[: shared + 1]), ".".join(end[: shared + 1]))
                found[package][children].append(edge)
    return found


class _Scope:
    """The packages that are judged."""

    def __init__(self, contract: AcyclicContract, graph: GraphView) -> None:
        self._tops = {each.match.head for text in contract.packages for each in graph.select(parse_pattern(text))}
        self._skipped = {each.match.head for text in contract.skip for each in graph.select(parse_pattern(text))}
        self._is_everything = not contract.packages
        self._depth = contract.depth
        self._known: dict[str, bool] = {}

    def includes(self, package: str) -> bool:
        known = self._known.get(package)
        if known is None:
            known = self._known[package] = self._is_in_reach(package) and not any(
                is_within(package, each) for each in self._skipped
            )
        return known

    def _is_in_reach(self, package: str) -> bool:
        if self._is_everything:
            return True
        return any(is_within(package, top) and package.count(".") - top.count(".") <= self._depth for top in self._tops)
