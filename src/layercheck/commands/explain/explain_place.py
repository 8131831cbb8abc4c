"""From a place in a project to what is known of the findings there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layercheck.baseline.baseline_checker import BaselineChecker
from layercheck.baseline.baseline_file import Baseline
from layercheck.commands.explain.explanation import Explanation, Remedies, Side
from layercheck.commands.explain.finding_ends import find_imported, find_importer
from layercheck.commands.explain.legal_routes import find_routes
from layercheck.commands.explain.place_argument import begins_at, runs_through, stands_at
from layercheck.commands.explain.remedies import find_entry, find_remedies
from layercheck.engine.check import examine
from layercheck.errors import UsageError
from layercheck.files.discovery import SUFFIXES
from layercheck.reporters.display import get_start, show_path
from layercheck.rule.documentation import describe_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.commands.explain.explanation import Status
    from layercheck.commands.explain.place_argument import Place
    from layercheck.engine.check import Examination
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.model.module import Module
    from layercheck.rule.documentation import RulePage

_MOST_NEAR = 3


class _Shown(NamedTuple):
    finding: Finding
    status: Status
    reason: str


def explain_place(target: ProjectTarget, options: CheckOptions, place: Place) -> tuple[Explanation, ...]:
    """Check a project and explain every finding at a place, also those that are suppressed or accepted.

    Where none is reported at that line, those that have a further place there are meant.

    Raises what `check` raises, and UsageError where there is no finding at that line.
    """
    path = Path(os.path.relpath(os.path.abspath(place.path), target.root)).as_posix()  # noqa: PTH100  (links stay links)
    if not path.endswith(SUFFIXES):
        # The configuration, a baseline, a folder: what is found there is found in the whole project.
        target = target._replace(paths=())
    examination = examine(target, options, with_baseline=True)
    everything = list(_list_findings(examination))
    here = [each for each in everything if stands_at(each.finding, path, place.line)]
    if place.column is not None:
        here = [each for each in here if begins_at(each.finding, place.line, place.column)] or here
    # What is about the whole file is told at its first line, and need not be what is asked about.
    is_sure = any(each.finding.location.span is not None for each in here)
    beside = [each for each in everything if not is_sure and runs_through(each.finding, path, place.line)]
    found = [*here, *(each for each in beside if each not in here)]
    if not found:
        raise UsageError(_name_nearest(everything, path, place))
    explainer = _Explainer(target, options, examination)
    return tuple(explainer.explain(each) for each in found)


def _list_findings(examination: Examination) -> Iterator[_Shown]:
    report = examination.report
    yield from (_Shown(each, "reported", "") for each in report.findings)
    yield from (_Shown(each.finding, "suppressed", each.reason) for each in report.suppressed)
    yield from (_Shown(each.finding, "baselined", each.reason) for each in report.baselined)


def _name_nearest(everything: list[_Shown], path: str, place: Place) -> str:
    shown = show_path(place.path.as_posix(), "")
    in_file = [each.finding for each in everything if each.finding.location.path == path]
    if not in_file:
        return f"there is no finding at {shown}:{place.line}, nor anywhere in this file"
    in_file.sort(key=lambda each: (abs(get_start(each.location).line - place.line), each.sort_key()))
    lines = [f"there is no finding at {shown}:{place.line}; the nearest in this file:"]
    for each in in_file[:_MOST_NEAR]:
        start = get_start(each.location)
        lines.append(f"  {shown}:{start.line}:{start.column + 1}  {each.code} {each.name}")
    return "\n".join(lines)


class _Explainer:
    """Explains the findings of one examined project."""

    def __init__(self, target: ProjectTarget, options: CheckOptions, examination: Examination) -> None:
        self._project = examination.project
        self._store = examination.store
        self._checker = BaselineChecker(self._project, self._store, Baseline(), rules=())
        self._policy = target.loaded.configuration.suppressions
        self._rules = {rule.code: rule for rule in target.plugins.rules}
        self._today = options.day

    def explain(self, shown: _Shown) -> Explanation:
        finding = shown.finding
        importer = find_importer(self._project, finding)
        imported = None if importer is None else find_imported(self._project, importer, finding.imported)
        allowed: tuple[str, ...] = ()
        if importer is not None and importer.layer is not None:
            present = self._project.present_layers(importer.application)
            allowed = tuple(self._project.layers.allowed_from(importer.layer, present))
        routes = None
        if importer is not None and imported is not None:
            routes = find_routes(self._project, self._store, importer, imported)
        return Explanation(
            finding=finding,
            status=shown.status,
            reason=shown.reason,
            importer=_describe(importer),
            imported=_describe(imported),
            allowed=allowed,
            routes=routes,
            remedies=self._find_remedies(shown),
            page=self._find_page(finding),
        )

    def _find_remedies(self, shown: _Shown) -> Remedies:
        if shown.status == "reported":
            return find_remedies(shown.finding, self._store, self._checker, self._policy, self._today)
        entry = find_entry(shown.finding, self._checker)[0] if shown.status == "baselined" else ""
        return Remedies(entry=entry)

    def _find_page(self, finding: Finding) -> RulePage | None:
        rule = self._rules.get(finding.code)
        return None if rule is None else describe_rule(rule)


def _describe(module: Module | None) -> Side | None:
    return None if module is None else Side(module.name, module.path, module.role, module.layer)
