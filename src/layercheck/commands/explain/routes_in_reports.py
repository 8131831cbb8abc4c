"""Legal routes beside the findings of a report, for formats that tell them: looked for when a format asks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.commands.explain.finding_ends import find_imported
from layercheck.commands.explain.legal_routes import find_routes
from layercheck.rule.render_context import LegalRoute

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from layercheck.commands.explain.name_usage import UseReader
    from layercheck.engine.build import OpenedProject
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding

_MOST_FINDINGS = 200
"""The number of findings for which routes are searched; further findings have similar ones."""
_MOST_ROUTES = 2


class RouteFinder:
    """Finds the routes for the findings of one report on some projects."""

    def __init__(
        self,
        root: Path,
        targets: Sequence[ProjectTarget],
        texts: Mapping[str, bytes],
        open_project: Callable[[ProjectTarget, Mapping[str, bytes]], OpenedProject],
    ) -> None:
        """Paths in the report and of `texts`, which stand for files, are relative to `root`.

        `open_project` gives a project with texts in the place of files, by paths relative to its root.
        """
        self._root = root
        # The innermost first: projects may lie in each other.
        self._targets = sorted(targets, key=lambda target: -len(target.root.parts))
        self._texts = texts
        self._open_project = open_project
        self._opened: dict[Path, OpenedProject] = {}
        self._readers: dict[Path, dict[str, UseReader]] = defaultdict(dict)
        self._asked = 0

    def find(self, finding: Finding) -> tuple[LegalRoute, ...]:
        """Find the nearest routes to what a finding imports."""
        place = self._root / finding.location.path
        target = next((each for each in self._targets if place.is_relative_to(each.root)), None)
        if target is None or finding.imported is None or self._asked == _MOST_FINDINGS:
            return ()
        self._asked += 1
        opened = self._open(target)
        importer = opened.project.module_at.get(place.relative_to(target.root).as_posix())
        imported = None if importer is None else find_imported(opened.project, importer, finding.imported)
        if importer is None or imported is None:
            return ()
        routes = find_routes(
            opened.project, opened.store, importer, imported, most=_MOST_ROUTES, readers=self._readers[target.root]
        )
        return () if routes is None else tuple(LegalRoute(each.module, each.functions) for each in routes.found)

    def _open(self, target: ProjectTarget) -> OpenedProject:
        if target.root not in self._opened:
            texts = {
                (self._root / path).relative_to(target.root).as_posix(): data
                for path, data in self._texts.items()
                if (self._root / path).is_relative_to(target.root)
            }
            self._opened[target.root] = self._open_project(target, texts)
        return self._opened[target.root]
