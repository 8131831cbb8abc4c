"""Which groups of modules really reach which, as import-linter counts what breaks a contract."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layercheck.project.contract_graph import Edge, GraphView
    from layercheck.project.contract_routes import Groups


def find_pairs(view: GraphView, groups: Groups, *, through_groups: bool) -> Iterator[tuple[str, str]]:
    """Find the pairs of groups of which one reaches the other and may not.

    Chains lead through modules without a group, and with `through_groups` through those of all groups.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for number, group in sorted(groups.of.items()):
        members[group].append(number)
    for group in sorted(members):
        targets = {other for other, barred in enumerate(groups.barred) if barred >> group & 1 and other != group}
        for other in sorted(_reached(view, groups, members[group], targets, through_groups=through_groups)):
            yield groups.names[group], groups.names[other]


def _reached(
    view: GraphView, groups: Groups, starts: Iterable[int], targets: set[int], *, through_groups: bool
) -> Iterator[int]:
    """Find which of some groups are really reached; a way with an import that is none is looked for again."""
    left = set(targets)
    while left:
        came_from = _search(view, groups, starts, through_groups=through_groups)
        ends: dict[int, int] = {}
        for node in came_from:
            group = groups.of.get(node, -1)
            if group in left:
                ends.setdefault(group, node)
        ways = {group: _way(end, came_from) for group, end in ends.items()}
        real = view.confirm(dict.fromkeys(edge for way in ways.values() for edge in way))
        found = {group for group, way in ways.items() if all(edge in real for edge in way)}
        yield from found
        left = ways.keys() - found


def _search(view: GraphView, groups: Groups, starts: Iterable[int], *, through_groups: bool) -> dict[int, int]:
    followers: dict[int, list[int]] = defaultdict(list)
    for start, end in view.edges:
        followers[start].append(end)
    came_from: dict[int, int] = {}
    origin = set(starts)
    queue = deque(sorted(origin))
    while queue:
        node = queue.popleft()
        if node in came_from and node in groups.of and not through_groups:
            continue
        for follower in followers.get(node, ()):
            if follower not in came_from and follower not in origin:
                came_from[follower] = node
                queue.append(follower)
    return came_from


def _way(end: int, came_from: Mapping[int, int]) -> list[Edge]:
    way = []
    while end in came_from:
        way.append((came_from[end], end))
        end = came_from[end]
    return way
