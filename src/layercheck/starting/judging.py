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
from layercheck.filtering import drop_ignored_paths
from layercheck.pipeline import SMALL_PROJECT
from layercheck.plugins import active_rules, all_rules
from layercheck.project.assembly import assemble
from layercheck.report import build_report
from layercheck.rule import ProjectRule
from layercheck.sources.discovery import discover
from layercheck.sources.scan import COMMENT, ODD
from layercheck.sources.store import SourceStore
from layercheck.starting.writing import OWN_FILE
from layercheck.suppressions import apply_suppressions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from layercheck.model.violation import Violation
    from layercheck.project.project import Project
    from layercheck.report import Report
    from layercheck.rule import Rule
    from layercheck.sources.discovery import Discovery


class Judge:
    """Tells what a check would report under configurations that make the same layers of the same files.

    They may differ in `exhaustive`, `select`, `ignore`, `severity`, `rules` and `per-path-ignores`. A rule runs once
    for every severity and every set of options that one of them gives it; no file is read or parsed twice.
    """

    def __init__(self, root: Path, base: Mapping[str, Any] | None = None) -> None:
        """Read the project at `root`; `base` is what every configuration says: its layers."""
        self._root = root
        self._base = base or {}
        loaded = self._load({})
        discovery = discover(root)
        self._store = SourceStore(root)
        self._store.load(discovery.files, {}, frozenset())
        self.project: Project = assemble(loaded, discovery, self._store)
        self._parse_whole(discovery)
        self._known_rules = {rule.code: rule.name for rule in all_rules()}
        self._found: dict[object, list[Violation]] = {}

    def judge(self, table: Mapping[str, Any]) -> Report:
        """Report on the project as if the base and `table` were its configuration."""
        project = copy.copy(self.project)
        project.loaded = self._load(table)
        configuration = project.loaded.configuration
        rules = active_rules(configuration)
        in_order = sorted(rules, key=lambda rule: rule.sees_outcome)
        found = [violation for rule in in_order for violation in self._run(rule, project)]
        active = {rule.code for rule in rules}
        kept, suppressed, about_comments = apply_suppressions(
            drop_ignored_paths(found, configuration.per_path_ignores),
            {
                path: self._store.suppressions(path)
                for path, facts in self._store.facts.items()
                if facts.scan.flags & COMMENT
            },
            known=self._known_rules,
            active=active,
        )
        violations = (*kept, *(violation for violation in about_comments if violation.code in active))
        return build_report(violations, suppressed, measure_coverage(project, self._store.facts))

    def _load(self, table: Mapping[str, Any]) -> LoadedConfiguration:
        """Load a configuration as if it stood in a file at the root."""
        given = {**self._base, **table}
        configuration = msgspec.convert(merge(read_preset(Configuration().preset), given, {}), Configuration)
        return LoadedConfiguration(configuration, Document(self._root / OWN_FILE, "", given, ()))

    def _parse_whole(self, discovery: Discovery) -> None:
        """Parse what a check parses, so that the same files are known to be unreadable."""
        is_small = sum(signature.size for signature in discovery.files.values()) <= SMALL_PROJECT
        for path, facts in self._store.facts.items():
            if is_small or facts.scan.flags & ODD:
                self._store.imports(path, statements_only=True)

    def _run(self, rule: Rule, project: Project) -> list[Violation]:
        if not isinstance(rule, ProjectRule):
            return []
        exhaustive = project.loaded.configuration.exhaustive
        key = (rule.code, rule.severity, msgspec.json.encode(rule.options), exhaustive)
        if key not in self._found:
            self._found[key] = list(rule.check(project))
        return self._found[key]
