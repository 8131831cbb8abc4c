"""The result of one check: what every door is given, and all that a reporter knows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from layercheck.model.failure import Failure
from layercheck.model.finding import Baselined, Finding, Suppressed
from layercheck.model.severity import Severity
from layercheck.model.stood_down import StoodDown

if TYPE_CHECKING:
    from collections.abc import Iterable


UNRECOGNISED = "unrecognised"
"""The layout of a project in which no folder is an application, and whose configuration names no layers."""


class ApplicationCoverage(msgspec.Struct, frozen=True):
    """What was recognised in the folder of one application."""

    path: str
    """POSIX path relative to the project root; `.` for the project root itself."""
    style: str
    """`layered`, `feature-first`, `flat`, `hexagonal` or `django`."""
    roles: dict[str, int]
    """Number of modules by role."""
    unmapped: int
    """Number of modules without a role."""


class BlindSpotPlace(msgspec.Struct, frozen=True):
    """A place that may import something which cannot be read from the text; line and column are 1-based."""

    path: str
    line: int
    column: int
    what: str
    """The code as a reader would quote it."""


class Coverage(msgspec.Struct, frozen=True):
    """What the check has seen, and what it has not."""

    applications: tuple[ApplicationCoverage, ...]
    layout: str
    """The styles of the roots, joined by commas."""
    modules: int
    roles: dict[str, int]
    """Number of modules by role, over all roots."""
    unmapped: tuple[str, ...] = ()
    """Names of the modules without a role."""
    outside: dict[str, int] = {}
    """Folders and files in no application, so not judged by layer: how many modules, tests and scripts left out."""
    without_layer: dict[str, int] = {}
    """Folders and files of applications whose role is none of the layers in force, so not judged: how many modules."""
    not_checked_out: int = 0
    """Files of the project that a sparse checkout lacks, so not judged."""
    unread: tuple[str, ...] = ()
    """What may import and is not read: files in other formats, and links to folders (`app/x/`) that are read elsewhere."""
    blind_spots: tuple[BlindSpotPlace, ...] = ()
    layers: tuple[str, ...] = ()
    """The order of the layers as the configuration writes it, highest first."""
    stood_down: tuple[StoodDown, ...] = ()
    """The conventions that do not hold here."""
    contracts: int = 0
    """Number of contracts that were judged."""
    judges_layers: bool = True
    """Whether a rule ran that judges imports by layer, and there is an order of them."""
    ignored: int = 0
    """Findings that `per-path-ignores` hides."""


class RuleCount(msgspec.Struct, frozen=True):
    """How often one rule was broken; `severity` is the gravest that occurred."""

    code: str
    name: str
    severity: Severity
    count: int


class BaselineSummary(msgspec.Struct, frozen=True):
    """What the baseline holds, in the part that was checked."""

    known: int = 0
    """Findings that are accepted and not reported."""
    stale: int = 0
    """Entries that have nothing left to hide."""
    moved: int = 0
    """Of the known ones, those whose entry has another name today."""
    expired: int = 0
    """Entries whose last day is over; their findings are reported."""
    expiring: int = 0
    """Of the known ones, those that are accepted for a month more at the longest."""


class Report(msgspec.Struct, frozen=True):
    """The result of one check. Make it with `build_report`, which puts everything in order."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    coverage: Coverage
    baselined: tuple[Baselined, ...] = ()
    baseline_summary: BaselineSummary | None = None
    """None where there is no baseline."""
    failures: tuple[Failure, ...] = ()
    """The rules that raised; then there is no verdict, whatever the others found."""
    timings: dict[str, float] = {}
    """Seconds by step of the check; differs from run to run, so no format that machines read holds it."""

    def count_by_severity(self) -> dict[Severity, int]:
        """Count the findings of every severity, the gravest first; 0 where there are none."""
        counts = dict.fromkeys(Severity, 0)
        for finding in self.findings:
            counts[finding.severity] += 1
        return counts

    def count_by_rule(self) -> tuple[RuleCount, ...]:
        """Count the findings of every rule that was broken: the gravest first, then by code."""
        alike = Counter((finding.code, finding.name, finding.severity) for finding in self.findings)
        counts: dict[str, RuleCount] = {}
        for (code, name, severity), count in alike.items():
            so_far = counts.get(code)
            severities = [severity, *([so_far.severity] if so_far else [])]
            counts[code] = RuleCount(
                code, name, min(severities, key=lambda each: each.rank), (so_far.count if so_far else 0) + count
            )
        return tuple(sorted(counts.values(), key=lambda count: (count.severity.rank, count.code)))

    def exceeds(self, fail_on: Severity) -> bool:
        """Return whether there is a finding at least as grave as `fail_on`."""
        return any(severity.rank <= fail_on.rank for severity in {finding.severity for finding in self.findings})


def build_report(
    findings: Iterable[Finding],
    suppressed: Iterable[Suppressed],
    coverage: Coverage,
    timings: dict[str, float] | None = None,
    *,
    baselined: Iterable[Baselined] = (),
    baseline_summary: BaselineSummary | None = None,
    failures: Iterable[Failure] = (),
) -> Report:
    """Make a report; its parts are sorted, in whatever order they were found."""
    return Report(
        findings=tuple(sorted(findings, key=Finding.sort_key)),
        suppressed=tuple(sorted(suppressed, key=lambda each: each.finding.sort_key())),
        coverage=_put_in_order(coverage),
        baselined=tuple(sorted(baselined, key=lambda each: each.finding.sort_key())),
        baseline_summary=baseline_summary,
        failures=tuple(sorted(failures, key=lambda failure: failure.code)),
        timings=timings or {},
    )


def empty_report() -> Report:
    """Make the report on nothing: all that was named is left out, and may be."""
    return build_report((), (), Coverage(applications=(), layout="", modules=0, roles={}))


def _put_in_order(coverage: Coverage) -> Coverage:
    return msgspec.structs.replace(
        coverage,
        applications=tuple(sorted(coverage.applications, key=lambda root: root.path)),
        unmapped=tuple(sorted(coverage.unmapped)),
        stood_down=tuple(sorted(coverage.stood_down)),
        blind_spots=tuple(
            sorted(coverage.blind_spots, key=lambda spot: (spot.path, spot.line, spot.column, spot.what))
        ),
    )
