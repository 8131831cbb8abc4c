"""Tangles of a graph (sets of nodes each of which leads to every other one), and the shortest ways through them."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_Node = TypeVar("_Node", str, int)


def graph_of(edges: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Put together what each node leads to."""
    graph: dict[str, set[str]] = {}
    for start, end in edges:
        graph.setdefault(start, set()).add(end)
    return graph


def find_components(graph: Mapping[str, Collection[str]]) -> list[frozenset[str]]:
    """Part the nodes into strongly connected sets, each after all that it leads to (Tarjan, without recursion)."""
    search = _Search(graph)
    for node in sorted(graph):
        search.run(node)
    return search.found


def find_tangles(graph: Mapping[str, Collection[str]]) -> list[frozenset[str]]:
    """Find the strongly connected sets of more than one node, sorted."""
    return sorted((each for each in find_components(graph) if len(each) > 1), key=sorted)


def shortest_cycle(graph: Mapping[str, Collection[str]], start: str, inside: Collection[str]) -> list[str]:
    """Find a shortest way from `start` back to it that does not leave `inside`; empty where there is none."""
    within = {node: [each for each in graph.get(node, ()) if each in inside] for node in {start, *inside}}
    return shortest_way(within, start, start)


def shortest_cycle_over(
    graph: Mapping[str, Collection[str]], edges: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Find the edges of a shortest cycle over one of some edges, which comes last; empty where there is none."""
    best: list[str] = []
    for start, end in edges:
        way = shortest_way(graph, end, start, at_most=len(best) - 3 if best else None)
        if way:
            best = [*way, end]
    return list(pairwise(best))


def shortest_way(
    graph: Mapping[_Node, Collection[_Node]], start: _Node, end: _Node, at_most: int | None = None
) -> list[_Node]:
    """Find a shortest way of at least one edge from `start` to `end`; empty where there is none of `at_most` edges."""
    came_from: dict[_Node, _Node] = {}
    queue = deque([(start, 1)])
    while queue:
        node, length = queue.popleft()
        if at_most is not None and length > at_most:
            break
        for follower in sorted(graph.get(node, ())):
            if follower == end:
                way = [end, node]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if follower not in came_from and follower != start:
                came_from[follower] = node
                queue.append((follower, length + 1))
    return []


class _Search:
    def __init__(self, graph: Mapping[str, Collection[str]]) -> None:
        self.found: list[frozenset[str]] = []
        self._graph = graph
        self._number: dict[str, int] = {}
        self._lowest: dict[str, int] = {}
        self._open: list[str] = []
        self._is_open: set[str] = set()

    def run(self, start: str) -> None:
        """Search from one node all that was not seen yet."""
        if start in self._number:
            return
        way = [(start, self._enter(start))]
        while way:
            node, followers = way[-1]
            for follower in followers:
                if follower not in self._number:
                    way.append((follower, self._enter(follower)))
                    break
                if follower in self._is_open:
                    self._lowest[node] = min(self._lowest[node], self._number[follower])
            else:
                way.pop()
                if way:
                    self._lowest[way[-1][0]] = min(self._lowest[way[-1][0]], self._lowest[node])
                if self._lowest[node] == self._number[node]:
                    self._close(node)

    def _enter(self, node: str) -> Iterator[str]:
        self._number[node] = self._lowest[node] = len(self._number)
        self._open.append(node)
        self._is_open.add(node)
        return iter(sorted(self._graph.get(node, ())))

    def _close(self, node: str) -> None:
        members = set()
        while node not in members:
            members.add(self._open.pop())
        self._is_open -= members
        self.found.append(frozenset(members))
