"""From files to everything that is wrong with them, whether somebody has accepted it or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.build import build_project
from layercheck.engine.filters import read_suppressions_of, suppress_findings
from layercheck.engine.module_examiner import ModuleExaminer, examine_modules
from layercheck.engine.options import is_small
from layercheck.engine.path_ignores import PathIgnores, report_idle_ignores
from layercheck.engine.preconditions import require_layers, require_rules
from layercheck.engine.rule_runner import RuleRunner, run_project_rules
from layercheck.engine.timings import timed
from layercheck.model.imports import Depth
from layercheck.python.imports.scan import ODD
from layercheck.rule.contract_rule import count_judged

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from layercheck.engine.options import CheckOptions
    from layercheck.engine.prepare import PreparedRun
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.failure import Failure
    from layercheck.model.finding import Finding, Suppressed
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule
    from layercheck.suppressions.suppression import Suppression


class Found(NamedTuple):
    """Everything that is wrong with a project, whether somebody has accepted it or not."""

    project: Project
    store: SourceStore
    rules: tuple[Rule, ...]
    """Those that ran to their end."""
    findings: tuple[Finding, ...]
    """All but what comments suppress and what is ignored for its path."""
    suppressed: tuple[Suppressed, ...]
    is_parsed_whole: bool
    is_dated: bool
    """Whether a comment names a day, so that all this may be different tomorrow."""
    failures: tuple[Failure, ...] = ()
    """The rules that raised."""


def find_all(target: ProjectTarget, options: CheckOptions, start: PreparedRun, store: SourceStore) -> Found:
    """Put the project together and let the rules look at it."""
    with timed(start.timings, "assemble"):
        project = build_project(target, options, start, store)
        finder = Finder(target, options, start, store, RuleRunner(target.plugins, target.root))
        finder.require_layers(project)
    with timed(start.timings, "rules"):
        return finder.find(project)


class Finder:
    """Lets the rules look at a project; also again and again, at what it has become."""

    def __init__(
        self, target: ProjectTarget, options: CheckOptions, start: PreparedRun, store: SourceStore, runner: RuleRunner
    ) -> None:
        """Make the rules."""
        self._target = target
        self._day = options.day
        self.named: Collection[str] = start.named
        """The files whose syntax errors are wanted whatever they look like."""
        self._parse = options.parse
        self._store = store
        self._runner = runner
        self._discovery = start.discovery
        self._active = target.plugins.make_active(target.loaded.configuration)
        self.rules = self._active
        if start.discovery.not_checked_out:
            self.rules = tuple(rule for rule in self._active if not rule.needs_all_files)
        self._is_whole = is_small(start.discovery) if options.parse_whole is None else options.parse_whole
        self._suppressions: Mapping[str, Sequence[Suppression]] = {}
        """The comments of the files that have some."""
        self.examiner = ModuleExaminer(self.rules, runner, with_imports=self._is_whole)

    def require_layers(self, project: Project) -> None:
        """Raise NothingCheckedError where there is nothing to hold the files to."""
        contracts = count_judged(project.contracts, self._active)
        require_layers(project, self._discovery, self._target.root, contracts=contracts)
        require_rules(self._active)

    def find(self, project: Project, changed: Collection[str] | None = None) -> Found:
        """Find all that is wrong; only `changed` files (None: all) need to be parsed for their syntax errors."""
        store = self._store
        # First, as what they have to parse need not be parsed again for its syntax errors.
        in_modules = examine_modules(self.examiner, project, store, self._runner)
        parse_some(store, {*self.named, *self._parse}, changed, includes_all=self._is_whole)
        outcome = run_project_rules(self.rules, project, self._runner)
        failures = (*in_modules.failures, *outcome.failures)
        failed = {failure.code for failure in failures}
        # Nobody can say of a rule that failed that a comment or an entry for it has nothing to do.
        rules = tuple(rule for rule in self.rules if rule.code not in failed)
        configuration = self._target.loaded.configuration
        ignores = PathIgnores(configuration.per_path_ignores)
        findings, suppressed, is_dated = suppress_findings(
            configuration,
            self._read_suppressions(changed),
            [*in_modules.findings, *outcome.findings],
            rules,
            self._day,
            plugins=self._target.plugins,
            ignores=ignores,
        )
        findings += tuple(ignores.drop(report_idle_ignores(ignores, project, rules, self._target.plugins)))
        return Found(project, store, rules, findings, suppressed, self._is_whole, is_dated, failures)

    def _read_suppressions(self, changed: Collection[str] | None) -> Mapping[str, Sequence[Suppression]]:
        configuration, known = self._target.loaded.configuration, self._suppressions
        paths = self._store.facts if changed is None else changed
        fresh = read_suppressions_of(paths, configuration, self._store)
        if fresh or not known.keys().isdisjoint(paths):
            kept = {path: each for path, each in known.items() if path not in paths}
            self._suppressions = dict(sorted((kept | fresh).items()))
        return self._suppressions


def parse_some(
    store: SourceStore, named: Collection[str], among: Collection[str] | None = None, *, includes_all: bool
) -> None:
    """Parse the files whose syntax errors must be named even if nothing in them looks wrong."""
    facts = store.facts
    store.parse(
        [
            path
            for path in (facts if among is None else among)
            if includes_all or facts[path].scan.flags & ODD or path in named
        ],
        Depth.STATEMENTS,
    )
