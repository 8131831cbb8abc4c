"""Our own rule sets, which are plugins that need no hooks: every folder of rules is one."""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING

from layercheck import rules
from layercheck.plugins.plugin import Origin, Plugin
from layercheck.rule.rule import Rule
from layercheck.submodules import list_submodules, list_subpackages
from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@functools.cache
def builtin_plugins() -> tuple[Plugin, ...]:
    """Open our own rule sets, one for each folder: what `open_plugin` would find to be wrong with one, a test finds."""
    home = next(iter(rules.__path__))
    origin = Origin(rules.__name__.partition(".")[0], "", home, is_builtin=True)
    folders = list_subpackages(rules.__path__)
    return tuple(Plugin(origin, __version__, tuple(_list_rules(folder))) for folder in folders)


def _list_rules(folder: str) -> Iterator[type[Rule]]:
    """Import the rules of a folder: every module in it that defines a rule is one of the set."""
    package = importlib.import_module(f"{rules.__name__}.{folder}")
    for name in list_submodules(package.__path__):
        module = f"{package.__name__}.{name}"
        yield from _rules_in(vars(importlib.import_module(module)).values(), module)


def builtin_rules() -> tuple[type[Rule], ...]:
    """List our own rules, by code; those of other plugins are in the `Plugins` of a scope."""
    found = (rule for plugin in builtin_plugins() for rule in plugin.rules)
    return tuple(sorted(found, key=lambda rule: rule.code))


def _rules_in(values: Iterable[object], module: str) -> Iterator[type[Rule]]:
    for value in values:
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module:
            yield value
