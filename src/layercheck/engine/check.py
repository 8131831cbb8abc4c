"""The recipe of a check: every step from the files of a project to its report, in order.

The details of a step are in the module that it is imported from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.apply_baseline import apply_baseline, parse_baseline, read_baseline
from layercheck.engine.open_files import open_files
from layercheck.engine.read_facts import are_facts_unchanged, read_facts
from layercheck.engine.report import for_paths, report_findings
from layercheck.engine.report_cache import are_files_unchanged, load_report, note_grounds, save_examination, save_report
from layercheck.errors import PluginError

if TYPE_CHECKING:
    from layercheck.baseline.baseline_checker import BaselineResult
    from layercheck.baseline.baseline_file import Baseline
    from layercheck.engine.open_files import OpenFiles
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.engine.run_rules import ChosenRules, Found
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.report import Report
    from layercheck.project.project import Project


class Examination(NamedTuple):
    """A report with all that it rests on."""

    found: Found
    held: BaselineResult | None
    """What was found, held against the baseline; None where there is none."""
    report: Report

    @property
    def project(self) -> Project:
        """The project that was checked."""
        return self.found.project

    @property
    def store(self) -> SourceStore:
        """What is known of its files."""
        return self.found.store

    @property
    def is_parsed_whole(self) -> bool:
        """Whether every file was parsed for its syntax errors."""
        return self.found.is_parsed_whole

    @property
    def has_asked_history(self) -> bool:
        """Whether the report hangs on what git says of earlier commits."""
        return self.held is not None and self.held.checker.asked_history


def check(target: ProjectTarget, options: CheckOptions) -> Report:
    """Check one project. Raises NothingCheckedError where there is nothing to give a verdict on.

    Raises BaselineError where there is a baseline that cannot be understood.
    """
    files = open_files(target, options)
    cached = load_report(files)
    if cached is not None and are_files_unchanged(files):
        note_grounds(files, cached)
        return for_paths(cached.report, files)
    facts = read_facts(files)
    if cached is not None and are_facts_unchanged(files, facts):
        # A report follows from the facts alone, and an edit that moves no import changes none of them.
        save_report(files, facts, cached)
        return for_paths(cached.report, files)
    return examine_facts(files, facts).report


def examine(target: ProjectTarget, options: CheckOptions, *, with_baseline: bool = False) -> Examination:
    """Check one project and keep what the verdict rests on; raises like `check`.

    The baseline is left aside unless it is asked for: who compares two states wants to know all that is found in them.
    """
    files = open_files(target, options, with_baseline=with_baseline)
    return examine_facts(files, read_facts(files))


def check_baseline(target: ProjectTarget, options: CheckOptions) -> BaselineResult:
    """Hold a project against its baseline, with all that is needed to change it.

    Raises what `check` raises, and PluginError where a rule fails: entries for it would seem to have nothing to do.
    """
    files = open_files(target, options)
    examined = examine_facts(files, read_facts(files))
    for failure in examined.found.failures:
        raise PluginError(str(failure))
    return examined.held or apply_baseline(files, examined.found, parse_baseline(files))


def examine_facts(files: OpenFiles, facts: SourceStore) -> Examination:
    """Check a project of which the facts are known; raises like `check`."""
    # A report that is taken from the cache does not need these imports.
    from layercheck.engine.build import build_project  # noqa: PLC0415
    from layercheck.engine.run_rules import choose_rules, require_verdict  # noqa: PLC0415

    baseline = read_baseline(files)
    project = build_project(files, facts)
    rules = choose_rules(files)
    require_verdict(files, project, rules)
    examined = judge(files, facts, project, rules, baseline)
    save_examination(files, examined)
    return examined._replace(report=for_paths(examined.report, files))


def judge(
    files: OpenFiles, facts: SourceStore, project: Project, rules: ChosenRules, baseline: Baseline | None
) -> Examination:
    """Judge a project that is put together: all that depends on its rules. The report is on the whole of it."""
    from layercheck.engine.filters import drop_suppressed  # noqa: PLC0415  (see above)
    from layercheck.engine.repeated_findings import merge_repeated  # noqa: PLC0415  (see above)
    from layercheck.engine.run_rules import run_rules  # noqa: PLC0415  (see above)

    found = run_rules(files, facts, project, rules)
    found = merge_repeated(drop_suppressed(files, found))
    held = None if baseline is None else apply_baseline(files, found, baseline)
    return Examination(found, held, report_findings(files, found, held))
