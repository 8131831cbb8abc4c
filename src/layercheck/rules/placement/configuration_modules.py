"""Modules that contain configuration, and classes of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import LAYERS

if TYPE_CHECKING:
    from layercheck import Module

SETTINGS_CLASSES = frozenset({"pydantic_settings.BaseSettings", "pydantic.BaseSettings", "pydantic.v1.BaseSettings"})
_WORDS = frozenset({"settings", "setting", "config", "configs", "configuration", "conf", "env", "environment"})


def is_configuration(module: Module) -> bool:
    """Return whether a module, or a folder around it, is named after configuration: `mail_settings`, `config.db`."""
    return any(part.rpartition("_")[2] in _WORDS for part in module.name.lower().split("."))


def is_in_layer(module: Module) -> bool:
    """Return whether code of its layer is expected in a module: its layer does not follow from a weak word alone."""
    return module.named in LAYERS and module.role is not None
