"""From what was imported to a plugin that has been looked through, or to one error that says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pluggy

from layercheck.plugins.failure_report import blaming, plugin_error
from layercheck.plugins.plugin import Plugin
from layercheck.plugins.rule_classes import find_problem
from layercheck.rule import hookspecs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.plugins.plugin import Origin
    from layercheck.rule.hookspecs import Renderer
    from layercheck.rule.rule import Rule
    from layercheck.trusted_code.project_modules import ProjectModules

_HOOKS = ("layercheck_rules", "layercheck_presets", "layercheck_reporters")
_FORMAT = re.compile(r"[a-z][a-z0-9_-]*")


def open_plugin(origin: Origin, value: object, version: str, modules: ProjectModules | None = None) -> Plugin:
    """Read all that a plugin (a module, or any object with hooks) adds. Raises PluginError."""
    manager = _register(origin, value)
    rules: dict[str, type[Rule]] = {}
    presets: dict[str, Mapping[str, Any]] = {}
    reporters: dict[str, Renderer] = {}
    for given in _call(manager, origin, "layercheck_rules"):
        for rule in _take_rules(given, origin):
            rules[rule.code] = _only(rules.get(rule.code), rule, origin)
    for given in _call(manager, origin, "layercheck_presets"):
        presets.update(_take_presets(given, origin))
    for given in _call(manager, origin, "layercheck_reporters"):
        reporters.update(_take_reporters(given, origin))
    return Plugin(origin, version, tuple(rules.values()), presets, reporters, modules)


def _register(origin: Origin, value: object) -> pluggy.PluginManager:
    manager = pluggy.PluginManager(hookspecs.PROJECT_NAME)
    manager.add_hookspecs(hookspecs)
    with blaming(origin, "cannot be looked through"):
        try:
            manager.register(value, origin.label)
            manager.check_pending()
        except pluggy.PluginValidationError as error:
            raise plugin_error(origin, f"does not fit: {_first_lines(error)}; {_list_hooks()}") from error
        hooks = [hook for hook in _HOOKS if getattr(manager.hook, hook).get_hookimpls()]
        unmarked = [name for name in _HOOKS if name not in hooks and hasattr(value, name)]
        if unmarked:
            raise plugin_error(origin, f"has {unmarked[0]} without its mark: write `@hookimpl` above it")
        if not hooks:
            raise plugin_error(
                origin, f"gives nothing: it has none of the hooks marked with `@hookimpl`; {_list_hooks()}"
            )
    return manager


def _call(manager: pluggy.PluginManager, origin: Origin, hook: str) -> Iterator[Any]:
    """Call the implementations of a hook one by one, so that what they raise is told of them alone."""
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        with blaming(origin, f"fails in {hook}"):
            given = implementation.function()
            # What a generator raises, it raises when it is listed.
            kept = list(given) if isinstance(given, Iterable) and not isinstance(given, (Mapping, str)) else given
        yield kept


def _take_rules(given: object, origin: Origin) -> Iterator[type[Rule]]:
    if not isinstance(given, list):
        raise plugin_error(origin, f"returns {_kind(given)} from layercheck_rules: expected a list of rule classes")
    for rule in given:
        problem = find_problem(rule, origin)
        if problem is not None:
            raise plugin_error(origin, problem)
        yield rule


def _only(known: type[Rule] | None, rule: type[Rule], origin: Origin) -> type[Rule]:
    if known is not None and known is not rule:
        raise plugin_error(origin, f"gives the code {rule.code} twice: to {known.__name__} and to {rule.__name__}")
    return rule


def _take_presets(given: object, origin: Origin) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(given, Mapping) or not all(isinstance(table, Mapping) for table in given.values()):
        raise plugin_error(origin, "does not return presets from layercheck_presets: expected a dict of tables by name")
    for name in given:
        if not (isinstance(name, str) and name.strip()):
            raise plugin_error(origin, f"gives a preset the name {name!r}: expected some text")
    return given


def _take_reporters(given: object, origin: Origin) -> Mapping[str, Renderer]:
    if not isinstance(given, Mapping) or not all(callable(render) for render in given.values()):
        expected = "expected a dict of functions `render(report, context) -> str` by name"
        raise plugin_error(origin, f"does not return formats from layercheck_reporters: {expected}")
    for name in given:
        if not (isinstance(name, str) and _FORMAT.fullmatch(name)):
            raise plugin_error(origin, f"gives a format the name {name!r}: expected one word in small letters")
    return given


def _first_lines(error: Exception) -> str:
    """Take from what pluggy says what tells of the mistake; the rest is about its own objects."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    description = [line for line in lines if not line.startswith(("Plugin ", "hookimpl definition"))]
    return " ".join(description or lines)


def _list_hooks() -> str:
    return f"the hooks are {', '.join(f'{hook}()' for hook in _HOOKS)}"


def _kind(value: object) -> str:
    return value.__name__ if isinstance(value, type) else f"{type(value).__name__}"
