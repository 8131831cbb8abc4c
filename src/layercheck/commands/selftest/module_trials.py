"""Trials of contracts that are about modules themselves: where they stand, and what each must import."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from layercheck.commands.selftest.trial import Injected, TrialResult, make_trial
from layercheck.config.module_pattern import parse_pattern
from layercheck.config.path_pattern import parse_path_pattern
from layercheck.project.relative_paths import join

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layercheck.commands.selftest.skeleton import Skeleton
    from layercheck.commands.selftest.trial import Trial
    from layercheck.config.contract_records import Contract, PlacementContract, RequiredContract
    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.model.finding import Finding
    from layercheck.model.module import Module
    from layercheck.rule.contract_rule import ContractRule

_NAME = "layercheck_selftest"
_DEPTH = 4
"""How deep below a folder a file is put."""
_WILD = re.compile(r"\*+|\{\w+\}")


def try_placement(
    rule: ContractRule[Any],
    contract: PlacementContract,
    skeleton: Skeleton,
    is_meant: Callable[[Finding], bool],
) -> Trial:
    """Add a file that stands at none of the places, and one at a place for each of them."""
    places = [parse_path_pattern(text) for text in contract.places]
    folders = [_WILD.sub(_NAME, each).strip("/") for each in contract.within]
    files = [join(folder, f"{_NAME}/" * depth + f"{_NAME}.py") for folder in folders for depth in range(_DEPTH)]
    wrong = [path for path in files if not any(each.fullmatch(path) for each in places)]
    right = [_WILD.sub(_NAME, each) for each in contract.places]
    return _try_texts(
        rule,
        contract,
        skeleton,
        [(f"a new file {path}", {path: b""}) for path in wrong],
        [{path: b""} for path in right],
        is_meant,
    )


def try_required(
    rule: ContractRule[Any],
    contract: RequiredContract,
    named: Sequence[Module],
    skeleton: Skeleton,
    is_meant: Callable[[Finding], bool],
) -> Trial:
    """Empty a source, and let it import a target."""
    sources = [each for each in named if _fits(each, contract.sources)]
    targets = [each.name for each in named if _fits(each, contract.targets)] or list(contract.targets)
    if not sources:
        return make_trial(rule, TrialResult.SILENT, reason="no module fits `sources`", contract=contract.name)
    return _try_texts(
        rule,
        contract,
        skeleton,
        [(f"{each.name} imports nothing", {each.path: b""}) for each in sources],
        [{each.path: f"import {name}\n".encode()} for each in sources for name in targets if name != each.name],
        is_meant,
    )


def try_private(
    rule: ContractRule[Any],
    declared: DeclaredContract,
    named: Sequence[Module],
    skeleton: Skeleton,
    is_meant: Callable[[Finding], bool],
) -> Trial:
    """Add a private module to a package; whoever stands outside imports it, and then whoever stands inside."""
    contract, terms = declared.contract, declared.terms
    forbidden, allowed = [], []
    for package in (each for each in named if each.is_package):
        folder, name = package.path.rpartition("/")[0], f"{package.name}._{_NAME}"
        private = {f"{folder}/_{_NAME}.py": b""}
        for module in skeleton.modules:
            if terms is not None and not terms.sees(module):
                continue
            texts = private | {module.path: skeleton.read(module.path) + f"\nimport {name}\n".encode()}
            if not module.path.startswith(f"{folder}/"):
                forbidden.append((f"{module.name} imports the new module {name}", texts))
        allowed.append(private | {f"{folder}/{_NAME}.py": f"import {name}\n".encode()})
    if not forbidden:
        reason = "no package with an `__init__.py` is named"
        return make_trial(rule, TrialResult.UNTESTABLE, reason=reason, contract=contract.name)
    return _try_texts(rule, contract, skeleton, forbidden, allowed, is_meant)


def _fits(module: Module, patterns: Sequence[str]) -> bool:
    return any(parse_pattern(text).match(module) is not None for text in patterns)


def _try_texts(
    rule: ContractRule[Any],
    contract: Contract,
    skeleton: Skeleton,
    forbidden: Sequence[tuple[str, Mapping[str, bytes]]],
    allowed: Sequence[Mapping[str, bytes]],
    is_meant: Callable[[Finding], bool],
) -> Trial:
    def fires(texts: Mapping[str, bytes]) -> bool:
        found = skeleton.check([rule.code], Injected(texts))
        return any(is_meant(each) and each.location.path in texts for each in found)

    broken = next((what for what, texts in forbidden if fires(texts)), None)
    if broken is None:
        what = forbidden[0][0] if forbidden else ""
        return make_trial(rule, TrialResult.SILENT, what, "nothing is reported", contract=contract.name)
    if allowed and all(map(fires, allowed)):
        reason = "it reports everything that was tried"
        return make_trial(rule, TrialResult.NOISY, broken, reason, contract=contract.name)
    return make_trial(rule, TrialResult.FIRES, broken, contract=contract.name)
