"""Our graph beside that of grimp, import-linter's engine: on real packages they are the same."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import grimp
import pytest

from layercheck.model.imports import ImportKind
from tests.running import make_project

STATEMENTS = frozenset(ImportKind) - {ImportKind.ATTRIBUTE, ImportKind.DYNAMIC}
Edges = set[tuple[str, str]]


def _edges_by_grimp(package: str) -> Edges:
    graph = grimp.build_graph(package, cache_dir=None)
    return {
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if importer != imported
    }


@pytest.mark.parametrize(
    "name", ["click", "importlinter", "jsonschema", "pathspec", "pluggy", "sqlalchemy", "starlette"]
)
def test_every_import_between_modules_is_found_and_no_other(name: str, tmp_path: Path) -> None:
    origin = importlib.import_module(name).__file__
    assert origin is not None
    shutil.copytree(Path(origin).parent, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyi"))

    project = make_project(tmp_path, {}, f'layers = ["{name}", "(nothing)"]\n')
    confirmed = {
        (importer.name, imported.name)
        for importer, imported in project.suspects
        if project.imports_between(importer, imported, STATEMENTS)
    }

    assert confirmed == _edges_by_grimp(name)
