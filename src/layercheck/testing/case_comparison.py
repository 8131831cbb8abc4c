"""What is found in a case, compared with its marks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.report import Report
    from layercheck.testing.cases import Case

_AROUND = 2
"""So many lines are shown before and after one that differs."""


def describe_difference(case: Case, report: Report) -> str:
    """Describe how the findings of a case differ from its marks; empty where they do not."""
    description = "\n".join(_compare(case, report))
    return (
        f"{case.title}: not what is marked (- marked and not found, + found and not marked)\n\n{description}"
        if description
        else ""
    )


def _compare(case: Case, report: Report) -> Iterator[str]:
    marked: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    found: dict[str, dict[int, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for code, path, line in case.tree.marks:
        marked[path][line].append(code)
    for finding in report.findings:
        span = finding.location.span
        found[finding.location.path][span.start.line if span else 1].append((finding.code, finding.message))
    for path in sorted({*marked, *found}):
        notes = dict(_differences(marked[path], found[path]))
        if notes:
            yield from (f"  {path}", *_show(case.tree.files.get(path, "").splitlines(), notes), "")


def _differences(
    marked: dict[int, list[str]], found: dict[int, list[tuple[str, str]]]
) -> Iterator[tuple[int, list[str]]]:
    for line in sorted({*marked, *found}):
        there = [code for code, _ in found.get(line, [])]
        notes = [f"- {code}" for code in marked.get(line, []) if code not in there]
        notes += [f"+ {code} {message}" for code, message in found.get(line, []) if code not in marked.get(line, [])]
        if notes:
            yield line, notes


def _show(lines: list[str], notes: dict[int, list[str]]) -> Iterator[str]:
    shown = {at for line in notes for at in range(line - _AROUND, line + _AROUND + 1) if 1 <= at <= len(lines)}
    for at in sorted(shown | notes.keys()):
        yield f"  {at:>4} | {lines[at - 1] if at <= len(lines) else ''}".rstrip()
        for note in notes.get(at, []):
            yield f"  {note[0]:>4} | {note[2:]}"
