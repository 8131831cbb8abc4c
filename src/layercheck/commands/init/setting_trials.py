"""Checking one project under many configurations, at the price of a little more than one."""

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
from layercheck.engine.build import build_project
from layercheck.engine.check import judge
from layercheck.engine.open_files import open_files
from layercheck.engine.options import CheckOptions
from layercheck.engine.read_facts import read_facts
from layercheck.engine.rule_runner import RuleRunner
from layercheck.engine.run_rules import choose_rules
from layercheck.errors import PluginError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.failure import Failure
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.project.project import Project
    from layercheck.rule.module_rule import Located
    from layercheck.rule.rule import Rule


class SettingTrials:
    """Checks a project under configurations that make the same layers of the same files.

    They may differ in `fail-on`, `exhaustive`, `select`, `ignore`, `severity`, `rules` and `per-path-ignores`. A rule about
    projects runs once for every severity and every set of options that one of them gives it; no file is read twice.
    """

    def __init__(self, target: ProjectTarget, base: Mapping[str, Any] | None = None) -> None:
        """Read the whole project; `base` is what every configuration says: its layers."""
        self._base = base or {}
        target = target._replace(paths=())
        files = open_files(target, CheckOptions(), with_baseline=False)
        self._target = target._replace(loaded=self._load({}, target))
        self._files = files._replace(target=self._target)
        self._facts = read_facts(self._files)
        self.project: Project = build_project(self._files, self._facts)
        self._known: dict[object, list[Finding] | Failure] = {}

    def check(self, table: Mapping[str, Any]) -> Report:
        """Report on the project as if the base and `table` were its configuration."""
        loaded = self._load(table, self._target)
        files = self._files._replace(target=self._target._replace(loaded=loaded))
        project = copy.copy(self.project)
        project.loaded = loaded
        runner = _TrialRunner(files.target, self._known)
        examined = judge(files, self._facts, project, choose_rules(files, runner), None)
        for failure in examined.found.failures:
            raise PluginError(str(failure))
        return examined.report

    def _load(self, table: Mapping[str, Any], target: ProjectTarget) -> LoadedConfiguration:
        """Load a configuration as if it stood in a file at the root."""
        given = {**self._base, **table}
        configuration = msgspec.convert(merge(read_preset(Configuration().preset), given, {}), Configuration)
        document = Document(target.root / OWN_FILE, "", given, ())
        return LoadedConfiguration(configuration, document, vocabulary=target.loaded.vocabulary)


class _TrialRunner(RuleRunner):
    """Lets a rule about projects run again only where the configuration asks something else of it."""

    def __init__(self, target: ProjectTarget, known: dict[object, list[Finding] | Failure]) -> None:
        super().__init__(target.plugins, target.root)
        self._is_exhaustive = target.loaded.configuration.exhaustive
        self._known = known
        """What the trials so far have found."""

    def run(
        self, rule: Rule, work: Callable[[], Iterable[object]], given: Sequence[Located] = ()
    ) -> list[Finding] | Failure:
        """Let a rule do its work, or give what it found in an earlier trial."""
        if given:
            return super().run(rule, work, given)
        key = (self.plugins.fingerprint([rule]), self._is_exhaustive)
        if key not in self._known:
            self._known[key] = super().run(rule, work)
        return self._known[key]
