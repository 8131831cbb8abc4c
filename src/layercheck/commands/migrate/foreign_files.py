"""Which files of other tools there are, and who can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.config.foreign.import_linter import FILES, convert_import_linter, find_import_linter
from layercheck.config.foreign.tach import FILE as TACH_FILE, convert_tach
from layercheck.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion


def convert_files(source: Path | None, folder: Path) -> list[Conversion]:
    """Convert one file, or what other tools would find in a folder.

    Raises UsageError where there is nothing, and ConfigurationError for a file with mistakes.
    """
    if source is not None:
        return [convert_tach(source) if source.name == TACH_FILE else convert_import_linter(source)]
    path = find_import_linter(folder)
    conversions = [] if path is None else [convert_import_linter(path)]
    tach = folder / TACH_FILE
    if tach.is_file():
        conversions.append(convert_tach(tach))
    if not conversions:
        raise UsageError(
            f"no configuration of import-linter ({', '.join(FILES)}) or tach ({TACH_FILE}) is here; "
            "name the file with --from"
        )
    return conversions
