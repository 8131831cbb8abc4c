"""Contracts of import-linter that name a module and what is below it: one contract of ours for each that overlaps.

import-linter looks at every pair of modules by itself. It passes over a pair of which one lies in the other; ours would
take the nearer name for the meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Part = tuple[dict[str, Any], str]
    """A contract (empty: none is left), and what has to be said of it (empty: nothing)."""


def split_forbidden(table: dict[str, Any]) -> Iterator[Part]:
    """Part a contract of the kind `forbidden` by source, where sources and targets overlap."""
    sources, targets = table["sources"], table["targets"]
    if not any(_may_overlap(source, target) for source in sources for target in targets):
        yield table, ""
        return
    as_packages = table.get("as-packages", True)
    for source in sources:
        left = [target for target in targets if not _is_passed_over(source, target, as_packages=as_packages)]
        doubtful = [target for target in left if as_packages and _may_be_nested(source, target)]
        name = table["name"] if len(sources) == 1 else f"{table['name']}: {source}"
        message = (
            f"not quite the same: import-linter passes over {source!r} and what overlaps with it in {doubtful[0]!r}"
            if doubtful
            else ""
        )
        if not left:
            message = (
                f"{source!r} is left out: it overlaps with all forbidden modules, so import-linter looks at nothing"
            )
        yield ({**table, "name": name, "sources": [source], "targets": left} if left else {}), message


def split_protected(table: dict[str, Any]) -> Iterator[Part]:
    """Part a contract of the kind `protected` by module, where modules overlap."""
    modules: Sequence[str] = table["modules"]
    overlapping = any(_may_overlap(one, other) for at, one in enumerate(modules) for other in modules[at + 1 :])
    for module in modules if overlapping else ():
        yield {**table, "name": f"{table['name']}: {module}", "modules": [module]}, _warn_of_depth(module)
    if not overlapping:
        yield table, " ".join(filter(None, map(_warn_of_depth, modules)))


def _warn_of_depth(module: str) -> str:
    return f"not quite the same: {module!r} names modules that lie in each other" if "**" in module.split(".") else ""


def _is_passed_over(source: str, target: str, *, as_packages: bool) -> bool:
    """Tell whether import-linter passes over a pair of names without wildcards."""
    if "*" in source or "*" in target:
        return False
    return source == target or (as_packages and (source.startswith(f"{target}.") or target.startswith(f"{source}.")))


def _may_overlap(one: str, other: str) -> bool:
    """Tell whether two expressions may name the same module, or one below what the other names."""
    first, second = one.split("."), other.split(".")
    for left, right in zip(first, second, strict=False):
        if "**" in {left, right}:
            return True
        if "*" not in {left, right} and left != right:
            return False
    return True


def _may_be_nested(source: str, target: str) -> bool:
    """Tell whether a pair with a wildcard may be one of which one lies in the other, and not the same module.

    Several sources in one expression are in doubt as well: they are targets for each other.
    """
    if not _may_overlap(source, target):
        return False
    return "*" in source or "**" in target.split(".") or source.count(".") != target.count(".")
