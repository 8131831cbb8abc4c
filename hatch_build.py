"""The build hook: compiles the searches of the scan into the wheel, where there is a compiler.

Without one, the wheel serves every platform, and Python does the same work in three to ten times the time.
`LAYERCHECK_COMPILE=require` fails instead; `LAYERCHECK_COMPILE=off` does not try.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PACKAGE = "layercheck/python/compiled"
_SOURCE = Path(__file__).parent / "src" / _PACKAGE / "scanner.c"


class CompileHook(BuildHookInterface[Any]):
    """Adds the compiled module to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the platform in the file name of the wheel; called by hatchling before it builds one."""
        how = os.environ.get("LAYERCHECK_COMPILE", "")
        if version == "editable" or how == "off" or sys.implementation.name != "cpython":
            return
        self._folder = tempfile.mkdtemp()
        # Compilers fail in all ways, and none is a reason not to install.
        try:
            built = compile_scanner(Path(self._folder))
        except Exception as error:
            if how == "require":
                raise
            self.app.display_warning(f"layercheck is not compiled, so it will be slower: {error}")
            return
        build_data["force_include"][str(built)] = f"{_PACKAGE}/{built.name}"
        build_data["pure_python"] = False
        build_data["tag"] = f"cp311-abi3-{_platform()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Clean up after the build."""
        shutil.rmtree(getattr(self, "_folder", ""), ignore_errors=True)


def compile_scanner(folder: Path) -> Path:
    """Compile the module into a folder, for Python 3.11 and all later ones. Raises what the compiler does."""
    from setuptools import Distribution, Extension  # noqa: PLC0415  (only where something is compiled)
    from setuptools.command.build_ext import build_ext  # noqa: PLC0415  (see above)

    # A path that is not absolute, as setuptools would write its object files beside the source otherwise.
    source = os.path.relpath(_SOURCE)
    extension = Extension("_scanner", [source], py_limited_api=True)
    command = build_ext(Distribution({"name": "layercheck", "ext_modules": [extension]}))
    command.build_lib, command.build_temp = str(folder), str(folder / "objects")
    command.ensure_finalized()
    command.run()
    return folder / command.get_ext_filename("_scanner")


def _platform() -> str:
    from packaging.tags import sys_tags  # noqa: PLC0415  (comes with hatchling)

    names = (tag.platform for tag in sys_tags())
    return next(name for name in names if "manylinux" not in name and "musllinux" not in name)
