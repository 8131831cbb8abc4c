"""The plugins that a configuration names: modules of the project, and files."""

from __future__ import annotations

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layercheck.blake2 import blake2b
from layercheck.config.problems import texts
from layercheck.plugins.failure_report import blaming, plugin_error
from layercheck.plugins.plugin import Origin
from layercheck.plugins.plugin_checks import open_plugin
from layercheck.plugins.plugin_digest import digest_sources, find_home
from layercheck.trusted_code.project_modules import ProjectModules, lengthened_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.config.document import Document
    from layercheck.plugins.plugin import Plugin

_USUAL_ROOT = "src"


def configured_plugins(document: Document) -> Iterator[Plugin]:
    """Import what `plugins` names in a configuration, which need not be checked yet. Raises PluginError."""
    table = document.table if isinstance(document.table, dict) else {}
    folder = document.path.parent
    modules = ProjectModules(_roots(table, folder))
    remedy = f"Fix it, remove it from `plugins` in {document.path}, or disable all plugins with --no-plugins."
    for name in dict.fromkeys(name for _, name in texts(table.get("plugins"))):
        origin = Origin(name, remedy)
        if name.endswith(".py") or "/" in name or "\\" in name:
            yield open_file(folder / name, origin)
        else:
            yield _open_module(name, origin, modules)


def _roots(table: Mapping[str, Any], folder: Path) -> list[Path]:
    """List where modules of the project are looked for; only a check of it all finds source roots by themselves."""
    given = [name for _, name in texts(table.get("source-roots"))] or [_USUAL_ROOT]
    roots = [folder, *(Path(os.path.normpath(folder / name)) for name in given)]
    return [root for root in dict.fromkeys(roots) if root.is_dir()]


def _open_module(name: str, origin: Origin, modules: ProjectModules) -> Plugin:
    if not all(part.isidentifier() for part in name.split(".")):
        raise plugin_error(origin, "is neither the name of a module (`mycompany.rules`) nor a file (`tools/rules.py`)")
    origin = origin._replace(home="")
    with blaming(origin, "cannot be imported"):
        module = modules.load(name)
    origin = origin._replace(home=find_home(module))
    with modules.in_use():
        plugin = open_plugin(origin, module, "", modules)
    # What is beside it in its package may be imported as late as when a rule runs.
    beside = Path(origin.home).parent.glob("*.py") if "." in name and origin.home.endswith(".py") else ()
    return plugin._replace(version=digest_sources(origin.home, (*modules.files(), *map(str, beside))))


def open_file(path: Path, origin: Origin) -> Plugin:
    """Run one file under a name that no other module has: two projects may call theirs the same. Raises PluginError."""
    place = os.path.normpath(path)
    origin = origin._replace(home=place)
    try:
        data = Path(place).read_bytes()
    except OSError as error:
        raise plugin_error(origin, f"cannot be read: {error.strerror or error} ({place})") from error
    digest = blake2b(os.fsencode(place) + b"\0" + data, digest_size=16).hexdigest()
    name = f"layercheck_plugin_{digest}"
    if name not in sys.modules:
        spec = spec_from_file_location(name, place)
        if spec is None:
            raise plugin_error(origin, f"is not a Python file ({place})")
        module = module_from_spec(spec)
        # Classes look for the module that they are defined in.
        sys.modules[name] = module
        try:
            with blaming(origin, "cannot be imported"), lengthened_path():
                # Exactly what was digested, and without leaving bytecode in the project.
                exec(compile(data, place, "exec"), module.__dict__)  # noqa: S102  (to be run is what a plugin is for)
        except BaseException:
            del sys.modules[name]
            raise
    return open_plugin(origin, sys.modules[name], digest)
