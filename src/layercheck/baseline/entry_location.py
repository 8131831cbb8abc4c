"""Which file an entry belongs in: the one at the root, or that of the package which the finding is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.facts.file_kind import file_kind
from layercheck.files.discovery import BASELINE_NAME
from layercheck.project.relative_paths import is_above, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck.model.finding import Finding


def is_per_package(paths: Iterable[str]) -> bool:
    """Return whether there is one baseline file per package."""
    found = set(paths)
    return bool(found) and BASELINE_NAME not in found


def place_in_package(finding: Finding, names: Mapping[str, str]) -> str:
    """Find the file beside the owning code: in the folder of the application's part (`app/services`, `app/orders`).

    `names` are the names of the modules by path; what is directly in the application belongs to it as a whole.
    """
    path = finding.location.path
    base = finding.application or _top_package(path, names.get(path, ""))
    if path.startswith("../") or not is_above(base, path):
        return BASELINE_NAME
    inside = path[len(base) :].lstrip("/").split("/")
    return join(join(base, inside[0] if len(inside) > 1 else ""), BASELINE_NAME)


def _top_package(path: str, name: str) -> str:
    """Find the folder of the package that a module is part of; empty for a module in none."""
    parts = name.split(".")
    folders = path.split("/")[:-1]
    inside = len(parts) if file_kind(path).is_package else len(parts) - 1
    return "/".join(folders[: len(folders) - inside + 1]) if inside > 0 else ""
