"""A graph whose nodes are packages: its tangles, and where to cut them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import BrokenTangle, count, find_tangles, graph_of, shortest_cycle_over
from layercheck.rules.name_lists import enumerate_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layercheck import Edge, GraphView, Step

    Connection = tuple[str, str]
    """The names of two nodes of which one imports the other."""

_AT_ONCE = 4
"""The number of imports of one connection that are read together; one real import is enough."""


class ContractedGraph:
    """Packages or modules, and the possible imports that connect them."""

    def __init__(self, view: GraphView, imports: Mapping[Connection, Sequence[Edge]], package: str) -> None:
        """`package` is the parent of the nodes; empty if they are modules."""
        self._view = view
        self._imports = imports
        self._package = package
        self._steps: dict[Connection, Step] = {}

    def find_tangles(self) -> Iterator[BrokenTangle]:
        """Find the sets of nodes that import each other."""
        self._confirm(self._list_on_cycles())
        for members in find_tangles(graph_of(self._steps)):
            within = {each: step for each, step in self._steps.items() if members.issuperset(each)}
            yield self._describe(sorted(members), within)

    def list_edges_on_cycles(self) -> Iterator[Edge]:
        """List the possible imports on possible cycles."""
        for connection in self._list_on_cycles():
            yield from self._imports[connection]

    def _list_on_cycles(self) -> list[Connection]:
        tangle_of = {node: at for at, each in enumerate(find_tangles(graph_of(self._imports))) for node in each}
        return [each for each in self._imports if tangle_of.get(each[0], -1) == tangle_of.get(each[1], -2)]

    def _confirm(self, connections: Sequence[Connection]) -> None:
        """Find one real import for each connection that has any."""
        left = {connection: list(self._imports[connection]) for connection in connections}
        while left:
            batch = {connection: edges[:_AT_ONCE] for connection, edges in left.items()}
            steps = self._view.confirm([edge for edges in batch.values() for edge in edges])
            for connection, edges in batch.items():
                real = next((steps[edge] for edge in edges if edge in steps), None)
                if real is not None:
                    self._steps[connection] = real
                del left[connection][:_AT_ONCE]
            left = {each: edges for each, edges in left.items() if edges and each not in self._steps}

    def _describe(self, members: Sequence[str], within: Mapping[Connection, Step]) -> BrokenTangle:
        from layercheck import find_cut  # noqa: PLC0415  (most projects have no tangle)

        graph = graph_of(within)
        cut = find_cut(graph, {connection: (len(self._imports[connection]),) for connection in within})
        # Each cycle holds a connection of the cut.
        cycle = shortest_cycle_over(graph, cut.edges)
        size = len(cut.edges)
        imports = sum(len(self._imports[connection]) for connection in cut.edges)
        doubt = "" if cut.is_smallest else " (fewer may suffice)"
        where = f"in `{self._package}`, " if self._package else ""
        noun = "children" if self._package else "modules"
        links = count(size, "connection")
        return BrokenTangle(
            tuple(members),
            tuple(within[connection] for connection in cycle),
            tuple(within[connection] for connection in cut.edges),
            size,
            f"{where}{enumerate_names(members, noun)} import each other in cycles; removing {links}"
            f" ({count(imports, 'import')}) leaves no cycle{doubt}",
            f"remove what {cycle[-1][0]} imports from {cycle[-1][1]}, or move what both need into a module of its own",
        )
