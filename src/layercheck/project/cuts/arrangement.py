"""A good order of nodes, in which few edges lead back: for graphs that are too large for the best one.

A greedy order (Eades, Lin and Smyth, 1993), in which each node is then moved to its best place while that gains anything
(sifting). Takes time in proportion to the edges, and the square of the nodes only where nodes move far.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Weights = Mapping[int, Mapping[int, int]]
    """What each edge costs, by its start and its end."""

_MOST_PASSES = 8


def edges_that_lead_back(forward: Weights) -> list[tuple[int, int]]:
    """Arrange the nodes, and list the edges against their order; without them the graph has no cycle.

    Every node is a key of `forward`.
    """
    backward: dict[int, dict[int, int]] = {node: {} for node in forward}
    for start, ends in forward.items():
        for end, weight in ends.items():
            backward[end][start] = weight
    order = _sift(_arrange(forward, backward), forward, backward)
    place = {node: at for at, node in enumerate(order)}
    return [(start, end) for start, ends in forward.items() for end in ends if place[end] < place[start]]


def _arrange(forward: Weights, backward: Weights) -> list[int]:
    """Take sinks to the end and sources to the front, else to the front the node with the most to gain there."""
    out = {node: sum(ends.values()) for node, ends in forward.items()}
    into = {node: sum(starts.values()) for node, starts in backward.items()}
    waiting = [_urgency(node, out[node], into[node]) for node in sorted(forward)]
    heapify(waiting)
    front: list[int] = []
    back: list[int] = []
    while waiting:
        urgency = heappop(waiting)
        node = urgency[-1]
        if node not in out or urgency != _urgency(node, out[node], into[node]):
            continue
        is_sink = out.pop(node) == 0
        del into[node]
        (back if is_sink else front).append(node)
        for neighbours, sums in ((forward[node], into), (backward[node], out)):
            for other, weight in neighbours.items():
                if other in sums:
                    sums[other] -= weight
                    heappush(waiting, _urgency(other, out[other], into[other]))
    return front + back[::-1]


def _urgency(node: int, out: int, into: int) -> tuple[int, int, int]:
    return (0 if out == 0 else 1 if into == 0 else 2, into - out, node)


def _sift(order: list[int], forward: Weights, backward: Weights) -> list[int]:
    place = {node: at for at, node in enumerate(order)}
    for _ in range(_MOST_PASSES):
        has_moved = False
        for node in list(order):
            target = _best_place(place, forward[node], backward[node], place[node])
            if target is not None:
                _move(order, place, node, target)
                has_moved = True
        if not has_moved:
            break
    return order


def _best_place(place: Mapping[int, int], ends: Mapping[int, int], starts: Mapping[int, int], now: int) -> int | None:
    """Find where a node has the least weight of edges that lead back; None where nothing is better than its place."""
    neighbours = sorted({*ends, *starts}, key=place.__getitem__)
    # At the very front, all edges that lead to the node lead back.
    cost = sum(starts.values())
    best_cost, best = cost, 0
    cost_now = cost
    for neighbour in neighbours:
        at = place[neighbour]
        cost += ends.get(neighbour, 0) - starts.get(neighbour, 0)
        if at < now:
            cost_now = cost
        if cost < best_cost:
            best_cost, best = cost, at + 1
    if best_cost >= cost_now:
        return None
    return best - 1 if best > now else best


def _move(order: list[int], place: dict[int, int], node: int, target: int) -> None:
    now = place[node]
    del order[now]
    order.insert(target, node)
    for at in range(min(now, target), max(now, target) + 1):
        place[order[at]] = at
