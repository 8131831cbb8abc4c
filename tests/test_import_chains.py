"""No chain of imports that run at import time is long: reading one file does not mean reading twenty others."""

from __future__ import annotations

from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

from layercheck.engine.build import open_project
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.model.imports import ImportKind

ROOT = Path(__file__).parents[1]
LONGEST = 12
AT_IMPORT_TIME = frozenset({ImportKind.RUNTIME, ImportKind.CONDITIONAL})


def test_no_chain_of_imports_has_more_than_twelve_modules() -> None:
    graph = _graph()
    chains: dict[str, list[str]] = {}
    # There is no cycle: this raises CycleError for one.
    for name in TopologicalSorter(graph).static_order():
        chains[name] = [name, *max((chains[imported] for imported in graph.get(name, ())), key=len, default=[])]

    longest = max(chains.values(), key=len)

    assert "layercheck.engine.check" in chains
    assert len(longest) <= LONGEST, "\n".join(longest)


def _graph() -> dict[str, set[str]]:
    """List what each module of layercheck imports when it is imported, by names."""
    project = open_project(find_target([ROOT / "src"], with_plugins=False), CheckOptions(exact=True)).project
    graph = defaultdict[str, set[str]](set)
    for importer, imported in project.suspects:
        if project.imports_between(importer, imported, AT_IMPORT_TIME):
            graph[importer.name].add(imported.name)
    return graph
