"""The modules of a project."""

from __future__ import annotations

import msgspec


class Module(msgspec.Struct, frozen=True):
    """One Python file, under the name by which the project imports it."""

    name: str
    path: str
    """POSIX path relative to the project root."""
    is_package: bool
    """Whether the file is an `__init__.py`."""
    role: str | None = None
    """What the module is for (`api`, `services`, `wiring`, `tests`, …), None where nothing tells."""
    layer: str | None = None
    """The layer it belongs to under the configuration in force, None for a module without one."""
    application: str | None = None
    """The folder of the application it is part of (None: of none); layers are judged within one application."""
