"""Imports and chains between groups of modules that may not reach each other: searched among possible imports, then confirmed.

Nearly every possible import is real, so a chain is looked for first, and only its own imports are read from the files. If
one of them turns out to be none, it leaves the graph, and the search goes on.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from layercheck.project.contract_graph import Edge, GraphView, Step

    Chain = tuple[Edge, ...]

MOST_ROUTES = 5
"""Chains that are shown of those that share their last import."""
_MOST_LOOKED_AT = 500
"""Limit of the search for further chains: an exact count is not worth its cost."""


class Breach(NamedTuple):
    """An import, or chains of imports that share their last one, that break a contract."""

    routes: tuple[tuple[Step, ...], ...]
    """Chains, the shortest first; one of one import where it is direct."""
    pairs: tuple[tuple[str, str], ...]
    """Which groups reach which: the group that imports and the group that is imported, of each chain."""
    more: int = 0
    """How many chains from other modules there may be besides."""
    is_counted: bool = True
    """Whether there are no more than that."""

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

        Chains may lead through modules without a group. `libraries` are the numbers that stand for
        no module but for something outside.
        """
        self.names = names
        self.of = of
        self.barred = barred
        self.libraries = libraries

    def name_pair(self, start: int, end: int) -> tuple[str, str]:
        """Return the names of the groups of two modules."""
        return self.names[self.of[start]], self.names[self.of[end]]


def find_breaches(view: GraphView, groups: Groups, *, with_chains: bool = True) -> Iterator[Breach]:
    """Find the imports between groups that may not reach each other, and the chains through modules without a group.

    Chains that share their last import are one breach. Many modules import a library legitimately, so there the
    chains from one module are one.
    """
    search = _Search(view, groups)
    links = search.find_links() if with_chains else []
    real = view.confirm([*search.direct, *links])
    for edge in search.direct:
        if edge in real:
            yield Breach(((real[edge],),), (groups.name_pair(*edge),))
    chains = search.find_chains([link for link in links if link in real and link[1] not in groups.libraries])
    yield from search.add_routes(chains)
    for library in groups.libraries if with_chains else ():
        ends = [link[0] for link in links if link[1] == library and link in real]
        direct = {edge[0] for edge in search.direct if edge[1] == library and edge in real}
        yield from search.find_chains_to_library(library, ends, direct)


def find_carriers(view: GraphView, groups: Groups, *, with_chains: bool = True) -> Callable[[Edge], bool]:
    """Return a function that says whether an import is on a path between groups that may not reach each other."""
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
    """Compute which groups (as bits) may reach each module without a group through such modules."""
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
        """Possible imports of a group by a module without one."""
        self._free: list[Edge] = []
        """Possible imports of modules without a group."""
        self._followers: dict[int, list[int]] = defaultdict(list)
        self._importers: dict[int, list[int]] = defaultdict(list)
        of, barred = groups.of, groups.barred
        for edge in view.edges:
            other = of.get(edge[1])
            if other is None:
                self._free.append(edge)
            elif barred[other]:
                group = of.get(edge[0])
                if group is None:
                    self._links.append(edge)
                elif barred[other] >> group & 1:
                    self.direct.append(edge)
        self.direct.sort()

    def find_links(self) -> list[Edge]:
        """Find the possible imports of a group by a module without one that a barred group may reach."""
        if not self._links:
            return []
        reaching = _spread(self._free, self._groups.of)
        of, barred = self._groups.of, self._groups.barred
        found = sorted(edge for edge in self._links if reaching.get(edge[0], 0) & barred[of[edge[1]]])
        for start, end in sorted(self._free) if found else ():
            self._followers[start].append(end)
            self._importers[end].append(start)
        return found

    def find_chains(self, links: Iterable[Edge]) -> dict[Edge, Chain]:
        """Find for each real link the shortest chain of real imports that ends with it; there may be none."""
        by_barred: dict[int, list[Edge]] = defaultdict(list)
        for link in links:
            by_barred[self._groups.barred[self._groups.of[link[1]]]].append(link)
        found: dict[Edge, Chain] = {}
        for barred, left in by_barred.items():
            waiting = left
            while waiting:
                came_from = self._search_onward(barred)
                chains = {link: _trace(link, came_from) for link in waiting if link[0] in came_from}
                real = self._view.confirm(dict.fromkeys(edge for chain in chains.values() for edge in chain))
                done = {link: chain for link, chain in chains.items() if all(edge in real for edge in chain)}
                found |= done
                waiting = [link for link in chains if link not in done]
        return found

    def add_routes(self, chains: Mapping[Edge, Chain]) -> Iterator[Breach]:
        """Put the nearest other modules that reach each link beside the shortest chain to it."""
        around: dict[tuple[int, int], _Reach] = {}
        others: dict[Edge, list[int]] = {}
        shown: dict[Edge, list[Chain]] = {}
        is_counted: dict[Edge, bool] = {}
        for link, chain in sorted(chains.items()):
            # What reaches a module is the same for all that it imports of groups that bar the same.
            key = (link[0], self._groups.barred[self._groups.of[link[1]]])
            if key not in around:
                around[key] = self._search_back([link[0]], key[1], _MOST_LOOKED_AT)
            reach = around[key]
            is_counted[link] = reach.is_whole
            others[link] = [start for start in reach.starts if start != chain[0][0]]
            shown[link] = [(*reach.way_from(start), link) for start in others[link][: MOST_ROUTES - 1]]
        edges = (edge for link, each in shown.items() for route in (chains[link], *each) for edge in route)
        real = self._view.confirm(dict.fromkeys(edges))
        for link, each in shown.items():
            routes = [chains[link], *(route for route in each if all(edge in real for edge in route))]
            yield Breach(
                tuple(tuple(real[edge] for edge in route) for route in routes),
                tuple(self._groups.name_pair(route[0][0], link[1]) for route in routes),
                len(others[link]) + 1 - len(routes),
                is_counted[link],
            )

    def find_chains_to_library(self, library: int, ends: Sequence[int], direct: Collection[int]) -> Iterator[Breach]:
        """Find the shortest chain to a library from each module that does not import it directly."""
        done = set(direct)
        while True:
            reach = self._search_back(ends, self._groups.barred[self._groups.of[library]])
            ways = {start: reach.way_from(start) for start in reach.starts if start not in done}
            chains = {start: (*way, (way[-1][1], library)) for start, way in ways.items()}
            real = self._view.confirm(dict.fromkeys(edge for chain in chains.values() for edge in chain))
            found = {start: chain for start, chain in chains.items() if all(edge in real for edge in chain)}
            for start, chain in found.items():
                yield Breach((tuple(real[edge] for edge in chain),), (self._groups.name_pair(start, library),))
            if len(found) == len(chains):
                return
            done.update(found)

    def _search_onward(self, barred: int) -> dict[int, int]:
        """Find the modules without a group that some groups reach, and the one before each on a shortest way."""
        starts = sorted(number for number, group in self._groups.of.items() if barred >> group & 1)
        came_from: dict[int, int] = {}
        disproved = self._view.disproved
        queue = deque(starts)
        while queue:
            node = queue.popleft()
            for follower in self._followers.get(node, ()):
                if follower not in came_from and (node, follower) not in disproved:
                    came_from[follower] = node
                    queue.append(follower)
        return came_from

    def _search_back(self, ends: Iterable[int], barred: int, at_most: int | None = None) -> _Reach:
        """Find the modules of barred groups that may reach `ends`, and the paths.

        After `at_most` imports the search ends.
        """
        of, disproved = self._groups.of, self._view.disproved
        onward = dict.fromkeys(ends, -1)
        starts: list[int] = []
        queue = deque(sorted(onward))
        looked_at = 0
        while queue:
            node = queue.popleft()
            for importer in self._importers.get(node, ()):
                looked_at += 1
                if at_most is not None and looked_at > at_most:
                    return _Reach(starts, onward, is_whole=False)
                if importer in onward or (disproved and (importer, node) in disproved):
                    continue
                group = of.get(importer)
                if group is None:
                    onward[importer] = node
                    queue.append(importer)
                elif barred >> group & 1:
                    onward[importer] = node
                    starts.append(importer)
        return _Reach(starts, onward, is_whole=True)


class _Reach(NamedTuple):
    """The modules that may reach some others."""

    starts: list[int]
    """Modules of groups, the nearest first."""
    onward: dict[int, int]
    """The next module on the shortest path from each; -1 at its end."""
    is_whole: bool
    """Whether the search was complete."""

    def way_from(self, start: int) -> Chain:
        """Return the shortest path from a module."""
        way = []
        while (following := self.onward[start]) >= 0:
            way.append((start, following))
            start = following
        return tuple(way)


def _trace(link: Edge, came_from: Mapping[int, int]) -> Chain:
    """Return the path to a link, with the link."""
    chain = [link]
    while chain[-1][0] in came_from:
        node = chain[-1][0]
        chain.append((came_from[node], node))
    return tuple(reversed(chain))
