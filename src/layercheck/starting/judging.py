"""Judging one project under many configurations, at the price of a little more than one."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import msgspec

from layercheck.config.loading import LoadedConfiguration
from layercheck.config.merging import merge
from layercheck.config.preset import read_preset
from layercheck.config.reading import Document
from layercheck.config.schema import Configuration
from layercheck.coverage import measure_coverage
from layercheck.errors import PluginError
from layercheck.filtering import put_aside
from layercheck.module_rule import ModuleRule
from layercheck.pipeline.examining import examine_modules
from layercheck.pipeline.finding import parse_some
from layercheck.pipeline.options import CheckOptions, is_small
from layercheck.pipeline.running import Workshop, run_project_rules
from layercheck.project.assembly import assemble
from layercheck.project.files import ProjectFiles
from layercheck.report import build_report
from layercheck.rule import ProjectRule
from layercheck.sources.discovery import discover
from layercheck.sources.file_source import DiskSource
from layercheck.sources.store import SourceStore
from layercheck.starting.writing import OWN_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from layercheck.model.violation import Violation
    from layercheck.plugins import Plugins
    from layercheck.project.project import Project
    from layercheck.report import Report
    from layercheck.rule import Rule


class Judge:
    """Tells what a check would report under configurations that make the same layers of the same files.

    They may differ in `exhaustive`, `select`, `ignore`, `severity`, `rules` and `per-path-ignores`. A rule runs once
    for every severity and every set of options that one of them gives it; no file is read or parsed twice.
    """

    def __init__(self, root: Path, plugins: Plugins, base: Mapping[str, Any] | None = None) -> None:
        """Read the project at `root`; `base` is what every configuration says: its layers."""
        self.plugins = plugins
        self._root = root
        self._base = base or {}
        loaded = self._load({})
        discovery = discover(root)
        self._store = SourceStore(root)
        self._store.load(discovery.files, {}, frozenset())
        files = ProjectFiles(discovery, self._store.read, DiskSource(root).tracked)
        self.project: Project = assemble(loaded, discovery, self._store, files=files)
        # What a check parses, so that the same files are known to be unreadable.
        parse_some(self._store, (), is_whole=is_small(discovery))
        self._found: dict[object, list[Violation]] = {}

    def judge(self, table: Mapping[str, Any]) -> Report:
        """Report on the project as if the base and `table` were its configuration."""
        project = copy.copy(self.project)
        project.loaded = self._load(table)
        configuration = project.loaded.configuration
        rules = self.plugins.make_active(configuration)
        # The module rules together, as they share their parses.
        together: list[list[Rule]] = [[rule for rule in rules if isinstance(rule, ModuleRule)]]
        alone = sorted((rule for rule in rules if isinstance(rule, ProjectRule)), key=lambda rule: rule.sees_outcome)
        together += ([rule] for rule in alone)
        found = [violation for some in together for violation in self._run(some, project)]
        violations, suppressed, _ = put_aside(
            configuration, self._store, found, rules, CheckOptions().day, plugins=self.plugins
        )
        return build_report(violations, suppressed, measure_coverage(project, self._store.facts))

    def _load(self, table: Mapping[str, Any]) -> LoadedConfiguration:
        """Load a configuration as if it stood in a file at the root."""
        given = {**self._base, **table}
        configuration = msgspec.convert(merge(read_preset(Configuration().preset), given, {}), Configuration)
        return LoadedConfiguration(configuration, Document(self._root / OWN_FILE, "", given, ()))

    def _run(self, rules: Sequence[Rule], project: Project) -> list[Violation]:
        key = (self.plugins.fingerprint(rules), project.loaded.configuration.exhaustive)
        if key not in self._found:
            workshop = Workshop(self.plugins, self._root)
            in_modules = examine_modules(rules, project, self._store, workshop)
            outcome = run_project_rules(rules, project, workshop)
            for failure in (*in_modules.failures, *outcome.failures):
                raise PluginError(str(failure))
            self._found[key] = [*in_modules.violations, *outcome.violations]
        return self._found[key]
