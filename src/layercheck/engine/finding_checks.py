"""What has to be true of a finding before it is believed: a plugin may give anything."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.edits.fix_checks import find_problem_of_edits
from layercheck.model.examination import Fact, ModuleFinding
from layercheck.model.finding import Finding
from layercheck.python.text.line_index import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.model.source import Location, Span

_GIVEN = "check() gives"


def require_findings(found: Iterable[object], code: str, *, is_builtin: bool) -> list[Finding]:
    """Return the findings that a rule gives. Raises TypeError and ValueError, which say what is wrong with one."""
    findings = []
    for each in found:
        if not isinstance(each, Finding):
            raise TypeError(f"{_GIVEN} {type(each).__name__} {each!r:.60}, expected a Finding")
        if each.code != code:
            raise ValueError(f"{_GIVEN} a finding of {each.code}, expected one of {code}")
        # Ours are held to all this by their tests.
        if not is_builtin:
            _require_types(each)
            for place in _places_of(each):
                _require_path(place.path)
                _require_span(place.span)
            _require_span(each.statement)
        findings.append(each)
    return findings


class ModuleResults(NamedTuple):
    """What a module rule gives for one module."""

    findings: list[ModuleFinding]
    facts: list[Fact]


def require_module_results(found: Iterable[object], text: str, *, is_builtin: bool) -> ModuleResults:
    """Return what a module rule gives for a module with this text, in its order; raises like `require_findings`."""
    results = ModuleResults([], [])
    lines: LineIndex | None = None
    for each in found:
        if not isinstance(each, ModuleFinding | Fact):
            expected = "what module.finding() or module.fact() makes"
            raise TypeError(f"{_GIVEN} {type(each).__name__} {each!r:.60}, expected {expected}")
        if not is_builtin:
            lines = lines or LineIndex(text)
            _require_module_result(each, lines)
        if isinstance(each, Fact):
            results.facts.append(each)
        else:
            results.findings.append(each)
    results.findings.sort(key=lambda finding: finding.span)
    results.facts.sort(key=lambda fact: fact.span)
    return results


def _require_module_result(result: ModuleFinding | Fact, lines: LineIndex) -> None:
    _require_types(result)
    for span in (result.span,) if isinstance(result, Fact) else (result.span, result.statement):
        _require_span(span)
        if not lines.holds(span):
            raise ValueError(f"{_GIVEN} a place outside of the file: {_show(span)}")
    fix = None if isinstance(result, Fact) else result.fix
    if fix is not None and (problem := find_problem_of_edits(fix.edits, lines)):
        raise ValueError(f"{_GIVEN} a fix that {problem}")


def _require_types(record: Finding | ModuleFinding | Fact) -> None:
    """Hold a record to the types of its fields, however deep."""
    kind, text = ("fact", "kind") if isinstance(record, Fact) else ("finding", "message")
    try:
        msgspec.convert(msgspec.to_builtins(record), type(record))
    except (TypeError, msgspec.ValidationError) as error:
        raise TypeError(f"{_GIVEN} a {kind} that cannot be used: {error}") from error
    if not getattr(record, text).strip():
        raise ValueError(f"{_GIVEN} a {kind} without a {text}")


def _places_of(finding: Finding) -> Iterator[Location]:
    yield finding.location
    yield from (related.location for related in finding.related)
    yield from (hop.location for hop in finding.chain)


def _require_path(path: str) -> None:
    # Files above the root are told with leading `../`, as those of `project.files`.
    inside = path.lstrip("./") if path.startswith("../") else path
    if not path or "\\" in path or posixpath.isabs(path) or posixpath.normpath(path) != path or not inside:
        raise ValueError(f"{_GIVEN} the path {path!r}, expected one from the root of the project such as `app/main.py`")


def _require_span(span: Span | None) -> None:
    if span is not None and (span.start.line < 1 or span.start.column < 0 or span.end < span.start):
        raise ValueError(
            f"{_GIVEN} the place {_show(span)}: lines count from 1, columns from 0, and the end comes last"
        )


def _show(span: Span) -> str:
    return f"{span.start.line}:{span.start.column} to {span.end.line}:{span.end.column}"
