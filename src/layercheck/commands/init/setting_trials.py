"""Judging one project under many configurations, at the price of a little more than one."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import msgspec

from layercheck.commands.init.configuration_draft import OWN_FILE
from layercheck.config.document import Document
from layercheck.config.loaded_configuration import LoadedConfiguration
from layercheck.config.merge import merge
from layercheck.config.preset import read_preset
from layercheck.config.schema import Configuration
from layercheck.engine.filters import read_suppressions_of, suppress_findings
from layercheck.engine.find import parse_some
from layercheck.engine.module_examiner import ModuleExaminer, examine_modules
from layercheck.engine.options import CheckOptions, is_small
from layercheck.engine.rule_runner import RuleRunner, run_project_rules
from layercheck.errors import PluginError
from layercheck.facts.fact_store import SourceStore
from layercheck.files.discovery import discover
from layercheck.files.file_source import DiskSource
from layercheck.model.report import build_report
from layercheck.project.assembly import assemble
from layercheck.project.coverage import measure_coverage
from layercheck.project.project_files import ProjectFiles
from layercheck.rule.module_rule import ModuleRule
from layercheck.rule.rule import ProjectRule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.plugins import Plugins
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule


class StalenessJudge:
    """Tells what a check would report under configurations that make the same layers of the same files.

    They may differ in `fail-on`, `exhaustive`, `select`, `ignore`, `severity`, `rules` and `per-path-ignores`. A rule runs once
    for every severity and every set of options that one of them gives it; no file is read or parsed twice.
    """

    def __init__(self, root: Path, plugins: Plugins, base: Mapping[str, Any] | None = None) -> None:
        """Read the project at `root`; `base` is what every configuration says: its layers."""
        self.plugins = plugins
        self._root = root
        self._base = base or {}
        loaded = self._load({})
        discovery = discover(root)
        self._store = SourceStore(root, DiskSource(root).read)
        self._store.load(discovery.files, {}, frozenset())
        files = ProjectFiles(discovery, self._store.read, DiskSource(root).tracked)
        self.project: Project = assemble(loaded, discovery, self._store, files=files)
        # What a check parses, so that the same files are known to be unreadable.
        parse_some(self._store, (), includes_all=is_small(discovery))
        self._found: dict[object, list[Finding]] = {}

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
        found = [finding for some in together for finding in self._run(some, project)]
        comments = read_suppressions_of(self._store.facts, configuration, self._store)
        findings, suppressed, _ = suppress_findings(
            configuration, comments, found, rules, CheckOptions().day, plugins=self.plugins
        )
        return build_report(findings, suppressed, measure_coverage(project))

    def _load(self, table: Mapping[str, Any]) -> LoadedConfiguration:
        """Load a configuration as if it stood in a file at the root."""
        given = {**self._base, **table}
        configuration = msgspec.convert(merge(read_preset(Configuration().preset), given, {}), Configuration)
        return LoadedConfiguration(configuration, Document(self._root / OWN_FILE, "", given, ()))

    def _run(self, rules: Sequence[Rule], project: Project) -> list[Finding]:
        key = (self.plugins.fingerprint(rules), project.loaded.configuration.exhaustive)
        if key not in self._found:
            runner = RuleRunner(self.plugins, self._root)
            in_modules = examine_modules(ModuleExaminer(rules, runner), project, self._store, runner)
            outcome = run_project_rules(rules, project, runner)
            for failure in (*in_modules.failures, *outcome.failures):
                raise PluginError(str(failure))
            self._found[key] = [*in_modules.findings, *outcome.findings]
        return self._found[key]
