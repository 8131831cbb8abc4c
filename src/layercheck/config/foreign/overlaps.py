"""Splits contracts of import-linter that name both a module and one below it, into one contract for each.

import-linter judges every pair of modules separately, and skips a pair of which one contains the other. Ours would
let the closer name decide.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from layercheck.model.dotted_names import is_in_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Part = tuple[dict[str, Any], str]
    """A contract (empty if none is left), and a remark (empty if there is none)."""
    Expand = Callable[[str], Sequence[str]]
    """Lists the modules that match an expression with wildcards."""

_MOST_PAIRS = 50_000
"""The largest number of pairs that are judged one by one; with more, wildcards stay, and the parts are not exact."""


def split_forbidden(table: dict[str, Any], expand: Expand | None = None) -> Iterator[Part]:
    """Split a contract of the kind `forbidden` by source if sources and targets overlap.

    With `expand`, which knows the modules, the parts are exact unless there are very many pairs.
    """
    sources, targets = table["sources"], table["targets"]
    if not any(_may_overlap(source, target) for source in sources for target in targets):
        yield table, ""
        return
    if expand is not None:
        whole = _expand_all(sources, expand), _expand_all(targets, expand)
        if len(whole[0]) * len(whole[1]) <= _MOST_PAIRS:
            sources, targets = whole
    as_packages = table.get("as-packages", True)
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for source in sources:
        left = [target for target in targets if not _is_passed_over(source, target, as_packages=as_packages)]
        doubtful = [target for target in left if as_packages and _may_be_nested(source, target)]
        if expand is not None and left and not doubtful:
            alike[tuple(left)].append(source)
            continue
        name = table["name"] if len(sources) == 1 else f"{table['name']}: {source}"
        part = {**table, "name": name, "sources": [source], "targets": left} if left else {}
        yield part, _describe_loss(source, left, doubtful, is_judged=expand is not None)
    for found, group in alike.items():
        name = table["name"] if len(alike) == 1 else f"{table['name']}: {group[0]}"
        yield {**table, "name": name, "sources": group, "targets": list(found)}, ""


def _describe_loss(source: str, left: Sequence[str], doubtful: Sequence[str], *, is_judged: bool) -> str:
    if doubtful and is_judged:
        return (
            f"{source!r} and {doubtful[0]!r} name more than {_MOST_PAIRS:,} pairs of modules, so those that overlap are not"
            " passed over one by one, as import-linter does; list fewer modules"
        )
    if doubtful:
        return f"not quite the same: import-linter passes over {source!r} and what overlaps with it in {doubtful[0]!r}"
    if not left:
        return f"{source!r} is left out: it overlaps with all forbidden modules, so import-linter looks at nothing"
    return ""


def split_protected(table: dict[str, Any], expand: Expand | None = None) -> Iterator[Part]:
    """Split a contract of the kind `protected` by module if modules overlap; exact with `expand`, as above."""
    modules: Sequence[str] = table["modules"]
    overlapping = any(_may_overlap(one, other) for at, one in enumerate(modules) for other in modules[at + 1 :])
    if expand is not None and (overlapping or any(map(_warn_of_depth, modules))):
        # Modules of one depth do not lie in each other.
        by_depth: dict[int, list[str]] = defaultdict(list)
        for module in _expand_all(modules, expand):
            by_depth[module.count(".")].append(module)
        for _, found in sorted(by_depth.items()):
            name = table["name"] if len(by_depth) == 1 else f"{table['name']}: {found[0]}"
            yield {**table, "name": name, "modules": found}, ""
        return
    for module in modules if overlapping else ():
        yield {**table, "name": f"{table['name']}: {module}", "modules": [module]}, _warn_of_depth(module)
    if not overlapping:
        yield table, " ".join(filter(None, map(_warn_of_depth, modules)))


def _expand_all(texts: Sequence[str], expand: Expand) -> Sequence[str]:
    # What names no module stays as it is, to be reported.
    return list(dict.fromkeys(name for text in texts for name in (expand(text) if "*" in text else ()) or [text]))


def _warn_of_depth(module: str) -> str:
    return f"not quite the same: {module!r} names modules that lie in each other" if "**" in module.split(".") else ""


def _is_passed_over(source: str, target: str, *, as_packages: bool) -> bool:
    """Return whether import-linter skips a pair of names without wildcards."""
    if "*" in source or "*" in target:
        return False
    return source == target or (as_packages and (is_in_package(source, target) or is_in_package(target, source)))


def _may_overlap(one: str, other: str) -> bool:
    """Return whether two expressions may match the same module, or one a module below the other."""
    first, second = one.split("."), other.split(".")
    for left, right in zip(first, second, strict=False):
        if "**" in {left, right}:
            return True
        if "*" not in {left, right} and left != right:
            return False
    return True


def _may_be_nested(source: str, target: str) -> bool:
    """Return whether a pair with a wildcard may be one of which one lies in the other, and not the same module.

    Several sources in one expression are in doubt as well: they are targets for each other.
    """
    if not _may_overlap(source, target):
        return False
    return "*" in source or "**" in target.split(".") or source.count(".") != target.count(".")
