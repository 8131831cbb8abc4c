"""What holds for the quick arrangement of nodes."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from layercheck.project.cuts.arrangement import edges_that_lead_back
from layercheck.project.tangles import find_tangles

EDGES = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda edge: edge[0] != edge[1]), st.integers(1, 5)
)


@settings(max_examples=200, deadline=None)
@given(EDGES)
def test_without_the_edges_that_lead_back_there_is_no_cycle(edges: dict[tuple[int, int], int]) -> None:
    graph: dict[int, dict[int, int]] = {node: {} for node in range(10)}
    for (start, end), weight in edges.items():
        graph[start][end] = weight

    back = edges_that_lead_back(graph)

    named = {str(start): {str(end) for end in ends if (start, end) not in back} for start, ends in graph.items()}
    assert find_tangles(named) == []
    assert (back == []) is (find_tangles({str(a): {str(b) for b in ends} for a, ends in graph.items()}) == [])


def test_the_lighter_edges_lead_back() -> None:
    assert edges_that_lead_back({0: {1: 5}, 1: {2: 1}, 2: {0: 4}}) == [(1, 2)]
    # One back edge of weight 3 is better than two of weight 2.
    assert edges_that_lead_back({0: {1: 2, 2: 2}, 1: {3: 9}, 2: {3: 9}, 3: {0: 3}}) == [(3, 0)]
