"""Tangles of a graph: sets of nodes each of which leads to every other one."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


def find_tangles(graph: Mapping[str, Collection[str]]) -> list[frozenset[str]]:
    """Find the strongly connected sets of more than one node (Tarjan, without recursion), sorted."""
    search = _Search(graph)
    for node in sorted(graph):
        search.run(node)
    return sorted(search.found, key=sorted)


def shortest_cycle(graph: Mapping[str, Collection[str]], start: str, inside: Collection[str]) -> list[str]:
    """Find a shortest way from `start` back to it that does not leave `inside`; empty where there is none."""
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for follower in sorted(graph.get(node, ())):
            if follower == start:
                return _trace(came_from, start, node)
            if follower in inside and follower not in came_from:
                came_from[follower] = node
                queue.append(follower)
    return []


def _trace(came_from: Mapping[str, str], start: str, last: str) -> list[str]:
    way = [start, last]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


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
        if len(members) > 1:
            self.found.append(frozenset(members))
