"""From a question to the verdict on a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.commands.diff.change import Change, Effort, Findings
from layercheck.commands.diff.changed_tangles import compare_tangles
from layercheck.commands.diff.layer_edges import compare_edges
from layercheck.commands.diff.sides import open_sides
from layercheck.commands.diff.verdicts import judge, merge_known
from layercheck.model.target_paths import keep_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.commands.diff.change import Base
    from layercheck.commands.diff.sides import Question, Sides
    from layercheck.engine.project_target import Scope
    from layercheck.model.finding import Violation
    from layercheck.model.report import Report


def compare(question: Question) -> Change:
    """Compare two states of one project; the parts of its scope narrow which findings are told.

    Raises HistoryError where there is nothing to compare with, NothingCheckedError where the head is not recognised.
    """
    with open_sides(question) as sides:
        findings = _judge(sides)
        edges, tangles = compare_edges(sides), compare_tangles(sides)
        return Change(
            base=sides.base_commit,
            head=sides.head_commit,
            findings=_keep_parts(findings, question.scope),
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
    with open_sides(question) as sides:
        report, findings = sides.head.report, _keep_parts(_judge(sides), question.scope)
        left_out = len(findings.exposed) + len(findings.moved) + len(findings.carried)
        introduced = msgspec.structs.replace(
            report, violations=findings.introduced, failures=tuple(sides.failures.values())
        )
        return Since(introduced, sides.base_commit, left_out)


def _keep_parts(findings: Findings, scope: Scope) -> Findings:
    def keep(violation: Violation) -> bool:
        return bool(keep_parts([violation], scope.parts, scope.configuration_path))

    return Findings(
        introduced=tuple(filter(keep, findings.introduced)),
        exposed=tuple(filter(keep, findings.exposed)),
        moved=tuple(pair for pair in findings.moved if keep(pair.after)),
        carried=tuple(filter(keep, findings.carried)),
        resolved=tuple(filter(keep, findings.resolved)),
        dropped=tuple(each for each in findings.dropped if keep(each.violation)),
    )


def _judge(sides: Sides) -> Findings:
    # What a rule would have found where it raised nobody knows, so nothing is new, gone or the same.
    def keep(violations: Iterable[Violation]) -> tuple[Violation, ...]:
        return tuple(violation for violation in violations if violation.code not in sides.failures)

    head = msgspec.structs.replace(sides.head.report, violations=keep(sides.head.report.violations))
    return judge(merge_known(keep(sides.own), keep(sides.base.report.violations)), head, sides.today)
