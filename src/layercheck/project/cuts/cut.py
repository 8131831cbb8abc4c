"""Where to cut: the cheapest edges whose removal leaves a graph without cycles.

Exact by cycle covers: the cheapest edges that meet every cycle known so far are looked for by branch and bound; where a
cycle is left without them, it is one more to be met, and so on until none is left. So of all cycles, of which there may
be millions, only those are ever looked at that tell something. As each answer is the cheapest for some of the cycles,
the first that meets all of them is the cheapest of all.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.cuts.arrangement import edges_that_lead_back
from layercheck.project.cuts.cover import CoverSearch, SearchExhaustedError, list_bits
from layercheck.project.tangles import find_tangles, shortest_way

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    Edge = tuple[str, str]

EXACT_UP_TO = 2_000
"""Edges on cycles; with more of them the cut is good, but not proven to be the smallest."""
_EFFORT = 10_000
"""After which a smaller graph is given up as well: about a second. The tangles of real projects take a tenth of it."""
_MOST_CYCLES = 600
"""Which are looked at together, for the same reason."""


class Cut(NamedTuple):
    """Edges without which there is no cycle."""

    edges: tuple[Edge, ...]
    is_smallest: bool
    """Whether it is proven that no fewer edges would do."""


def find_cut(graph: Mapping[str, Collection[str]], blemishes: Mapping[Edge, Sequence[int]]) -> Cut:
    """Find the fewest edges without which a graph has no cycle.

    Among as many, those whose `blemishes` (as many numbers for each edge, none negative, the gravest first) are the
    smallest when added up.
    """
    search = _Search(graph, blemishes)
    if not search.edges:
        return Cut((), is_smallest=True)
    chosen, is_smallest = search.cut_well(), False
    if len(search.edges) <= EXACT_UP_TO:
        found, is_smallest = search.cut_by_cycles([1] * len(search.edges))
        chosen = found if is_smallest else min(found, chosen, key=search.cost)
    if is_smallest:
        # Where it takes too long to tell which of the smallest is the best, one of the smallest will do.
        found, is_best = search.cut_by_cycles(search.costs)
        chosen = found if is_best else chosen
    return Cut(tuple(sorted(map(search.name, chosen))), is_smallest)


class _Search:
    """The part of a graph that lies on cycles, its nodes and edges by number."""

    def __init__(self, graph: Mapping[str, Collection[str]], blemishes: Mapping[Edge, Sequence[int]]) -> None:
        inside = [(start, tangle) for tangle in find_tangles(graph) for start in sorted(tangle)]
        self._names = [node for node, _ in inside]
        number = {node: at for at, node in enumerate(self._names)}
        self.edges = [
            (number[start], number[end])
            for start, tangle in inside
            for end in sorted(tangle.intersection(graph[start]))
            if end != start
        ]
        self._number_of = {edge: at for at, edge in enumerate(self.edges)}
        self.costs = _join([(1, *blemishes[self.name(at)]) for at in range(len(self.edges))])

    def name(self, edge: int) -> Edge:
        start, end = self.edges[edge]
        return self._names[start], self._names[end]

    def cut_well(self) -> list[int]:
        """Find a cut that costs little."""
        return [self._number_of[edge] for edge in edges_that_lead_back(self._graph())]

    def cut_by_cycles(self, costs: Sequence[int]) -> tuple[list[int], bool]:
        """Find the cheapest cut, and tell whether it was proven to be; where that takes too long, a cheap one."""
        search = CoverSearch(costs, _EFFORT)
        quick = self.cut_well()
        try:
            # Most cycles that matter are found with covers that cost no search.
            quick, cycles = self._cover_all(set(), search.find_quickly)
            return self._cover_all(cycles, search.find)[0], True
        except SearchExhaustedError:
            return min(quick, self.cut_well(), key=self.cost), False

    def _cover_all(self, cycles: set[int], find_cover: Callable[[list[int]], int]) -> tuple[list[int], set[int]]:
        """Cover cycles until nothing is left of any other; return the cut, and the cycles by then."""
        while True:
            cut = find_cover(sorted(cycles))
            graph = self._graph(without=cut)
            left = edges_that_lead_back(graph)
            if not left:
                return list_bits(cut), cycles
            if len(cycles) + len(left) > _MOST_CYCLES:
                raise SearchExhaustedError
            cycles = cycles | self._cycles_through(left, graph)

    def cost(self, cut: Iterable[int]) -> int:
        """Add up what a cut costs."""
        return sum(self.costs[edge] for edge in cut)

    def _graph(self, without: int = 0) -> dict[int, dict[int, int]]:
        graph: dict[int, dict[int, int]] = {at: {} for at in range(len(self._names))}
        for at, (start, end) in enumerate(self.edges):
            if not without >> at & 1:
                graph[start][end] = self.costs[at]
        return graph

    def _cycles_through(self, edges: Iterable[tuple[int, int]], graph: Mapping[int, Collection[int]]) -> set[int]:
        """Find a shortest cycle through each edge that lies on one, as the set of its edges."""
        ways = (shortest_way(graph, end, start) for start, end in edges)
        rings = ([way[-1], *way] for way in ways if way)
        return {sum(1 << self._number_of[step] for step in pairwise(ring)) for ring in rings}


def _join(vectors: Sequence[Sequence[int]]) -> list[int]:
    """Make one number of each vector, so that sums of them compare like the sums of the vectors."""
    joined = [0] * len(vectors)
    for column in zip(*vectors, strict=True):
        base = sum(column) + 1
        joined = [total * base + number for total, number in zip(joined, column, strict=True)]
    return joined
