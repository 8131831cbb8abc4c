"""What the rules cover, as text and as JSON."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.commands.coverage.rule_coverage import Outcome
from layercheck.plurals import count
from layercheck.reporters.columns import align
from layercheck.reporters.display import make_printable, name_rule, show_path, show_place
from layercheck.reporters.formats.json import describe_place
from layercheck.reporters.json_document import encode_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.commands.coverage.ground import Unjudged
    from layercheck.commands.coverage.report import CoverageReport
    from layercheck.commands.coverage.rule_coverage import RuleCoverage
    from layercheck.model.module import Module

_SCHEMA_VERSION = 1
_MOST_FOLDERS = 8


def write_text(report: CoverageReport, prefix: str) -> str:
    """Write a line per rule or contract that looks at modules or is broken, then what is not judged, and why."""
    shown = [each for each in report.rules if each.modules or each.broken or each.unjudged]
    rows = [(_name(each), _measure(each), _describe_outcome(each)) for each in shown]
    return "\n".join([*align(rows), *_explain_unjudged(shown, prefix), *_summarise(report, prefix)]) + "\n"


def write_json(report: CoverageReport) -> str:
    """Write all numbers and places; paths are relative to the project root."""
    return encode_document(
        {
            "schema_version": _SCHEMA_VERSION,
            "rules": [_describe_rule(each) for each in report.rules],
            "modules": report.modules,
            "ungoverned": [{"module": each.name, "path": each.path} for each in report.ungoverned],
            "wide_patterns": msgspec.to_builtins(report.wide_patterns),
        }
    )


def _name(each: RuleCoverage) -> str:
    return name_rule(each.code, each.name, each.contract)


def _measure(each: RuleCoverage) -> str:
    return "the project" if each.is_about_project else count(each.modules, "module")


def _describe_outcome(each: RuleCoverage) -> str:
    unjudged = sum(max(1, len(limit.places)) for limit in each.unjudged)
    places = count(unjudged, "place")
    match each.outcome:
        case Outcome.JUDGED:
            return "judged"
        case Outcome.BROKEN:
            return f"broken: {count(each.broken, 'finding')}" + (f"; {places} not judged" if unjudged else "")
        case Outcome.NOT_JUDGED:
            return f"could not judge {places}"


def _explain_unjudged(shown: Sequence[RuleCoverage], prefix: str) -> Iterator[str]:
    """Write each reason once, with the rules and contracts that it concerns."""
    concerned: dict[str, list[str]] = defaultdict(list)
    for each in shown:
        for limit in each.unjudged:
            concerned[_describe(limit, prefix)].append(_name(each) if each.contract else each.code)
    if concerned:
        yield "\nnot judged:"
    for reason, names in concerned.items():
        yield f"  {make_printable(reason)}  ({', '.join(names)})"


def _describe(limit: Unjudged, prefix: str) -> str:
    if not limit.places:
        return limit.reason
    first, *others = limit.places
    place = show_place(first, prefix) if first.span else show_path(first.path, prefix)
    return f"{len(limit.places)} {limit.reason}: {place}{', …' if others else ''}"


def _summarise(report: CoverageReport, prefix: str) -> Iterator[str]:
    yield ""
    whole = [each.code for each in report.rules if each.is_about_project and not (each.broken or each.unjudged)]
    if whole:
        yield f"judged for the project as a whole: {', '.join(whole)}"
    idle = [each.code for each in report.rules if each.is_idle]
    if idle:
        yield f"without a subject in this project: {', '.join(idle)}"
    if report.ungoverned:
        yield f"{len(report.ungoverned)} of {report.modules} modules have imports that nothing holds to an order:"
        yield from (f"  {line}" for line in _list_folders(report.ungoverned, prefix))
        yield "  To govern them, give them a role (`layercheck roles`) or name them in a contract."
    for wide in report.wide_patterns:
        yield make_printable(f"{wide.where}: the pattern {wide.pattern!r} fits {wide.modules} modules; narrow it")
    counts = Counter(each.outcome for each in report.rules if not each.is_idle)
    yield " · ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome)


def _list_folders(modules: Sequence[Module], prefix: str) -> list[str]:
    folders = Counter(module.path.rpartition("/")[0] for module in modules)
    lines = [f"{count:>4}  {show_path(folder or '.', prefix)}" for folder, count in folders.most_common(_MOST_FOLDERS)]
    rest = len(modules) - sum(count for _, count in folders.most_common(_MOST_FOLDERS))
    return [*lines, *([f"{rest:>4}  in {len(folders) - _MOST_FOLDERS} more folders"] if rest else [])]


def _describe_rule(each: RuleCoverage) -> dict[str, Any]:
    return {
        "code": each.code,
        "name": each.name,
        "contract": each.contract,
        "outcome": each.outcome,
        "modules": each.modules,
        "about_project": each.is_about_project,
        "broken": each.broken,
        "not_judged": [
            {"reason": unjudged.reason, "places": [describe_place(place) for place in unjudged.places]}
            for unjudged in each.unjudged
        ],
    }
