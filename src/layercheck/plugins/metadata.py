"""Where what is installed says which plugins it has. To look there imports nothing."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_METADATA = (".dist-info", ".egg-info")


def list_entry_points(import_folders: Iterable[str]) -> Iterator[str]:
    """List where each distribution in some folders would name its entry points, in the order in which Python finds them."""
    for folder in dict.fromkeys(import_folders):
        try:
            with os.scandir(folder or os.curdir) as entries:
                names = sorted(entry.path for entry in entries if entry.name.endswith(_METADATA))
        except OSError:
            continue  # no folder, or not there
        yield from (f"{name}/entry_points.txt" for name in names)
