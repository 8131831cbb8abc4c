"""The step that reports an import once which breaks a contract and a layer rule."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from layercheck.rule.contract_rule import ContractRule, judges_layers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.engine.run_rules import Found
    from layercheck.model.finding import Finding
    from layercheck.model.source import Location

_Place: TypeAlias = "tuple[Location, str | None, str | None]"
"""Where an import is written, and both its ends."""


def merge_repeated(found: Found) -> Found:
    """Leave out what layer rules find at imports that a contract reports as well, and mention it there.

    The contract is what the team decided, and it names the reason. A finding never gives way to a milder one.
    """
    of_contracts = {rule.code for rule in found.rules if isinstance(rule, ContractRule)}
    of_layers = {rule.code for rule in found.rules if judges_layers(rule)}
    ranks: dict[_Place, int] = {}
    for each in found.findings:
        if each.code in of_contracts and _is_direct(each):
            place = _place_of(each)
            ranks[place] = min(each.severity.rank, ranks.get(place, each.severity.rank))
    kept: list[Finding] = []
    dropped: dict[_Place, list[Finding]] = defaultdict(list)
    for each in found.findings:
        rank = ranks.get(_place_of(each)) if each.code in of_layers and _is_direct(each) else None
        (kept if rank is None or rank > each.severity.rank else dropped[_place_of(each)]).append(each)
    if not dropped:
        return found
    findings = [
        _mention(each, dropped.get(_place_of(each), ())) if each.code in of_contracts and _is_direct(each) else each
        for each in kept
    ]
    return found._replace(findings=tuple(findings))


def _is_direct(finding: Finding) -> bool:
    return finding.imported is not None and not finding.chain


def _place_of(finding: Finding) -> _Place:
    return finding.location, finding.importer, finding.imported


def _mention(finding: Finding, others: Sequence[Finding]) -> Finding:
    """Name the rules that the import breaks besides."""
    names = dict.fromkeys(f"{each.code} ({each.name})" for each in others)
    if not names:
        return finding
    return msgspec.structs.replace(finding, notes=(*finding.notes, f"breaks as well: {', '.join(names)}"))
