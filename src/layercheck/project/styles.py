"""The style of an application: how its modules are laid out in folders, as far as names tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.project.folders import HEXAGON, is_domain
from layercheck.project.relative_paths import is_above
from layercheck.project.roles import LAYERS, WIRING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from layercheck.project.folders import Folder

LAYERED = "layered"
"""A folder for each layer."""
HEXAGONAL = "hexagonal"
"""Folders for a domain, for what uses it, and for adapters around these."""
DJANGO = "django"
"""Apps of Django."""
FEATURE_FIRST = "feature-first"
"""A folder for each feature."""
FLAT = "flat"
"""A file for each layer."""

WITH_PRESET = frozenset({LAYERED, HEXAGONAL, DJANGO})
"""The styles with a preset of this name; the others have the layers of `layered`."""

_ENOUGH_FEATURES = 3
"""Features below one parent that make a layout feature-first."""
_MOSTLY = 0.5
"""Share of the files that must lie in the rings of a hexagon, or in apps of Django."""
_INNER = frozenset({"application", "app_layer", "use_cases", "usecases", "ports"})
_SERVICES = frozenset({"service", "services"})
_ENDPOINTS = frozenset({"api"})
_FIRST_MIGRATION = "0001_"


def style_of(root: Folder) -> str:
    """Return the style of the application below a folder."""
    if _is_hexagonal(root):
        return HEXAGONAL
    if _is_of_django(root):
        return DJANGO
    inside = [child for child in root.children if not child.aside]
    unnamed = [child for child in inside if child.role is None]
    features = max([root.features, *(child.features for child in unnamed)])
    if features >= _ENOUGH_FEATURES:
        return FEATURE_FIRST
    parts = [part for child in unnamed for part in child.children if not part.aside]
    if any(child.role in LAYERS for child in (*inside, *parts)):
        return LAYERED
    return FEATURE_FIRST if features else FLAT


def _is_hexagonal(root: Folder) -> bool:
    """Whether a domain lies beside what uses it or adapts it, and most files lie in such folders."""
    if not any(is_domain(folder) and not _has_services_beside(folder) for folder in _walk(root)):
        return False
    rings = [folder for folder in _walk(root) if folder.name.lower() in HEXAGON or is_domain(folder)]
    if not _lie_mostly_in(_paths_of(rings), (file.path for folder in _walk(root) for file in folder.files)):
        return False
    # An `application/` with the endpoints is what others call the API.
    inner = [folder for folder in rings if folder.name.lower() in _INNER]
    return not _lie_mostly_in(_paths_of(inner), _list_defining(root, _ENDPOINTS))


def _has_services_beside(domain: Folder) -> bool:
    """Whether services lie beside a domain and nothing else that uses it: then these are layers, by whatever names."""
    beside = {child.name.lower() for child in domain.parent.children} if domain.parent is not None else set()
    return not _SERVICES.isdisjoint(beside) and _INNER.isdisjoint(beside)


def _is_of_django(root: Folder) -> bool:
    """Whether most of what defines views or tables lies in apps of Django."""
    if not any(map(_is_app, _walk(root))):
        return False
    apps = [folder for folder in _walk(root) if _is_app(folder) or _has_views(folder)]
    return _lie_mostly_in(_paths_of(apps), _list_defining(root, _ENDPOINTS | {"models"}))


def _paths_of(folders: Iterable[Folder]) -> list[str]:
    return [folder.path for folder in folders]


def _list_defining(root: Folder, roles: Collection[str]) -> Iterator[str]:
    """List the files that define what makes one of some roles."""
    return (file.path for folder in _walk(root) for file in folder.files if file.defines in roles)


def _lie_mostly_in(folders: Collection[str], paths: Iterable[str]) -> bool:
    inside = [any(is_above(folder, path) for folder in folders) for path in paths]
    return any(inside) and sum(inside) >= _MOSTLY * len(inside)


def _is_app(folder: Folder) -> bool:
    """Whether a folder is an app of Django: it is configured as one, or has migrations as Django numbers them."""
    if any(file.stem == "apps" and file.defines == WIRING for file in folder.files):
        return True
    return any(
        child.name == "migrations" and any(file.stem.startswith(_FIRST_MIGRATION) for file in child.files)
        for child in folder.children
    )


def _has_views(folder: Folder) -> bool:
    """Whether a folder has views and says which URLs lead to them; in a project with apps, it is one without a name."""
    return {"views", "urls"} <= {file.stem for file in folder.files}


def _walk(folder: Folder) -> Iterator[Folder]:
    """List a folder and those below it that do not lie aside."""
    yield folder
    for child in folder.children:
        if child.aside is None:
            yield from _walk(child)
