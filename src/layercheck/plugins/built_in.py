"""Our own rule sets, which are plugins like any other: every folder of rules is one."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING

from layercheck import rules
from layercheck.plugins.plugin import Origin
from layercheck.plugins.plugin_checks import open_plugin
from layercheck.rule.hookspecs import hookimpl
from layercheck.rule.rule import Rule
from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.plugins.plugin import Plugin


class RuleFolder:
    """One folder of rules as a plugin: every module in it that defines a rule is one of the set."""

    def __init__(self, package: str) -> None:
        self._package = package

    @hookimpl
    def layercheck_rules(self) -> Iterable[type[Rule]]:
        """Collect the rules of the folder."""
        package = importlib.import_module(self._package)
        for entry in pkgutil.iter_modules(package.__path__, f"{self._package}."):
            yield from _rules_in(vars(importlib.import_module(entry.name)).values(), entry.name)


@functools.cache
def builtin_plugins() -> tuple[Plugin, ...]:
    """Open our own rule sets, one for each folder."""
    folders = [entry for entry in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}.") if entry.ispkg]
    origin = Origin(rules.__name__.partition(".")[0], "", next(iter(rules.__path__)), is_builtin=True)
    return tuple(open_plugin(origin, RuleFolder(folder.name), __version__) for folder in folders)


def builtin_rules() -> tuple[type[Rule], ...]:
    """List our own rules, by code; those of other plugins are in the `Plugins` of a scope."""
    found = (rule for plugin in builtin_plugins() for rule in plugin.rules)
    return tuple(sorted(found, key=lambda rule: rule.code))


def _rules_in(values: Iterable[object], module: str) -> Iterator[type[Rule]]:
    for value in values:
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module:
            yield value
