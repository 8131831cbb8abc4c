"""Which forms of a map there are: the files in `formats/`, each with a function `render`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from layercheck.commands.map import formats
from layercheck.submodules import list_submodules

if TYPE_CHECKING:
    from collections.abc import Callable

    from layercheck.commands.map.dependency_map import DependencyMap

    MapFormat = Callable[[DependencyMap], str]

_FIRST = "text"


def list_map_formats() -> list[str]:
    """List the names of the formats, the one for people first."""
    names = list_submodules(formats.__path__)
    return sorted(names, key=lambda name: (name != _FIRST, name))


def load_map_format(name: str) -> MapFormat:
    """Load what writes one format."""
    render: MapFormat = importlib.import_module(f"{formats.__name__}.{name}").render
    return render
