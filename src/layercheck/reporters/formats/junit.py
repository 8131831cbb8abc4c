"""JUnit's XML: a test case for every finding, failed where it fails the check."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from layercheck.reporters.display import get_start, make_printable
from layercheck.reporters.elements import make_element, write_document
from layercheck.reporters.repository import RepositoryPaths

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.rule.render_context import RenderContext

_PACKAGE = "org.layercheck"


def render(report: Report, context: RenderContext) -> str:
    """Write a suite for every file with findings; one passed case where there are none, for no case looks like no run."""
    writer = _Writer(context)
    root = make_element("testsuites", **writer.count("layercheck", report.findings, len(report.failures)))
    paths = RepositoryPaths(context)
    for path, group in groupby(report.findings, key=lambda finding: finding.location.path):
        found = tuple(group)
        shown = make_printable(paths.show(path))
        suite = make_element("testsuite", root, **writer.count(shown, found), package=_PACKAGE)
        for finding in found:
            writer.write_case(finding, shown, suite)
    if report.failures:
        suite = make_element("testsuite", root, **writer.count("rules that failed", (), len(report.failures)))
        for failure in report.failures:
            case = make_element(
                "testcase", suite, name=f"{failure.name}: the rule", classname=f"{_PACKAGE}.{failure.code}"
            )
            make_element("error", case, message=failure.message).text = make_printable(str(failure))
    elif not report.findings:
        suite = make_element("testsuite", root, name="layercheck", tests=1, failures=0, skipped=0, errors=0)
        make_element("testcase", suite, name="No findings found", classname=_PACKAGE)
        root.set("tests", "1")
    return write_document(root)


class _Writer:
    def __init__(self, context: RenderContext) -> None:
        self._fail_on = context.fail_on
        self._names: Counter[tuple[str, str]] = Counter()

    def count(self, name: str, findings: tuple[Finding, ...], errors: int = 0) -> dict[str, object]:
        failures = sum(map(self._fails, findings))
        return {
            "name": name,
            "tests": len(findings) + errors,
            "failures": failures,
            "skipped": len(findings) - failures,
            "errors": errors,
        }

    def write_case(self, finding: Finding, path: str, suite: Element) -> None:
        start = get_start(finding.location)
        case = make_element(
            "testcase",
            suite,
            name=self._name(finding, path),
            classname=f"{_PACKAGE}.{finding.code}",
            file=path,
            line=start.line,
            column=start.column + 1,
        )
        # A skipped case is seen, and fails no run that the check lets pass.
        kind = "failure" if self._fails(finding) else "skipped"
        outcome = make_element(kind, case, type=finding.severity, message=finding.message)
        place = f"{path}:{start.line}:{start.column + 1}: {finding.severity}[{finding.code}]"
        outcome.text = "\n".join(map(make_printable, (place, finding.message, *finding.notes)))

    def _fails(self, finding: Finding) -> bool:
        return finding.severity.rank <= self._fail_on.rank

    def _name(self, finding: Finding, path: str) -> str:
        # Without the line, so that a case stays the same when code moves; servers drop all but one of a name.
        name = f"{finding.name}: {finding.message}"
        self._names[path, name] += 1
        ordinal = self._names[path, name]
        return name if ordinal == 1 else f"{name} ({ordinal})"
