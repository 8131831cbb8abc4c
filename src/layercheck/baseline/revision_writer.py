"""Writing the new state of a baseline to its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.baseline.baseline_file import HEADER, remove_file, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from layercheck.baseline.entry import Entry
    from layercheck.baseline.revision import Revision


def write_revision(root: Path, headers: Mapping[str, Sequence[str]], revision: Revision) -> None:
    """Write every file that holds entries, or did; `headers` are those of the files there are. Raises BaselineError."""
    by_path: dict[str, list[Entry]] = {path: [] for path in headers}
    for each in revision.placed:
        by_path.setdefault(each.path, []).append(each.entry)
    for path, entries in sorted(by_path.items()):
        if entries or path not in revision.deserted:
            write_file(root, path, headers.get(path, HEADER), entries)
        else:
            remove_file(root, path)
