"""The presets of plugins: configuration tables that are checked like anybody's, laid over our own preset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.config.keys import dotted
from layercheck.config.merge import merge
from layercheck.config.preset import has_preset, read_preset
from layercheck.config.schema import Configuration
from layercheck.config.validation import find_problems
from layercheck.plugins.failure_report import plugin_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.config.vocabulary import Vocabulary
    from layercheck.plugins.plugin import Origin

_NOT_IN_PRESETS = ("preset", "plugins")


def make_preset(name: str, table: Mapping[str, Any], origin: Origin, vocabulary: Vocabulary) -> dict[str, Any]:
    """Complete the table of a preset. Raises PluginError for one with mistakes, and for a name that is ours."""
    if has_preset(name):
        raise plugin_error(origin, f"gives the preset {name!r}, which is layercheck's own")
    for key in _NOT_IN_PRESETS:
        if key in table:
            raise plugin_error(origin, f"gives the preset {name!r} with the key {key!r}, which a preset cannot have")
    problems = find_problems(dict(table), root=None, vocabulary=vocabulary)
    if problems:
        path, message = problems[0]
        raise plugin_error(origin, f"gives the preset {name!r} with a mistake: {dotted(path)}: {message}")
    return merge(read_preset(Configuration().preset), table, {})
