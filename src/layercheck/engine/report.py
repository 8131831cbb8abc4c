"""The last steps: from what was found to a report, and the part of it that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.engine.timings import timed
from layercheck.model.finding import Baselined
from layercheck.model.report import BaselineSummary, build_report
from layercheck.model.target_paths import keep_paths
from layercheck.project.coverage import measure_coverage

if TYPE_CHECKING:
    from layercheck.baseline.baseline_checker import BaselineResult
    from layercheck.baseline.outcome import BaselineOutcome
    from layercheck.engine.open_files import OpenFiles
    from layercheck.engine.run_rules import Found
    from layercheck.model.report import Coverage, Report


def report_findings(files: OpenFiles, found: Found, held: BaselineResult | None) -> Report:
    """Report everything that was found and is not accepted."""
    with timed(files.timings, "report"):
        if held is None:
            return build_report(found.findings, found.suppressed, _measure(files, found), failures=found.failures)
        return _report_rest(files, found, held.outcome)


def _report_rest(files: OpenFiles, found: Found, outcome: BaselineOutcome) -> Report:
    """Report what is not accepted, and what is wrong with the entries."""
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
        _measure(files, found),
        baselined=[Baselined(match.finding, match.known.entry.notes.reason) for match in outcome.known],
        baseline_summary=summary,
        failures=found.failures,
    )


def for_paths(report: Report, files: OpenFiles) -> Report:
    """Cut a report to the part that was asked for."""
    # What is held against a baseline is cut already, as entries belong to a part as well.
    if not files.accepted:
        shown = keep_paths(report.findings, files.target.paths, files.target.configuration_path)
        report = msgspec.structs.replace(report, findings=tuple(shown))
    return msgspec.structs.replace(report, timings=files.timings)


def _measure(files: OpenFiles, found: Found) -> Coverage:
    # A report from the cache is measured already.
    from layercheck.engine.contract_count import count_contracts  # noqa: PLC0415
    from layercheck.rule.contract_rule import judges_layers  # noqa: PLC0415

    return measure_coverage(
        found.project,
        contracts=count_contracts(found.project, found.rules),
        judges_layers=any(map(judges_layers, found.rules)) and len(found.project.layers.rank) > 1,
        ignored=found.ignored,
        unread=files.discovery.unread,
    )
