"""Chains on graphs that no project has: some of the possible imports are none, and brute force tells what is left."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from layercheck.model.imports import Import, ImportKind
from layercheck.model.module import Module
from layercheck.model.source import Location, Position, Span
from layercheck.project.contract_graph import ContractGraph
from layercheck.project.contract_routes import Groups, find_breaches, find_carriers
from layercheck.project.suspect import Suspect
from tests.project.contract_pairs import find_pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layercheck.project.contract_graph import GraphView

    Edge = tuple[int, int]

COUNT = 14
PLACE = Span(Position(1, 0), Position(1, 1))


class Reader:
    """Knows which of the possible imports are real."""

    def __init__(self, real: Collection[Edge]) -> None:
        self._real = real
        self.asked: set[Edge] = set()

    def read_ahead(self, suspects: Iterable[Suspect]) -> None:
        self.asked.update((int(one.path), int(other.path)) for one, other in suspects)

    def imports_between(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        edge = (int(importer.path), int(imported.path))
        assert edge in self.asked
        place = Location(importer.path, PLACE)
        return [Import(importer.name, imported.name, ImportKind.RUNTIME, place, PLACE)] if edge in self._real else []

    def possible_libraries(self, importer: Module) -> Sequence[str]:
        return ()

    def library_imports(self, importer: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        return ()

    def uses_of(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        return ()

    def exports_of(self, module: Module) -> Sequence[str] | None:
        return None


def _graph(possible: Collection[Edge], real: Collection[Edge]) -> tuple[GraphView, Reader]:
    # Names that sort like numbers, so that the numbers of the graph are these.
    modules = [Module(f"m{number:02}", str(number), is_package=False) for number in range(COUNT)]
    reader = Reader(real)
    suspects = [Suspect(modules[start], modules[end]) for start, end in possible]
    return ContractGraph(modules, suspects, reader).see([ImportKind.RUNTIME]), reader


def _random_case(seed: int) -> tuple[GraphView, Reader, set[Edge], Groups]:
    chance = random.Random(seed)
    possible = {(chance.randrange(COUNT), chance.randrange(COUNT)) for _ in range(chance.choice([10, 20, 40]))}
    possible = {(start, end) for start, end in possible if start != end}
    real = {edge for edge in sorted(possible) if chance.random() < chance.choice([0.3, 0.9])}
    of = {number: chance.randrange(3) for number in range(COUNT) if chance.random() < 0.5}
    barred = [chance.randrange(8) & ~(1 << group) for group in range(3)]
    view, reader = _graph(sorted(possible), real)
    return view, reader, real, Groups(["a", "b", "c"], of, barred)


def _links_by_force(real: Collection[Edge], groups: Groups) -> set[Edge]:
    """List the last imports of all ways between groups that may not reach each other, through modules without a group."""
    found = set()
    for start, group in groups.of.items():
        seen, left = {start}, [start]
        while left:
            node = left.pop()
            for end in (end for begin, end in real if begin == node):
                other = groups.of.get(end)
                if other is not None and groups.barred[other] >> group & 1:
                    found.add((node, end))
                if other is None and end not in seen:
                    seen.add(end)
                    left.append(end)
    return found


@pytest.mark.parametrize("seed", range(120))
def test_every_last_import_of_a_real_chain_is_found_once(seed: int) -> None:
    view, _, real, groups = _random_case(seed)

    breaches = list(find_breaches(view, groups))

    links = [(int(each.last.importer.path), int(each.last.imported.path)) for each in breaches]
    assert len(links) == len(set(links))
    assert set(links) == _links_by_force(real, groups)
    for breach in breaches:
        for route in breach.routes:
            edges = [(int(step.importer.path), int(step.imported.path)) for step in route]
            assert set(edges) <= real
            assert all(one[1] == other[0] for one, other in pairwise(edges))
            assert len(route) >= len(breach.chain)


@pytest.mark.parametrize("seed", range(120))
def test_pairs_and_carriers_agree_with_the_breaches(seed: int) -> None:
    view, _, real, groups = _random_case(seed)

    breaches = list(find_breaches(view, groups))

    pairs = set(find_pairs(view, groups, through_groups=False))
    assert {pair for each in breaches for pair in each.pairs} <= pairs
    assert {imported for _, imported in pairs} == {each.pairs[0][1] for each in breaches}
    # What was disproved has left the view, so that only real imports are looked at from here.
    view.confirm(view.edges)
    carries = find_carriers(view, groups)
    for breach in breaches:
        assert all(carries((int(step.importer.path), int(step.imported.path))) for step in breach.chain)
    assert bool(breaches) == any(carries(edge) for edge in real)


def test_only_files_on_chains_are_read() -> None:
    chain = [(0, 1), (1, 2)]
    aside = [(0, 3), (3, 4), (5, 1), (2, 6), (7, 8)]
    view, reader = _graph([*chain, *aside], [*chain, *aside])
    groups = Groups(["a", "b"], {0: 0, 2: 1}, [0, 1])

    assert len(list(find_breaches(view, groups))) == 1
    assert reader.asked == set(chain)
    assert not list(find_breaches(view, groups, with_chains=False))
