"""Which modules hold configuration, and what classes of settings are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import LAYERS

if TYPE_CHECKING:
    from layercheck import Module

SETTINGS_CLASSES = frozenset({"pydantic_settings.BaseSettings", "pydantic.BaseSettings", "pydantic.v1.BaseSettings"})
_WORDS = frozenset({"settings", "setting", "config", "configs", "configuration", "conf", "env", "environment"})


def is_configuration(module: Module) -> bool:
    """Tell whether a module is called after configuration, or lies in a folder that is: `mail_settings`, `config.db`."""
    return any(part.rpartition("_")[2] in _WORDS for part in module.name.lower().split("."))


def is_in_layer(module: Module) -> bool:
    """Tell whether a module is where code of a layer is expected, and not only called after one by a word that says little."""
    return module.named in LAYERS and module.role is not None
