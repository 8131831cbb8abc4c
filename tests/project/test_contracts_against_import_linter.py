"""Contracts beside import-linter: on random packages, both break the same ones, between the same pairs."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import grimp
import pytest
from grimp import Layer

from layercheck.config.contract_records import ForbiddenContract, IndependenceContract, LayersContract
from layercheck.model.imports import ImportKind
from layercheck.plugins import builtin_rules
from layercheck.rule.chain_contract import ChainContract
from layercheck.rule.contract_rule import BrokenImport, rule_for
from tests.running import make_project

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.config.contract_records import Contract
    from layercheck.project.contract_graph import ContractGraph

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
    pairs = rule.find_pairs(contract, graph.see(contract.imports))
    broken = list(rule.find_broken(contract, graph))
    assert bool(pairs) == bool(broken)
    assert {pair for each in broken if isinstance(each, BrokenImport) for pair in each.pairs} <= pairs
    return pairs


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
