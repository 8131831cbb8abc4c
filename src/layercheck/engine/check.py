"""The road itself: from a project to its report, and to what else rests on the same findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.engine.prepare import load, prepare
from layercheck.engine.report_cache import CachedReport, make_cached_report
from layercheck.engine.timings import timed
from layercheck.errors import PluginError
from layercheck.model.finding import Baselined
from layercheck.model.report import BaselineSummary, build_report
from layercheck.model.target_paths import keep_paths
from layercheck.plugins import may_be_foreign
from layercheck.project.coverage import measure_coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.baseline.baseline_checker import BaselineResult
    from layercheck.baseline.baseline_file import Baseline
    from layercheck.baseline.baseline_text import BaselineText
    from layercheck.engine.find import Found
    from layercheck.engine.module_examiner import ModuleExaminer
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.prepare import PreparedRun
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.facts.examiner import DefinitionReader
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.report import Coverage, Report
    from layercheck.project.project import Project


class Examination(NamedTuple):
    """One check with all that it rests on, for those who compare."""

    project: Project
    store: SourceStore
    report: Report
    is_parsed_whole: bool


def check(target: ProjectTarget, options: CheckOptions) -> Report:
    """Check one project. Raises NothingCheckedError where there is nothing to give a verdict on.

    Raises BaselineError where there is a baseline that cannot be understood.
    """
    start = prepare(target, options)
    cache, files = start.source.cache, start.discovery.files
    kept = recall(start, options)
    if kept is not None and cache.is_current(files):
        return finish(kept.report, target, start)
    store, known = load(target, start)
    if kept is not None and store.facts_unchanged(known, lambda: _make_examiner(target), _definition_reader):
        # A report follows from the facts alone, and an edit that moves no import changes none of them.
        cache.write(files, store.facts, start.key, kept, start.started)
        return finish(kept.report, target, start)
    return _examine(target, options, start, store).report


def recall(start: PreparedRun, options: CheckOptions) -> CachedReport | None:
    """Give the last report, if it still answers what is asked as far as the files are the same."""
    kept = start.source.cache.report(start.key, CachedReport)
    return kept if kept is not None and kept.is_valid_for(start, options) else None


def examine(target: ProjectTarget, options: CheckOptions, *, with_baseline: bool = False) -> Examination:
    """Check one project and keep what the verdict rests on; raises like `check`.

    The baseline is left aside unless it is asked for: who compares two states wants to know all that is found in them.
    """
    start = prepare(target, options, with_baseline=with_baseline)
    return _examine(target, options, start, load(target, start)[0])


def _examine(target: ProjectTarget, options: CheckOptions, start: PreparedRun, store: SourceStore) -> Examination:
    baseline = parse_baseline(target, start.accepted)
    found = _find_all(target, options, start, store)
    report = report_found(target, options, start, found, baseline)
    return Examination(found.project, found.store, finish(report, target, start), found.is_parsed_whole)


def report_found(
    target: ProjectTarget, options: CheckOptions, start: PreparedRun, found: Found, baseline: Baseline | None
) -> Report:
    """Hold what was found against the baseline, and keep the report and all facts in the cache; `finish` cuts it."""
    with timed(start.timings, "report"):
        report, asked_history = make_report(target, options, found, baseline)
        # What git says may change while no file does, and a rule that failed may not fail again.
        key = "" if found.failures or asked_history else start.key
        source, files = start.source, start.discovery.files
        source.cache.write(
            files, found.store.facts, key, make_cached_report(report, found, options, source), start.started
        )
    return report


def make_report(
    target: ProjectTarget, options: CheckOptions, found: Found, baseline: Baseline | None
) -> tuple[Report, bool]:
    """Report what was found and is not accepted; tell with it whether git was asked."""
    if baseline is None:
        return _report_all(found), False
    result = _match_baseline(target, options, found, baseline)
    return _report_rest(found, result), result.checker.asked_history


def apply_baseline(target: ProjectTarget, options: CheckOptions) -> BaselineResult:
    """Hold a project against its baseline, with all that is needed to change it.

    Raises what `check` raises, and PluginError where a rule fails: entries for it would seem to have nothing to do.
    """
    start = prepare(target, options)
    baseline = _parse(target, start.accepted)
    found = _find_all(target, options, start, load(target, start)[0])
    for failure in found.failures:
        raise PluginError(str(failure))
    return _match_baseline(target, options, found, baseline)


def _find_all(target: ProjectTarget, options: CheckOptions, start: PreparedRun, store: SourceStore) -> Found:
    # A report that is taken from the cache does without the rules and all that they stand on.
    from layercheck.engine.find import find_all  # noqa: PLC0415

    return find_all(target, options, start, store)


def _make_examiner(target: ProjectTarget) -> ModuleExaminer:
    from layercheck.engine.module_examiner import ModuleExaminer  # noqa: PLC0415  (only who compares what rules found)
    from layercheck.engine.rule_runner import RuleRunner  # noqa: PLC0415  (see above)

    active = target.plugins.make_active(target.loaded.configuration)
    return ModuleExaminer(active, RuleRunner(target.plugins, target.root))


def _definition_reader() -> DefinitionReader:
    from layercheck.python.names.definition_reader import read_definitions  # noqa: PLC0415  (see above)

    return read_definitions


def finish(report: Report, target: ProjectTarget, start: PreparedRun) -> Report:
    """Cut a report to the part that was asked for."""
    if not start.accepted:
        shown = keep_paths(report.findings, target.paths, target.configuration_path)
        report = msgspec.structs.replace(report, findings=tuple(shown))
    return msgspec.structs.replace(report, timings=start.timings)


def parse_baseline(target: ProjectTarget, accepted: Sequence[BaselineText]) -> Baseline | None:
    """Read the baseline of a project; None where there is none. Raises BaselineError."""
    return _parse(target, accepted) if accepted else None


def _parse(target: ProjectTarget, accepted: Sequence[BaselineText]) -> Baseline:
    # A report that is taken from the cache does without this as well.
    from layercheck.baseline.baseline_file import find_codes, parse_texts  # noqa: PLC0415
    from layercheck.baseline.entry_findings import EXPIRED, STALE  # noqa: PLC0415

    # What is wrong with the baseline itself cannot be accepted in it.
    acceptable = {code: name for code, name in target.plugins.names.items() if code not in {STALE, EXPIRED}}
    if not target.plugins.includes_plugins:
        # Entries for rules of plugins that are left out are kept, and say nothing.
        acceptable |= {code: code for code in find_codes(accepted) - acceptable.keys() if may_be_foreign(code)}
    return parse_texts(target.root, accepted, acceptable)


def _match_baseline(target: ProjectTarget, options: CheckOptions, found: Found, baseline: Baseline) -> BaselineResult:
    from layercheck.baseline.baseline_checker import BaselineChecker, BaselineResult  # noqa: PLC0415  (see above)

    checker = BaselineChecker(found.project, found.store, baseline, rules=found.rules, paths=target.paths)
    return BaselineResult(baseline, checker, checker.match_baseline(found.findings, options.day, is_ci=options.is_ci))


def _report_all(found: Found) -> Report:
    coverage = _measure(found)
    return build_report(found.findings, found.suppressed, coverage, failures=found.failures)


def _report_rest(found: Found, result: BaselineResult) -> Report:
    """Report what is not accepted, in the part that was asked for, and what is wrong with the entries."""
    outcome = result.outcome
    summary = BaselineSummary(
        known=len({match.known.entry.identity for match in outcome.known}),
        stale=len(outcome.stale),
        moved=len({match.known.entry.identity for match in outcome.moved}),
        expired=len({match.known.entry.identity for match in outcome.expired}),
        expiring=len(outcome.expiring),
    )
    return build_report(
        (*outcome.reported, *outcome.about_entries),
        found.suppressed,
        _measure(found),
        baselined=[Baselined(match.finding, match.known.entry.notes.reason) for match in outcome.known],
        baseline_summary=summary,
        failures=found.failures,
    )


def _measure(found: Found) -> Coverage:
    from layercheck.rule.contract_rule import count_judged  # noqa: PLC0415  (see above)

    contracts = count_judged(found.project.contracts, found.rules)
    return measure_coverage(found.project, contracts=contracts)
