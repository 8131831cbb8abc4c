"""What lies in a package of layercheck: found by the files, as `pkgutil` does, which imports `inspect` for it."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SUFFIX = ".py"
_OF_PACKAGE = "__init__"


def list_submodules(folders: Iterable[str]) -> list[str]:
    """List the modules in a package with this `__path__`, without the packages in it, in alphabetical order."""
    names = {entry.name for entry in _list(folders) if entry.name.endswith(_SUFFIX)}
    return sorted({name.removesuffix(_SUFFIX) for name in names} - {_OF_PACKAGE})


def list_subpackages(folders: Iterable[str]) -> list[str]:
    """List the packages in a package with this `__path__`, in alphabetical order."""
    # What lies there besides is `__pycache__`.
    return sorted({entry.name for entry in _list(folders) if entry.is_dir() and not entry.name.startswith("_")})


def _list(folders: Iterable[str]) -> Iterator[os.DirEntry[str]]:
    for folder in folders:
        with os.scandir(folder) as entries:
            # Editors lay locks beside the files that they edit (`.#rule.py`), and tools their caches.
            yield from (entry for entry in entries if not entry.name.startswith("."))
