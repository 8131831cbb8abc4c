"""The exact cut against brute force, and what holds for every cut."""

from __future__ import annotations

import random
import time
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.project.cuts import EXACT_UP_TO, find_cut
from layercheck.project.tangles import find_tangles

if TYPE_CHECKING:
    from layercheck.project.cuts import Cut

    Graph = dict[str, set[str]]
    Edge = tuple[str, str]
    Blemishes = dict[Edge, tuple[int, ...]]

NODES = "abcdefg"


def without(graph: Graph, cut: Cut) -> Graph:
    return {start: {end for end in ends if (start, end) not in cut.edges} for start, ends in graph.items()}


def cost(edges: tuple[Edge, ...] | list[Edge], blemishes: Blemishes) -> tuple[int, ...]:
    vectors = [(1, *blemishes[edge]) for edge in edges]
    return tuple(map(sum, zip(*vectors, strict=True))) if vectors else (0, 0, 0)


def cheapest(graph: Graph, blemishes: Blemishes) -> tuple[int, ...]:
    """Try every order of the nodes: the edges that lead back in it are a cut, and the best cut is one of these."""
    edges = [(start, end) for start, ends in graph.items() for end in ends]
    nodes = sorted({node for edge in edges for node in edge})
    return min(
        (
            cost([(start, end) for start, end in edges if order.index(start) >= order.index(end)], blemishes)
            for order in permutations(nodes)
        ),
        default=(0, 0, 0),
    )


@st.composite
def weighted_graphs(draw: st.DrawFn) -> tuple[Graph, Blemishes]:
    nodes = NODES[: draw(st.integers(2, 6))]
    pairs = [(start, end) for start in nodes for end in nodes if start != end]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True))
    graph: Graph = {node: set() for node in nodes}
    for start, end in edges:
        graph[start].add(end)
    blemish = st.tuples(st.integers(0, 1), st.integers(0, 3))
    return graph, {edge: draw(blemish) for edge in edges}


def random_graph(nodes: int, edges: int, seed: int, reach: int) -> Graph:
    """Edges lead at most `reach` nodes away, round a ring."""
    chance = random.Random(seed)
    graph: Graph = {f"n{at:04}": set() for at in range(nodes)}
    while sum(map(len, graph.values())) < edges:
        start = chance.randrange(nodes)
        end = (start + chance.randint(-reach, reach)) % nodes
        if start != end:
            graph[f"n{start:04}"].add(f"n{end:04}")
    return graph


def plain(graph: Graph) -> Blemishes:
    return {(start, end): (0, 0) for start, ends in graph.items() for end in ends}


@settings(max_examples=200, deadline=None)
@given(weighted_graphs())
def test_no_cut_is_cheaper(drawn: tuple[Graph, Blemishes]) -> None:
    graph, blemishes = drawn

    cut = find_cut(graph, blemishes)

    assert find_tangles(without(graph, cut)) == []
    assert cut.is_smallest
    assert cost(cut.edges, blemishes) == cheapest(graph, blemishes)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(12, 60), st.integers(2, 6))
def test_larger_cuts_leave_no_cycle_and_no_edge_too_many(seed: int, nodes: int, reach: int) -> None:
    graph = random_graph(nodes, 3 * nodes // 2, seed, reach)

    cut = find_cut(graph, plain(graph))

    left = without(graph, cut)
    assert find_tangles(left) == []
    for start, end in cut.edges:
        assert find_tangles({**left, start: left[start] | {end}})


def test_a_graph_without_cycles_needs_no_cut() -> None:
    assert find_cut({"a": {"b"}, "b": {"c"}}, {("a", "b"): (0,), ("b", "c"): (0,)}) == ((), True)


def test_one_edge_on_many_cycles_is_the_cut() -> None:
    inner = {f"m{at}": {"end"} for at in range(30)}
    graph: Graph = {"start": set(inner), **inner, "end": {"start"}}

    assert find_cut(graph, plain(graph)).edges == (("end", "start"),)


def test_graver_blemishes_count_before_the_lesser() -> None:
    graph: Graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}}

    assert find_cut(graph, {("a", "b"): (1, 0), ("b", "c"): (0, 9), ("c", "a"): (0, 8)}).edges == (("c", "a"),)


def test_fewer_edges_come_before_fewer_blemishes() -> None:
    graph: Graph = {"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": {"a"}}

    assert find_cut(graph, plain(graph) | {("d", "a"): (1_000, 1_000)}).edges == (("d", "a"),)


@pytest.mark.parametrize(("nodes", "edges", "reach"), [(100, 300, 5), (200, 600, 6)], ids=["300 edges", "600 edges"])
def test_some_hundred_edges_are_cut_exactly(nodes: int, edges: int, reach: int) -> None:
    graph = random_graph(nodes, edges, 1, reach)

    assert find_cut(graph, plain(graph)).is_smallest


def test_where_the_search_takes_too_long_a_cut_is_found_all_the_same() -> None:
    graph = random_graph(150, 500, 1, 75)

    cut = find_cut(graph, plain(graph))

    assert not cut.is_smallest
    assert find_tangles(without(graph, cut)) == []


@pytest.mark.parametrize("edges", [2_000, 8_000], ids=["a ring", "a thicket"])
def test_two_thousand_nodes_take_under_two_seconds(edges: int) -> None:
    graph: Graph = {f"n{at:04}": {f"n{(at + 1) % 2_000:04}"} for at in range(2_000)}
    if edges > EXACT_UP_TO:
        for start, ends in random_graph(2_000, edges - 2_000, 1, 1_000).items():
            graph[start] |= ends

    start_time = time.process_time()
    cut = find_cut(graph, plain(graph))

    assert time.process_time() - start_time < 2
    assert cut.is_smallest is (edges <= EXACT_UP_TO)
    assert find_tangles(without(graph, cut)) == []
