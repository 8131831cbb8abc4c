"""Trials of contracts: what one forbids is found on a graph of a few modules, and then injected."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

from layercheck.commands.selftest.import_trials import Line, try_imports, write_line
from layercheck.commands.selftest.made_up_imports import MadeUpImports
from layercheck.commands.selftest.module_trials import try_placement, try_private, try_required
from layercheck.commands.selftest.trial import TrialResult, make_trial
from layercheck.config.contract_records import PlacementContract, PrivateContract, RequiredContract, pattern_keys
from layercheck.config.declared_contract import slug_of
from layercheck.project.contract_graph import ContractGraph
from layercheck.project.suspect import Suspect
from layercheck.rule.contract_rule import BrokenModule

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from layercheck.commands.selftest.import_trials import Imports
    from layercheck.commands.selftest.skeleton import Skeleton
    from layercheck.commands.selftest.trial import Trial
    from layercheck.config.contract_records import Contract
    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.model.finding import Finding
    from layercheck.model.module import Module
    from layercheck.rule.contract_rule import ContractRule
    from layercheck.rule.contract_scope import ContractScope

_OF_EACH_PATTERN = 3
_MOST_NAMED = 12
_MOST_OTHERS = 4
"""So many modules stand for those of a contract, and for all others: each pair of them may be tried."""
_KEYWORDS = {"third-party": "requests", "standard-library": "json"}
"""What stands for a library in a contract, and one that is meant by it."""


def choose_modules(scope: ContractScope, modules: Mapping[str, Module]) -> list[Module]:
    """Choose a few modules for each pattern of a contract: from different packages, and one that lies deep."""
    chosen: dict[str, Module] = {}
    for paths in scope.patterns.values() or [scope.paths]:
        packages: set[str] = set()
        found = [modules[path] for path in paths if path in modules and path.endswith(".py")]
        found.sort(key=lambda each: (each.name.count("."), len(each.name), each.name))
        for module in found:
            package = module.name.rpartition(".")[0]
            if package not in packages and len(packages) < _OF_EACH_PATTERN:
                packages.add(package)
                chosen[module.path] = module
        chosen.update((module.path, module) for module in found[-1:])
    return list(chosen.values())[:_MOST_NAMED]


def try_contract(
    rule: ContractRule[Any], declared: DeclaredContract, scope: ContractScope, skeleton: Skeleton
) -> Trial:
    """Inject what a contract forbids, and something that it allows."""
    contract = declared.contract
    slug = slug_of(contract.name)

    def is_meant(finding: Finding) -> bool:
        return finding.object.rpartition(":")[2] == slug

    if isinstance(contract, PlacementContract):
        return try_placement(rule, contract, skeleton, is_meant)
    named = choose_modules(scope, skeleton.project.module_at)
    if isinstance(contract, RequiredContract):
        return try_required(rule, contract, named, skeleton, is_meant)
    if isinstance(contract, PrivateContract):
        return try_private(rule, declared, named, skeleton, is_meant)
    seen = (module for module in skeleton.modules if declared.terms is None or declared.terms.sees(module))
    others = [module for module in seen if module not in named][:_MOST_OTHERS]
    forbidden, allowed = _part(rule, contract, [*named, *others])
    if not forbidden:
        idle = rule.find_reason_idle(contract, skeleton.project.graph_of(declared).see(contract.imports))
        reason = idle or "no import between the modules that stand for the project breaks it"
        return make_trial(rule, TrialResult.SILENT, reason=reason, contract=contract.name)
    return try_imports(rule, skeleton, forbidden, allowed, contract=contract.name, is_meant=is_meant)


def _part(
    rule: ContractRule[Any], contract: Contract, modules: Sequence[Module]
) -> tuple[list[Imports], list[Imports]]:
    """Find which imports a contract forbids: single ones, those of libraries, else pairs that lead there and back."""
    pairs = [Suspect(*pair) for pair in permutations(modules, 2)]
    single: list[Imports] = [(write_line(pair),) for pair in pairs]
    single += [(Line(module, library),) for library in _list_libraries(contract) for module in modules]
    forbidden = [imports for imports in single if _breaks(rule, contract, modules, imports)]
    allowed = [imports for imports in single if imports not in forbidden]
    if not forbidden:
        both = ((write_line(Suspect(*pair)), write_line(Suspect(*pair[::-1]))) for pair in combinations(modules, 2))
        forbidden = [imports for imports in both if _breaks(rule, contract, modules, imports)]
    return forbidden, allowed


def _list_libraries(contract: Contract) -> list[str]:
    """List the targets of a contract that may be libraries."""
    texts = [
        text for key in pattern_keys(type(contract), "target") for text in getattr(contract, key.replace("-", "_"))
    ]
    plain = [_KEYWORDS.get(text, text) for text in texts]
    return [*(text for text in plain if text.replace(".", "").isidentifier()), *_KEYWORDS.values()] if texts else []


def _breaks(rule: ContractRule[Any], contract: Contract, modules: Sequence[Module], imports: Collection[Line]) -> bool:
    by_name = {module.name: module for module in modules}
    suspects = [Suspect(importer, by_name[name]) for importer, name in imports if name in by_name]
    graph = ContractGraph(modules, suspects, MadeUpImports(imports))
    return any(not isinstance(broken, BrokenModule) for broken in rule.find_broken(contract, graph))
