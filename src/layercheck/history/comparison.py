"""From a question to the verdict on a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.filtering import keep_parts
from layercheck.history.change import Change, Effort
from layercheck.history.edges import compare_edges
from layercheck.history.judging import judge, merge_known
from layercheck.history.sides import open_sides
from layercheck.history.tangles import compare_tangles

if TYPE_CHECKING:
    from layercheck.history.change import Findings
    from layercheck.history.sides import Question, Sides
    from layercheck.report import Report


def compare(question: Question) -> Change:
    """Compare two states of one project; the parts of the scope are not looked at.

    Raises HistoryError where there is nothing to compare with, NothingCheckedError where the head is not recognised.
    """
    with open_sides(question) as sides:
        findings = _judge(sides)
        edges, tangles = compare_edges(sides), compare_tangles(sides)
        return Change(
            base=sides.base_commit,
            head=sides.head_commit,
            findings=findings,
            report=sides.head.report,
            edges=edges,
            tangles=tangles,
            notes=tuple(sides.notes),
            effort=Effort(sides.read, sides.base.store.parsed),
        )


def report_introduced(question: Question) -> Report:
    """Check the head, and report only what the change introduced in the parts of the scope. Raises like `compare`."""
    with open_sides(question) as sides:
        scope, report = question.scope, sides.head.report
        introduced = keep_parts(_judge(sides).introduced, scope.parts, scope.configuration_path)
        return msgspec.structs.replace(report, violations=tuple(introduced))


def _judge(sides: Sides) -> Findings:
    return judge(merge_known(sides.own, sides.base.report.violations), sides.head.report, sides.today)
