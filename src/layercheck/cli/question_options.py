"""Shared by the commands about one project: how it is found and read, and the options of those that answer a question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from layercheck.cli.check_run import cache_folder
from layercheck.cli.shared_options import cache_options, config_option, output_format_option, plugins_option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layercheck.engine import CheckOptions
    from layercheck.engine.project_target import ProjectTarget

_Command = TypeVar("_Command", bound="Callable[..., Any]")


def question_options(*formats: str) -> Callable[[_Command], _Command]:
    """Make a decorator that adds the options."""
    options = (
        output_format_option(formats),
        config_option,
        plugins_option,
        cache_options,
    )

    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


project_option = click.option(
    "--project",
    type=click.Path(path_type=Path),
    help="Use the project of this file or folder.  [default: of the paths that are given, else of the current folder]",
)


def choose_project(
    paths: Sequence[Path], options: dict[str, Any], overrides: Mapping[str, Any] | None = None
) -> tuple[ProjectTarget, CheckOptions]:
    """Find the project that some paths (or `--project`) belong to, with the part of it that they name, and how to read it.

    `overrides` replace values of its configuration.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.engine import CheckOptions  # noqa: PLC0415
    from layercheck.engine.project_target import find_target  # noqa: PLC0415

    named = options.get("project")
    chosen = paths if named is None else [named]
    target = find_target(
        chosen, configuration=options["config"], overrides=overrides, with_plugins=options["with_plugins"]
    )
    return target, CheckOptions(cache_folder=cache_folder(options, target))


def find_paths(words: Sequence[str]) -> list[Path]:
    """Find which of some arguments name files or folders that exist, and not modules."""
    return [Path(word) for word in words if ("/" in word or word.endswith(".py")) and Path(word).exists()]
