from __future__ import annotations

import itertools

import msgspec
import pytest

from layercheck.model.finding import Finding, Suppressed
from layercheck.model.report import ApplicationCoverage, BlindSpotPlace, Coverage, Report, RuleCount, build_report
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span

COVERAGE = Coverage(
    applications=(ApplicationCoverage("app", "layered", {"api": 1}, 0),), layout="layered", modules=1, roles={"api": 1}
)


def find(code: str, severity: Severity = Severity.ERROR, path: str = "app/a.py", line: int = 1) -> Finding:
    span = Span(Position(line, 0), Position(line, 3))
    return Finding(code, f"rule-{code}", severity, "message", Location(path, span), subject=path)


def test_the_order_of_finding_does_not_matter() -> None:
    found = [find("LC101", line=9), find("LC101", line=10), find("LC102", line=9), find("LC101", path="app/B.py")]
    spots = [BlindSpotPlace("b.py", 1, 1, "exec(…)"), BlindSpotPlace("a.py", 9, 1, "exec(…)")]
    suppress_findings = [Suppressed(finding, "") for finding in found]
    reports = {
        msgspec.json.encode(
            build_report(
                order, reversed(suppress_findings), msgspec.structs.replace(COVERAGE, blind_spots=tuple(spots))
            )
        )
        for order in itertools.permutations(found)
    }
    assert len(reports) == 1


def test_counts_by_severity_name_every_severity() -> None:
    report = build_report([find("LC101"), find("LC104", Severity.WARNING), find("LC101", line=2)], (), COVERAGE)
    assert report.count_by_severity() == {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}


def test_counts_by_rule_put_the_gravest_first() -> None:
    report = build_report(
        [find("LC104", Severity.WARNING), find("LC109", Severity.INFO), find("LC109"), find("LC101", line=2)],
        (),
        COVERAGE,
    )
    assert report.count_by_rule() == (
        RuleCount("LC101", "rule-LC101", Severity.ERROR, 1),
        RuleCount("LC109", "rule-LC109", Severity.ERROR, 2),
        RuleCount("LC104", "rule-LC104", Severity.WARNING, 1),
    )


@pytest.mark.parametrize(
    ("found", "fail_on", "expected"),
    [
        (None, Severity.INFO, False),
        (Severity.INFO, Severity.INFO, True),
        (Severity.INFO, Severity.WARNING, False),
        (Severity.WARNING, Severity.WARNING, True),
        (Severity.WARNING, Severity.ERROR, False),
        (Severity.ERROR, Severity.WARNING, True),
    ],
)
def test_a_finding_fails_the_check_from_its_severity_on(
    found: Severity | None, fail_on: Severity, expected: bool
) -> None:
    report = build_report([find("LC101", found)] if found else [], (), COVERAGE)
    assert report.exceeds(fail_on) is expected


def test_a_suppressed_finding_fails_nothing() -> None:
    report = build_report((), [Suppressed(find("LC101"), "known")], COVERAGE)
    assert not report.exceeds(Severity.INFO)


def test_a_report_survives_the_cache() -> None:
    report = build_report([find("LC101")], [Suppressed(find("LC102"), "known")], COVERAGE, {"scan": 0.5})
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(report), type=Report) == report
