"""The chains between two modules, as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.model.imports import ImportKind
from layercheck.plurals import count
from layercheck.reporters.columns import align
from layercheck.reporters.display import get_start, make_printable, name_rule, show_path, show_place
from layercheck.reporters.formats.json import describe_failure, describe_finding, describe_place
from layercheck.reporters.json_document import encode_document
from layercheck.reporters.module_json import identify_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.commands.why.answer import Answer, Step
    from layercheck.model.module import Module

_SCHEMA_VERSION = 1


def write_text(answer: Answer, prefix: str) -> str:
    """Write one line per import, and say what the rules make of it."""
    if not answer.routes:
        return "\n".join(make_printable(line) for line in _explain_none(answer)) + "\n"
    start, end = make_printable(answer.start.label), make_printable(answer.end.label)
    lines = []
    for number, route in enumerate(answer.routes):
        heading = f"{start} reaches {end} through" if number == 0 else "\nanother route, through"
        lines.append(f"{heading} {count(len(route), 'import')}:")
        lines += _write_route(route, prefix)
    if answer.has_more:
        lines.append(f"\nThere are more routes; `--most {2 * len(answer.routes)}` shows more.")
    broken = next((step for route in answer.routes for step in route if step.verdict.broken), None)
    if broken is not None:
        location = broken.verdict.broken[0].finding.location
        place = f"{show_path(location.path, prefix)}:{get_start(location).line}"
        lines.append(f"\nFor details of the first broken rule, run `layercheck explain {place}`.")
    return "\n".join(lines) + "\n"


def write_json(answer: Answer) -> str:
    """Write all that is known of the chains; paths are relative to the project root."""
    return encode_document(
        {
            "schema_version": _SCHEMA_VERSION,
            "importer": answer.start.label,
            "imported": answer.end.label,
            "import_kinds": list(answer.kinds),
            "routes": [[_describe_step(step) for step in route] for route in answer.routes],
            "has_more": answer.has_more,
            "failures": [describe_failure(each) for each in answer.failures],
        }
    )


def _explain_none(answer: Answer) -> Iterator[str]:
    start, end = answer.start.label, answer.end.label
    yield f"{start} does not reach {end}: there is no chain of imports."
    if answer.counts_too_little:
        kinds = ", ".join(str(kind) for kind in ImportKind if kind not in answer.kinds)
        yield f"With imports that do not count here ({kinds}) there is one: --imports all"
    if answer.reverse:
        yield f"{end} reaches {start} through {count(answer.reverse, 'import')}: layercheck why {end} {start}"


def _write_route(route: Sequence[Step], prefix: str) -> list[str]:
    rows = [(show_place(step.places[0].location, prefix), _name_ends(step), _judge(step)) for step in route]
    return [f"  {line}" for line in align(rows)]


def _name_ends(step: Step) -> str:
    first, *others = step.places
    kind = "" if first.kind is ImportKind.RUNTIME else f", {first.kind}"
    more = f", {len(others)} more" if others else ""
    return f"{_name(step.importer)} -> {_name(step.imported)}{kind}{more}"


def _name(module: Module) -> str:
    label = module.layer or module.role
    return make_printable(module.name) + (f" ({label})" if label else "")


def _judge(step: Step) -> str:
    verdict = step.verdict
    if verdict.broken:
        named = ((each.finding, each.contract) for each in verdict.broken)
        return ", ".join(
            f"breaks {name_rule(each.code, each.name, contract)} ({each.severity})" for each, contract in named
        )
    if verdict.allowed_by:
        rules = (name_rule(rule.code, "", rule.contract).strip() for rule in verdict.allowed_by)
        return f"allowed by {', '.join(rules)}"
    return f"not judged: {make_printable(verdict.unjudged)}"


def _describe_step(step: Step) -> dict[str, Any]:
    verdict = step.verdict
    return {
        "importer": identify_module(step.importer),
        "imported": identify_module(step.imported),
        "places": [{"kind": place.kind, **describe_place(place.location)} for place in step.places],
        "broken": [{**describe_finding(each.finding), "contract": each.contract} for each in verdict.broken],
        "allowed_by": [msgspec.to_builtins(rule) for rule in verdict.allowed_by],
        "not_judged": verdict.unjudged,
    }
