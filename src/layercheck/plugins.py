"""The rule sets in force: the built-in ones are plugins like any other."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING

import pluggy

from layercheck import hookspecs
from layercheck.config.selection import RuleInfo, is_selected, options_of, severity_of
from layercheck.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.config.schema import Configuration

_BUILT_IN = (
    "layercheck.rules.files",
    "layercheck.rules.layers",
    "layercheck.rules.placement",
    "layercheck.rules.fastapi",
)


class BuiltInRules:
    """One folder of rules as a plugin: every module in it that defines a rule is one of the set."""

    def __init__(self, package: str) -> None:
        self._package = package

    @hookspecs.hookimpl
    def layercheck_rules(self) -> Iterable[type[Rule]]:
        """Collect the rules of the folder."""
        package = importlib.import_module(self._package)
        for entry in pkgutil.iter_modules(package.__path__, f"{self._package}."):
            yield from _rules_in(vars(importlib.import_module(entry.name)).values(), entry.name)


@functools.cache
def all_rules() -> tuple[type[Rule], ...]:
    """List every rule, by code."""
    manager = pluggy.PluginManager(hookspecs.PROJECT_NAME)
    manager.add_hookspecs(hookspecs)
    for package in _BUILT_IN:
        manager.register(BuiltInRules(package), package)
    found = [rule for rules in manager.hook.layercheck_rules() for rule in rules]
    return tuple(sorted(found, key=lambda rule: rule.code))


def rule_infos() -> tuple[RuleInfo, ...]:
    """Tell the configuration which rules there are."""
    return tuple(RuleInfo(rule.code, rule.name, rule.Options) for rule in all_rules())


def active_rules(configuration: Configuration) -> tuple[Rule, ...]:
    """Make the rules that the configuration selects, with their options and severities."""
    return tuple(
        _make(rule, configuration)
        for rule in all_rules()
        if is_selected(
            rule.code,
            rule.name,
            select=configuration.select,
            extend_select=configuration.extend_select,
            ignore=configuration.ignore,
            is_default=rule.is_default,
        )
    )


def _make(rule: type[Rule], configuration: Configuration) -> Rule:
    return rule(
        options_of(rule.code, rule.name, rule.Options, rules=configuration.rules),
        severity_of(rule.code, rule.name, severity=configuration.severity, default=rule.severity),
    )


def _rules_in(values: Iterable[object], module: str) -> Iterator[type[Rule]]:
    for value in values:
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module:
            yield value
