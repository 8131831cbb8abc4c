"""From a question to the verdict on a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.commands.diff.change import Change, Effort, Findings
from layercheck.commands.diff.changed_tangles import compare_tangles
from layercheck.commands.diff.layer_edges import compare_edges
from layercheck.commands.diff.sides import open_comparison
from layercheck.commands.diff.verdicts import judge, merge_known
from layercheck.model.target_paths import keep_paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.commands.diff.change import Base
    from layercheck.commands.diff.sides import Comparison, Question
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report


def compare(question: Question) -> Change:
    """Compare two states of one project; the parts of its scope narrow which findings are told.

    Raises HistoryError where there is nothing to compare with, NothingCheckedError where the head is not recognised.
    """
    with open_comparison(question) as sides:
        findings = _judge(sides)
        edges, tangles = compare_edges(sides), compare_tangles(sides)
        return Change(
            base=sides.base_commit,
            head=sides.head_commit,
            findings=_keep_parts(findings, question.target),
            report=sides.head.report,
            edges=edges,
            tangles=tangles,
            notes=tuple(sides.notes),
            failures=tuple(sides.failures.values()),
            effort=Effort(sides.read, sides.base.store.parsed),
        )


class Since(NamedTuple):
    """An ordinary report, of what a change introduced."""

    report: Report
    base: Base
    left_out: int
    """How many findings of the head are not in the report, as the change did not introduce them."""


def report_introduced(question: Question) -> Since:
    """Check the head, and report only what the change introduced in the parts of the scope. Raises like `compare`."""
    with open_comparison(question) as sides:
        report, findings = sides.head.report, _keep_parts(_judge(sides), question.target)
        left_out = len(findings.exposed) + len(findings.moved) + len(findings.carried)
        introduced = msgspec.structs.replace(
            report, findings=findings.introduced, failures=tuple(sides.failures.values())
        )
        return Since(introduced, sides.base_commit, left_out)


def _keep_parts(findings: Findings, target: ProjectTarget) -> Findings:
    def keep(finding: Finding) -> bool:
        return bool(keep_paths([finding], target.paths, target.configuration_path))

    return Findings(
        introduced=tuple(filter(keep, findings.introduced)),
        exposed=tuple(filter(keep, findings.exposed)),
        moved=tuple(pair for pair in findings.moved if keep(pair.after)),
        carried=tuple(filter(keep, findings.carried)),
        resolved=tuple(filter(keep, findings.resolved)),
        dropped=tuple(each for each in findings.dropped if keep(each.finding)),
    )


def _judge(sides: Comparison) -> Findings:
    # What a rule would have found where it raised nobody knows, so nothing is new, gone or the same.
    def keep(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(finding for finding in findings if finding.code not in sides.failures)

    head = msgspec.structs.replace(sides.head.report, findings=keep(sides.head.report.findings))
    return judge(merge_known(keep(sides.own), keep(sides.base.report.findings)), head, sides.today)
