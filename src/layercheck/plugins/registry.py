"""The plugins in force for one project, and what they give together."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.config.option_types import as_options, as_struct
from layercheck.config.selection import RuleInfo, is_selected, options_of, severity_of
from layercheck.config.vocabulary import Vocabulary
from layercheck.plugins.failure_report import blaming, plugin_error
from layercheck.rule.rule_names import name_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck.config.schema import Configuration
    from layercheck.errors import PluginError
    from layercheck.plugins.plugin import Plugin
    from layercheck.rule.hookspecs import Renderer
    from layercheck.rule.rule import Rule


class Plugins:
    """The plugins of one project; those of another may be others.

    Built-in rule sets are opened when rules are needed; a cached report needs none.
    """

    def __init__(self, foreign: tuple[Plugin, ...] = (), *, includes_plugins: bool = True) -> None:
        """Take the plugins besides our own. Raises PluginError where two give the same.

        `includes_plugins` is false where some were left out.
        """
        self.includes_plugins = includes_plugins
        self._foreign = foreign
        if foreign:
            _ = self._plugins_by_code  # what is wrong with a plugin is told at once

    @property
    def has_foreign(self) -> bool:
        """Whether there are plugins besides our own."""
        return bool(self._foreign)

    @cached_property
    def all(self) -> tuple[Plugin, ...]:
        """Our own plugins, and the others."""
        from layercheck.plugins.built_in import builtin_plugins  # noqa: PLC0415  (a report from the cache does without)

        return (*builtin_plugins(), *self._foreign)

    @cached_property
    def _plugins_by_code(self) -> dict[str, Plugin]:
        return _find_plugins_by_code(self.all)

    @cached_property
    def rules(self) -> tuple[type[Rule], ...]:
        """Every rule, by code."""
        rules = {rule.code: rule for plugin in self.all for rule in plugin.rules}
        return tuple(rules[code] for code in sorted(rules))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of every rule by its code."""
        return {rule.code: rule.name for rule in self.rules}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What a configuration may name."""
        return Vocabulary(self._list_infos, self._presets, includes_plugins=self.includes_plugins)

    @cached_property
    def reporters(self) -> Mapping[str, tuple[Plugin, Renderer]]:
        """The output formats that plugins give, by name, each with its plugin."""
        given: dict[str, tuple[Plugin, Renderer]] = {}
        for plugin in self._foreign:
            for name, render in plugin.reporters.items():
                other = given.setdefault(name, (plugin, render))[0]
                if other is not plugin:
                    raise plugin_error(plugin.origin, f"gives the format {name!r}, and so does {other.origin.label}")
        return given

    def plugin_of(self, rule: Rule | type[Rule]) -> Plugin:
        """Find the plugin that gives a rule."""
        return self._plugins_by_code[rule.code]

    def blame_rule(self, code: str, what: str) -> PluginError:
        """Make the error that says what is wrong with a rule beyond what it raised."""
        return plugin_error(self._plugins_by_code[code].origin, f"gives the rule {code}, which cannot be used: {what}")

    def make_active(self, configuration: Configuration) -> tuple[Rule, ...]:
        """Make the rules that the configuration selects, with their options and severities. Raises PluginError."""
        return tuple(
            self._make(rule, configuration)
            for rule in self.rules
            if is_selected(
                rule.code,
                rule.name,
                select=configuration.select,
                extend_select=configuration.extend_select,
                ignore=configuration.ignore,
                is_default=rule.is_default,
            )
        )

    def fingerprint(self, rules: Iterable[Rule] | None = None) -> str:
        """Return a key for the cache that identifies the code and the options of rules.

        Without `rules`, it is the code of all of them but our own (whose version is in every key), whatever their options.
        """
        if rules is None:
            description: list[Any] = [
                [rule.code, rule.__module__, plugin.version] for plugin in self._foreign for rule in plugin.rules
            ]
        else:
            description = [
                [rule.code, self.plugin_of(rule).version, rule.severity, _settings_of(rule)] for rule in rules
            ]
        # Whatever order a set in the options has today.
        return msgspec.json.encode(description, order="deterministic").decode()

    def _make(self, rule: type[Rule], configuration: Configuration) -> Rule:
        plugin = self.plugin_of(rule)
        read = options_of(rule.code, rule.name, as_struct(rule.Options), rules=configuration.rules)
        severity = severity_of(rule.code, rule.name, severity=configuration.severity, default=rule.severity)
        with plugin.in_use(), blaming(plugin.origin, f"cannot make its rule {rule.code}"):
            return rule(as_options(read, rule.Options), severity)

    def _list_infos(self) -> tuple[RuleInfo, ...]:
        return tuple(
            RuleInfo(rule.code, rule.name, name_set(rule), as_struct(rule.Options), getattr(rule, "record", None))
            for rule in self.rules
        )

    @cached_property
    def _presets(self) -> dict[str, dict[str, Any]]:
        from layercheck.plugins.presets import make_preset  # noqa: PLC0415  (most projects have no plugins)

        presets: dict[str, dict[str, Any]] = {}
        plugins_by_name: dict[str, Plugin] = {}
        for plugin in self._foreign:
            for name, table in plugin.presets.items():
                if name in plugins_by_name:
                    raise plugin_error(
                        plugin.origin, f"gives the preset {name!r}, and so does {plugins_by_name[name].origin.label}"
                    )
                plugins_by_name[name] = plugin
                presets[name] = make_preset(name, table, plugin.origin, Vocabulary(self._list_infos))
        return presets


def _settings_of(rule: Rule) -> dict[str, Any]:
    """Take from the options what can be configured, and not what they make of it."""
    return {name: getattr(rule.options, name) for name in as_struct(rule.Options).__struct_fields__}


def _find_plugins_by_code(plugins: Iterable[Plugin]) -> dict[str, Plugin]:
    """Find who gives which rule, by code. Raises PluginError for a code or a name that two rules have."""
    plugins_by_name: dict[str, Plugin] = {}
    rules: dict[str, type[Rule]] = {}
    for plugin in plugins:
        for rule in plugin.rules:
            for kind, word in (("code", rule.code), ("name", rule.name)):
                known = rules.setdefault(word, rule)
                # The same class twice is one plugin that is installed and configured.
                if known is not rule:
                    other = plugins_by_name[known.code].origin.label
                    whose = f"{known.code} {known.name} of {other}"
                    raise plugin_error(
                        plugin.origin, f"gives the rule {rule.code} the {kind} {word!r}, which is {whose}"
                    )
            plugins_by_name.setdefault(rule.code, plugin)
    return plugins_by_name
