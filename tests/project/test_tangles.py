"""Strongly connected sets against the definition, and shortest ways."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from layercheck.project.tangles import find_components, find_tangles, shortest_cycle, shortest_way

Graph = dict[str, set[str]]
GRAPHS: st.SearchStrategy[Graph] = st.dictionaries(st.sampled_from("abcdefg"), st.sets(st.sampled_from("abcdefg")))


def reach(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for end in graph.get(waiting.pop(), ()):
            if end not in seen:
                seen.add(end)
                waiting.append(end)
    return seen


@settings(max_examples=200, deadline=None)
@given(GRAPHS)
def test_a_tangle_is_what_leads_to_each_other(graph: Graph) -> None:
    nodes = {*graph, *(end for ends in graph.values() for end in ends)}
    mutual = {
        node: frozenset(each for each in nodes if each in reach(graph, node) and node in reach(graph, each)) | {node}
        for node in nodes
    }

    assert find_tangles(graph) == sorted({each for each in mutual.values() if len(each) > 1}, key=sorted)
    assert {*find_components(graph)} == {*mutual.values()}


@given(GRAPHS)
def test_components_come_after_all_that_they_lead_to(graph: Graph) -> None:
    seen: set[str] = set()
    for component in find_components(graph):
        seen |= component
        assert all(graph.get(node, set()) <= seen for node in component)


def test_a_shortest_way_has_at_least_one_edge_and_no_more_than_allowed() -> None:
    graph: Graph = {"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": {"a"}}

    assert shortest_way(graph, "a", "d") == ["a", "b", "d"]
    assert shortest_way(graph, "a", "a") == ["a", "b", "d", "a"]
    assert shortest_way(graph, "a", "a", at_most=2) == []
    assert shortest_way(graph, "d", "e") == []


def test_a_shortest_cycle_stays_inside() -> None:
    graph: Graph = {"a": {"b", "c"}, "b": {"a"}, "c": {"d"}, "d": {"a"}}

    assert shortest_cycle(graph, "a", {"a", "b", "c", "d"}) == ["a", "b", "a"]
    assert shortest_cycle(graph, "a", {"a", "c", "d"}) == ["a", "c", "d", "a"]
    assert shortest_cycle(graph, "a", {"a", "c"}) == []


def test_a_long_chain_needs_no_deep_stack() -> None:
    graph: Graph = {str(at): {str((at + 1) % 50_000)} for at in range(50_000)}

    assert [len(tangle) for tangle in find_tangles(graph)] == [50_000]
