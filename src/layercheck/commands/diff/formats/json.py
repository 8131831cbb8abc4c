"""The format for programs: the same bytes for the same change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from layercheck.reporters.formats.json import describe_failure, describe_finding, describe_place, escape

if TYPE_CHECKING:
    from layercheck.commands.diff.change import Change, LayerEdge, ModuleImport
    from layercheck.rule.render_context import RenderContext

SCHEMA_VERSION = 1


def render(change: Change, _context: RenderContext) -> str:
    """Write the change as JSON in ASCII; places are given as `layercheck check` gives them.

    The places of what was resolved, dropped or removed, and those under `before`, are in the base.
    """
    findings = change.findings
    document = {
        "schema_version": SCHEMA_VERSION,
        "base": {"commit": change.base.commit, "name": change.base.name},
        "head": {"commit": change.head},
        "introduced": [describe_finding(each) for each in findings.introduced],
        "exposed": [describe_finding(each) for each in findings.exposed],
        "moved": [{**describe_finding(each.after), "before": describe_finding(each.before)} for each in findings.moved],
        "carried": [describe_finding(each) for each in findings.carried],
        "resolved": [describe_finding(each) for each in findings.resolved],
        "dropped": [{**describe_finding(each.finding), "by": each.by} for each in findings.dropped],
        "layer_edges": [_describe_edge(edge) for edge in change.edges],
        "tangles": [
            {
                "kind": tangle.kind,
                "modules": list(tangle.modules),
                "added": list(tangle.added),
                "removed": list(tangle.removed),
                "cycle": list(tangle.cycle),
            }
            for tangle in change.tangles
        ],
        "notes": list(change.notes),
        "failures": [describe_failure(each) for each in change.failures],
        "summary": {str(verdict): len(found) for verdict, found in findings.by_verdict().items()},
    }
    return json.dumps(escape(document), indent=2) + "\n"


def _describe_edge(edge: LayerEdge) -> dict[str, Any]:
    return {
        "importer": edge.importer,
        "imported": edge.imported,
        "kind": edge.kind,
        "added": [_describe_import(each) for each in edge.added],
        "removed": [_describe_import(each) for each in edge.removed],
    }


def _describe_import(found: ModuleImport) -> dict[str, Any]:
    return {"importer": found.importer, "imported": found.imported, **describe_place(found.location)}
