"""The plugins that are installed: the entry points of the group `layercheck`."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.later_pattern import compile_later
from layercheck.plugins.failure_report import blaming
from layercheck.plugins.metadata import list_entry_points
from layercheck.plugins.plugin import Origin
from layercheck.plugins.plugin_digest import digest_sources, find_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import EntryPoint

    from layercheck.plugins.plugin import Plugin

_GROUP = "layercheck"
_HEADER = f"[{_GROUP}]".encode()
_SEPARATORS = compile_later(r"[-_.]+")


@functools.cache
def installed_plugins() -> tuple[Plugin, ...]:
    """Import every plugin that is installed. Raises PluginError."""
    folders = list(_find_metadata())
    if not folders:
        return ()
    # It takes longer to import than a small project to check, so only those pay who have a plugin.
    from importlib.metadata import PathDistribution  # noqa: PLC0415

    plugins: dict[str, list[Plugin]] = {}
    for folder in folders:
        distribution = PathDistribution(folder)
        name = str(distribution.metadata["Name"] or folder.name)
        key = _SEPARATORS.sub("-", name).lower()
        if key in plugins:
            continue  # Python finds the one that comes first in the path
        entries = distribution.entry_points.select(group=_GROUP)
        plugins[key] = [_open(entry, f"{name} {distribution.version}".strip()) for entry in entries]
    return tuple(plugin for opened in plugins.values() for plugin in opened)


def _find_metadata() -> Iterator[Path]:
    """Find the metadata of distributions with our entry points; a search for the word excludes most."""
    for name in list_entry_points(sys.path):
        try:
            text = Path(name).read_bytes()
        except OSError:
            continue
        if _HEADER in text:
            yield Path(name).parent


def _open(entry: EntryPoint, label: str) -> Plugin:
    from layercheck.plugins.plugin_checks import open_plugin  # noqa: PLC0415  (see above)

    remedy = "Fix or uninstall it, or disable all plugins with --no-plugins."
    origin = Origin(label, remedy)
    with blaming(origin, f"cannot be imported (entry point {entry.name} = {entry.value})"):
        value = entry.load()
    home = find_home(sys.modules.get(entry.module))
    origin = origin._replace(home=home)
    return open_plugin(origin, value, f"{label} {digest_sources(home)}")
