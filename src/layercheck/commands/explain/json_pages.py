"""Pages and explanations for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.reporters.formats.json import describe_finding, describe_place
from layercheck.reporters.json_document import encode_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck.commands.explain.explanation import Explanation, Routes
    from layercheck.rule.documentation import RulePage

SCHEMA_VERSION = 1
_BRIEF = ("code", "name", "title", "severity", "default", "fixable", "set", "since")


def write_rule(page: RulePage) -> str:
    """Write the page of one rule."""
    return encode_document({"schema_version": SCHEMA_VERSION, **msgspec.to_builtins(page)})


def write_rules(pages: Iterable[RulePage]) -> str:
    """Write a list of rules, without what their pages say."""
    rules = [{key: getattr(page, key) for key in _BRIEF} for page in pages]
    return encode_document({"schema_version": SCHEMA_VERSION, "rules": rules})


def write_explanations(explanations: Sequence[Explanation]) -> str:
    """Write what is known of the findings at one place; paths are relative to the project root."""
    findings = [_describe(each) for each in explanations]
    return encode_document({"schema_version": SCHEMA_VERSION, "explanations": findings})


def _describe(explanation: Explanation) -> dict[str, Any]:
    remedies = explanation.remedies
    return {
        "finding": describe_finding(explanation.finding),
        "notes": list(explanation.finding.notes),
        "status": explanation.status,
        "reason": explanation.reason,
        "importer": msgspec.to_builtins(explanation.importer),
        "imported": msgspec.to_builtins(explanation.imported),
        "allowed": list(explanation.allowed),
        "routes": None if explanation.routes is None else _describe_routes(explanation.routes),
        "suppression": msgspec.to_builtins(remedies.comment),
        "baseline": remedies.entry,
        "fingerprint": explanation.finding.fingerprint,
        "rule": msgspec.to_builtins(explanation.page),
    }


def _describe_routes(routes: Routes) -> dict[str, Any]:
    return {
        "through": list(routes.through),
        "wanted": list(routes.wanted),
        "found": [
            {
                "module": each.module,
                "layer": each.layer,
                **describe_place(each.location),
                "names": list(each.names),
                "functions": list(each.functions),
            }
            for each in routes.found
        ],
        "has_more": routes.has_more,
    }
