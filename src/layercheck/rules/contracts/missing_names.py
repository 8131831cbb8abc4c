"""Entries of an `interface` that name nothing in their packages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layercheck import did_you_mean
from layercheck.rules.contracts.grouping import is_within, select_closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import GraphView, KeyPath, Project, PublicContract


def find_missing_names(
    contract: PublicContract, view: GraphView, project: Project
) -> Iterator[tuple[KeyPath, str, str]]:
    """Find the entries that are neither a module nor a name in any of the packages; wildcards are never reported."""
    heads = sorted({match.head for match in select_closest(view, contract.packages).values()})
    for index, text in enumerate(contract.interface):
        if re.search(r"[*?\[/]", text) or not heads:
            continue
        known = [_list_beside(f"{head}.{text}", head, view, project) for head in heads]
        if all(names is not None and text not in names for names in known):
            where = f"`{heads[0]}`" if len(heads) == 1 else "any of the packages"
            guess = did_you_mean(text, {name for names in known for name in names or ()})
            yield ("interface", index), text, f"`{text}` (interface) names nothing in {where}{guess}"


def _list_beside(name: str, package: str, view: GraphView, project: Project) -> set[str] | None:
    """List the paths from a package that stand where a name would; None where nobody can tell, the name itself if it is there."""
    if any(is_within(each, name) for each in view.graph.names):
        return {name.removeprefix(f"{package}.")}
    above = name.rpartition(".")[0]
    while above != package and above not in view.graph.names:
        above = above.rpartition(".")[0]
    inside = f"{above}.".removeprefix(f"{package}.")
    depth = above.count(".") + 1
    children = {each.split(".")[depth] for each in view.graph.names if each.startswith(f"{above}.")}
    module = next((each for each in view.graph.modules if each.name == above), None)
    if module is None or not module.path.endswith((".py", ".pyi")):
        return {inside + child for child in children}
    definitions = project.kinds.definitions(module)
    if definitions.stars or "__getattr__" in definitions.names:
        return None
    first = name.removeprefix(f"{above}.").partition(".")[0]
    if first in definitions.names:
        return {name.removeprefix(f"{package}.")}
    return {inside + each for each in children | set(definitions.names)}
