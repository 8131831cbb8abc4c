from __future__ import annotations

import tempfile
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings, strategies as st

from layercheck.commands.why.import_routes import RouteFinder
from layercheck.model.imports import COUNTED_KINDS
from tests.made_up_projects import CONFIGURATION, MODULES, projects
from tests.running import make_project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.made_up_projects import Project

SOME = settings(max_examples=25, deadline=None, database=None, derandomize=True)


@SOME
@given(projects(), st.sampled_from(MODULES), st.sampled_from(MODULES))
def test_chains_are_real_and_shortest_and_share_no_import(made_up: Project, start: str, end: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "backend", made_up.files, CONFIGURATION)
        modules = {module.name: module for module in project.modules}
        real: dict[str, set[str]] = {module.path: set() for module in project.modules}
        for suspect in project.suspects:
            if project.imports_between(*suspect, COUNTED_KINDS):
                real[suspect.importer.path].add(suspect.imported.path)
        finder = RouteFinder(project, COUNTED_KINDS)
        seen: set[tuple[str, str]] = set()
        while start != end:
            route = finder.next_route([modules[start]], [modules[end]])
            assert len(route) == _distance(real, modules[start].path, modules[end].path)
            if not route:
                break
            pairs = [(link.importer.path, link.imported.path) for link in route]
            assert all(link.places for link in route)
            assert not seen & {*pairs}
            seen.update(pairs)
            for importer, imported in pairs:
                real[importer].remove(imported)


def _distance(graph: Mapping[str, set[str]], start: str, end: str) -> int:
    """Count the imports of a shortest chain; 0 where there is none."""
    away = {start: 0}
    queue = deque([start])
    while queue:
        path = queue.popleft()
        for follower in graph.get(path, ()):
            if follower not in away:
                away[follower] = away[path] + 1
                queue.append(follower)
    return away.get(end, 0)
