"""The code that a plugin is made of, as something that changes when it does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.blake2 import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType


def find_home(module: ModuleType | None) -> str:
    """Find the folder of a package, or the file of a module; empty for what has neither."""
    if module is None:
        return ""
    file = getattr(module, "__file__", None)
    if hasattr(module, "__path__"):
        return os.path.dirname(file) if file else next(iter(module.__path__), "")  # noqa: PTH120  (as frames name it)
    return file or ""


def digest_sources(home: str, plugin_formats: Iterable[str] = ()) -> str:
    """Digest the content of a file, or of every Python file in a folder, and of further files."""
    start = Path(home) if home else None
    files = {Path(file) for file in plugin_formats}
    if start is not None:
        files |= set(start.rglob("*.py")) if start.is_dir() else {start}
    digest = blake2b(digest_size=16)
    for file in sorted(files):
        try:
            data = file.read_bytes()
        except OSError:
            continue  # a frozen or compiled module
        digest.update(os.fsencode(file.name) + b"\0" + len(data).to_bytes(8) + data)
    return digest.hexdigest()
