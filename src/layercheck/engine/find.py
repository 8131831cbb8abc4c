"""From files to everything that is wrong with them, whether somebody has accepted it or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.build import build_project
from layercheck.engine.filters import suppress_findings
from layercheck.engine.module_examiner import examine_modules
from layercheck.engine.options import is_small
from layercheck.engine.path_ignores import PathIgnores, report_idle_ignores
from layercheck.engine.preconditions import require_layers, require_rules
from layercheck.engine.rule_runner import RuleRunner, run_project_rules
from layercheck.engine.timings import timed
from layercheck.model.imports import Depth
from layercheck.python.imports.scan import ODD
from layercheck.rule.contract_rule import count_judged

if TYPE_CHECKING:
    from collections.abc import Collection

    from layercheck.engine.options import CheckOptions
    from layercheck.engine.prepare import PreparedRun
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.failure import Failure
    from layercheck.model.finding import Finding, Suppressed
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule


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
    discovery, timings = start.discovery, start.timings
    with timed(timings, "assemble"):
        project = build_project(target, options, start, store)
        configuration = target.loaded.configuration
        active = target.plugins.make_active(configuration)
        require_layers(project, discovery, target.root, contracts=count_judged(project.contracts, active))
    with timed(timings, "rules"):
        runner = RuleRunner(target.plugins, target.root)
        require_rules(active)
        if project.not_checked_out:
            active = tuple(rule for rule in active if not rule.needs_all_files)
        includes_plugins = is_small(discovery) if options.parse_whole is None else options.parse_whole
        # First, as what they have to parse need not be parsed again for its syntax errors.
        in_modules = examine_modules(active, project, store, runner, with_imports=includes_plugins)
        parse_some(store, {*start.named, *options.parse}, includes_plugins=includes_plugins)
        outcome = run_project_rules(active, project, runner)
        failures = (*in_modules.failures, *outcome.failures)
        failed = {failure.code for failure in failures}
        # Nobody can say of a rule that failed that a comment or an entry for it has nothing to do.
        rules = tuple(rule for rule in active if rule.code not in failed)
        ignores = PathIgnores(configuration.per_path_ignores)
        findings, suppressed, is_dated = suppress_findings(
            configuration,
            store,
            [*in_modules.findings, *outcome.findings],
            rules,
            options.day,
            plugins=target.plugins,
            ignores=ignores,
        )
        findings += tuple(ignores.drop(report_idle_ignores(ignores, project, rules, target.plugins)))
    return Found(project, store, rules, findings, suppressed, includes_plugins, is_dated, failures)


def parse_some(store: SourceStore, named: Collection[str], *, includes_plugins: bool) -> None:
    """Parse the files whose syntax errors must be named even if nothing in them looks wrong."""
    store.parse(
        [path for path, facts in store.facts.items() if includes_plugins or facts.scan.flags & ODD or path in named],
        Depth.STATEMENTS,
    )
