"""What was asked of `layercheck check`; options that cannot be combined are reported before any work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.cli.project_request import STANDARD_INPUT, ProjectRequest
from layercheck.errors import UsageError
from layercheck.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from layercheck.cli.colour import ColourChoice
    from layercheck.engine.project_target import ProjectTarget

_BESIDE_THE_FILES = ("fix", "add_ignore", "watch", "since", "staged", "show_files")
"""Options that are about the files on disk as they are."""


class CheckRequest(ProjectRequest, frozen=True, kw_only=True):
    """The arguments and options of one call."""

    paths: tuple[Path, ...]
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    facts: tuple[str, ...]
    staged: bool
    stdin_filename: Path | None
    force_exclude: bool
    exact: bool
    show_files: bool
    watch: bool
    since: str | None
    fail_on: str | None
    add_ignore: str | None
    fix: bool
    unsafe_fixes: bool
    output_format: tuple[str, ...]
    output_file: Path | None
    no_ci: bool
    color: ColourChoice
    statistics: bool
    timings: bool
    quiet: int
    verbose: int

    @property
    def overrides(self) -> dict[str, Any]:
        """What takes the place of values of the configuration."""
        given = {"select": self.select, "extend-select": self.extend_select, "ignore": self.ignore}
        return {key: value for key, value in given.items() if value}

    def choose_fail_on(self, target: ProjectTarget) -> Severity:
        """Choose the least severe finding that fails the check of a project."""
        return target.loaded.configuration.fail_on if self.fail_on is None else Severity(self.fail_on)

    def refuse_contradictions(self) -> None:
        """Raise UsageError for options that contradict each other."""
        self._refuse_on_standard_input()
        if self.facts:
            self._refuse_beside("--facts", (*_BESIDE_THE_FILES, "stdin_filename", "cache_dir"))
        is_writing = self.fix or self.add_ignore is not None
        if self.watch and is_writing:
            raise UsageError("--watch cannot be combined with --add-ignore or --fix, which change the watched files")
        if self.unsafe_fixes and not self.fix:
            raise UsageError("--unsafe-fixes needs --fix")
        if self.staged and (is_writing or self.since is not None or self.watch):
            raise UsageError("--staged cannot be combined with --add-ignore, --fix, --since or --watch")

    def _refuse_on_standard_input(self) -> None:
        if self.stdin_filename is None:
            if STANDARD_INPUT in self.paths:
                raise UsageError("`-` means standard input and needs a file name: --stdin-filename FILE -")
            return
        others = [str(path) for path in self.paths if path != STANDARD_INPUT]
        if others:
            raise UsageError(f"--stdin-filename reports on standard input only: remove {', '.join(others)}")
        if self.stdin_filename.is_dir():
            raise UsageError(f"{self.stdin_filename}: is a folder; --stdin-filename needs the name of a file")
        self._refuse_beside("--stdin-filename", _BESIDE_THE_FILES)

    def _refuse_beside(self, option: str, names: Iterable[str]) -> None:
        """Raise UsageError where some options are given beside `option`."""
        given = [f"--{name.replace('_', '-')}" for name in names if getattr(self, name) not in {None, False}]
        if given:
            raise UsageError(f"{option} cannot be combined with {', '.join(given)}")
