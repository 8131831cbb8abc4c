"""`layercheck roles`: the role of every module, its certainty and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.output_files import write_stdout
from layercheck.cli.question_options import QuestionRequest, choose_project
from layercheck.cli.shared_options import (
    cache_options,
    config_option,
    output_format_option,
    paths_argument,
    plugins_option,
)
from layercheck.reporters.display import display_prefix

if TYPE_CHECKING:
    from pathlib import Path


class _Request(QuestionRequest, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    paths: tuple[Path, ...]
    verbose: bool


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck roles app", "List the roles in a folder:"),
        ("layercheck roles --output-format json", "List every module as JSON:"),
    ),
)
@paths_argument
@output_format_option(("text", "json"))
@click.option(
    "-v", "--verbose", is_flag=True, help="List every module, also in folders where all modules have the same role."
)
@config_option
@plugins_option
@cache_options
def command(**options: Any) -> int:
    """List the role of every module, with certainty and evidence.

    PATHS are files or folders of one project (default: the current folder). The exit code is 2 if no layers are
    recognised; the modules are listed anyway.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.commands.roles.listing import list_as_json, list_as_text  # noqa: PLC0415
    from layercheck.engine.build import open_project  # noqa: PLC0415
    from layercheck.engine.preconditions import require_layers  # noqa: PLC0415
    from layercheck.model.target_paths import is_within  # noqa: PLC0415

    request = _Request(**options)
    target, how = choose_project(request.paths, request)
    opened = open_project(target, how)
    wanted = frozenset(target.paths)
    modules = [module for module in opened.project.modules if not wanted or is_within(module.path, wanted)]
    if request.output_format == "json":
        write_stdout(list_as_json(modules))
    else:
        write_stdout(list_as_text(modules, display_prefix(target.root), is_folded=not request.verbose))
    require_layers(opened.project, opened.discovery, target.root)
    return 0
