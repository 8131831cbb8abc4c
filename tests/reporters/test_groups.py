from __future__ import annotations

from layercheck.model.finding import Finding, Hop
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span
from layercheck.reporters.groups import group_findings, ungroup_findings


def find(
    line: int, *notes: str, code: str = "LC101", severity: Severity = Severity.ERROR, chain: tuple[Hop, ...] = ()
) -> Finding:
    return Finding(
        code=code,
        name=code,
        severity=severity,
        message="m",
        location=Location("a.py", Span(Position(line, 0), Position(line, 1))),
        subject="app.a",
        importer="app.a",
        imported=f"app.b{line}",
        chain=chain,
        notes=notes,
    )


def read_lines(*findings: Finding) -> list[list[int]]:
    """The lines of the findings, group by group."""
    return [
        [each.location.span.start.line for each in (group.first, *group.others) if each.location.span]
        for group in group_findings(findings)
    ]


def test_the_same_rule_with_the_same_notes_is_one_group() -> None:
    assert read_lines(find(1, "x"), find(2, "y"), find(3, "x")) == [[1, 3], [2]]


def test_other_rules_and_severities_are_other_groups() -> None:
    assert read_lines(find(1, code="LC102"), find(2), find(3, severity=Severity.WARNING)) == [[2], [1], [3]]


def test_notes_that_differ_by_the_modules_alone_are_the_same() -> None:
    assert read_lines(find(1, "use app.b1 through services"), find(12, "use app.b12 through services")) == [[1, 12]]


def test_notes_that_differ_by_the_links_of_a_chain_are_the_same() -> None:
    chains = [(Hop("app.a", f"app.core.c{line}", Location("a.py")),) for line in (1, 2)]
    assert read_lines(find(1, "cut app.core.c1", chain=chains[0]), find(2, "cut app.core.c2", chain=chains[1])) == [
        [1, 2]
    ]


def test_ungrouped_findings_stand_in_the_same_order() -> None:
    found = [find(1, severity=Severity.INFO), find(2, code="LC102"), find(3)]
    assert [group.first for group in ungroup_findings(found)] == [found[2], found[1], found[0]]
