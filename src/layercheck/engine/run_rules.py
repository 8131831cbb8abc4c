"""The step from a project to all that its rules find in it, accepted or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.contract_count import has_contracts
from layercheck.engine.module_examiner import ModuleExaminer, examine_modules
from layercheck.engine.options import is_small
from layercheck.engine.preconditions import require_layers, require_rules
from layercheck.engine.rule_runner import RuleRunner, run_project_rules
from layercheck.engine.timings import timed
from layercheck.model.imports import Depth
from layercheck.python.imports.scan_flags import ODD

if TYPE_CHECKING:
    from layercheck.engine.open_files import OpenFiles
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.failure import Failure
    from layercheck.model.finding import Finding, Suppressed
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule


class ChosenRules(NamedTuple):
    """The rules of a check, and what runs them; kept by those who check the same project again."""

    active: tuple[Rule, ...]
    """All that the configuration selects."""
    rules: tuple[Rule, ...]
    """Those of them that can judge what is checked out."""
    runner: RuleRunner
    examiner: ModuleExaminer
    parses_all: bool
    """Whether every file is parsed for its syntax errors."""


class Found(NamedTuple):
    """Everything that is wrong with a project, accepted or not."""

    project: Project
    store: SourceStore
    rules: tuple[Rule, ...]
    """Those that ran to their end."""
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    """The rules that raised."""
    is_parsed_whole: bool
    suppressed: tuple[Suppressed, ...] = ()
    """What comments suppress; it is no longer among the findings."""
    ignored: int = 0
    """How many findings the configuration ignores for their path; they are no longer among the findings."""
    is_dated: bool = False
    """Whether a comment names a day, so that all this may be different tomorrow."""


def choose_rules(files: OpenFiles, runner: RuleRunner | None = None) -> ChosenRules:
    """Make the rules that the configuration selects. Raises ConfigurationError where the names were not checked before."""
    target, options, discovery = files.target, files.options, files.discovery
    target.loaded.require_rules()
    runner = runner or RuleRunner(target.plugins, target.root)
    active = target.plugins.make_active(target.loaded.configuration)
    rules = tuple(rule for rule in active if not rule.needs_all_files) if discovery.not_checked_out else active
    parses_all = is_small(discovery) if options.parse_whole is None else options.parse_whole
    return ChosenRules(active, rules, runner, ModuleExaminer(rules, runner, with_imports=parses_all), parses_all)


def require_verdict(files: OpenFiles, project: Project, rules: ChosenRules) -> None:
    """Raise NothingCheckedError where there is nothing to hold the files to."""
    is_judged = has_contracts(project, rules.active)
    require_layers(project, files.discovery, files.target.root, has_contracts=is_judged)
    require_rules(rules.active)


def run_rules(files: OpenFiles, facts: SourceStore, project: Project, rules: ChosenRules) -> Found:
    """Let the rules look at a project."""
    with timed(files.timings, "rules"):
        # First, as what they have to parse need not be parsed again for its syntax errors.
        in_modules = examine_modules(rules.examiner, project, facts, rules.runner)
        _parse_for_errors(files, facts, rules)
        outcome = run_project_rules(rules.rules, project, rules.runner)
    failures = (*in_modules.failures, *outcome.failures)
    failed = {failure.code for failure in failures}
    # If a rule failed, a comment or an entry for it may still be needed.
    completed = tuple(rule for rule in rules.rules if rule.code not in failed)
    findings = (*in_modules.findings, *outcome.findings)
    return Found(project, facts, completed, findings, failures, rules.parses_all)


def _parse_for_errors(files: OpenFiles, facts: SourceStore, rules: ChosenRules) -> None:
    """Parse the files whose syntax errors must be named even if nothing in them looks wrong."""
    named = {*files.named, *files.options.parse}
    wanted = [
        path for path, known in facts.facts.items() if rules.parses_all or known.scan.flags & ODD or path in named
    ]
    facts.parse(wanted, Depth.STATEMENTS)
