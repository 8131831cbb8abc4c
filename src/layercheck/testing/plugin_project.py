"""A small project that is checked with a plugin: to test its fixes, presets and output formats."""

from __future__ import annotations

import subprocess
from functools import cached_property
from typing import TYPE_CHECKING

from layercheck.config.loaded_configuration import complete_document, read_configuration
from layercheck.edits.fixes import fix_all
from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import ProjectTarget
from layercheck.errors import LayercheckError
from layercheck.plugins.registry import Plugins
from layercheck.reporters.registry import gather_formats, load_format
from layercheck.rule.render_context import RenderContext
from layercheck.testing.open_plugin import open_given

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from layercheck.config.schema import Configuration
    from layercheck.model.report import Report
    from layercheck.testing.open_plugin import Given


class PluginProject:
    """Files in an empty folder, checked with one plugin and the rules of layercheck."""

    def __init__(
        self,
        plugin: Given,
        folder: Path,
        files: Mapping[str, str],
        configuration: str = "",
        *,
        select: Sequence[str] | None = None,
    ) -> None:
        """Write the files: their texts by path.

        `plugin` is given as to `rule_tests`. `configuration` is what `layercheck.toml` says; a `pyproject.toml` among the
        files is used instead. `select` are the rules that run: those of the plugin by default.
        """
        self.folder = folder
        """Where the files are."""
        self._plugins = Plugins((open_given(plugin),))
        own = (rule.code for each in self._plugins.all if not each.origin.is_builtin for rule in each.rules)
        self._select = [*own] if select is None else [*select]
        for path, text in files.items():
            target = folder / path
            if not target.resolve().is_relative_to(folder.resolve()):
                raise LayercheckError(f"the path {path} leads out of the project")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        self._configuration = folder / "pyproject.toml"
        if "pyproject.toml" not in files:
            self._configuration = folder / "layercheck.toml"
            self._configuration.write_text(configuration, "utf-8")

    @property
    def configuration(self) -> Configuration:
        """The configuration in force, that of a preset included."""
        return self._target.loaded.configuration

    def check(self) -> Report:
        """Check the project."""
        return check(self._target, CheckOptions())

    def fix(self, *, unsafe: bool = False) -> dict[str, str]:
        """Apply fixes as `check --fix` does; return the texts of the files that have changed, by path.

        Raises ValueError for fixes that cannot be applied.
        """
        done = fix_all(self.folder, self.check, unsafe=unsafe)
        for path, why in {**done.left, **done.faulty}.items():
            raise ValueError(f"{path}: {why}")
        return {path: (self.folder / path).read_text("utf-8") for path in sorted(done.files)}

    def render(self, output_format: str) -> str:
        """Check the project, and write the report in a format of the plugin or of layercheck."""
        write = load_format(output_format, gather_formats([self._plugins]))
        return write(self.check(), RenderContext(self.folder, list_rules=lambda: self._plugins.rules))

    def track(self) -> None:
        """Put all files under version control."""
        for arguments in (["init", "--quiet"], ["add", "--all"]):
            subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True)  # noqa: S603, S607  (tests)

    @cached_property
    def _target(self) -> ProjectTarget:
        document = read_configuration(self._configuration)
        loaded = complete_document(document, overrides={"select": self._select}, vocabulary=self._plugins.vocabulary)
        return ProjectTarget(self.folder, loaded, self._plugins)
