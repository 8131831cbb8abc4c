"""Minimum hitting sets against brute force."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.project.cuts.cover import CoverSearch, SearchExhaustedError, list_bits

COLUMNS = 7


def cheapest(rows: list[int], costs: list[int]) -> int:
    return min(
        sum(costs[column] for column in chosen)
        for size in range(COLUMNS + 1)
        for chosen in combinations(range(COLUMNS), size)
        if all(any(row >> column & 1 for column in chosen) for row in rows)
    )


ROWS = st.lists(st.integers(1, 2**COLUMNS - 1), max_size=12)
COSTS = st.lists(st.integers(1, 9), min_size=COLUMNS, max_size=COLUMNS)


@settings(max_examples=300, deadline=None)
@given(ROWS, COSTS)
def test_a_cover_meets_every_row_and_none_is_cheaper(rows: list[int], costs: list[int]) -> None:
    search = CoverSearch(costs, 100_000)

    cover = search.find(rows)

    assert all(row & cover for row in rows)
    assert search.cost(cover) == cheapest(rows, costs)


@settings(max_examples=200, deadline=None)
@given(ROWS, COSTS)
def test_a_quick_cover_has_no_needless_column(rows: list[int], costs: list[int]) -> None:
    cover = CoverSearch(costs, 0).find_quickly(rows)

    assert all(row & cover for row in rows)
    for column in list_bits(cover):
        assert not all(row & cover & ~(1 << column) for row in rows)


def test_a_search_without_effort_left_says_so() -> None:
    ring = [1 << at | 1 << (at + 1) % 5 for at in range(5)]

    assert CoverSearch([1] * 5, 100).find(ring).bit_count() == 3
    with pytest.raises(SearchExhaustedError):
        CoverSearch([1] * 5, 3).find(ring)
