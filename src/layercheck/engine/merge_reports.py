"""The reports on several projects, put together to one."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from layercheck.model.report import BaselineSummary, Coverage, build_report, empty_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.model.failure import Failure
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.model.source import Location


def merge_reports(reports: Mapping[Path, Report]) -> tuple[Path, Report]:
    """Put the reports on the projects at these roots together: as one on the folder that holds them all.

    Paths are then relative to that folder. What a finding is about keeps its name, and so its fingerprint: that of its
    own project.
    """
    if not reports:
        return Path.cwd(), empty_report()
    if len(reports) == 1:
        return next(iter(reports.items()))
    root = Path(os.path.commonpath(list(reports)))
    moved = [_move(report, each.relative_to(root).as_posix()) for each, report in reports.items()]
    timings: Counter[str] = Counter()
    for report in moved:
        timings.update(report.timings)
    return root, build_report(
        [finding for report in moved for finding in report.findings],
        [each for report in moved for each in report.suppressed],
        _merge_coverage([report.coverage for report in moved]),
        dict(timings),
        baselined=[each for report in moved for each in report.baselined],
        failures=[failure for report in moved for failure in report.failures],
        baseline_summary=_merge_baselines(
            [report.baseline_summary for report in moved if report.baseline_summary is not None]
        ),
    )


def _move(report: Report, folder: str) -> Report:
    """Write the paths of a report as seen from a folder above its project."""
    coverage = report.coverage
    return msgspec.structs.replace(
        report,
        findings=tuple(_move_finding(finding, folder) for finding in report.findings),
        suppressed=tuple(
            msgspec.structs.replace(each, finding=_move_finding(each.finding, folder)) for each in report.suppressed
        ),
        baselined=tuple(
            msgspec.structs.replace(each, finding=_move_finding(each.finding, folder)) for each in report.baselined
        ),
        failures=tuple(_move_failure(failure, folder) for failure in report.failures),
        coverage=msgspec.structs.replace(
            coverage,
            applications=tuple(
                msgspec.structs.replace(root, path=_join(folder, root.path)) for root in coverage.applications
            ),
            outside={_join_as_written(folder, path): count for path, count in coverage.outside.items()},
            unread=tuple(_join_as_written(folder, path) for path in coverage.unread),
            without_layer={_join_as_written(folder, path): count for path, count in coverage.without_layer.items()},
            blind_spots=tuple(
                msgspec.structs.replace(spot, path=_join(folder, spot.path)) for spot in coverage.blind_spots
            ),
        ),
    )


def _move_finding(finding: Finding, folder: str) -> Finding:
    return msgspec.structs.replace(
        finding,
        location=_move_location(finding.location, folder),
        chain=tuple(
            msgspec.structs.replace(hop, location=_move_location(hop.location, folder)) for hop in finding.chain
        ),
        related=tuple(
            msgspec.structs.replace(each, location=_move_location(each.location, folder)) for each in finding.related
        ),
    )


def _move_failure(failure: Failure, folder: str) -> Failure:
    is_below = bool(failure.path) and not os.path.isabs(failure.path)  # noqa: PTH117  (a path of a traceback)
    return msgspec.structs.replace(failure, path=_join(folder, failure.path)) if is_below else failure


def _move_location(location: Location, folder: str) -> Location:
    return msgspec.structs.replace(location, path=_join(folder, location.path))


def _join(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def _join_as_written(folder: str, path: str) -> str:
    """Join a path, and keep the slash that marks a folder."""
    return _join(folder, path) + ("/" if path.endswith("/") else "")


def _merge_coverage(coverages: Sequence[Coverage]) -> Coverage:
    roles: Counter[str] = Counter()
    for coverage in coverages:
        roles.update(coverage.roles)
    orders = {coverage.layers for coverage in coverages}
    return Coverage(
        applications=tuple(root for coverage in coverages for root in coverage.applications),
        layout=", ".join(_unique(style for each in coverages for style in each.layout.split(", "))),
        modules=sum(coverage.modules for coverage in coverages),
        roles=dict(sorted(roles.items())),
        unmapped=tuple(name for coverage in coverages for name in coverage.unmapped),
        stood_down=tuple(each for coverage in coverages for each in coverage.stood_down),
        not_checked_out=sum(coverage.not_checked_out for coverage in coverages),
        outside={path: count for coverage in coverages for path, count in coverage.outside.items()},
        unread=tuple(path for coverage in coverages for path in coverage.unread),
        without_layer={path: count for coverage in coverages for path, count in coverage.without_layer.items()},
        blind_spots=tuple(spot for coverage in coverages for spot in coverage.blind_spots),
        # Orders that differ cannot be described as one.
        layers=orders.pop() if len(orders) == 1 else (),
        contracts=sum(coverage.contracts for coverage in coverages),
        judges_layers=any(coverage.judges_layers for coverage in coverages),
        ignored=sum(coverage.ignored for coverage in coverages),
    )


def _merge_baselines(summaries: Sequence[BaselineSummary]) -> BaselineSummary | None:
    if not summaries:
        return None
    return BaselineSummary(*(sum(column) for column in zip(*map(msgspec.structs.astuple, summaries), strict=True)))


def _unique(words: Iterable[str]) -> list[str]:
    return sorted(set(words))
