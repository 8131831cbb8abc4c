"""The road itself: from a project to its report, and to what else rests on the same findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.engine.prepare import begin, load
from layercheck.engine.report_cache import Remembered, remember
from layercheck.engine.timings import timed
from layercheck.errors import PluginError
from layercheck.model.finding import Baselined
from layercheck.model.report import Debt, build_report
from layercheck.model.target_paths import keep_parts
from layercheck.plugins import may_be_foreign
from layercheck.project.coverage import measure_coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.baseline.baseline_checker import Balance
    from layercheck.baseline.baseline_file import Baseline
    from layercheck.baseline.baseline_text import BaselineText
    from layercheck.engine.find import Found
    from layercheck.engine.module_examiner import ModuleExaminer
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.prepare import Start
    from layercheck.engine.project_target import Scope
    from layercheck.facts.fact_store import DefinitionReader, SourceStore
    from layercheck.model.report import Report
    from layercheck.project.project import Project


class Examination(NamedTuple):
    """One check with all that it rests on, for those who compare."""

    project: Project
    store: SourceStore
    report: Report
    is_parsed_whole: bool


def check(scope: Scope, options: CheckOptions) -> Report:
    """Check one project. Raises NothingCheckedError where there is nothing to give a verdict on.

    Raises BaselineError where there is a baseline that cannot be understood.
    """
    start = begin(scope, options)
    cache, files = start.source.cache, start.discovery.files
    # An overlay is nobody else's truth: it neither takes the last report nor leaves one.
    kept = None if options.overlay else cache.report(start.key, Remembered)
    if kept is not None and not kept.serves(start, options):
        kept = None
    if kept is not None and cache.is_current(files):
        return _finish(kept.report, scope, start)
    store, known = load(scope, options, start)
    if kept is not None and store.agrees_with(known, lambda: _make_examiner(scope), _definition_reader):
        # A report follows from the facts alone, and an edit that moves no import changes none of them.
        cache.write(files, store.facts, start.key, kept, start.started)
        return _finish(kept.report, scope, start)
    return _examine(scope, options, start, store).report


def examine(scope: Scope, options: CheckOptions, *, with_baseline: bool = False) -> Examination:
    """Check one project and keep what the verdict rests on; raises like `check`.

    The baseline is left aside unless it is asked for: who compares two states wants to know all that is found in them.
    """
    start = begin(scope, options, with_baseline=with_baseline)
    return _examine(scope, options, start, load(scope, options, start)[0])


def _examine(scope: Scope, options: CheckOptions, start: Start, store: SourceStore) -> Examination:
    baseline = _parse_baseline(scope, start.accepted)
    found = _find_all(scope, options, start, store)
    with timed(start.timings, "report"):
        balance = _balance(scope, options, found, baseline) if start.accepted else None
        report = _report_all(found) if balance is None else _report_rest(found, balance)
        if not options.overlay:
            # What git says may change while no file does, and a rule that failed may not fail again.
            is_passing = found.failures or (balance is not None and balance.stock.asked_history)
            key = "" if is_passing else start.key
            source, files = start.source, start.discovery.files
            source.cache.write(files, found.store.facts, key, remember(report, found, options, source), start.started)
    return Examination(found.project, found.store, _finish(report, scope, start), found.is_parsed_whole)


def take_balance(scope: Scope, options: CheckOptions) -> Balance:
    """Hold a project against its baseline, with all that is needed to change it.

    Raises what `check` raises, and PluginError where a rule fails: entries for it would seem to have nothing to do.
    """
    start = begin(scope, options)
    baseline = _parse_baseline(scope, start.accepted)
    found = _find_all(scope, options, start, load(scope, options, start)[0])
    for failure in found.failures:
        raise PluginError(str(failure))
    return _balance(scope, options, found, baseline)


def _find_all(scope: Scope, options: CheckOptions, start: Start, store: SourceStore) -> Found:
    # A report that is taken from the cache does without the rules and all that they stand on.
    from layercheck.engine.find import find_all  # noqa: PLC0415

    return find_all(scope, options, start, store)


def _make_examiner(scope: Scope) -> ModuleExaminer:
    from layercheck.engine.module_examiner import ModuleExaminer  # noqa: PLC0415  (only who compares what rules found)
    from layercheck.engine.rule_runner import Workshop  # noqa: PLC0415  (see above)

    active = scope.plugins.make_active(scope.loaded.configuration)
    return ModuleExaminer(active, Workshop(scope.plugins, scope.root))


def _definition_reader() -> DefinitionReader:
    from layercheck.python.names.definition_reader import read_definitions  # noqa: PLC0415  (see above)

    return read_definitions


def _finish(report: Report, scope: Scope, start: Start) -> Report:
    """Cut a report to the part that was asked for."""
    if not start.accepted:
        shown = keep_parts(report.violations, scope.parts, scope.configuration_path)
        report = msgspec.structs.replace(report, violations=tuple(shown))
    return msgspec.structs.replace(report, timings=start.timings)


def _parse_baseline(scope: Scope, accepted: Sequence[BaselineText]) -> Baseline:
    # A report that is taken from the cache does without this as well.
    from layercheck.baseline.baseline_file import find_codes, parse_texts  # noqa: PLC0415
    from layercheck.baseline.entry_findings import EXPIRED, STALE  # noqa: PLC0415

    # What is wrong with the baseline itself cannot be accepted in it.
    acceptable = {code: name for code, name in scope.plugins.names.items() if code not in {STALE, EXPIRED}}
    if not scope.plugins.is_whole:
        # Entries for rules of plugins that are left out are kept, and say nothing.
        acceptable |= {code: code for code in find_codes(accepted) - acceptable.keys() if may_be_foreign(code)}
    return parse_texts(scope.root, accepted, acceptable)


def _balance(scope: Scope, options: CheckOptions, found: Found, baseline: Baseline) -> Balance:
    from layercheck.baseline.baseline_checker import Balance, Stock  # noqa: PLC0415  (see above)

    stock = Stock(found.project, found.store, baseline, rules=found.rules, parts=scope.parts)
    return Balance(baseline, stock, stock.settle(found.violations, options.day, is_ci=options.is_ci))


def _report_all(found: Found) -> Report:
    coverage = measure_coverage(found.project, found.store.facts)
    return build_report(found.violations, found.suppressed, coverage, failures=found.failures)


def _report_rest(found: Found, balance: Balance) -> Report:
    """Report what is not accepted, in the part that was asked for, and what is wrong with the entries."""
    settlement = balance.settlement
    debt = Debt(
        known=len({match.known.entry.identity for match in settlement.known}),
        gone=len(settlement.stale),
        moved=len({match.known.entry.identity for match in settlement.moved}),
        expired=len({match.known.entry.identity for match in settlement.expired}),
        expiring=len(settlement.expiring),
    )
    return build_report(
        (*settlement.reported, *settlement.about_entries),
        found.suppressed,
        measure_coverage(found.project, found.store.facts),
        baselined=[Baselined(match.violation, match.known.entry.notes.reason) for match in settlement.known],
        debt=debt,
        failures=found.failures,
    )
