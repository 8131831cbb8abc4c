"""The configuration, typed."""

from __future__ import annotations

from typing import Any

import msgspec

from layercheck.model.violation import Severity


class Configuration(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What `[tool.layercheck]` may say; every key is optional."""

    preset: str = "layered"
    """Named starting point for everything else."""
    source_roots: tuple[str, ...] = ()
    """Folders from which modules are imported, relative to the project root; found by themselves when empty."""
    packages: tuple[str, ...] = ()
    """Top-level packages to read; all when empty."""
    exclude: tuple[str, ...] = ()
    """Files and folders to leave out, in .gitignore syntax."""
    exhaustive: bool = False
    """Whether every module below an application's root must have a role or a layer."""
    roles: dict[str, tuple[str, ...]] = {}
    """Names (`web`) or modules (`app.web`) for each role, added to the preset's names."""
    layers: tuple[str, ...] = ()
    """Layers, highest first: role names or modules; `a | b` independent siblings, `a : b` siblings, `(a)` optional."""
    closed: tuple[str, ...] = ()
    """Layers that may not be skipped by the layers above them."""
    isolated: tuple[str, ...] = ()
    """Layers that may import no layer of the order."""
    leaf: tuple[str, ...] = ()
    """Layers that may import no layer at all, and that every layer may import."""
    select: tuple[str, ...] = ()
    """Codes, prefixes (`LC1`) or names of the rules to run; the default set when empty."""
    ignore: tuple[str, ...] = ()
    """Codes, prefixes or names of rules not to run."""
    severity: dict[str, Severity] = {}
    """Severity by rule, by code or name."""
    rules: dict[str, dict[str, Any]] = {}
    """Options by rule, by code or name."""
    per_path_ignores: dict[str, tuple[str, ...]] = {}
    """Rules not reported for files that match a pattern (.gitignore syntax)."""
