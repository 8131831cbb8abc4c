"""Which plugins are in force for a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.plugins.registry import Plugins

if TYPE_CHECKING:
    from layercheck.config.document import Document


def load_plugins(document: Document | None = None, *, with_foreign: bool = True) -> Plugins:
    """Load our own plugins, those that are installed, and those that `plugins` names in a configuration file.

    The file need not have been checked: what may stand in it is only known with the plugins. `with_foreign=False`
    (`--no-plugins`) keeps to our own. Raises PluginError.
    """
    if not with_foreign:
        return Plugins(includes_plugins=False)
    # Whoever uses no plugin imports nothing of these.
    from layercheck.plugins.installed import installed_plugins  # noqa: PLC0415

    plugins = [*installed_plugins()]
    if document is not None and isinstance(document.table, dict) and document.table.get("plugins"):
        from layercheck.plugins.configured import configured_plugins  # noqa: PLC0415

        plugins += configured_plugins(document)
    return Plugins(tuple(plugins))
