"""Imports and chains between groups of modules that may not reach each other: found among possible imports, then confirmed.

Nearly every possible import is real, so a chain is looked for first, and only its own imports are read from the files. If
one of them turns out to be none, it leaves the graph, and the search goes on.
"""

from __future__ import annotations

import sys
from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from layercheck.project.contract_graph import Edge, GraphView, Step

MOST_ROUTES = 5
"""Chains that are shown of those that share their last import."""
_MOST_COUNTED = 100
"""Modules from which such chains start: to count on would cost more than it says."""


class Breach(NamedTuple):
    """An import, or chains of imports that share their last one, that break a contract."""

    routes: tuple[tuple[Step, ...], ...]
    """Chains, the shortest first; one of one import where it is direct."""
    pairs: tuple[tuple[str, str], ...]
    """Which groups reach which: the group that imports and the group that is imported, of each chain."""
    more: int = 0
    """How many chains from other modules there may be besides."""

    @property
    def chain(self) -> tuple[Step, ...]:
        """The shortest chain."""
        return self.routes[0]

    @property
    def last(self) -> Step:
        """The import that all the chains share."""
        return self.routes[0][-1]


class Groups:
    """Modules in groups, and which groups may not reach which."""

    def __init__(
        self,
        names: Sequence[str],
        of: Mapping[int, int],
        barred: Sequence[int],
        libraries: Collection[int] = (),
    ) -> None:
        """`of` holds the group of each module; `barred`, for each group, the set (as bits) of those that may not reach it.

        A module without a group belongs to nobody: chains may lead through it. `libraries` are the numbers that stand for
        no module but for something outside.
        """
        self.names = names
        self.of = of
        self.barred = barred
        self.libraries = libraries


def find_breaches(view: GraphView, groups: Groups, *, with_chains: bool = True) -> Iterator[Breach]:
    """Find the imports between groups that may not reach each other, and the chains through modules without a group.

    Chains that share their last import are one breach. To a library many lead, which nobody is to blame for: there, the
    chains from one module are one.
    """
    search = _Search(view, groups)
    links = search.find_links() if with_chains else []
    real = view.confirm([*search.direct, *links])
    for edge in search.direct:
        if edge in real:
            yield Breach(((real[edge],),), (search.name_pair(edge),))
    for link in links:
        if link in real and link[1] not in groups.libraries:
            yield from search.follow_back(link, real[link])
    for library in groups.libraries if with_chains else ():
        ends = [link[0] for link in links if link[1] == library and link in real]
        direct = {edge[0] for edge in search.direct if edge[1] == library and edge in real}
        yield from search.follow_library_back(library, ends, direct)


def find_carriers(view: GraphView, groups: Groups, *, with_chains: bool = True) -> Callable[[Edge], bool]:
    """Make a function that tells of an import whether it lies on a way between groups that may not reach each other."""
    of, barred = groups.of, groups.barred
    back = _spread(view.edges, of) if with_chains else {}
    onward = _spread([(end, start) for start, end in view.edges], of) if with_chains else {}

    def carries(edge: Edge) -> bool:
        start, end = (of.get(node) for node in edge)
        starts = back.get(edge[0], 0) if start is None else 1 << start
        ends = onward.get(edge[1], 0) if end is None else 1 << end
        return any(barred[other] & starts for other in _list_bits(ends))

    return carries


def _list_bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _spread(edges: Iterable[Edge], of: Mapping[int, int]) -> dict[int, int]:
    """Find out which groups (as bits) may reach each module without a group, through others of that sort."""
    followers: dict[int, list[int]] = defaultdict(list)
    reaching: dict[int, int] = {}
    for start, end in edges:
        if end not in of:
            group = of.get(start)
            if group is None:
                followers[start].append(end)
            else:
                reaching[end] = reaching.get(end, 0) | 1 << group
    queue = deque(reaching)
    while queue:
        node = queue.popleft()
        groups = reaching[node]
        for follower in followers.get(node, ()):
            known = reaching.get(follower, 0)
            if groups | known != known:
                reaching[follower] = groups | known
                queue.append(follower)
    return reaching


class _Search:
    def __init__(self, view: GraphView, groups: Groups) -> None:
        self._view = view
        self._groups = groups
        self.direct: list[Edge] = []
        """Possible imports of one group by another that may not reach it."""
        self._links: list[Edge] = []
        self._importers: dict[int, list[int]] = defaultdict(list)
        """For a module without a group, who may import it."""
        self._reaching: Mapping[int, int] = {}
        """Which groups (as bits) may reach a module without a group; some of that may have been disproved since."""
        self._proven: dict[int, int] = {}
        """Which groups (as bits) are known to reach each group."""
        of = groups.of
        for edge in view.edges:
            start, end = edge
            group, other = of.get(start), of.get(end)
            if other is None:
                self._importers[end].append(start)
            elif group is None:
                if groups.barred[other]:
                    self._links.append(edge)
            elif groups.barred[other] >> group & 1:
                self.direct.append(edge)
        self.direct.sort()

    def name_pair(self, edge: Edge) -> tuple[str, str]:
        names, of = self._groups.names, self._groups.of
        return names[of[edge[0]]], names[of[edge[1]]]

    def find_links(self) -> list[Edge]:
        """Find the possible imports of a group by a module without one that a barred group may reach."""
        if not self._links:
            return []
        self._reaching = _spread(self._view.edges, self._groups.of)
        of, barred = self._groups.of, self._groups.barred
        return sorted(edge for edge in self._links if self._reaching.get(edge[0], 0) & barred[of[edge[1]]])

    def follow_back(self, link: Edge, last: Step) -> Iterator[Breach]:
        """Find the chains that end with a real import, the shortest first."""
        target = self._groups.of[link[1]]
        while True:
            starts, onward = self._search_back([link[0]], link[1], _MOST_COUNTED)
            chosen = self._choose(starts, target)
            chains = {start: _follow(start, onward, link[1]) for start in chosen}
            steps = self._view.confirm({edge: None for chain in chains.values() for edge in chain if edge != link})
            steps[link] = last
            if all(edge in steps for chain in chains.values() for edge in chain):
                break
        if not chosen:
            return
        for start in chosen:
            self._proven[target] = self._proven.get(target, 0) | 1 << self._groups.of[start]
        yield Breach(
            tuple(tuple(steps[edge] for edge in chains[start]) for start in chosen),
            tuple(self.name_pair((start, link[1])) for start in chosen),
            len(starts) - len(chosen),
        )

    def follow_library_back(self, library: int, ends: Sequence[int], direct: Collection[int]) -> Iterator[Breach]:
        """Find the shortest chain to a library from each module that does not import it directly."""
        done = set(direct)
        while True:
            starts, onward = self._search_back(ends, library)
            chains = {start: _follow(start, onward, library) for start in starts if start not in done}
            steps = self._view.confirm({edge: None for chain in chains.values() for edge in chain})
            found = {start: chain for start, chain in chains.items() if all(edge in steps for edge in chain)}
            for start, chain in found.items():
                yield Breach((tuple(steps[edge] for edge in chain),), (self.name_pair((start, library)),))
            if len(found) == len(chains):
                return
            done.update(found)

    def _choose(self, starts: Sequence[int], target: int) -> list[int]:
        """Choose the nearest, and the nearest of each group that is not known yet to reach the target."""
        of = self._groups.of
        chosen = dict.fromkeys(starts[:MOST_ROUTES])
        seen = {of[start] for start in chosen}
        for start in starts[MOST_ROUTES:]:
            if of[start] not in seen and not self._proven.get(target, 0) >> of[start] & 1:
                seen.add(of[start])
                chosen[start] = None
        return list(chosen)

    def _search_back(
        self, ends: Iterable[int], target: int, at_most: int = sys.maxsize
    ) -> tuple[list[int], dict[int, int]]:
        """Find the modules of barred groups that may reach the target through `ends`, the nearest first, and their ways.

        After `at_most` of them, only groups that are not known yet to reach the target are looked for.
        """
        of = self._groups.of
        barred = self._groups.barred[of[target]]
        onward = dict.fromkeys(ends, target)
        missing = 0
        for end in onward:
            missing |= self._reaching.get(end, 0) & barred
        missing &= ~self._proven.get(of[target], 0)
        starts: list[int] = []
        queue = deque(sorted(onward))
        while queue and (len(starts) < at_most or missing):
            node = queue.popleft()
            for importer in sorted(self._importers.get(node, ())):
                if importer in onward or self._view.is_disproved((importer, node)):
                    continue
                group = of.get(importer)
                if group is None:
                    if self._reaching.get(importer, 0) & barred:
                        onward[importer] = node
                        queue.append(importer)
                elif barred >> group & 1:
                    onward[importer] = node
                    starts.append(importer)
                    missing &= ~(1 << group)
        return starts, onward


def _follow(start: int, onward: Mapping[int, int], target: int) -> list[Edge]:
    chain = []
    node = start
    while node != target:
        chain.append((node, onward[node]))
        node = onward[node]
    return chain
