"""The output formats: every module in `formats/` is one, under its own name; plugins give further ones.

A format offers `render(report: Report, context: RenderContext) -> str`. Ours are imported when they are used: to ask
them all for a function, as plugins are asked, would import what one run in ten needs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from layercheck.errors import UsageError
from layercheck.plugins.failure_report import blaming, plugin_error
from layercheck.reporters import formats
from layercheck.submodules import list_submodules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck.model.report import Report
    from layercheck.plugins.plugin import Plugin
    from layercheck.plugins.registry import Plugins
    from layercheck.rule.hookspecs import Renderer
    from layercheck.rule.render_context import RenderContext


def list_formats() -> tuple[str, ...]:
    """List the names of our own formats in alphabetical order; imports none of them."""
    return tuple(list_submodules(formats.__path__))


def load_format(name: str, given: Mapping[str, Renderer] | None = None) -> Renderer:
    """Load the function that renders a report in the format of this name, one of ours or of those that are `given`.

    Raises UsageError where there is none.
    """
    given = given or {}
    if name in given:
        return given[name]
    if name not in list_formats():
        raise UsageError(
            f"unknown output format {name!r}; choose one of {', '.join(sorted([*list_formats(), *given]))}"
        )
    renderer: Renderer = importlib.import_module(f"{formats.__name__}.{name}").render
    return renderer


def gather_formats(plugins: Iterable[Plugins]) -> dict[str, Renderer]:
    """Gather the formats that the plugins of some projects give, by name. Raises PluginError for a name of ours."""
    given: dict[str, Renderer] = {}
    for each in plugins:
        for name, (plugin, render) in each.reporters.items():
            if name in list_formats():
                raise plugin_error(plugin.origin, f"gives the format {name!r}, which is layercheck's own")
            given[name] = _guard(name, plugin, render)
    return given


def _guard(name: str, plugin: Plugin, render: Renderer) -> Renderer:
    def guarded(report: Report, context: RenderContext) -> str:
        with plugin.in_use(), blaming(plugin.origin, f"fails to write the format {name!r}"):
            text = render(report, context)
            if not isinstance(text, str):
                raise plugin_error(
                    plugin.origin, f"gives {type(text).__name__} for the format {name!r}: expected a str"
                )
            return text

    return guarded
