"""Contracts beside import-linter: on random packages, both break the same ones, between the same pairs."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import grimp
import pytest
from grimp import Layer
from importlinter.configuration import configure
from importlinter.contracts import acyclic_siblings, private_modules, protected

from layercheck.config.contract_records import (
    AcyclicContract,
    ForbiddenContract,
    IndependenceContract,
    LayersContract,
    PrivateContract,
    ProtectedContract,
)
from layercheck.model.imports import ImportKind
from layercheck.plugins.built_in import builtin_rules
from layercheck.rule.chain_contract import ChainContract
from layercheck.rule.contract_rule import BrokenImport, BrokenTangle, rule_for
from tests.project.contract_pairs import find_pairs
from tests.running import make_project

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from importlinter.domain import contract as importlinter

    from layercheck.config.contract_records import Contract
    from layercheck.project.contract_graph import ContractGraph
    from layercheck.rule.contract_rule import Broken

    Edges = set[tuple[str, str]]

PACKAGES = ["a", "b", "c", "d", "free", "more"]
STATEMENTS = tuple(kind for kind in ImportKind if kind not in {ImportKind.ATTRIBUTE, ImportKind.DYNAMIC})


def _names() -> list[str]:
    return [f"app.{package}.{module}" for package in PACKAGES for module in ("x", "y", "z.deep")]


def _random_edges(seed: int) -> Edges:
    chance = random.Random(seed)
    names = _names()
    count = chance.choice([4, 8, 14, 25])
    return {tuple(chance.sample(names, 2)) for _ in range(count)}  # type: ignore[misc]


def _ours(root: Path, edges: Edges) -> ContractGraph:
    files = {}
    for name in _names():
        lines = [f"import {end}\n" for start, end in sorted(edges) if start == name]
        # Only the parser can tell that these are none.
        doubt = f'"""\nimport {_names()[0]}\n"""\n'
        files[f"{name.replace('.', '/')}.py"] = doubt + "".join(lines)
    folders = {"app", *(f"app/{package}" for package in PACKAGES), *(f"app/{package}/z" for package in PACKAGES)}
    files |= {f"{folder}/__init__.py": "" for folder in folders}
    return make_project(root, files, '[[contracts]]\nname = "any"\nkind = "private"\n').contract_graph


def _theirs(edges: Edges) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for name in {
        *_names(),
        "app",
        *(f"app.{package}" for package in PACKAGES),
        *(f"app.{each}.z" for each in PACKAGES),
    }:
        graph.add_module(name)
    for importer, imported in edges:
        graph.add_import(importer=importer, imported=imported)
    return graph


def _pairs(contract: Contract, graph: ContractGraph) -> set[tuple[str, str]]:
    assert builtin_rules()  # which loads them
    rule = rule_for(contract)
    assert isinstance(rule, ChainContract)
    view = graph.see(contract.imports)
    # In a contract of the kind `forbidden`, a chain through another group counts for the first one as well.
    through_groups = isinstance(contract, ForbiddenContract)
    pairs = {
        pair
        for groups in rule.list_groups(contract, view)
        for pair in find_pairs(view, groups, through_groups=through_groups)
    }
    broken = list(rule.find_broken(contract, graph))
    assert bool(pairs) == bool(broken)
    assert {pair for each in broken if isinstance(each, BrokenImport) for pair in each.pairs} <= pairs
    return pairs


def _broken(contract: Contract, graph: ContractGraph) -> list[Broken]:
    assert builtin_rules()  # which loads them
    rule = rule_for(contract)
    assert rule is not None
    return list(rule.find_broken(contract, graph))


def _dependencies(graph: grimp.ImportGraph, *layers: Layer) -> set[tuple[str, str]]:
    return {(each.importer, each.imported) for each in graph.find_illegal_dependencies_for_layers(layers=layers)}


@pytest.mark.parametrize("seed", range(40))
def test_layers_break_between_the_same_pairs(seed: int, tmp_path: Path) -> None:
    edges = _random_edges(seed)
    contract = LayersContract(name="x", layers=("app.a", "app.b | app.c", "app.d"), imports=STATEMENTS)

    theirs = _dependencies(_theirs(edges), Layer("app.a"), Layer("app.b", "app.c", independent=True), Layer("app.d"))

    assert _pairs(contract, _ours(tmp_path, edges)) == theirs


@pytest.mark.parametrize("seed", range(40, 70))
def test_closed_layers_break_between_the_same_pairs(seed: int, tmp_path: Path) -> None:
    edges = _random_edges(seed)
    contract = LayersContract(name="x", layers=("app.a", "app.b", "app.c"), closed=("app.b",), imports=STATEMENTS)

    theirs = _dependencies(_theirs(edges), Layer("app.a"), Layer("app.b", closed=True), Layer("app.c"))

    assert _pairs(contract, _ours(tmp_path, edges)) == theirs


@pytest.mark.parametrize("seed", range(70, 100))
def test_independence_breaks_between_the_same_pairs(seed: int, tmp_path: Path) -> None:
    edges = _random_edges(seed)
    contract = IndependenceContract(name="x", modules=("app.a", "app.b", "app.c", "app.d"), imports=STATEMENTS)

    theirs = _dependencies(_theirs(edges), Layer("app.a", "app.b", "app.c", "app.d", independent=True))

    assert _pairs(contract, _ours(tmp_path, edges)) == theirs


@pytest.mark.parametrize("as_packages", [True, False])
@pytest.mark.parametrize("seed", range(100, 125))
def test_what_is_forbidden_breaks_where_a_chain_leads_there(seed: int, tmp_path: Path, *, as_packages: bool) -> None:
    edges = _random_edges(seed)
    sources, targets = ("app.a", "app.b.x"), ("app.c.y", "app.d")
    contract = ForbiddenContract(
        name="x", sources=sources, targets=targets, as_packages=as_packages, imports=STATEMENTS
    )
    graph = _theirs(edges)

    theirs = {
        (source, target)
        for source in sources
        for target in targets
        if graph.chain_exists(importer=source, imported=target, as_packages=as_packages)
    }

    assert _pairs(contract, _ours(tmp_path, edges)) == theirs


def _links(broken: Iterable[Broken]) -> set[tuple[str, str]]:
    return {(each.step.importer.name, each.step.imported.name) for each in broken if isinstance(each, BrokenImport)}


def _check(kind: type[importlinter.Contract], edges: Edges, **options: Any) -> importlinter.ContractCheck:
    configure()
    contract = kind(name="x", session_options={"root_packages": ["app"]}, contract_options={"name": "x", **options})
    return contract.check(_theirs(edges), verbose=False)


@pytest.mark.parametrize("seed", range(200, 225))
def test_protected_modules_are_imported_by_the_same(seed: int, tmp_path: Path) -> None:
    edges = _random_edges(seed)
    modules, importers = ("app.a", "app.d.z"), ("app.b", "app.c.x")
    contract = ProtectedContract(name="x", modules=modules, importers=importers, imports=STATEMENTS)

    theirs = _check(
        protected.ProtectedContract,
        edges,
        protected_modules=list(modules),
        allowed_importers=list(importers),
        as_packages="True",
    )

    links = [link for each in theirs.metadata["illegal_imports"] for link in each.illegal_links]
    assert _links(_broken(contract, _ours(tmp_path, edges))) == {(each["importer"], each["imported"]) for each in links}


@pytest.mark.parametrize("seed", range(225, 250))
def test_cycles_are_found_in_the_same_packages(seed: int, tmp_path: Path) -> None:
    edges = _random_edges(seed)
    contract = AcyclicContract(name="x", packages=("app",), imports=STATEMENTS)

    theirs = _check(acyclic_siblings.AcyclicSiblingsContract, edges, ancestors=["app"])

    tangles = [each for each in _broken(contract, _ours(tmp_path, edges)) if isinstance(each, BrokenTangle)]
    assert {each.members[0].rpartition(".")[0] for each in tangles} == set(theirs.metadata["cycle_breakers_by_package"])


@pytest.mark.parametrize("seed", range(250, 265))
def test_private_modules_are_imported_by_the_same(seed: int, tmp_path: Path) -> None:
    private = {"app.a.x": "app.a._x", "app.b.z.deep": "app.b.z._deep", "app.c.z.deep": "app._c.z.deep"}
    edges = {(private.get(start, start), private.get(end, end)) for start, end in _random_edges(seed)}
    files = {f"{name.replace('.', '/')}.py": "" for name in {name for edge in edges for name in edge}}
    for start, end in sorted(edges):
        files[f"{start.replace('.', '/')}.py"] += f"import {end}\n"
    project = make_project(tmp_path, files, '[[contracts]]\nname = "any"\nkind = "private"\n')

    graph = grimp.ImportGraph()
    for importer, imported in edges:
        for name in (importer, imported):
            for depth in range(1, name.count(".") + 2):
                graph.add_module(".".join(name.split(".")[:depth]))
        graph.add_import(importer=importer, imported=imported)
    theirs = private_modules.PrivateModulesContract(
        name="x", session_options={"root_packages": ["app"]}, contract_options={"name": "x"}
    ).check(graph, verbose=False)

    links = {(each["importer"], each["imported"]) for each in theirs.metadata["illegal_imports"]}
    assert _links(_broken(PrivateContract(name="x", imports=STATEMENTS), project.contract_graph)) == links
