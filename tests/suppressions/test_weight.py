from __future__ import annotations

from hypothesis import given, settings, strategies as st

from layercheck.suppressions.weight import find_needed

COVERS = st.lists(st.frozensets(st.integers(0, 5), min_size=1, max_size=4), max_size=10)


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(COVERS, st.permutations(range(6)))
def test_what_is_needed_hides_everything_and_nothing_of_it_can_go(
    covers: list[frozenset[int]], order: list[int]
) -> None:
    needed = find_needed(covers, order)

    assert all(cover & needed for cover in covers)
    for each in needed:
        assert any(cover & needed == {each} for cover in covers)


def test_what_comes_first_is_given_up_first() -> None:
    assert find_needed([{"wide", "narrow"}], ["wide", "narrow"]) == {"narrow"}
    assert find_needed([{"wide", "narrow"}, {"wide"}], ["wide", "narrow"]) == {"wide"}
