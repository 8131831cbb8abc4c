"""From the patterns of a contract to groups of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.rule.contract_rule import BrokenImport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck.config.module_pattern import ModulePattern
    from layercheck.project.contract_graph import GraphView
    from layercheck.project.contract_routes import Breach


def group_modules(
    view: GraphView, patterns: Iterable[tuple[ModulePattern, int]], *, exactly: bool = False, within: str = ""
) -> Mapping[int, int]:
    """Give each module that fits a pattern the group of that pattern; where several do, of the one that names it closest.

    `within` is the package that the modules must lie in.
    """
    found: dict[int, tuple[int, int]] = {}
    for pattern, group in patterns:
        for number, match in view.select(pattern, exactly=exactly):
            if within and not is_within(view.modules[number].name, within):
                continue
            # A role says nothing of the name, so any name is closer.
            closeness = 0 if pattern.role else len(match.head)
            if number not in found or found[number][0] < closeness:
                found[number] = (closeness, group)
    return {number: group for number, (_, group) in found.items()}


def is_within(name: str, package: str) -> bool:
    """Tell whether a module is a package, or lies in it."""
    return name == package or name.startswith(f"{package}.")


def report_breach(breach: Breach, ban: str, help_: str) -> BrokenImport:
    """Make of what the search found what a rule reports; `ban` says what must not be: "`a` must not import `b`"."""
    first, last = breach.chain[0], breach.last
    if len(breach.chain) == 1:
        message = f"{ban}: {last.importer.name} imports {last.imported.name}"
    else:
        others = len(breach.routes) - 1 + breach.more
        more = f" ({others} more {'module reaches' if others == 1 else 'modules reach'} it)" if others else ""
        message = (
            f"{ban}, not even indirectly: {first.importer.name} reaches {last.imported.name} through"
            f" {last.importer.name}{more}"
        )
    return BrokenImport(breach.routes, message, last, breach.pairs, breach.more, help_)
