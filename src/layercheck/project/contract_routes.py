"""Imports and chains between groups of modules that may not reach each other: found among possible imports, then confirmed.

Nearly every possible import is real, so a chain is looked for first, and only its own imports are read from the files. If
one of them turns out to be none, it leaves the graph, and the search goes on.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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

    def __init__(self, names: Sequence[str], of: Mapping[int, int], barred: Sequence[int]) -> None:
        """`of` holds the group of each module; `barred`, for each group, the set (as bits) of those that may not reach it.

        A module without a group belongs to nobody: chains may lead through it.
        """
        self.names = names
        self.of = of
        self.barred = barred

    def is_barred(self, group: int, other: int) -> bool:
        """Tell whether `group` may not reach `other`."""
        return bool(self.barred[other] >> group & 1)


def find_breaches(view: GraphView, groups: Groups, *, with_chains: bool = True) -> Iterator[Breach]:
    """Find the imports between groups that may not reach each other, and the chains through modules without a group."""
    search = _Search(view, groups)
    links = search.find_links() if with_chains else []
    real = view.confirm([*search.direct, *links])
    for edge in search.direct:
        if edge in real:
            yield Breach(((real[edge],),), (search.name_pair(edge),))
    for link in links:
        if link in real:
            yield from search.follow_back(link, real[link])


class _Search:
    def __init__(self, view: GraphView, groups: Groups) -> None:
        self._view = view
        self._groups = groups
        self.direct: list[Edge] = []
        """Possible imports of one group by another that may not reach it."""
        self._links: list[Edge] = []
        self._importers: dict[int, list[int]] = defaultdict(list)
        """For a module without a group, who may import it."""
        self._proven: set[tuple[int, int]] = set()
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
        reaching = self._find_reaching()
        of, barred = self._groups.of, self._groups.barred
        return sorted(edge for edge in self._links if reaching.get(edge[0], 0) & barred[of[edge[1]]])

    def _find_reaching(self) -> dict[int, int]:
        """Find out which groups (as bits) may reach each module without a group, through others of that sort."""
        of = self._groups.of
        followers: dict[int, list[int]] = defaultdict(list)
        reaching: dict[int, int] = {}
        for end, starts in self._importers.items():
            for start in starts:
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

    def follow_back(self, link: Edge, last: Step) -> Iterator[Breach]:
        """Find the chains that end with a real import, the shortest first."""
        while True:
            starts, onward = self._search_back(link)
            chosen = self._choose(starts, link[1])
            if not chosen:
                return
            chains = {start: self._chain(start, onward, link) for start in chosen}
            steps = self._view.confirm({edge: None for chain in chains.values() for edge in chain})
            steps[link] = last
            if all(edge in steps for chain in chains.values() for edge in chain):
                break
        target = self._groups.of[link[1]]
        self._proven.update((self._groups.of[start], target) for start in chosen)
        names = self._groups.names
        yield Breach(
            tuple(tuple(steps[edge] for edge in chains[start]) for start in chosen),
            tuple((names[self._groups.of[start]], names[target]) for start in chosen),
            len(starts) - len(chosen),
        )

    def _choose(self, starts: Sequence[int], end: int) -> list[int]:
        """Choose the nearest, and the nearest of each group that is not known yet to reach the target."""
        of, target = self._groups.of, self._groups.of[end]
        chosen = dict.fromkeys(starts[:MOST_ROUTES])
        seen = {of[start] for start in chosen}
        for start in starts[MOST_ROUTES:]:
            if of[start] not in seen and (of[start], target) not in self._proven:
                seen.add(of[start])
                chosen[start] = None
        return list(chosen)

    def _search_back(self, link: Edge) -> tuple[list[int], dict[int, int]]:
        """Find the modules of barred groups that may reach a link, the nearest first, and the way from each."""
        of, barred = self._groups.of, self._groups.barred[self._groups.of[link[1]]]
        onward = {link[0]: link[1]}
        starts: list[int] = []
        missing = barred & ~sum(1 << group for group, target in self._proven if target == of[link[1]])
        queue = deque([link[0]])
        while queue and (len(starts) < _MOST_COUNTED or missing):
            node = queue.popleft()
            for importer in sorted(self._importers.get(node, ())):
                if importer in onward or self._view.is_disproved((importer, node)):
                    continue
                group = of.get(importer)
                if group is None:
                    onward[importer] = node
                    queue.append(importer)
                elif barred >> group & 1:
                    onward[importer] = node
                    starts.append(importer)
                    missing &= ~(1 << group)
        return starts, onward

    @staticmethod
    def _chain(start: int, onward: Mapping[int, int], link: Edge) -> list[Edge]:
        chain = []
        node = start
        while node != link[0]:
            chain.append((node, onward[node]))
            node = onward[node]
        return [*chain, link]
