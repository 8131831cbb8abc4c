"""Shared by the commands about one project: how it is found and read, and the options of those that answer a question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from layercheck.cli.given_path import GivenPath
from layercheck.cli.project_request import ProjectRequest
from layercheck.cli.shared_options import cache_options, config_option, output_format_option, plugins_option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget

_Command = TypeVar("_Command", bound="Callable[..., Any]")


class QuestionRequest(ProjectRequest, frozen=True, kw_only=True):
    """What was asked of a command that answers a question: `question_options` and, for some, `project_option`."""

    output_format: str
    project: Path | None = None


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
    type=GivenPath(path_type=Path),
    help="Use the project of this file or folder.  [default: of the paths that are given, else of the current folder]",
)


def choose_project(
    paths: Sequence[Path],
    request: ProjectRequest,
    *,
    project: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> tuple[ProjectTarget, CheckOptions]:
    """Find the project that some paths belong to, with the part of it that they name, and how to read it.

    `project` is named instead of the paths; `overrides` replace values of its configuration.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.engine.options import CheckOptions  # noqa: PLC0415
    from layercheck.engine.project_target import find_target  # noqa: PLC0415

    chosen = paths if project is None else [project]
    target = find_target(chosen, configuration=request.config, overrides=overrides, with_plugins=request.with_plugins)
    return target, CheckOptions(cache_folder=request.choose_cache_folder(target))


def find_paths(words: Sequence[str]) -> list[Path]:
    """Find which of some arguments name files or folders that exist, and not modules."""
    return [Path(word) for word in words if ("/" in word or word.endswith(".py")) and Path(word).exists()]
