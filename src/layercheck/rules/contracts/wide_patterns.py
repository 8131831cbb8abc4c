"""Patterns that are so wide that nothing can break their contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import (
    AllowedContract,
    PlacementContract,
    ignored_imports,
    parse_path_pattern,
    parse_pattern,
)
from layercheck.rules.contracts.grouping import part_targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck import Contract, GraphView, KeyPath, ModulePattern

    Problem = tuple[KeyPath, str, str]

_NOBODY = ("__nobody__", "__nobody__.x", "__nobody__.x.y")
"""Names that only a pattern for every name matches."""
_NOWHERE = ("__nowhere__.py", "__nowhere__/x.py")
_MILDER = ("importers", "skip")
"""The keys that list what may break a contract."""


def find_wide_patterns(contract: Contract, view: GraphView) -> Iterator[Problem]:
    """Find the patterns that leave nothing to break a contract."""
    for index, pattern in enumerate(ignored_imports(contract)):
        if _is_wide(pattern.importer, exactly=True) and _is_wide(pattern.imported, exactly=True):
            message = f"`{pattern.text}` (ignore) ignores every import, so the contract cannot be broken"
            yield ("ignore", index), pattern.text, message
    milder = [(key, getattr(contract, key, ())) for key in _MILDER]
    if isinstance(contract, AllowedContract) and not part_targets(view, contract.targets)[1]:
        milder.append(("targets", contract.targets))
    for key, texts in milder:
        for index, text in enumerate(texts):
            if _is_wide(parse_pattern(text)):
                yield (key, index), text, f"`{text}` ({key}) matches every module, so the contract cannot be broken"
    if isinstance(contract, PlacementContract):
        yield from _find_wide_places(contract)


def _is_wide(pattern: ModulePattern, *, exactly: bool = False) -> bool:
    return all(pattern.match_name(name, exactly=exactly) for name in _NOBODY)


def _find_wide_places(contract: PlacementContract) -> Iterator[Problem]:
    """Find the places that match every file of the contract."""
    for index, text in enumerate(contract.places):
        place = parse_path_pattern(text)
        if all(place.fullmatch(path) for path in _try_paths(contract.within)):
            yield ("places", index), text, f"`{text}` (places) matches every place, so the contract cannot be broken"


def _try_paths(within: Sequence[str]) -> list[str]:
    """Make paths of files that do not exist, in the folders of a contract."""
    folders = ["" if text.strip("/") == "**" else f"{text.strip('/')}/" for text in within]
    return [folder.replace("*", "_") + path for folder in folders for path in _NOWHERE]
