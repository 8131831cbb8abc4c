"""The questions that a coding agent may ask of one project, and the answers as text. Nothing is written, but the cache."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.commands.context.survey import survey_applications
from layercheck.commands.explain.explain_module import explain_module
from layercheck.commands.explain.explain_place import explain_place
from layercheck.commands.explain.legal_routes import find_routes
from layercheck.commands.explain.lookup import find_rule
from layercheck.commands.explain.markdown_pages import write_explanations
from layercheck.commands.explain.module_pages import write_markdown
from layercheck.commands.explain.pages import write_page
from layercheck.commands.explain.place_argument import parse_place
from layercheck.commands.explain.routes_in_reports import RouteFinder
from layercheck.engine.build import open_project
from layercheck.engine.checking import KeptChecking
from layercheck.engine.options import CheckOptions
from layercheck.engine.preconditions import require_layers
from layercheck.engine.project_target import find_target
from layercheck.errors import LayercheckError, UsageError
from layercheck.facts.cache_folder import FOLDER_NAME
from layercheck.files.discovery import SUFFIXES
from layercheck.plurals import count
from layercheck.reporters.display import make_printable
from layercheck.reporters.formats.agent import render
from layercheck.rule.documentation import describe_rule
from layercheck.rule.render_context import RenderContext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.commands.explain.explanation import Route
    from layercheck.engine.build import OpenedProject
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.module import Module


class Tools:
    """The tools for one project; the configuration is read anew for every question."""

    def __init__(self, root: Path, *, with_plugins: bool) -> None:
        self._root = Path(os.path.abspath(root))  # noqa: PTH100  (links stay links)
        self._with_plugins = with_plugins
        self._checking = KeptChecking()

    def check(self, paths: list[str] | None = None) -> str:
        """Check the project: every finding with its place, what is legal instead, and how to fix it.

        `paths` are files or folders to report on, relative to the project; by default all. The whole project is always
        read. The answer says how many findings there are, also if there are none.
        """
        target = self._find_target([self._inside(path) for path in paths or []])
        report = self._checking.check(target, _options(target))
        if report.failures:
            raise LayercheckError("\n".join(map(str, report.failures)))
        finder = RouteFinder(
            target.root, [target], {}, lambda each, texts: self._checking.open(each, _options(each), texts)
        )
        context = RenderContext(target.root, list_rules=lambda: target.plugins.rules, find_routes=finder.find)
        heading = f"{count(len(report.findings), 'finding')} in {count(report.coverage.modules, 'module')}\n"
        return heading + render(report, context)

    def explain(self, subject: str) -> str:
        """Explain a finding (`app/api/users.py:3`), a module (`app/api/users.py`) or a rule (`LC102`, `skipped-layer`).

        For a finding: both layers, what may be imported instead, which modules already provide the same thing legally.
        For a module: its role and why, what it may import, its imports and importers.
        """
        place = parse_place(subject)
        if place is not None:
            path = self._inside(place.path.as_posix())
            target = self._find_target([path])
            explanations = explain_place(target, _options(target), place._replace(path=path))
            return write_explanations(explanations, "")
        if subject.endswith(SUFFIXES):
            target = self._find_target([self._inside(subject)])
            return write_markdown(explain_module(target, _options(target)), "")
        rule = find_rule(subject, self._find_target([]).plugins.rules)
        return write_page(describe_rule(rule))

    def where_does_it_go(self, kind: str = "") -> str:
        """Tell where new code goes: the path of a new endpoint, service, model, query, schema, helper or setting.

        Without `kind`, all of them. In the answer, `NAME` stands for a new name and `*` for the folder of a feature.
        """
        opened = self._open()
        places = [
            (application.path or ".", place)
            for application in survey_applications(opened.project)
            for place in application.places
        ]
        kinds = sorted({place.kind for _, place in places})
        if kind and kind not in kinds:
            raise UsageError(
                f"nothing is known of the place of a new {kind!r}; there are: {', '.join(kinds) or 'none'}"
            )
        return "".join(
            make_printable(f"{place.kind} in {path}: {place.path}{' (the first one)' if place.is_new else ''}") + "\n"
            for path, place in places
            if kind in {"", place.kind}
        )

    def legal_routes(self, importer: str, imported: str) -> str:
        """Return whether one module may import another, and through which modules it can have the same thing otherwise.

        Both are paths (`app/api/users.py`) or names (`app.api.users`) of modules of the project.
        """
        opened = self._open()
        one, other = (_find_module(opened, name) for name in (importer, imported))
        routes = find_routes(opened.project, opened.store, one, other)
        if routes is None:
            return (
                f"The layers do not forbid {one.name} ({_layer_of(one)}) to import {other.name} ({_layer_of(other)}).\n"
            )
        return "".join(
            f"{make_printable(line)}\n" for line in _write_routes(opened, one, other, routes.through, routes.found)
        )

    def _inside(self, path: str) -> Path:
        """Find a path of the project. Raises UsageError for one that leads out of it."""
        whole = Path(os.path.normpath(self._root / path))
        if not whole.is_relative_to(self._root):
            raise UsageError(f"{path} is not in the project {self._root}")
        return whole

    def _find_target(self, paths: Sequence[Path]) -> ProjectTarget:
        target = find_target(paths or [self._root], with_plugins=self._with_plugins)
        return target if paths else target._replace(paths=())

    def _open(self) -> OpenedProject:
        target = self._find_target([])
        opened = open_project(target, _options(target))
        require_layers(opened.project, opened.discovery, target.root)
        return opened


def _options(target: ProjectTarget) -> CheckOptions:
    return CheckOptions(cache_folder=target.root / FOLDER_NAME)


def _find_module(opened: OpenedProject, name: str) -> Module:
    found = next((each for each in opened.project.modules if name in {each.path, each.name}), None)
    if found is None:
        from layercheck.config.suggestion import did_you_mean  # noqa: PLC0415  (only for mistakes)

        known = [each.path if "/" in name else each.name for each in opened.project.modules]
        raise UsageError(f"there is no module {name!r} in the project{did_you_mean(name, known)}")
    return found


def _layer_of(module: Module) -> str:
    return f"layer `{module.layer}`" if module.layer else "no layer"


def _write_routes(
    opened: OpenedProject, one: Module, other: Module, through: Sequence[str], found: Sequence[Route]
) -> Iterator[str]:
    project = opened.project
    yield f"{one.name} ({_layer_of(one)}) must not import {other.name} ({_layer_of(other)})."
    if one.layer is not None:
        allowed = ", ".join(project.layers.allowed_from(one.layer, project.present_layers(one.application)))
        yield f"It may import: {allowed or 'no layer'}, and modules without a layer."
    yield f"Ways lead through: {', '.join(through)}." if through else "No layer that it may import leads there."
    for route in found:
        functions = f": {', '.join(route.functions)}" if route.functions else ""
        yield f"- {route.module} (layer `{route.layer}`){functions}"
    if through and not found:
        yield "No module there provides it yet: write a function there, and call it."
