"""A shop with contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.model.finding import Finding


def find_broken(root: Path, code: str, imports: Mapping[str, str], contract: str) -> list[Finding]:
    """Check a project of `imports` (name of a module → its text) by one contract, whose name is given to it."""
    files = {f"{module.replace('.', '/')}.py": text for module, text in imports.items()}
    folders = {path.rpartition("/")[0] for path in files if "/" in path}
    above = {"/".join(folder.split("/")[: depth + 1]) for folder in folders for depth in range(folder.count("/") + 1)}
    packages = {f"{folder}/__init__.py": "" for folder in above}
    configuration = f'[[contracts]]\nname = "The rule"\n{contract}'
    return of_rule(check_tree(root, packages | files, configuration), code)


def pairs(found: list[Finding]) -> list[str]:
    """List findings as `importer -> imported`."""
    return [f"{each.importer} -> {each.imported}" for each in found]
