"""A plugin in any of the forms in which tests name it."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from layercheck.plugins.configured import open_file
from layercheck.plugins.plugin import Origin, Plugin
from layercheck.plugins.plugin_checks import open_plugin
from layercheck.rule.hookspecs import hookimpl
from layercheck.rule.rule import Rule

Given: TypeAlias = ModuleType | str | Path | Sequence[type[Rule]] | Plugin
"""The module with the hooks, its name, the file of it, or just a list of rules."""


def open_given(plugin: Given) -> Plugin:
    """Open a plugin. Raises PluginError for what is none."""
    if isinstance(plugin, Plugin):
        return plugin
    if isinstance(plugin, Path):
        return open_file(plugin, Origin(plugin.name, "Fix it."))
    if isinstance(plugin, str):
        plugin = importlib.import_module(plugin)
    if inspect.ismodule(plugin):
        return open_plugin(Origin(plugin.__name__, "Fix it."), plugin, "")
    return open_plugin(Origin("under test", "Fix it."), _ListOfRules(plugin), "")


class _ListOfRules:
    """Rules without a plugin around them."""

    def __init__(self, rules: Sequence[type[Rule]]) -> None:
        self._rules = list(rules)

    @hookimpl
    def layercheck_rules(self) -> list[type[Rule]]:
        """Return the rules."""
        return self._rules
