"""`layercheck who`: the role, the layer and the imports of a module or package."""

from __future__ import annotations

from typing import Any

import click

from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.output_files import write_stdout
from layercheck.cli.question_options import (
    QuestionRequest,
    choose_project,
    find_paths,
    project_option,
    question_options,
)
from layercheck.reporters.display import display_prefix


class _Request(QuestionRequest, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    module: str


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck who app.services", "Show who imports a package:"),
        ("layercheck who app/services/orders.py", "Name a module by its path:"),
    ),
)
@click.argument("module")
@project_option
@question_options("text", "json")
def command(**options: Any) -> int:
    """Show the role, layer, importers and imports of a module.

    MODULE is a module or package, by dotted name (app.api) or path (app/api). Importers and imports are grouped by
    layer and kind of import; of a package, only imports from and to the outside count.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.cli.progress import show_progress  # noqa: PLC0415
    from layercheck.commands.who.formats import write_json, write_text  # noqa: PLC0415
    from layercheck.commands.who.module_profile import describe_named  # noqa: PLC0415

    request = _Request(**options)
    target, how = choose_project(find_paths([request.module]), request, project=request.project)
    target = target._replace(paths=())
    with show_progress(f"layercheck: reading {target.root}"):
        profile = describe_named(target, how, request.module)
    if request.output_format == "json":
        write_stdout(write_json(profile))
    else:
        write_stdout(write_text(profile, display_prefix(target.root)))
    return 0
